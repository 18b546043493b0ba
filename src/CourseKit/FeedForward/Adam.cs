using System.Numerics;
using System.Runtime.InteropServices;

namespace CourseKit;

/// <summary>
/// A step of about α for every parameter, whatever the size of its gradient: m ← β1 m + (1 - β1) g, v ← β2 v + (1 - β2) g²,
/// θ ← θ - α m̂ / (√v̂ + ε), with m̂ = m / (1 - β1^t) and v̂ = v / (1 - β2^t) because m and v start at 0.
/// </summary>
/// <remarks>Source: D. Kingma and J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.</remarks>
/// <param name="learningRate">α.</param>
/// <param name="beta1">β1: the share of the mean gradient that is kept, 0 up to below 1.</param>
/// <param name="beta2">β2: the share of the mean squared gradient that is kept, 0 up to below 1.</param>
/// <param name="epsilon">ε, above 0.</param>
public sealed class Adam(LearningRate learningRate, double beta1 = 0.9, double beta2 = 0.999, float epsilon = 1e-8f)
    : Optimiser(learningRate, memories: 2)
{
    private readonly double beta1 = Share(beta1, nameof(beta1));
    private readonly double beta2 = Share(beta2, nameof(beta2));
    private readonly float epsilon = epsilon > 0 && float.IsFinite(epsilon)
        ? epsilon
        : throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "Epsilon is a finite number above 0.");

    private float alpha, correction1, correction2;

    /// <inheritdoc/>
    protected override void BeginStep(float rate, long update)
    {
        alpha = rate;
        correction1 = (float)(1 / (1 - Math.Pow(beta1, update)));
        correction2 = (float)(1 / (1 - Math.Pow(beta2, update)));
    }

    /// <inheritdoc/>
    protected override bool Update(Span<float> theta, ReadOnlySpan<float> g, Span<float> m, Span<float> v, float decay)
    {
        var (keep1, take1) = ((float)beta1, (float)(1 - beta1));
        var (keep2, take2) = ((float)beta2, (float)(1 - beta2));
        var Theta = MemoryMarshal.Cast<float, Vector<float>>(theta);
        var G = MemoryMarshal.Cast<float, Vector<float>>(g);
        var M = MemoryMarshal.Cast<float, Vector<float>>(m);
        var V = MemoryMarshal.Cast<float, Vector<float>>(v);
        var (finite, allFinite) = (Vector<int>.AllBitsSet, true);
        for (var i = 0; i < Theta.Length; i++)
        {
            var old = Theta[i];
            var gradient = G[i] + decay * old;
            var mean = keep1 * M[i] + take1 * gradient;
            var square = keep2 * V[i] + take2 * (gradient * gradient);
            V[i] = Finite(square, V[i], ref finite);
            M[i] = Vector.ConditionalSelect(Vector.Equals(V[i], square), mean, M[i]); // g² overflows first: both stay
            var step = alpha * (correction1 * mean) / (Vector.SquareRoot(correction2 * square) + new Vector<float>(epsilon));
            Theta[i] = Finite(old - step, old, ref finite);
        }

        for (var i = Theta.Length * Vector<float>.Count; i < theta.Length; i++)
        {
            var gradient = g[i] + decay * theta[i];
            var (mean, square) = (keep1 * m[i] + take1 * gradient, keep2 * v[i] + take2 * (gradient * gradient));
            v[i] = Finite(square, v[i], ref allFinite);
            m[i] = v[i] == square ? mean : m[i];
            theta[i] = Finite(theta[i] - alpha * (correction1 * mean) / (MathF.Sqrt(correction2 * square) + epsilon), theta[i], ref allFinite);
        }

        return allFinite && finite == Vector<int>.AllBitsSet;
    }

    private static double Share(double share, string name) =>
        share is >= 0 and < 1 ? share : throw new ArgumentOutOfRangeException(name, share, "The share lies from 0 up to below 1.");
}
