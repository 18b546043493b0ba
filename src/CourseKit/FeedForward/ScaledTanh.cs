using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace CourseKit;

/// <summary>LeCun's f(z) = A tanh(S z) with A = 1.7159 and S = 2/3: f(±1) = ±1, and the curvature is largest there.</summary>
/// <remarks>
/// Targets of ±1 then lie where the unit still learns, not on the asymptotes. f'(z) = A S (1 - (a/A)²).
/// Source: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, Proceedings of the IEEE 86 (1998), 2278-2324, appendix A.
/// </remarks>
public sealed class ScaledTanh : Activation
{
    /// <summary>A, the height of the asymptotes.</summary>
    public const float A = 1.7159f;

    /// <summary>S, which A is chosen for so that f(1) = 1.</summary>
    public const float S = 2f / 3f;

    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<float> z, Span<float> a)
    {
        TensorPrimitives.Multiply(z, S, a);
        VectorMath.Tanh(a, a);
        TensorPrimitives.Multiply(a, A, a);
    }

    /// <inheritdoc/>
    protected override void ApplyDerivative(ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> gradient, Span<float> result)
    {
        var (slope, curve) = (new Vector<float>(A * S), new Vector<float>(S / A));
        var activations = MemoryMarshal.Cast<float, Vector<float>>(a);
        var gradients = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        var results = MemoryMarshal.Cast<float, Vector<float>>(result);
        for (var i = 0; i < results.Length; i++)
        {
            var f = activations[i];
            results[i] = gradients[i] * (slope - curve * (f * f));
        }

        for (var i = results.Length * Vector<float>.Count; i < result.Length; i++)
            result[i] = gradient[i] * (A * S - S / A * (a[i] * a[i]));
    }
}
