using System.Diagnostics;
using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>What is known of one notebook while several run.</summary>
/// <param name="path">The notebook.</param>
public sealed class RunRow(string path)
{
    private readonly Stopwatch _clock = new();
    private volatile RunProgress? _progress;
    private volatile RunResult? _result;

    /// <summary>The notebook as it was named.</summary>
    public string Path { get; } = path;

    /// <summary>Its file name without the ending.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Whether it was started.</summary>
    public bool Started => _clock.IsRunning || _result is not null;

    /// <summary>The last cell that was begun; null before.</summary>
    public RunProgress? Progress => _progress;

    /// <summary>How it ended; null while it has not.</summary>
    public RunResult? Result => _result;

    /// <summary>How long it runs, or ran.</summary>
    public TimeSpan Elapsed => _result?.Elapsed ?? _clock.Elapsed;

    /// <summary>Starts its clock.</summary>
    public void Start() => _clock.Start();

    /// <summary>A cell was begun.</summary>
    public void Report(RunProgress progress) => _progress = progress;

    /// <summary>It ended.</summary>
    public void End(RunResult result)
    {
        _result = result;
        _clock.Stop();
    }
}
