using System.Collections.Concurrent;

namespace CourseKit.Kernel;

/// <summary>Starts processes one after the other, on a thread that lives as long as this process.</summary>
/// <remarks>
/// Linux takes the death of the thread that started a process for the death of its parent, and a sandbox ends with its parent; a thread of
/// the pool may end at any time.
/// </remarks>
internal static class ProcessStarter
{
    private static readonly BlockingCollection<Action> Waiting = Begin();

    /// <summary>Runs something on that thread and waits for it.</summary>
    public static T Run<T>(Func<T> start)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Waiting.Add(() =>
        {
            try
            {
                result.SetResult(start());
            }
            catch (Exception error)
            {
                result.SetException(error);
            }
        });
        return result.Task.GetAwaiter().GetResult();
    }

    private static BlockingCollection<Action> Begin()
    {
        var actions = new BlockingCollection<Action>();
        new Thread(() =>
        {
            foreach (var action in actions.GetConsumingEnumerable())
                action();
        }) { Name = "process starter", IsBackground = true }.Start();
        return actions;
    }
}
