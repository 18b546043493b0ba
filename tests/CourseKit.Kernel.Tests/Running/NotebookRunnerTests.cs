using System.Diagnostics;
using System.Text.Json.Nodes;

namespace CourseKit.Kernel.Tests.Running;

/// <summary>What can go wrong with a notebook, each in a process of its own, with the message a person gets.</summary>
[Collection("processes of the kernel")]
public sealed class NotebookRunnerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("runner-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_notebook_runs_to_its_end_and_its_outputs_are_nbformats()
    {
        var progress = new List<RunProgress>();
        var result = await Run(["Console.Write(1); display(\"d\"); 2", "throw new Exception(\"wanted\");", "int.Parse(\"not run\")", "\"汉字\""],
            tags: [null, "raises-exception", "skip-execution", null], progress: new Immediate(progress.Add));
        Assert.Equal((RunState.Succeeded, null), (result.State, result.Message));
        Assert.Equal((3, 4), (result.CellsRun, result.CodeCells));
        Assert.Equal([1, 2, 3, 4], progress.Select(p => p.CodeCell));
        var saved = Notebook.Load(Path.Combine(folder, "out.ipynb"));
        Assert.Equal(["stream", "display_data", "execute_result"], saved.Cells[0].Outputs.Select(output => (string?)output!["output_type"]));
        Assert.Equal("error", (string?)saved.Cells[1].Outputs[0]!["output_type"]);
        Assert.Empty(saved.Cells[2].Outputs);
        Assert.Null(saved.Cells[2].ExecutionCount);
        Assert.Equal("汉字", (string?)saved.Cells[3].Outputs[0]!["data"]!["text/plain"]);
        Assert.Equal(["c1", "c2", "c3", "c4"], saved.Cells.Select(cell => cell.Id));
        Assert.InRange(result.PeakMemoryBytes, 20L << 20, 2L << 30);
    }

    [Fact]
    public async Task Updates_and_clears_end_as_a_person_would_see_them()
    {
        var result = await Run(["var d = display(\"first\");", "Console.Write(\"gone\"); clear_output(); d.Update(\"second\"); Console.Write(\"left\");"]);
        Assert.Equal("second", (string?)result.Executed!.Cells[0].Outputs[0]!["data"]!["text/plain"]);
        Assert.Equal("left", (string?)Assert.Single(result.Executed.Cells[1].Outputs)!["text"]);
    }

    [Fact]
    public async Task A_division_by_zero_is_told_with_notebook_cell_and_line()
    {
        var result = await Run(["\"before\"", "var zero = 0;\n1 / zero", "\"not run\""]);
        Assert.Equal(RunState.CellFailed, result.State);
        Assert.EndsWith("a.ipynb, cell 2 of 3 (c2): System.DivideByZeroException: Attempted to divide by zero. at cell 2, line 2", result.Message);
        Assert.Equal("before", (string?)result.Executed!.Cells[0].Outputs[0]!["data"]!["text/plain"]);
        Assert.Empty(result.Executed.Cells[2].Outputs);
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_is_told_with_its_place()
    {
        var result = await Run(["\"before\"", "int x = \"text\";"]);
        Assert.Equal(RunState.CellFailed, result.State);
        Assert.Contains("it does not compile: cell 2, line 1, column 9: error CS0029", result.Message);
        AssertKept(result);
    }

    [Fact]
    public async Task A_loop_without_end_is_stopped_at_the_time_limit()
    {
        var result = await Run(["\"before\"", "Console.WriteLine(\"in\"); while (true) { }"], options: new RunOptions { CellTimeout = TimeSpan.FromSeconds(15) }); // of the first cell, too, for which the process starts
        Assert.Equal(RunState.TimedOut, result.State);
        Assert.EndsWith("cell 2 of 2 (c2): it was still running after 15 s", result.Message);
        Assert.Equal("in\n", (string?)result.Executed!.Cells[1].Outputs[0]!["text"]);
        AssertKept(result);
    }

    [Fact]
    public async Task The_limit_on_all_cells_together_counts()
    {
        var result = await Run(["\"before\"", "System.Threading.Thread.Sleep(60_000);"], options: new RunOptions { TotalTimeout = TimeSpan.FromSeconds(5) });
        Assert.Equal(RunState.TimedOut, result.State);
        Assert.Contains("all cells together took longer than 5 s", result.Message);
    }

    [Theory]
    [InlineData("var all = new List<byte[]>(); while (true) { var block = new byte[10_000_000]; Array.Fill(block, (byte)1); all.Add(block); }")]
    [InlineData("using System.Runtime.InteropServices; while (true) { var p = Marshal.AllocHGlobal(10_000_000); for (var i = 0; i < 10_000_000; i += 4096) Marshal.WriteByte(p, i, 1); }")]
    public async Task A_notebook_that_eats_memory_is_stopped(string hungry)
    {
        var result = await Run(["\"before\"", hungry], options: new RunOptions { MemoryLimitBytes = 400L << 20 });
        Assert.Equal(RunState.OutOfMemory, result.State);
        Assert.Contains("cell 2 of 2 (c2)", result.Message);
        Assert.Contains("emory", result.Message);
        AssertKept(result);
    }

    [Theory]
    [InlineData("Environment.Exit(0);", "exit code 0, as after Environment.Exit")]
    [InlineData("Environment.FailFast(\"gone\");", "signal 6")]
    [InlineData("var self = new object[1];\nself[0] = self;\nStructuralComparisons.StructuralEqualityComparer.GetHashCode(self)", "stack overflow")]
    public async Task A_process_that_ends_is_noticed_and_told(string code, string reason)
    {
        var result = await Run(["\"before\"", code]);
        Assert.Equal(RunState.ProcessEnded, result.State);
        Assert.Contains("the process ended while the cell ran", result.Message);
        Assert.Contains(reason, result.Message);
        AssertKept(result);
    }

    [Fact]
    public async Task A_hundred_megabytes_of_print_are_cut_and_what_came_first_is_kept()
    {
        var result = await Run(["\"before\"", "for (var i = 0; i < 1_000_000; i++) Console.WriteLine(new string('x', 100));"],
            options: new RunOptions { OutputLimitBytes = 2 << 20 });
        Assert.Equal(RunState.OutputTooLarge, result.State);
        Assert.Contains("it showed more than 2 MB", result.Message);
        Assert.InRange(((string?)result.Executed!.Cells[1].Outputs[0]!["text"])!.Length, 1 << 20, 4 << 20);
        AssertKept(result);
    }

    [Fact]
    public async Task Files_that_are_no_notebooks_are_told_and_nothing_is_run()
    {
        var path = Path.Combine(folder, "cut.ipynb");
        File.WriteAllText(path, "{\"cells\": [{\"cell_type\": \"co");
        var cut = await NotebookRunner.RunAsync(path, new RunOptions());
        Assert.Equal(RunState.BadNotebook, cut.State);
        Assert.Contains("cut off or damaged", cut.Message);
        var missing = await NotebookRunner.RunAsync(Path.Combine(folder, "missing.ipynb"), new RunOptions());
        Assert.Equal(RunState.BadNotebook, missing.State);
        Assert.Contains("there is no such file", missing.Message);
    }

    [Fact]
    public async Task A_process_that_a_cell_started_is_gone_too()
    {
        if (OperatingSystem.IsWindows())
            return;
        var mark = $"31{Environment.ProcessId}";
        var result = await Run([$"System.Diagnostics.Process.Start(\"sleep\", \"{mark}\"); Environment.Exit(0);"]);
        Assert.Equal(RunState.ProcessEnded, result.State);
        for (var i = 0; i < 50 && Sleepers(mark) > 0; i++)
            await Task.Delay(100);
        Assert.Equal(0, Sleepers(mark));
    }

    [Fact]
    public async Task Cancelling_keeps_what_ran()
    {
        using var cancel = new CancellationTokenSource();
        var result = await Run(["\"before\"", "while (true) { }"],
            progress: new Immediate(p => { if (p.CodeCell == 2) cancel.CancelAfter(200); }), ct: cancel.Token);
        Assert.Equal(RunState.Cancelled, result.State);
        AssertKept(result);
    }

    [Fact]
    public async Task Nobody_is_asked_while_notebooks_run_by_themselves()
    {
        var result = await Run(["Console.ReadLine()"]);
        Assert.Contains("runs by itself", result.Message);
    }

    [Fact]
    public async Task Locales_change_nothing()
    {
        const string code = "Console.WriteLine(1234.5); Console.WriteLine(new DateTime(2020, 12, 22)); var t = \"title\".ToUpper(); display(new { a = 0.5, t }); double.Parse(\"2.5\") + 0.25";
        var outputs = new List<string>();
        foreach (var locale in (string[])["C", "tr_TR.UTF-8", "de_DE.UTF-8"])
        {
            Environment.SetEnvironmentVariable("LC_ALL", locale);
            try
            {
                var result = await Run([code]);
                Assert.Equal(RunState.Succeeded, result.State);
                outputs.Add(string.Concat(result.Executed!.Cells[0].Outputs.Select(output => output!.ToJsonString())));
            }
            finally
            {
                Environment.SetEnvironmentVariable("LC_ALL", null);
            }
        }

        Assert.Single(outputs.Distinct());
        Assert.Contains("1234.5", outputs[0]);
        Assert.Contains("TITLE", outputs[0]);
    }

    private static int Sleepers(string mark) =>
        Process.GetProcessesByName("sleep").Count(process =>
        {
            using (process)
            {
                try
                {
                    return File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(mark, StringComparison.Ordinal);
                }
                catch (IOException)
                {
                    return false;
                }
            }
        });

    private void AssertKept(RunResult result)
    {
        Assert.Equal(1, result.CellsRun);
        Assert.Equal("before", (string?)Notebook.Load(Path.Combine(folder, "out.ipynb")).Cells[0].Outputs[0]!["data"]!["text/plain"]);
    }

    private async Task<RunResult> Run(
        string[] cells, string?[]? tags = null, RunOptions? options = null, IProgress<RunProgress>? progress = null, CancellationToken ct = default)
    {
        var json = new JsonObject
        {
            ["cells"] = new JsonArray([.. cells.Select((code, i) => new JsonObject
            {
                ["cell_type"] = "code", ["id"] = $"c{i + 1}", ["execution_count"] = null, ["outputs"] = new JsonArray(), ["source"] = code,
                ["metadata"] = tags?[i] is { } tag ? new JsonObject { ["tags"] = new JsonArray(tag) } : new JsonObject(),
            })]),
            ["metadata"] = new JsonObject(), ["nbformat"] = 4, ["nbformat_minor"] = 5,
        };
        var path = Path.Combine(folder, "a.ipynb");
        File.WriteAllText(path, json.ToJsonString());
        var before = Children();
        var result = await NotebookRunner.RunAsync(path, (options ?? new RunOptions()) with { OutputPath = Path.Combine(folder, "out.ipynb") }, progress, ct);
        // The system keeps a process that has ended until its parent has read how: a moment, but it can be seen.
        for (var i = 0; i < 30 && Children().Except(before).Any(); i++)
            await Task.Delay(100, CancellationToken.None);
        Assert.Empty(Children().Except(before));
        return result;
    }

    /// <summary>The kernels that this process has running.</summary>
    private static HashSet<int> Children()
    {
        if (!OperatingSystem.IsLinux())
            return [];
        var children = new HashSet<int>();
        foreach (var process in Process.GetProcessesByName("dotnet"))
            using (process)
            {
                try
                {
                    var status = File.ReadAllText($"/proc/{process.Id}/stat");
                    if (status[(status.LastIndexOf(')') + 2)..].Split(' ')[1] == Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture))
                        children.Add(process.Id);
                }
                catch (IOException)
                {
                    // Gone meanwhile.
                }
            }

        return children;
    }

    private sealed class Immediate(Action<RunProgress> report) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => report(value);
    }
}
