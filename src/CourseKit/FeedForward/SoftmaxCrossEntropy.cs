using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>
/// ℓ = -sum_k t_k ln p_k with p = softmax(z): how surprised the network is by the right class. Takes the scores z (logits), not
/// probabilities; the targets are class labels, or a distribution over the classes.
/// </summary>
/// <remarks>
/// The largest score of an example is subtracted before anything is exponentiated, and ln p is formed as z - max - ln sum exp: scores of
/// any size give a finite loss. Source: C. M. Bishop, "Pattern Recognition and Machine Learning" (2006), formulas 4.104, 4.108, 4.109.
/// </remarks>
public sealed class SoftmaxCrossEntropy : Loss
{
    private readonly TensorBuffer probabilities = new();
    private Tensor? p;
    private Tensor? target;
    private int[] labels = [];

    /// <summary>p, an example a row, of the last forward pass; written over by the next.</summary>
    /// <exception cref="InvalidOperationException">There was no forward pass before.</exception>
    public Tensor Probabilities => p ?? throw NoForwardPass();

    internal override bool IsByExample => true;

    /// <inheritdoc/>
    public override double Forward(Tensor output, ReadOnlySpan<int> labels)
    {
        RequireScores(output);
        var classes = output.Shape[1];
        if (labels.Length != output.Shape[0])
            throw new ArgumentException($"SoftmaxCrossEntropy: {labels.Length} labels given for {output.Shape[0]} examples.", nameof(labels));
        RequireLabels(labels, classes);
        if (this.labels.Length < labels.Length)
            this.labels = new int[labels.Length];
        target = null;
        p = probabilities.Get(output.Shape);
        var sum = 0.0;
        Shift(output, p);
        for (var n = 0; n < labels.Length; n++)
        {
            this.labels[n] = labels[n];
            sum -= p.Data[n * classes + labels[n]];
        }

        VectorMath.Exp(p.Span, p.Span);
        for (var n = 0; n < labels.Length; n++)
            sum += Math.Log(Normalise(p.Span.Slice(n * classes, classes)));
        return sum * Scale(output);
    }

    /// <inheritdoc/>
    public override double Forward(Tensor output, Tensor target)
    {
        RequireScores(output);
        RequireTargets(output, target);
        var classes = output.Shape[1];
        this.target = target;
        p = probabilities.Get(output.Shape);
        var sum = 0.0;
        Shift(output, p);
        for (var n = 0; n < p.Count; n += classes)
            sum -= TensorPrimitives.Dot<float>(target.Span.Slice(n, classes), p.Span.Slice(n, classes));
        VectorMath.Exp(p.Span, p.Span);
        for (var n = 0; n < p.Count; n += classes)
            sum += TensorPrimitives.Sum<float>(target.Span.Slice(n, classes)) * Math.Log(Normalise(p.Span.Slice(n, classes)));
        return sum * Scale(output);
    }

    /// <summary>dℓ/dz = p - t, scaled by the reduction: t is 1 at the label and 0 elsewhere, or sums to 1.</summary>
    /// <inheritdoc/>
    public override Tensor Backward()
    {
        var gradient = GradientBuffer(Probabilities);
        var (classes, scale) = (gradient.Shape[1], (float)Scale(gradient));
        if (target is null)
        {
            TensorPrimitives.Multiply(Probabilities.Span, scale, gradient.Span);
            for (var n = 0; n < gradient.Shape[0]; n++)
                gradient.Data[n * classes + labels[n]] -= scale;
            return gradient;
        }

        for (var n = 0; n < gradient.Count; n += classes)
        {
            var t = target.Span.Slice(n, classes);
            var row = gradient.Span.Slice(n, classes);
            TensorPrimitives.Multiply(Probabilities.Span.Slice(n, classes), TensorPrimitives.Sum<float>(t), row);
            TensorPrimitives.Subtract(row, t, row);
        }

        TensorPrimitives.Multiply(gradient.Span, scale, gradient.Span);
        return gradient;
    }

    private void RequireScores(Tensor output)
    {
        RequireBatch(output);
        if (output.Rank != 2)
            output.RequireShape("The scores of SoftmaxCrossEntropy", -1, -1);
    }

    /// <summary>Writes z - max z for every row.</summary>
    private static void Shift(Tensor z, Tensor shifted)
    {
        var classes = z.Shape[1];
        for (var n = 0; n < z.Count; n += classes)
        {
            var row = z.Span.Slice(n, classes);
            TensorPrimitives.Subtract(row, TensorPrimitives.Max<float>(row), shifted.Span.Slice(n, classes));
        }
    }

    /// <summary>Divides a row by its sum, and returns that sum.</summary>
    private static double Normalise(Span<float> row)
    {
        var sum = TensorPrimitives.Sum<float>(row);
        TensorPrimitives.Multiply(row, 1 / sum, row);
        return sum;
    }
}
