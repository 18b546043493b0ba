using System.Collections.Concurrent;

namespace CourseKit.Kernel;

/// <summary>A thread that runs cells, one after the other. It is given up where an interrupted cell does not end.</summary>
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
