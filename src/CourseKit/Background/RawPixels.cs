namespace CourseKit;

/// <summary>The features that one gets for nothing: every pixel is one number.</summary>
public sealed class RawPixels : IPipelineStep
{
    /// <inheritdoc/>
    public string Name => "raw pixels";

    /// <summary>Reads N x C x H x W as N x (C H W); the numbers are shared, not copied.</summary>
    /// <exception cref="ArgumentException">There is no batch in front: the rank is below 2.</exception>
    public Tensor Apply(Tensor samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Rank < 2)
            throw new ArgumentException($"Shape {samples.ShapeText} given; samples have the batch first, as N x 1 x H x W.", nameof(samples));
        return samples.Reshape(samples.Shape[0], samples.Shape[0] == 0 ? 0 : samples.Count / samples.Shape[0]);
    }
}
