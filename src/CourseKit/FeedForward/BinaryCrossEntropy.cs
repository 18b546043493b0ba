namespace CourseKit;

/// <summary>
/// ℓ = -sum_j (t_j ln p_j + (1 - t_j) ln(1 - p_j)) for probabilities p, each output a yes-or-no question of its own: what a sigmoid
/// output gives, and the discriminator's side of the adversarial game.
/// </summary>
/// <remarks>
/// A logarithm is taken to be at least -100 and p(1 - p) at least 1e-12, so that a probability of exactly 0 or 1 gives a large finite
/// number. <see cref="BinaryCrossEntropyWithLogits"/> needs no such bounds, and is to be preferred in training.
/// </remarks>
public sealed class BinaryCrossEntropy : Loss
{
    private const float LeastLogarithm = -100;
    private const float LeastVariance = 1e-12f;

    private Tensor? p;
    private Tensor? t;

    internal override bool IsByExample => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">An output or a target lies outside 0 ... 1, so that it is no probability.</exception>
    public override double Forward(Tensor output, Tensor target)
    {
        RequireTargets(output, target);
        foreach (var pi in output.Span)
            if (pi < 0 || pi > 1)
                throw new ArgumentOutOfRangeException(nameof(output), pi, "BinaryCrossEntropy takes probabilities, 0 ... 1. Put a Sigmoid last, or use BinaryCrossEntropyWithLogits.");
        RequireProbabilities(target);
        (p, t) = (output, target);
        var sum = 0.0;
        for (var i = 0; i < p.Count; i++)
        {
            var pi = p.Data[i];
            sum -= t.Data[i] * AtLeast(MathF.Log(pi)) + (1 - t.Data[i]) * AtLeast(MathF.Log(1 - pi));
        }

        return sum * Scale(p);
    }

    /// <summary>dℓ/dp = (p - t) / (p (1 - p)), scaled by the reduction.</summary>
    /// <inheritdoc/>
    public override Tensor Backward()
    {
        if (p is null || t is null)
            throw NoForwardPass();
        var (gradient, scale) = (GradientBuffer(p), (float)Scale(p));
        for (var i = 0; i < p.Count; i++)
        {
            var pi = p.Data[i];
            gradient.Data[i] = scale * (pi - t.Data[i]) / MathF.Max(pi * (1 - pi), LeastVariance);
        }

        return gradient;
    }

    private static float AtLeast(float logarithm) => logarithm < LeastLogarithm ? LeastLogarithm : logarithm;
}
