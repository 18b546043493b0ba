using System.Collections.Concurrent;
using CourseKit.Kernel;
using CourseKit.Testing;

namespace CourseKit.Notebooks.Tests;

/// <summary>Runs each notebook once, whoever asks first; several tests look at the same run.</summary>
internal static class ExecutedNotebooks
{
    private static readonly ConcurrentDictionary<string, Lazy<RunResult>> Runs = new();
    private static readonly SemaphoreSlim Places = new(Math.Max(1, Environment.ProcessorCount));

    /// <summary>The run of a notebook, named relative to the repository.</summary>
    public static RunResult Run(string notebook) => Runs.GetOrAdd(notebook, name => new Lazy<RunResult>(() =>
    {
        Places.Wait();
        try
        {
            var options = new RunOptions
            {
                CellTimeout = TimeSpan.FromMinutes(4),
                OutputPath = Path.Combine(RepositoryPaths.Root, "artifacts", "executed", name),
            };
            return NotebookRunner.RunAsync(Path.Combine(RepositoryPaths.Root, name), options).GetAwaiter().GetResult();
        }
        finally
        {
            Places.Release();
        }
    })).Value;
}
