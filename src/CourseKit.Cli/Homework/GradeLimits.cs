using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>What one submission may use while it is graded.</summary>
public sealed record GradeLimits
{
    /// <summary>The most that one of the student's cells, or one probe, may take, by the clock. The given cells, in the first of which the process starts, have all of <see cref="Total"/>.</summary>
    public TimeSpan Cell { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The most that all of it may take.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Memory, output, processes and files.</summary>
    public CellLimits Process { get; init; } = new();
}
