using System.Numerics;

namespace CourseKit;

/// <summary>
/// Each parameter's step divided by the root mean square of its recent gradients: v ← ρ v + (1 - ρ) g², θ ← θ - α g / (√v + ε).
/// </summary>
/// <remarks>Source: T. Tieleman and G. Hinton, "Neural networks for machine learning", lecture 6.5 (2012).</remarks>
/// <param name="learningRate">α.</param>
/// <param name="rho">ρ: the share of the mean squared gradient that is kept, 0 up to below 1.</param>
/// <param name="epsilon">ε, above 0.</param>
public sealed class RMSprop(LearningRate learningRate, float rho = 0.99f, float epsilon = 1e-8f) : Optimiser(learningRate, memories: 1)
{
    private readonly float rho = rho is >= 0 and < 1
        ? rho
        : throw new ArgumentOutOfRangeException(nameof(rho), rho, "The share lies from 0 up to below 1.");

    private readonly float epsilon = epsilon > 0
        ? epsilon
        : throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "Epsilon is above 0.");

    private float alpha;

    /// <inheritdoc/>
    protected override void BeginStep(float rate, long update) => alpha = rate;

    /// <inheritdoc/>
    protected override bool Update(Span<float> theta, ReadOnlySpan<float> g, Span<float> v, Span<float> second, float decay)
    {
        var (finite, allFinite, i) = (Vector<int>.AllBitsSet, true, 0);
        for (; i <= theta.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var old = new Vector<float>(theta[i..]);
            var gradient = new Vector<float>(g[i..]) + decay * old;
            var square = rho * new Vector<float>(v[i..]) + (1 - rho) * (gradient * gradient);
            square.CopyTo(v[i..]);
            Finite(old - alpha * gradient / (Vector.SquareRoot(square) + new Vector<float>(epsilon)), old, ref finite).CopyTo(theta[i..]);
        }

        for (; i < theta.Length; i++)
        {
            var gradient = g[i] + decay * theta[i];
            v[i] = rho * v[i] + (1 - rho) * (gradient * gradient);
            theta[i] = Finite(theta[i] - alpha * gradient / (MathF.Sqrt(v[i]) + epsilon), theta[i], ref allFinite);
        }

        return allFinite && finite == Vector<int>.AllBitsSet;
    }
}
