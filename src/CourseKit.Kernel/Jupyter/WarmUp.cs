namespace CourseKit.Kernel.Jupyter;

/// <summary>Completes something that nobody asked for, in a moment when the kernel has nothing to do: the first time costs a second, and a person is about to want it.</summary>
/// <remarks>
/// The moment is a short while after a front end has connected or a cell has ended, so that no cell waits for it. A front end whose cells
/// cannot ask for input has no person at it; the memory is saved there.
/// </remarks>
/// <param name="backend">The C# session.</param>
internal sealed class WarmUp(IBackend backend) : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);
    private readonly Lock gate = new();
    private Timer? timer;
    private bool over;

    /// <summary>The kernel has nothing to do from now on.</summary>
    public void Idle()
    {
        lock (gate)
            if (!over)
                (timer ??= new Timer(_ => Start())).Change(Moment, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The kernel has something to do.</summary>
    public void Busy()
    {
        lock (gate)
            if (!over)
                timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Nobody will want it.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            over = true;
            timer?.Dispose();
        }
    }

    private void Start()
    {
        lock (gate)
        {
            if (over)
                return;
            over = true;
            timer?.Dispose();
        }

        new Thread(() =>
        {
            try
            {
                backend.Complete("Console.", "Console.".Length);
            }
            catch (Exception)
            {
                // Whoever asks for a completion gets the error; a thread that nobody asked for must not end the process.
            }
        }) { Name = "warm-up", IsBackground = true, Priority = ThreadPriority.BelowNormal }.Start();
    }
}
