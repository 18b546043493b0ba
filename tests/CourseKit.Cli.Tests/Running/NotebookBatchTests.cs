using CourseKit.Kernel;

namespace CourseKit.Cli.Tests;

public class NotebookBatchTests
{
    private const long Gigabyte = 1L << 30;

    [Theory]
    [InlineData(8, 64, 4, 8)]
    [InlineData(8, 9, 4, 2)]
    [InlineData(2, 64, 4, 2)]
    [InlineData(4, 1, 4, 1)]
    [InlineData(4, 0, 4, 1)]
    public void As_many_run_at_once_as_cores_and_memory_allow(int cores, int freeGigabytes, int limitGigabytes, int expected) =>
        Assert.Equal(expected, NotebookBatch.Width(cores, freeGigabytes * Gigabyte, limitGigabytes * Gigabyte));

    [Fact]
    public async Task No_more_run_at_once_than_was_said_and_the_results_keep_the_order()
    {
        var executor = new FakeExecutor { Work = ct => Task.Delay(20, ct) };
        var names = Enumerable.Range(0, 12).Select(i => $"{i:00}.ipynb").ToArray();
        var results = await NotebookBatch.RunAsync(names, null, new RunOptions(), 3, executor, new LineRunView(TextWriter.Null), default);
        Assert.Equal(names, results.Select(r => r.NotebookPath));
        Assert.Equal(3, executor.Widest);
    }

    [Fact]
    public async Task One_that_fails_does_not_stop_the_others()
    {
        var executor = new FakeExecutor { States = { ["b"] = RunState.CellFailed } };
        var results = await NotebookBatch.RunAsync(["a.ipynb", "b.ipynb", "c.ipynb"], null, new RunOptions(), 1, executor, new LineRunView(TextWriter.Null), default);
        Assert.Equal([RunState.Succeeded, RunState.CellFailed, RunState.Succeeded], results.Select(r => r.State));
    }

    [Fact]
    public async Task A_runner_that_throws_for_a_bad_file_gives_a_result_that_says_so()
    {
        var executor = new FakeExecutor { Work = _ => throw new NotebookException("a.ipynb is not JSON") };
        var result = Assert.Single(await NotebookBatch.RunAsync(["a.ipynb"], null, new RunOptions(), 1, executor, new LineRunView(TextWriter.Null), default));
        Assert.Equal(RunState.BadNotebook, result.State);
        Assert.Contains("is not JSON", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_ends_what_runs_and_does_not_begin_the_rest()
    {
        using var stop = new CancellationTokenSource();
        var executor = new FakeExecutor { Work = ct => { stop.Cancel(); return Task.Delay(Timeout.Infinite, ct); } };
        var results = await NotebookBatch.RunAsync(["a.ipynb", "b.ipynb"], null, new RunOptions(), 1, executor, new LineRunView(TextWriter.Null), stop.Token);
        Assert.All(results, r => Assert.Equal(RunState.Cancelled, r.State));
        Assert.Single(executor.Asked);
    }

    [Fact]
    public void Executed_notebooks_of_one_name_are_told_apart_and_never_take_the_place_of_the_original()
    {
        using var folder = new TemporaryFolder();
        var (a, b, c) = (Path.Combine(folder.Path, "en", "01.ipynb"), Path.Combine(folder.Path, "zh", "01.ipynb"), Path.Combine(folder.Path, "en", "02.ipynb"));
        var output = Path.Combine(folder.Path, "out");
        Assert.Equal(["en-01.ipynb", "zh-01.ipynb", "02.ipynb"], NotebookList.OutputPaths([a, b, c], output).Select(Path.GetFileName));
        Assert.Throws<CommandException>(() => NotebookList.OutputPaths([c], Path.Combine(folder.Path, "en")));
    }
}
