namespace CourseKit;

/// <summary>Examples in minibatches: each pass over them in a new random order, one pass after the other without a seam.</summary>
internal sealed class ShuffledExamples(Tensor examples)
{
    private readonly int[] order = [.. Enumerable.Range(0, examples.Shape[0])];
    private int next = int.MaxValue;

    public Tensor Examples => examples;

    /// <summary>Writes the next examples.</summary>
    public void Fill(Tensor batch, RandomSource random)
    {
        var size = examples.Count / order.Length;
        for (var n = 0; n < batch.Shape[0]; n++)
        {
            if (next >= order.Length)
            {
                random.Shuffle<int>(order);
                next = 0;
            }

            examples.Data.AsSpan(order[next++] * size, size).CopyTo(batch.Data.AsSpan(n * size));
        }
    }
}
