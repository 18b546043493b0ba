namespace CourseKit.Kernel;

/// <summary>A cell that is compiled and run, and how it is stopped wherever it is.</summary>
/// <remarks>
/// Three means, each for a place where the others fail. Guards in the cell's own code notice by themselves (<see cref="GuardRewriter"/>).
/// A thread that sleeps or waits is woken by an interrupt. One that goes on working in a library is aborted, and that comes last: outside
/// Windows, .NET 10 ends the process where the abort hits the return from a short function (measured: 7 of 8 times in LINQ's loops, never
/// in a loop over numbers). The person would have to restart the kernel otherwise, so nothing is lost by it. What none of them ends is left
/// to itself.
/// </remarks>
/// <param name="thread">The thread that runs the cell's code.</param>
internal sealed class RunningCell(Thread thread)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private const int LooksBeforeAbort = 10;

    private readonly Lock gate = new();
    private readonly CancellationTokenSource abort = new();
    private long asked;
    private volatile bool interrupted, aborted, runs, awaits, over;

    /// <summary>Aborts the cell's own part, and ends the waiting for packages, or for what it awaits.</summary>
    public CancellationToken Abort => abort.Token;

    /// <summary>Whether somebody asked for the cell's end.</summary>
    public bool IsInterrupted => interrupted;

    /// <summary>Whether somebody asked for it so long ago that it would have been aborted if its code had run by then.</summary>
    public bool IsInterruptedForLong => interrupted && Environment.TickCount64 - Volatile.Read(ref asked) > LooksBeforeAbort * BetweenLooks.TotalMilliseconds;

    /// <summary>Whether its thread was or may have been aborted.</summary>
    public bool IsAborted => aborted;

    /// <summary>Whether any of the cell's code was run.</summary>
    public bool HasBegun { get; set; }

    /// <summary>Whether all that happens is to wait for something that <see cref="Abort"/> ends.</summary>
    public bool Awaits
    {
        set => awaits = value;
    }

    /// <summary>Says that the thread runs the cell's code from here on. To be called on it.</summary>
    public void Begin()
    {
        lock (gate)
            (runs, HasBegun) = (true, false);
    }

    /// <summary>Says that the thread is done with it: nothing happens to the thread any more. To be called on it.</summary>
    public void End()
    {
        lock (gate)
            runs = false;
        if (!interrupted)
            return;
        try
        {
            Thread.Sleep(1); // an interrupt that came when the thread was awake would hit whatever waits next
        }
        catch (ThreadInterruptedException)
        {
            // That was it.
        }
    }

    /// <summary>Waits until the thread is done, or the cell was asked to end and does not.</summary>
    /// <param name="ended">Set when it is done.</param>
    /// <returns>Whether it is done; if not, nothing more happens to the thread, which is left to itself.</returns>
    public bool Wait(ManualResetEventSlim ended)
    {
        while (!ended.Wait(BetweenLooks))
        {
            if (!interrupted || Environment.TickCount64 - Volatile.Read(ref asked) < Patience.TotalMilliseconds)
                continue;
            lock (gate)
            {
                if (!runs)
                    continue; // done at this very moment
                (runs, over, aborted) = (false, true, true);
            }

            return false;
        }

        return true;
    }

    /// <summary>Says that there is nothing more to stop.</summary>
    public void Close() => over = true;

    /// <summary>Asks for the cell's end and returns at once; from any thread.</summary>
    public void Interrupt()
    {
        lock (gate)
        {
            if (interrupted)
                return;
            Volatile.Write(ref asked, Environment.TickCount64);
            interrupted = true;
        }

        InBackground(Stop);
    }

    // Not on a thread of the pool, which the cell may keep busy: Parallel.For takes all of them.
    private static void InBackground(Action work) => new Thread(() => work()) { Name = "interrupt", IsBackground = true }.Start();

    private void Stop()
    {
        var waited = false;
        for (var worked = 0; !over; Thread.Sleep(BetweenLooks))
        {
            var waits = (thread.ThreadState & ThreadState.WaitSleepJoin) != 0;
            worked = waits || !runs ? 0 : worked + 1;
            if (!aborted && (awaits || runs && worked > LooksBeforeAbort))
            {
                aborted = true;
                InBackground(abort.Cancel); // returns when the thread is aborted
            }
            else if (waits && waited && !awaits)
            {
                lock (gate)
                    if (runs)
                        thread.Interrupt();
                waits = false; // once, then look again
            }

            waited = waits;
        }
    }
}
