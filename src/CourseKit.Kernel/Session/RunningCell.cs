namespace CourseKit.Kernel;

/// <summary>A cell that runs, and how it is stopped wherever it is.</summary>
/// <remarks>
/// Three means, each for a place where the others fail. Guards in the cell's own code notice by themselves (<see cref="GuardRewriter"/>).
/// A thread that sleeps or waits is woken by an interrupt. One that goes on working in a library is aborted, and that comes last: outside
/// Windows, .NET 10 ends the process where the abort hits the return from a short function (measured: 7 of 8 times in LINQ's loops, never
/// in a loop over numbers). The person would have to restart the kernel otherwise, so nothing is lost by it.
/// </remarks>
/// <param name="thread">The thread that runs the cell.</param>
internal sealed class RunningCell(Thread thread)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(30);
    private const int LooksBeforeAbort = 10;

    private readonly Lock gate = new();
    private readonly CancellationTokenSource abort = new();
    private volatile bool interrupted, awaits, over;

    /// <summary>Aborts the cell's own part, and ends the waiting for what it awaits.</summary>
    public CancellationToken Abort => abort.Token;

    /// <summary>Whether somebody asked for the cell's end.</summary>
    public bool IsInterrupted => interrupted;

    /// <summary>Says that the thread now only waits for a task, with <see cref="Abort"/>.</summary>
    public void Awaits() => awaits = true;

    /// <summary>Says that the cell is over: nothing happens to its thread any more. To be called on it.</summary>
    public void End()
    {
        lock (gate)
            over = true;
        if (!interrupted)
            return;
        try
        {
            Thread.Sleep(1); // an interrupt that came when the thread was awake would hit the next cell that waits
        }
        catch (ThreadInterruptedException)
        {
            // That was it.
        }
    }

    /// <summary>Asks for the cell's end and returns at once; from any thread.</summary>
    public void Interrupt()
    {
        lock (gate)
        {
            if (over || interrupted)
                return;
            interrupted = true;
        }

        _ = Task.Run(StopAsync);
    }

    private async Task StopAsync()
    {
        var (waited, aborted) = (false, false);
        for (var worked = 0; !over; await Task.Delay(BetweenLooks).ConfigureAwait(false))
        {
            var waits = (thread.ThreadState & ThreadState.WaitSleepJoin) != 0;
            worked = waits ? 0 : worked + 1;
            if (!aborted && (awaits || worked > LooksBeforeAbort))
            {
                aborted = true;
                _ = Task.Run(abort.Cancel); // returns when the thread is aborted
            }
            else if (waits && waited && !awaits)
            {
                lock (gate)
                    if (!over)
                        thread.Interrupt();
                waits = false; // once, then look again
            }

            waited = waits;
        }
    }
}
