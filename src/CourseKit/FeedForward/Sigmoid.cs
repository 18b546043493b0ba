using System.Numerics;
using System.Runtime.InteropServices;

namespace CourseKit;

/// <summary>The logistic function σ(z) = 1 / (1 + exp(-z)), formula (4): any number is mapped into (0, 1).</summary>
/// <remarks>σ'(z) = σ(z)(1 - σ(z)), at most 1/4: through many layers the error terms shrink by at least that factor each.</remarks>
public sealed class Sigmoid : Activation
{
    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<float> z, Span<float> a) => VectorMath.Sigmoid(z, a);

    /// <inheritdoc/>
    protected override void ApplyDerivative(ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> gradient, Span<float> result)
    {
        var A = MemoryMarshal.Cast<float, Vector<float>>(a);
        var G = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        var R = MemoryMarshal.Cast<float, Vector<float>>(result);
        for (var i = 0; i < R.Length; i++)
        {
            var s = A[i];
            R[i] = G[i] * (s * (Vector<float>.One - s));
        }

        for (var i = R.Length * Vector<float>.Count; i < result.Length; i++)
            result[i] = gradient[i] * (a[i] * (1 - a[i]));
    }
}
