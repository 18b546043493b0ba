using System.Globalization;
using System.Numerics;

namespace CourseKit;

/// <summary>z above zero and slope z below: a rectifier (5) whose silent half still lets some of the error through.</summary>
/// <remarks>Source: A. Maas, A. Hannun, A. Ng, ICML 2013 workshop on deep learning for audio, speech and language processing.</remarks>
/// <param name="slope">The slope below zero.</param>
public sealed class LeakyReLU(float slope = 0.01f) : Activation
{
    /// <summary>The slope below zero.</summary>
    public float Slope { get; } = float.IsFinite(slope)
        ? slope
        : throw new ArgumentOutOfRangeException(nameof(slope), slope, "The slope is a finite number.");

    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<float> z, Span<float> a) => Slopes(z, z, a);

    /// <inheritdoc/>
    protected override void ApplyDerivative(ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> gradient, Span<float> result) =>
        Slopes(z, gradient, result);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"LeakyReLU {Slope}");

    /// <summary>result = value where z is above zero, and slope times value elsewhere: f and its derivative are both of that form.</summary>
    private void Slopes(ReadOnlySpan<float> z, ReadOnlySpan<float> value, Span<float> result)
    {
        var i = 0;
        for (; i <= result.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var v = new Vector<float>(value[i..]);
            var above = Vector.GreaterThan(new Vector<float>(z[i..]), Vector<float>.Zero);
            Vector.ConditionalSelect(above, v, v * Slope).CopyTo(result[i..]);
        }

        for (; i < result.Length; i++)
            result[i] = z[i] > 0 ? value[i] : Slope * value[i];
    }
}
