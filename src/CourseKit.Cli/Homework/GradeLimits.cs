using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>What one submission may use while it is graded.</summary>
public sealed record GradeLimits
{
    /// <summary>The most that one cell, or one probe, may take.</summary>
    public TimeSpan Cell { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The most that all of it may take.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Memory, output, processes and files.</summary>
    public CellLimits Process { get; init; } = new();
}
