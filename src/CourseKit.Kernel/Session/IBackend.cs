using System.Text.Json.Nodes;

namespace CourseKit.Kernel;

/// <summary>What the protocol needs of a C# session. Execution happens on one thread; the other calls may come from another at any time.</summary>
internal interface IBackend : IDisposable
{
    /// <summary>Runs a cell to its end.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="executionCount">The cell's number, for messages.</param>
    /// <param name="output">Where everything goes that the cell shows, in order.</param>
    ExecutionOutcome Execute(string code, int executionCount, IOutput output);

    /// <summary>Stops the running cell, if there is one; the variables stay.</summary>
    void Interrupt();

    /// <summary>What could stand at a place of a cell; positions count UTF-16 units.</summary>
    Completions Complete(string code, int position);

    /// <summary>What stands at a place of a cell, as text for a person, or null where there is nothing to say.</summary>
    string? Inspect(string code, int position);

    /// <summary>Whether a cell could run as it is.</summary>
    Completeness IsComplete(string code);
}

/// <summary>Where a running cell shows things.</summary>
internal interface IOutput
{
    /// <summary>Text on <c>stdout</c> or <c>stderr</c>.</summary>
    void Stream(string name, string text);

    /// <summary>A value shown by the cell while it runs.</summary>
    /// <param name="data">MIME types with their texts.</param>
    /// <param name="displayId">By which it can be changed later, or null.</param>
    void Display(JsonObject data, string? displayId);

    /// <summary>Changes a value that was shown before.</summary>
    void Update(JsonObject data, string displayId);

    /// <summary>Takes the cell's outputs away; with <paramref name="wait"/> not before the next one comes.</summary>
    void Clear(bool wait);

    /// <summary>Asks the person and waits for the answer.</summary>
    /// <exception cref="InvalidOperationException">This front end cannot ask.</exception>
    /// <exception cref="OperationCanceledException">The cell was interrupted meanwhile.</exception>
    string Ask(string prompt, bool password);
}

/// <summary>How a cell ended.</summary>
/// <param name="Result">The value of its last expression as MIME types with texts, or null.</param>
/// <param name="Error">What went wrong, or null.</param>
/// <param name="Page">A text that the cell asked for and that is no part of the notebook (see <see cref="HelpCell"/>), or null.</param>
internal sealed record ExecutionOutcome(JsonObject? Result, ExecutionError? Error, string? Page = null);

/// <summary>A cell's error in the terms of Jupyter.</summary>
/// <param name="Name">The exception's type, or <c>CompileError</c>, <c>KeyboardInterrupt</c>.</param>
/// <param name="Value">The message.</param>
/// <param name="Traceback">Lines for a person, in terms of cells and lines.</param>
internal sealed record ExecutionError(string Name, string Value, IReadOnlyList<string> Traceback);

/// <summary>What could stand at a place.</summary>
/// <param name="Start">Where the text begins that a choice replaces.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Matches">The choices, each with its kind (<c>method</c>, <c>class</c> ...).</param>
internal sealed record Completions(int Start, int End, IReadOnlyList<(string Text, string Kind)> Matches);

/// <summary>Whether a text could run as it is.</summary>
internal enum Completeness
{
    /// <summary>It can run.</summary>
    Complete,

    /// <summary>Something is still open: a brace, a string.</summary>
    Incomplete,

    /// <summary>No continuation could make it right.</summary>
    Invalid,
}
