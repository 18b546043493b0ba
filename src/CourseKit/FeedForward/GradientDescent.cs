using System.Numerics;

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
        var (finite, allFinite, i) = (Vector<int>.AllBitsSet, true, 0);
        for (; i <= theta.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var old = new Vector<float>(theta[i..]);
            var gradient = new Vector<float>(g[i..]) + decay * old;
            Finite(old - alpha * gradient, old, ref finite).CopyTo(theta[i..]);
        }

        for (; i < theta.Length; i++)
            theta[i] = Finite(theta[i] - alpha * (g[i] + decay * theta[i]), theta[i], ref allFinite);
        return allFinite && finite == Vector<int>.AllBitsSet;
    }
}
