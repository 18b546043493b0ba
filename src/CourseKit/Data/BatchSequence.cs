namespace CourseKit;

/// <summary>
/// The samples of a dataset in batches. Each <c>foreach</c> over it is one pass over all samples (an epoch), in an order of its own;
/// no pass allocates per batch.
/// </summary>
/// <remarks>
/// Pass number e takes its order from <c>new RandomSource(seed).Fork(e)</c>: the same seed gives the same passes. A batch's tensor is
/// written over by the next one. One pass at a time.
/// </remarks>
public sealed class BatchSequence
{
    private readonly Dataset data;
    private readonly RandomSource? random;
    private readonly int[] order;
    private readonly Batch full;
    private readonly Batch last;

    internal BatchSequence(Dataset data, int batchSize, int? seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        this.data = data;
        BatchSize = batchSize;
        random = seed is { } given ? new RandomSource(given) : null;
        order = [.. Enumerable.Range(0, data.Count)];
        var size = Math.Min(batchSize, data.Count);
        full = Buffer(size);
        last = data.Count % batchSize is var rest && rest > 0 && rest != size ? Buffer(rest) : full;
    }

    /// <summary>How many samples a batch has, the last one perhaps excepted.</summary>
    public int BatchSize { get; }

    /// <summary>How many batches a pass has.</summary>
    public int Count => (data.Count + BatchSize - 1) / BatchSize;

    /// <summary>How many passes were begun.</summary>
    public int Passes { get; private set; }

    /// <summary>Begins a pass.</summary>
    public Enumerator GetEnumerator()
    {
        if (random is not null)
        {
            for (var i = 0; i < order.Length; i++)
                order[i] = i;
            random.Fork(Passes).Shuffle<int>(order);
        }

        Passes++;
        return new Enumerator(this);
    }

    private Batch Buffer(int size) => new(new Tensor([size, .. data.SampleShape]), new int[size], new int[size]);

    private Batch Fill(int first)
    {
        var batch = order.Length - first >= full.Labels.Length ? full : last;
        var size = data.SampleSize;
        for (var i = 0; i < batch.Labels.Length; i++)
        {
            var n = order[first + i];
            batch.Samples[i] = n;
            batch.Labels[i] = data.Labels[n];
            data.Inputs.Data.AsSpan(n * size, size).CopyTo(batch.Inputs.Data.AsSpan(i * size));
        }

        return batch;
    }

    /// <summary>A few samples together. The tensor and the arrays belong to the sequence and are written over by its next batch.</summary>
    /// <param name="Inputs">The samples, batch first.</param>
    /// <param name="Labels">The class of each.</param>
    /// <param name="Samples">The number of each in the dataset.</param>
    public sealed record Batch(Tensor Inputs, int[] Labels, int[] Samples);

    /// <summary>Where a pass stands.</summary>
    public struct Enumerator
    {
        private readonly BatchSequence batches;
        private int next;

        internal Enumerator(BatchSequence batches) => (this.batches, Current) = (batches, batches.full);

        /// <summary>The batch at hand.</summary>
        public Batch Current { get; private set; }

        /// <summary>Fills the next batch; false at the end of the pass.</summary>
        public bool MoveNext()
        {
            if (next >= batches.order.Length)
                return false;
            Current = batches.Fill(next);
            next += Current.Labels.Length;
            return true;
        }
    }
}
