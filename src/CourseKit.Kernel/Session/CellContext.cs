namespace CourseKit.Kernel;

/// <summary>What belongs to the cell that is running: where its outputs go, and whether it is to stop.</summary>
/// <remarks>
/// There is one session a process, as there is one console: a thread that a cell left running writes into whatever cell runs now.
/// </remarks>
internal static class CellContext
{
    private static volatile IOutput output = SilentOutput.Instance;
    private static volatile bool interrupted, somethingIsOver;
    private static volatile object[] left = [];
    private static readonly AsyncLocal<object?> cellOfWork = new(); // goes with what a cell awaits and starts, on whatever thread, even another cell's
    private static readonly Lock gate = new();
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
        set
        {
            lock (gate)
            {
                interrupted = value;
                somethingIsOver = value || left.Length > 0;
            }
        }
    }

    /// <summary>Whether what runs here is to end: the running cell was asked to stop, or this belongs to one that was left to itself.</summary>
    public static bool IsOver => somethingIsOver && IsOverHere(); // the first in every loop, the second hardly ever

    private static bool IsOverHere() => interrupted || Array.IndexOf(left, cellOfWork.Value) >= 0;

    /// <summary>A cell is run from here on. To be called on the thread for cells.</summary>
    public static void Enter(object cell) => cellOfWork.Value = cell;

    /// <summary>A cell is left to itself: it ends where it next comes to a guard, also when others run by then.</summary>
    public static void Leave(object cell)
    {
        lock (gate)
        {
            left = [.. left, cell];
            somethingIsOver = true;
        }
    }

    /// <summary>A cell that was left to itself has ended.</summary>
    public static void Ended(object cell)
    {
        lock (gate)
        {
            left = Array.FindAll(left, other => other != cell);
            somethingIsOver = interrupted || left.Length > 0;
        }
    }

    /// <summary>What the running cell wants to be called on the next interrupt, which then does not end it; null for nothing.</summary>
    public static Action? Stop
    {
        set => Volatile.Write(ref stop, value);
    }

    /// <summary>Takes what is to be called: once, so that a second interrupt ends the cell.</summary>
    public static Action? TakeStop() => Interlocked.Exchange(ref stop, null);
}
