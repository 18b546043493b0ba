using System.Numerics;
using System.Runtime.InteropServices;

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

    private readonly float epsilon = epsilon > 0 && float.IsFinite(epsilon)
        ? epsilon
        : throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "Epsilon is a finite number above 0.");

    private float alpha;

    /// <inheritdoc/>
    protected override void BeginStep(float rate, long update) => alpha = rate;

    /// <inheritdoc/>
    protected override bool Update(Span<float> theta, ReadOnlySpan<float> g, Span<float> v, Span<float> second, float decay)
    {
        var Theta = MemoryMarshal.Cast<float, Vector<float>>(theta);
        var G = MemoryMarshal.Cast<float, Vector<float>>(g);
        var V = MemoryMarshal.Cast<float, Vector<float>>(v);
        var (finite, allFinite) = (Vector<int>.AllBitsSet, true);
        for (var i = 0; i < Theta.Length; i++)
        {
            var old = Theta[i];
            var gradient = G[i] + decay * old;
            var square = rho * V[i] + (1 - rho) * (gradient * gradient);
            V[i] = Finite(square, V[i], ref finite);
            Theta[i] = Finite(old - alpha * gradient / (Vector.SquareRoot(square) + new Vector<float>(epsilon)), old, ref finite);
        }

        for (var i = Theta.Length * Vector<float>.Count; i < theta.Length; i++)
        {
            var gradient = g[i] + decay * theta[i];
            var square = rho * v[i] + (1 - rho) * (gradient * gradient);
            v[i] = Finite(square, v[i], ref allFinite);
            theta[i] = Finite(theta[i] - alpha * gradient / (MathF.Sqrt(square) + epsilon), theta[i], ref allFinite);
        }

        return allFinite && finite == Vector<int>.AllBitsSet;
    }
}
