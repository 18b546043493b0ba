using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>ln(1 + exp(z)): the rectifier (5) with its corner rounded off; its derivative is σ(z).</summary>
/// <remarks>Source: C. Dugas, Y. Bengio, F. Bélisle, C. Nadeau, R. Garcia, NIPS 2000.</remarks>
public sealed class Softplus : Activation
{
    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<float> z, Span<float> a)
    {
        for (var i = 0; i < a.Length; i++)
            a[i] = MathF.Max(z[i], 0) + (float)Math.Log(1 + Math.Exp(-Math.Abs((double)z[i]))); // exp never overflows
    }

    /// <inheritdoc/>
    protected override void ApplyDerivative(ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> gradient, Span<float> result)
    {
        VectorMath.Sigmoid(z, result);
        TensorPrimitives.Multiply(result, gradient, result);
    }
}
