using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>p_k = exp(z_k) / sum_j exp(z_j) along the last extent: scores become probabilities that sum to 1.</summary>
/// <remarks>
/// The largest score is subtracted first, which changes nothing and keeps exp from overflowing. To train a classifier leave the layer
/// out and use <see cref="SoftmaxCrossEntropy"/> on the scores: it holds the softmax, and its gradient p - t does not vanish.
/// </remarks>
public sealed class Softmax : Layer
{
    private readonly TensorBuffer outputs = new();
    private readonly TensorBuffer inputGradients = new();
    private Tensor? p;

    internal override bool IsByExample => true;

    /// <inheritdoc/>
    public override int[] OutputShape(ReadOnlySpan<int> inputShape) => inputShape.ToArray();

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, bool training = false)
    {
        p = outputs.Get(input.Shape);
        Rows(input, p);
        return p;
    }

    /// <summary>dJ/dz_k = p_k (dJ/dp_k - sum_j p_j dJ/dp_j), as dp_j/dz_k = p_j ([j = k] - p_k).</summary>
    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient)
    {
        if (p is null)
            throw new InvalidOperationException("Softmax has no forward pass to go back through: call Forward first.");
        outputGradient.RequireShape("The output gradient of Softmax", p.Shape);
        var inputGradient = inputGradients.Get(p.Shape);
        var width = p.Shape[^1];
        for (var n = 0; n < p.Count; n += width)
        {
            var row = p.Span.Slice(n, width);
            var gradient = outputGradient.Span.Slice(n, width);
            var result = inputGradient.Span.Slice(n, width);
            TensorPrimitives.Subtract(gradient, TensorPrimitives.Dot<float>(row, gradient), result);
            TensorPrimitives.Multiply(result, row, result);
        }

        return inputGradient;
    }

    /// <summary>Writes the softmax of every row.</summary>
    internal static void Rows(Tensor z, Tensor p)
    {
        var width = z.Shape[^1];
        if (width == 0)
            return;
        for (var n = 0; n < z.Count; n += width)
            TensorPrimitives.Subtract(z.Span.Slice(n, width), TensorPrimitives.Max<float>(z.Span.Slice(n, width)), p.Span.Slice(n, width));
        VectorMath.Exp(p.Span, p.Span);
        for (var n = 0; n < z.Count; n += width)
        {
            var row = p.Span.Slice(n, width);
            TensorPrimitives.Divide(row, TensorPrimitives.Sum<float>(row), row);
        }
    }
}
