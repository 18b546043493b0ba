using CourseKit.Kernel;

namespace CourseKit.Cli.Tests;

/// <summary>Pretends to run notebooks: the state by name, three cells each, no process.</summary>
internal sealed class FakeExecutor : INotebookExecutor
{
    private int _running;

    /// <summary>How each notebook ends, by its name without the ending; the others succeed.</summary>
    public Dictionary<string, RunState> States { get; } = [];

    /// <summary>Awaited by every notebook before it ends.</summary>
    public Func<CancellationToken, Task> Work { get; init; } = _ => Task.CompletedTask;

    /// <summary>The most that ran at once.</summary>
    public int Widest { get; private set; }

    /// <summary>What each run was asked for.</summary>
    public List<(string Path, RunOptions Options)> Asked { get; } = [];

    public async Task<RunResult> RunAsync(string path, RunOptions options, IProgress<RunProgress> progress, CancellationToken ct)
    {
        lock (Asked)
        {
            Asked.Add((path, options));
            Widest = Math.Max(Widest, ++_running);
        }
        try
        {
            progress.Report(new RunProgress(1, 3, "first", TimeSpan.Zero));
            await Work(ct);
        }
        finally
        {
            lock (Asked)
                _running--;
        }
        var state = States.GetValueOrDefault(Path.GetFileNameWithoutExtension(path));
        var done = state == RunState.Succeeded;
        return new RunResult(path, state, done ? null : $"{Path.GetFileName(path)}, cell second: divided by zero", done ? null : 2, done ? null : "second", done ? 3 : 1, 3, TimeSpan.FromSeconds(4.2), 0,
            File.Exists(path) ? Notebook.Load(path) : null);
    }
}
