using System.Text.Json.Nodes;

namespace CourseKit.Kernel.Tests.Running;

/// <summary>What is printed past the console, by a program that a cell starts, counts like what the cell prints.</summary>
public sealed class NativeOutputTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("native-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_program_that_prints_without_end_is_cut_and_what_came_first_is_kept()
    {
        if (OperatingSystem.IsWindows())
            return;
        var path = Path.Combine(folder, "a.ipynb");
        var code = "System.Diagnostics.Process.Start(\"/bin/sh\", [\"-c\", \"yes coursekit\"]).WaitForExit();";
        File.WriteAllText(path, new JsonObject
        {
            ["nbformat"] = 4, ["nbformat_minor"] = 5, ["metadata"] = new JsonObject(),
            ["cells"] = new JsonArray(new JsonObject
            {
                ["cell_type"] = "code", ["id"] = "c1", ["metadata"] = new JsonObject(), ["execution_count"] = null, ["outputs"] = new JsonArray(), ["source"] = code,
            }),
        }.ToJsonString());

        var result = await NotebookRunner.RunAsync(path, new RunOptions { OutputLimitBytes = 2 << 20 });

        Assert.Equal(RunState.OutputTooLarge, result.State);
        Assert.EndsWith("cell 1 of 1 (c1): it showed more than 2 MB; what came first is kept", result.Message);
        var text = (string?)result.Executed!.Cells[0].Outputs[0]!["text"];
        Assert.StartsWith("coursekit\ncoursekit\n", text);
        Assert.InRange(text!.Length, 1 << 20, 3 << 20);
    }
}
