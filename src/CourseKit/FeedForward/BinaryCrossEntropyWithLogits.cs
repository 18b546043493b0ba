using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>
/// The binary cross-entropy -sum_j (t_j ln p_j + (1 - t_j) ln(1 - p_j)) of p = σ(z), taken from the scores z (logits).
/// </summary>
/// <remarks>
/// Written as max(z, 0) - z t + ln(1 + exp(-|z|)), it neither overflows nor loses a digit, however large the scores; and σ'(z) has
/// cancelled in its gradient, so that a unit that is certain and wrong still learns.
/// </remarks>
public sealed class BinaryCrossEntropyWithLogits : Loss
{
    private readonly TensorBuffer exponentials = new();
    private Tensor? z;
    private Tensor? t;

    internal override bool IsByExample => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A target lies outside 0 ... 1, so that it is no probability.</exception>
    public override double Forward(Tensor output, Tensor target)
    {
        RequireTargets(output, target);
        RequireProbabilities(target);
        (z, t) = (output, target);
        var e = exponentials.Get(z.Shape).Span;
        TensorPrimitives.Abs<float>(z.Span, e);
        TensorPrimitives.Negate<float>(e, e);
        VectorMath.Exp(e, e);
        var sum = 0.0;
        for (var i = 0; i < e.Length; i++)
            sum += MathF.Max(z.Data[i], 0) - z.Data[i] * t.Data[i] + Math.Log(1.0 + e[i]);
        return sum * Scale(z);
    }

    /// <summary>dℓ/dz = σ(z) - t, scaled by the reduction.</summary>
    /// <inheritdoc/>
    public override Tensor Backward()
    {
        if (z is null || t is null)
            throw NoForwardPass();
        var gradient = GradientBuffer(z);
        VectorMath.Sigmoid(z.Span, gradient.Span);
        TensorPrimitives.Subtract(gradient.Span, t.Span, gradient.Span);
        TensorPrimitives.Multiply(gradient.Span, (float)Scale(z), gradient.Span);
        return gradient;
    }
}
