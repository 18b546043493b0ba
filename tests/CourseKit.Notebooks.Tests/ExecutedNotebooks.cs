using System.Collections.Concurrent;
using CourseKit.Cli;
using CourseKit.Kernel;
using CourseKit.Testing;

namespace CourseKit.Notebooks.Tests;

/// <summary>
/// Runs each notebook once, whoever asks first; several tests look at the same run. Where <c>book</c> has run the very same cells on the very
/// same kit and data before, its run is looked at, unless the long tests are asked for.
/// </summary>
internal static class ExecutedNotebooks
{
    private static readonly Lazy<RunCache?> Kept = new(() => LongTests.Run ? null : RunCache.Of(new Repository(RepositoryPaths.Root)));
    private static readonly ConcurrentDictionary<string, Lazy<RunResult>> Runs = new();
    private static readonly SemaphoreSlim Places = new(Math.Max(1, Environment.ProcessorCount));

    /// <summary>Begins with some notebooks in the order given, for somebody who will need all of them.</summary>
    public static void Begin(IEnumerable<string> notebooks)
    {
        foreach (var notebook in notebooks)
            new Thread(() => Run(notebook)) { IsBackground = true, Name = notebook }.Start();
    }

    /// <summary>The run of a notebook, named relative to the repository.</summary>
    public static RunResult Run(string notebook) => Runs.GetOrAdd(notebook, name => new Lazy<RunResult>(() =>
    {
        var path = Path.Combine(RepositoryPaths.Root, name);
        if (Kept.Value is { } kept && kept.Key(path) is { } key && kept.Find(key, path) is { } run)
            return run;
        Places.Wait();
        try
        {
            var options = new RunOptions
            {
                CellTimeout = TimeSpan.FromMinutes(20), // a cell of chapter 6 that takes 10 s alone was seen to take over 4 minutes beside every other test
                OutputPath = Path.Combine(RepositoryPaths.Root, "artifacts", "executed", name),
            };
            return NotebookRunner.RunAsync(path, options).GetAwaiter().GetResult();
        }
        finally
        {
            Places.Release();
        }
    })).Value;
}
