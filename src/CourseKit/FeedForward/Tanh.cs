using System.Numerics;
using System.Runtime.InteropServices;

namespace CourseKit;

/// <summary>
/// The hyperbolic tangent tanh(z) = (exp(z) - exp(-z)) / (exp(z) + exp(-z)), formula (4): σ stretched and shifted,
/// tanh(z) = 2σ(2z) - 1, into (-1, 1).
/// </summary>
/// <remarks>tanh'(z) = 1 - tanh(z)², which is 1 at zero: small signals pass unchanged.</remarks>
public sealed class Tanh : Activation
{
    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<float> z, Span<float> a) => VectorMath.Tanh(z, a);

    /// <inheritdoc/>
    protected override void ApplyDerivative(ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> gradient, Span<float> result)
    {
        var A = MemoryMarshal.Cast<float, Vector<float>>(a);
        var G = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        var R = MemoryMarshal.Cast<float, Vector<float>>(result);
        for (var i = 0; i < R.Length; i++)
        {
            var t = A[i];
            R[i] = G[i] * (Vector<float>.One - t * t);
        }

        for (var i = R.Length * Vector<float>.Count; i < result.Length; i++)
            result[i] = gradient[i] * (1 - a[i] * a[i]);
    }
}
