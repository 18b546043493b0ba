using System.Numerics;
using System.Runtime.InteropServices;

namespace CourseKit;

/// <summary>
/// Momentum that looks ahead: v ← μ v + g + λθ, θ ← θ - α (g + λθ + μ v), so that the step already counts the velocity that is to come.
/// </summary>
/// <remarks>
/// Sources: Y. Nesterov, Soviet Mathematics Doklady 27 (1983), 372-376; the form with the gradient at θ itself is that of
/// I. Sutskever, J. Martens, G. Dahl, G. Hinton, ICML 2013, seen from the looked-ahead point.
/// </remarks>
/// <param name="learningRate">α.</param>
/// <param name="mu">μ: the share of the velocity that is kept, 0 up to below 1.</param>
public sealed class Nesterov(LearningRate learningRate, float mu = 0.9f) : Optimiser(learningRate, memories: 1)
{
    private float alpha;

    /// <summary>μ: the share of the velocity that is kept.</summary>
    public float Mu { get; } = mu is >= 0 and < 1
        ? mu
        : throw new ArgumentOutOfRangeException(nameof(mu), mu, "The momentum lies from 0 up to below 1.");

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
            var velocity = Mu * V[i] + gradient;
            V[i] = Finite(velocity, V[i], ref finite);
            Theta[i] = Finite(old - alpha * (gradient + Mu * velocity), old, ref finite);
        }

        for (var i = Theta.Length * Vector<float>.Count; i < theta.Length; i++)
        {
            var gradient = g[i] + decay * theta[i];
            var velocity = Mu * v[i] + gradient;
            v[i] = Finite(velocity, v[i], ref allFinite);
            theta[i] = Finite(theta[i] - alpha * (gradient + Mu * velocity), theta[i], ref allFinite);
        }

        return allFinite && finite == Vector<int>.AllBitsSet;
    }
}
