using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace CourseKit.Kernel.Dialect;

/// <summary>What the session writes into the code of cells (see <c>GuardRewriter</c>). Not for people to call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Guard
{
    /// <summary>
    /// How deep asynchronous functions may call each other. Each hands the exception on to the one that awaits it, with a longer and longer
    /// trace: from the depth that plain functions may have that takes many minutes.
    /// </summary>
    private const int AsynchronousDepth = 1 << 20;

    [ThreadStatic]
    private static nint stackStart;

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

    /// <summary>In lambdas, which a library may call without end and which may call themselves: both of the others.</summary>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    /// <exception cref="InsufficientExecutionStackException">The recursion is too deep.</exception>
    public static bool Lambda()
    {
        Loop();
        return Stack();
    }

    /// <summary>In asynchronous lambdas.</summary>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    /// <exception cref="InsufficientExecutionStackException">The recursion is too deep.</exception>
    public static bool AsyncLambda()
    {
        Loop();
        return AsyncStack();
    }

    /// <summary>At the head of asynchronous functions.</summary>
    /// <exception cref="InsufficientExecutionStackException">The recursion is too deep.</exception>
    public static unsafe bool AsyncStack()
    {
        byte here;
        if (stackStart != 0 && stackStart - (nint)(&here) > AsynchronousDepth)
            throw new InsufficientExecutionStackException();
        return Stack();
    }

    /// <summary>Says that the calling thread's cells begin at this depth of its stack.</summary>
    internal static unsafe void StackStartsHere()
    {
        byte here;
        stackStart = (nint)(&here);
    }

    /// <summary>At the head of every function: turns a stack overflow, which would end the process, into an exception.</summary>
    /// <exception cref="InsufficientExecutionStackException">The recursion is too deep.</exception>
    public static bool Stack()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return true;
    }
}
