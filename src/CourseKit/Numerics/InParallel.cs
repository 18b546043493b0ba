using System.Runtime.ExceptionServices;

namespace CourseKit;

/// <summary>Independent pieces of work on several threads, outside of training steps (for those see <see cref="Workers"/>).</summary>
internal static class InParallel
{
    /// <summary>Does every piece; an exception comes out as it was thrown, not wrapped in an AggregateException that nobody documents.</summary>
    /// <param name="count">How many pieces.</param>
    /// <param name="piece">Does one, given its number.</param>
    /// <param name="threads">The most threads; null for as many as there are processors.</param>
    public static void For(int count, Action<int> piece, int? threads = null)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount }, piece);
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.Flatten().InnerExceptions[0]);
        }
    }
}
