namespace CourseKit.Kernel;

/// <summary>How a run ended.</summary>
public enum RunState
{
    /// <summary>Every cell ran.</summary>
    Succeeded,

    /// <summary>A cell did not compile or threw an exception.</summary>
    CellFailed,

    /// <summary>A cell, or all together, took longer than allowed.</summary>
    TimedOut,

    /// <summary>The process held more memory than allowed.</summary>
    OutOfMemory,

    /// <summary>The notebook showed more than allowed.</summary>
    OutputTooLarge,

    /// <summary>The notebook's process ended by itself while a cell ran.</summary>
    ProcessEnded,

    /// <summary>The file is no notebook; nothing was run.</summary>
    BadNotebook,

    /// <summary>The caller cancelled the run.</summary>
    Cancelled,
}

/// <summary>Where a run is.</summary>
/// <param name="CodeCell">The code cell that is running, counted from 1.</param>
/// <param name="CodeCells">How many code cells there are.</param>
/// <param name="CellId">Its id.</param>
/// <param name="Elapsed">Time since the run began.</param>
public sealed record RunProgress(int CodeCell, int CodeCells, string? CellId, TimeSpan Elapsed);

/// <summary>What a run did.</summary>
/// <param name="NotebookPath">The notebook.</param>
/// <param name="State">How it ended.</param>
/// <param name="Message">Notebook, cell and reason; null where every cell ran.</param>
/// <param name="CodeCell">The code cell where it ended, counted from 1; null where every cell ran.</param>
/// <param name="CellId">That cell's id.</param>
/// <param name="CellsRun">How many code cells ran to their end as they should.</param>
/// <param name="CodeCells">How many code cells there are.</param>
/// <param name="Elapsed">The time it took.</param>
/// <param name="PeakMemoryBytes">The most memory that the process was seen to hold.</param>
/// <param name="Executed">The notebook with the outputs of all cells that ran; null where the file is no notebook.</param>
public sealed record RunResult(
    string NotebookPath, RunState State, string? Message, int? CodeCell, string? CellId, int CellsRun, int CodeCells,
    TimeSpan Elapsed, long PeakMemoryBytes, Notebook? Executed);
