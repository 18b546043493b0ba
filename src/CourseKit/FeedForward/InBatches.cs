using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>Whole data sets through a network, a batch at a time, so that its buffers stay as small as a batch.</summary>
internal static class InBatches
{
    private const int Size = 250;

    /// <summary>A network's outputs for all examples, in a tensor of their own.</summary>
    public static Tensor Forward(Network network, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        x.RequireShape("The inputs", [-1, .. network.InputShape]);
        var all = new Tensor([x.Shape[0], .. network.OutputExtents]);
        var (count, from, to) = (x.Shape[0], x.Count / Math.Max(1, x.Shape[0]), all.Count / Math.Max(1, x.Shape[0]));
        var buffers = new TensorBuffer();
        for (var n = 0; n < count; n += Size)
        {
            var size = Math.Min(Size, count - n);
            var batch = buffers.Get([size, .. network.InputShape]);
            x.Span.Slice(n * from, size * from).CopyTo(batch.Span);
            network.Forward(batch).Span.CopyTo(all.Span[(n * to)..]);
        }

        return all;
    }

    /// <summary>The mean over the examples of the squared distance.</summary>
    public static double SquaredError(Tensor reconstruction, Tensor x)
    {
        reconstruction.RequireShape("The reconstructions", x.Shape);
        if (x.Shape[0] == 0)
            throw new ArgumentException("An empty batch given; the mean of a squared error needs at least one example.", nameof(x));
        var (sum, size) = (0.0, x.Count / x.Shape[0]);
        for (var n = 0; n < x.Shape[0]; n++)
        {
            var distance = TensorPrimitives.Distance<float>(reconstruction.Span.Slice(n * size, size), x.Span.Slice(n * size, size));
            sum += (double)distance * distance;
        }

        return sum / x.Shape[0];
    }
}
