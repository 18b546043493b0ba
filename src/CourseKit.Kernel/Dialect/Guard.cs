using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace CourseKit.Kernel.Dialect;

/// <summary>What the session writes into the code of cells (see <c>GuardRewriter</c>). Not for people to call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Guard
{
    /// <summary>
    /// How deep asynchronous functions may call each other, in bytes of stack. Each hands the exception on to the one that awaits it, with a
    /// longer and longer trace: from the depth that plain functions may have that takes many minutes.
    /// </summary>
    private const uint AsynchronousDepth = 2 << 20;

    private const uint BetweenLooks = 64 << 10; // half of what the runtime wants to be left

    [ThreadStatic]
    private static nuint knownPlusOne; // so that 0 is: nothing is known

    [ThreadStatic]
    private static nuint asynchronousStart;

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
        if (CellContext.IsOver)
            throw new OperationCanceledException("The cell was interrupted.");
    }

    /// <summary>At the head of asynchronous functions and lambdas.</summary>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    /// <exception cref="InsufficientExecutionStackException">The recursion is too deep.</exception>
    public static unsafe bool AsyncStack()
    {
        byte here;
        if ((nuint)(&here) > asynchronousStart)
            asynchronousStart = (nuint)(&here); // the outermost of them
        if (asynchronousStart - (nuint)(&here) > AsynchronousDepth)
            throw new InsufficientExecutionStackException();
        return Stack();
    }

    /// <summary>
    /// At the head of every function and lambda, which may call themselves, or be called by a library without end: ends the cell if it was
    /// interrupted, and turns a stack overflow, which would end the process, into an exception.
    /// </summary>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    /// <exception cref="InsufficientExecutionStackException">The recursion is too deep.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe bool Stack()
    {
        Loop();
        byte here;
        if ((nuint)(&here) < knownPlusOne - 1)
            Look((nuint)(&here));
        return true;
    }

    /// <summary>Asks the runtime how much of the stack is left, which takes too long to be asked in every call.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Look(nuint here)
    {
        // A thread that was given a small stack begins with less than the runtime wants to be left.
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack() && knownPlusOne != 0)
            throw new InsufficientExecutionStackException();
        knownPlusOne = here - (knownPlusOne == 0 ? BetweenLooks / 2 : BetweenLooks) + 1;
    }
}
