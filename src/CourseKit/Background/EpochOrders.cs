namespace CourseKit;

/// <summary>Hands out, epoch after epoch, the order in which the samples are visited.</summary>
internal sealed class EpochOrders
{
    private readonly int[] order;
    private readonly Random? random;

    public EpochOrders(int count, SampleOrder kind, int seed)
    {
        order = [.. Enumerable.Range(0, count)];
        random = kind switch
        {
            SampleOrder.InTurn => null,
            SampleOrder.Shuffled => new Random(seed),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not an order that is known."),
        };
    }

    /// <summary>The next epoch's order. The array is used again by the epoch after it.</summary>
    public int[] Next()
    {
        random?.Shuffle(order);
        return order;
    }
}
