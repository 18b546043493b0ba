using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>Runs one notebook. The command uses the kernel; tests use one that pretends.</summary>
public interface INotebookExecutor
{
    /// <summary>Runs a notebook to its end or to its first failure; failures are in the result, not thrown.</summary>
    Task<RunResult> RunAsync(string path, RunOptions options, IProgress<RunProgress> progress, CancellationToken ct);
}

/// <summary>Runs notebooks in the kernel, each in a process of its own.</summary>
public sealed class KernelExecutor : INotebookExecutor
{
    /// <inheritdoc/>
    public Task<RunResult> RunAsync(string path, RunOptions options, IProgress<RunProgress> progress, CancellationToken ct) =>
        NotebookRunner.RunAsync(path, options, progress, ct);
}
