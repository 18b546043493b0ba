namespace CourseKit.Kernel;

/// <summary>What belongs to the cell that is running: where its outputs go, and whether it is to stop.</summary>
/// <remarks>
/// There is one session a process, as there is one console: a thread that a cell left running writes into whatever cell runs now.
/// </remarks>
internal static class CellContext
{
    private static volatile IOutput output = SilentOutput.Instance;
    private static volatile bool interrupted;
    private static Action? stop;

    /// <summary>Where outputs go.</summary>
    public static IOutput Output
    {
        get => output;
        set => output = value;
    }

    /// <summary>Whether the running cell was asked to stop.</summary>
    public static bool Interrupted
    {
        get => interrupted;
        set => interrupted = value;
    }

    /// <summary>What the running cell wants to be called on the next interrupt, which then does not end it; null for nothing.</summary>
    public static Action? Stop
    {
        set => Volatile.Write(ref stop, value);
    }

    /// <summary>Takes what is to be called: once, so that a second interrupt ends the cell.</summary>
    public static Action? TakeStop() => Interlocked.Exchange(ref stop, null);
}
