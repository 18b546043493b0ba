using System.Collections.Concurrent;

namespace CourseKit.Kernel;

/// <summary>A thread that runs cells, one after the other. It is given up where a cell was aborted or does not end.</summary>
/// <remarks>
/// A thread on which code was aborted cannot be relied upon: outside Windows .NET 10 never comes back from a second abort there. And what
/// waits inside the operating system, for a connection, say, nothing can end but the thread's being left to itself.
/// </remarks>
internal sealed class CellThread
{
    private const int StackBytes = 16 << 20; // deep recursion in a student's cell is normal; a stack overflow ends the process
    private readonly BlockingCollection<Action> work = [];

    /// <summary>Starts it.</summary>
    public CellThread()
    {
        Thread = new Thread(() =>
        {
            foreach (var one in work.GetConsumingEnumerable())
                one();
        }, StackBytes) { Name = "cell", IsBackground = true };
        Thread.Start();
    }

    /// <summary>The thread.</summary>
    public Thread Thread { get; }

    /// <summary>Hands it something to do, which must not throw.</summary>
    public void Post(Action one) => work.Add(one);

    /// <summary>Lets it end when it has done what it was handed.</summary>
    public void GiveUp() => work.CompleteAdding();
}
