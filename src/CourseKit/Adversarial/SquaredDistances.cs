using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>
/// ||x - c||² of many points to the same centres, as ||x||² + ||c||² - 2 x'c: one matrix product for a block of points. Everything is moved
/// by the centres' mean first, so that little cancels.
/// </summary>
internal sealed class SquaredDistances
{
    /// <summary>So many points at a time: enough for the product, and the block of distances stays small.</summary>
    public const int Block = 128;

    private readonly float[] mean;
    private readonly Tensor centres;
    private readonly float[] norms;

    public SquaredDistances(Tensor centres)
    {
        var (n, d) = (centres.Shape[0], centres.Count / centres.Shape[0]);
        mean = new float[d];
        RowMath.Sum(centres.Span, mean);
        TensorPrimitives.Divide(mean, n, mean);
        this.centres = Moved(centres, 0, n);
        norms = Norms(this.centres);
    }

    public int Centres => norms.Length;

    public int Dimension => mean.Length;

    /// <summary>The squared distances of rows from ... from + count - 1 of points, a row each; none is below 0.</summary>
    public Tensor Of(Tensor points, int from, int count)
    {
        var block = Moved(points, from, count);
        var squares = Norms(block);
        var distances = new Tensor(count, Centres);
        Gemm.Multiply(block, false, centres, true, distances);
        for (var i = 0; i < count; i++)
        {
            var row = distances.Span.Slice(i * Centres, Centres);
            TensorPrimitives.MultiplyAdd(row, -2, norms, row);
            TensorPrimitives.Add(row, squares[i], row);
            TensorPrimitives.Max(row, 0, row);
        }

        return distances;
    }

    private Tensor Moved(Tensor points, int from, int count)
    {
        var moved = new Tensor(count, Dimension);
        for (var i = 0; i < count; i++)
            TensorPrimitives.Subtract(points.Span.Slice((from + i) * Dimension, Dimension), mean, moved.Span.Slice(i * Dimension, Dimension));
        return moved;
    }

    private float[] Norms(Tensor points)
    {
        var norms = new float[points.Shape[0]];
        for (var i = 0; i < norms.Length; i++)
            norms[i] = TensorPrimitives.SumOfSquares<float>(points.Span.Slice(i * Dimension, Dimension));
        return norms;
    }
}
