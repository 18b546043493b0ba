namespace CourseKit.Kernel;

/// <summary>A cell that is compiled and run, and how it is stopped wherever it is.</summary>
/// <remarks>
/// Guards in the cell's own code notice by themselves (<see cref="GuardRewriter"/>), and so does the kit between two updates. A thread that
/// sleeps or waits is woken by an interrupt. One that goes on working in a library is left to itself until the library returns to the cell's
/// code, whose next guard ends it. It is not aborted: outside Windows, .NET 10 ends the process where an abort hits the return from a short
/// function (measured: 3 of 3 times in OrderBy, 3 of 4 in LINQ's loops, 2 of 4 in Regex), and all that the person has computed is lost.
/// </remarks>
/// <param name="thread">The thread that runs the cell's code.</param>
internal sealed class RunningCell(Thread thread)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700); // so that the answer comes within a second

    private readonly Lock gate = new();
    private readonly CancellationTokenSource end = new();
    private long asked;
    private volatile bool interrupted, runs, awaits, over, isLeft;

    /// <summary>Ends the waiting for packages, or for what the cell awaits.</summary>
    public CancellationToken WaitingEnds => end.Token;

    /// <summary>Whether somebody asked for the cell's end.</summary>
    public bool IsInterrupted => interrupted;

    /// <summary>Whether somebody asked for it so long ago that nobody waits for it any more.</summary>
    public bool IsInterruptedForLong => interrupted && Environment.TickCount64 - Volatile.Read(ref asked) > Patience.TotalMilliseconds;

    /// <summary>Whether its thread was left to itself.</summary>
    public bool IsLeft => isLeft;

    /// <summary>Whether all that happens is to wait for something that <see cref="WaitingEnds"/> ends.</summary>
    public bool Awaits
    {
        set => awaits = value;
    }

    /// <summary>Says that the thread runs the cell's code from here on. To be called on it.</summary>
    public void Begin()
    {
        lock (gate)
            runs = true;
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
            if (!IsInterruptedForLong)
                continue;
            lock (gate)
            {
                if (!runs)
                    continue; // done at this very moment
                (runs, over, isLeft) = (false, true, true);
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

        // Not on a thread of the pool, which the cell may keep busy: Parallel.For takes all of them.
        new Thread(Stop) { Name = "interrupt", IsBackground = true }.Start();
    }

    private void Stop()
    {
        var waited = false;
        for (; !over; Thread.Sleep(BetweenLooks))
        {
            if (awaits)
            {
                end.Cancel();
                continue;
            }

            var waits = (thread.ThreadState & ThreadState.WaitSleepJoin) != 0;
            if (waits && waited)
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
