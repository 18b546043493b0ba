using System.Numerics;
using System.Runtime.InteropServices;

namespace CourseKit;

/// <summary>A ball that rolls: v ← μ v + g + λθ, θ ← θ - α v, with v = 0 at the start.</summary>
/// <remarks>
/// Along a valley the steps add up to 1 / (1 - μ) times their size; across it they cancel. Source: B. Polyak, USSR Computational
/// Mathematics and Mathematical Physics 4 (1964), 1-17.
/// </remarks>
/// <param name="learningRate">α.</param>
/// <param name="mu">μ: the share of the velocity that is kept, 0 up to below 1.</param>
public sealed class Momentum(LearningRate learningRate, float mu = 0.9f) : Optimiser(learningRate, memories: 1)
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
        var (mu, step) = (Mu, alpha);
        var (finite, allFinite) = (Vector<int>.AllBitsSet, true);
        for (var i = 0; i < Theta.Length; i++)
        {
            var old = Theta[i];
            var velocity = mu * V[i] + (G[i] + decay * old);
            V[i] = Finite(velocity, V[i], ref finite);
            Theta[i] = Finite(old - step * velocity, old, ref finite);
        }

        for (var i = Theta.Length * Vector<float>.Count; i < theta.Length; i++)
        {
            var velocity = mu * v[i] + (g[i] + decay * theta[i]);
            v[i] = Finite(velocity, v[i], ref allFinite);
            theta[i] = Finite(theta[i] - step * velocity, theta[i], ref allFinite);
        }

        return allFinite && finite == Vector<int>.AllBitsSet;
    }
}
