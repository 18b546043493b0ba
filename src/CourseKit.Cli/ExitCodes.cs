namespace CourseKit.Cli;

/// <summary>What the command returns to the shell.</summary>
public static class ExitCodes
{
    /// <summary>All was done.</summary>
    public const int Success = 0;

    /// <summary>Something failed that the command names: a cell, a page, a check.</summary>
    public const int Failed = 1;

    /// <summary>Stopped by Ctrl+C, as shells count it.</summary>
    public const int Cancelled = 130;
}
