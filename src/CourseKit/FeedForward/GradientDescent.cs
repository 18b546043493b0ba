using System.Numerics;
using System.Runtime.InteropServices;

namespace CourseKit;

/// <summary>The gradient step (10): θ ← θ - α (g + λθ).</summary>
/// <param name="learningRate">α.</param>
public sealed class GradientDescent(LearningRate learningRate) : Optimiser(learningRate, memories: 0)
{
    private float alpha;

    /// <inheritdoc/>
    protected override void BeginStep(float rate, long update) => alpha = rate;

    /// <inheritdoc/>
    protected override bool Update(Span<float> theta, ReadOnlySpan<float> g, Span<float> first, Span<float> second, float decay)
    {
        var Theta = MemoryMarshal.Cast<float, Vector<float>>(theta);
        var G = MemoryMarshal.Cast<float, Vector<float>>(g);
        var (finite, allFinite) = (Vector<int>.AllBitsSet, true);
        for (var i = 0; i < Theta.Length; i++)
        {
            var old = Theta[i];
            var gradient = G[i] + decay * old;
            Theta[i] = Finite(old - alpha * gradient, old, ref finite);
        }

        for (var i = Theta.Length * Vector<float>.Count; i < theta.Length; i++)
            theta[i] = Finite(theta[i] - alpha * (g[i] + decay * theta[i]), theta[i], ref allFinite);
        return allFinite && finite == Vector<int>.AllBitsSet;
    }
}
