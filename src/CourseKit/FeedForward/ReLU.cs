using System.Numerics;

namespace CourseKit;

/// <summary>The rectifier max(0, z), formula (5): silent below zero, and passing what is above it unchanged.</summary>
/// <remarks>
/// Its derivative is 1 above zero and 0 below, and is taken as 0 at zero itself. An input that is not a number stays one, so that it is
/// noticed. Sources: V. Nair and G. Hinton, ICML 2010; X. Glorot, A. Bordes, Y. Bengio, AISTATS 2011.
/// </remarks>
public sealed class ReLU : Activation
{
    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<float> z, Span<float> a)
    {
        var i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var v = new Vector<float>(z[i..]);
            Vector.ConditionalSelect(Vector.LessThan(v, Vector<float>.Zero), Vector<float>.Zero, v).CopyTo(a[i..]);
        }

        for (; i < a.Length; i++)
            a[i] = z[i] < 0 ? 0 : z[i];
    }

    /// <inheritdoc/>
    protected override void ApplyDerivative(ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> gradient, Span<float> result)
    {
        var i = 0;
        for (; i <= result.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var passes = Vector.GreaterThan(new Vector<float>(z[i..]), Vector<float>.Zero);
            Vector.ConditionalSelect(passes, new Vector<float>(gradient[i..]), Vector<float>.Zero).CopyTo(result[i..]);
        }

        for (; i < result.Length; i++)
            result[i] = z[i] > 0 ? gradient[i] : 0;
    }
}
