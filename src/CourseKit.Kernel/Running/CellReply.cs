namespace CourseKit.Kernel;

/// <summary>How a cell of a <see cref="CellHost"/> ended.</summary>
public enum CellEnd
{
    /// <summary>It ran to its end.</summary>
    Succeeded,

    /// <summary>It did not compile or threw an exception.</summary>
    Failed,

    /// <summary>It took longer than allowed; its process was ended.</summary>
    TimedOut,

    /// <summary>It held more memory than allowed; its process was ended.</summary>
    OutOfMemory,

    /// <summary>It showed or returned more than allowed; its process was ended.</summary>
    OutputTooLarge,

    /// <summary>It started more processes than allowed; all were ended.</summary>
    TooManyProcesses,

    /// <summary>Its process ended by itself, or closed the connection.</summary>
    ProcessEnded,
}

/// <summary>What became of a cell.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Value">The text that was its last expression's value; null where that was no text.</param>
/// <param name="Message">What went wrong, for a person; null where nothing did.</param>
/// <param name="Text">What it printed, the beginning of it.</param>
public sealed record CellReply(CellEnd End, string? Value, string? Message, string Text);
