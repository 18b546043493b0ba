namespace CourseKit.Kernel;

/// <summary>The limits of a run, and where the executed notebook goes.</summary>
public sealed record RunOptions
{
    /// <summary>How long one cell may run.</summary>
    public TimeSpan CellTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long all cells together may run; null for no limit.</summary>
    public TimeSpan? TotalTimeout { get; init; }

    /// <summary>How much memory the notebook's process may hold, in bytes.</summary>
    public long MemoryLimitBytes { get; init; } = 4L << 30;

    /// <summary>How many bytes a notebook may show in all.</summary>
    public long OutputLimitBytes { get; init; } = 64L << 20;

    /// <summary>Where the executed notebook is written, also after a failure; null to write none.</summary>
    public string? OutputPath { get; init; }
}
