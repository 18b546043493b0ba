using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace CourseKit.Kernel.Dialect;

/// <summary>What the session writes into the code of cells (see <c>GuardRewriter</c>). Not for people to call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Guard
{
    /// <summary>Whether this process runs cells, so that what is shown goes somewhere. The kit's live displays ask.</summary>
    public static bool HasCell => CellContext.Output is not SilentOutput;

    /// <summary>
    /// Asks that the next interrupt calls this and does not end the cell: a training stops and keeps its network. Null takes it back.
    /// </summary>
    public static void OnInterrupt(Action? stop) => CellContext.Stop = stop;

    /// <summary>At the head of every loop: ends the cell if it was interrupted.</summary>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Loop()
    {
        if (CellContext.Interrupted)
            throw new OperationCanceledException("The cell was interrupted.");
    }

    /// <summary>In lambdas that are one expression: ends the cell if it was interrupted.</summary>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    public static bool Lambda()
    {
        Loop();
        return true;
    }

    /// <summary>At the head of every function: turns a stack overflow, which would end the process, into an exception.</summary>
    /// <exception cref="InsufficientExecutionStackException">The recursion is too deep.</exception>
    public static bool Stack()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return true;
    }
}
