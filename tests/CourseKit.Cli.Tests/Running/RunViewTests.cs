using System.Text.RegularExpressions;
using CourseKit.Kernel;
using Spectre.Console.Testing;

namespace CourseKit.Cli.Tests;

public class RunViewTests
{
    [Fact]
    public void The_table_shows_notebook_cell_time_and_state()
    {
        var waiting = new RunRow("notebooks/en/03-feedforward.ipynb");
        var done = new RunRow("notebooks/en/01-history.ipynb");
        done.Start();
        done.End(new RunResult(done.Path, RunState.Succeeded, null, null, null, 12, 12, TimeSpan.FromSeconds(4.24), 0, null));
        var failed = new RunRow("notebooks/en/[02].ipynb");
        failed.Start();
        failed.Report(new RunProgress(7, 30, "x", TimeSpan.Zero));
        failed.End(new RunResult(failed.Path, RunState.TimedOut, "x", 7, "x", 6, 30, TimeSpan.FromSeconds(185), 0, null));
        var console = new TestConsole();
        console.Write(RunTable.Render([done, failed, waiting]));
        Assert.Equal("""
            ╭────────────────┬───────┬──────────┬─────────────╮
            │ notebook       │  cell │     time │ state       │
            ├────────────────┼───────┼──────────┼─────────────┤
            │ 01-history     │ 12/12 │    4.2 s │ done        │
            │ [02]           │  6/30 │ 3:05 min │ out of time │
            │ 03-feedforward │       │          │ waiting     │
            ╰────────────────┴───────┴──────────┴─────────────╯
            """.ReplaceLineEndings("\n"), console.Output.TrimEnd().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_running_row_shows_the_cell_it_is_at()
    {
        var row = new RunRow("a.ipynb");
        Assert.Equal("", RunTable.Cell(row));
        row.Start();
        row.Report(new RunProgress(7, 30, "x", TimeSpan.Zero));
        Assert.Equal("7/30", RunTable.Cell(row));
        var console = new TestConsole();
        console.Write(RunTable.Render([row]));
        Assert.Contains("running", console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_live_table_ends_with_the_last_state_of_every_notebook()
    {
        var console = new TestConsole { Profile = { Width = 80 } };
        console.Interactive();
        await NotebookBatch.RunAsync(["a.ipynb", "b.ipynb"], null, new RunOptions(), 2, new FakeExecutor { States = { ["b"] = RunState.CellFailed }, Work = ct => Task.Delay(200, ct) }, new LiveRunView(console), default);
        Assert.Matches(@"a +│ +3/3 │ 4\.2 s │ done", console.Output);
        Assert.Matches(@"b +│ +1/3 │ 4\.2 s │ a cell failed", console.Output);
    }

    [Fact]
    public async Task A_log_gets_a_line_at_the_start_and_the_end()
    {
        using var log = new StringWriter { NewLine = "\n" };
        await NotebookBatch.RunAsync(["en/a.ipynb"], null, new RunOptions(), 1, new FakeExecutor(), new LineRunView(log), default);
        Assert.Equal("a: started\na: done, cells 3/3, 4.2 s\n", log.ToString());
    }

    [Fact]
    public async Task A_log_gets_cells_only_so_often()
    {
        using var often = new StringWriter { NewLine = "\n" };
        await NotebookBatch.RunAsync(["a.ipynb"], null, new RunOptions(), 1, new FakeExecutor(), new LineRunView(often, TimeSpan.Zero), default);
        Assert.Matches(new Regex(@"^a: started\na: cell 1/3, \d\.\d s\na: done"), often.ToString());
    }
}
