using System.Numerics;

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
        var (finite, allFinite, i) = (Vector<int>.AllBitsSet, true, 0);
        for (; i <= theta.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var old = new Vector<float>(theta[i..]);
            var velocity = Mu * new Vector<float>(v[i..]) + (new Vector<float>(g[i..]) + decay * old);
            velocity.CopyTo(v[i..]);
            Finite(old - alpha * velocity, old, ref finite).CopyTo(theta[i..]);
        }

        for (; i < theta.Length; i++)
        {
            v[i] = Mu * v[i] + (g[i] + decay * theta[i]);
            theta[i] = Finite(theta[i] - alpha * v[i], theta[i], ref allFinite);
        }

        return allFinite && finite == Vector<int>.AllBitsSet;
    }
}
