namespace CourseKit;

/// <summary>f(z) = z: the linear unit. Hands its input on.</summary>
public sealed class Identity : Activation
{
    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<float> z, Span<float> a) => z.CopyTo(a);

    /// <inheritdoc/>
    protected override void ApplyDerivative(ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> gradient, Span<float> result) =>
        gradient.CopyTo(result);
}
