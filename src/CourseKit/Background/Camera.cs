using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>Sensing: what reaches the machine of the image outside, with fewer pixels and with noise.</summary>
public sealed class Camera : IPipelineStep
{
    /// <summary>Pixels a side that are averaged into one of the sensor's; 1 keeps every pixel.</summary>
    public int Binning { get; init; } = 1;

    /// <summary>Standard deviation of the noise on every pixel of the sensor, in the units of the image; at least 0.</summary>
    public float Noise { get; init; }

    /// <summary>The seed of the noise. The n-th image of a batch gets the same noise in every batch.</summary>
    public int Seed { get; init; }

    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"camera, binning {Binning}, noise {Noise:0.##}");

    /// <summary>Takes the pictures.</summary>
    /// <param name="samples">N x 1 x H x W, H and W at least Binning; rows and columns that fill no whole pixel are lost.</param>
    /// <returns>N x 1 x (H / Binning) x (W / Binning).</returns>
    /// <exception cref="ArgumentException">The shape is another one, or the images are smaller than a pixel of the sensor.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Binning is less than 1, or Noise negative or not finite.</exception>
    public Tensor Apply(Tensor samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(Binning, 1);
        if (Noise is not (>= 0 and <= float.MaxValue))
            throw new ArgumentOutOfRangeException(nameof(Noise), Noise, "A finite number of at least 0 is expected.");
        samples.RequireShape("The images of Camera", -1, 1, -1, -1);
        var (count, height, width) = (samples.Shape[0], samples.Shape[2] / Binning, samples.Shape[3] / Binning);
        if (height == 0 || width == 0)
            throw new ArgumentException($"Images of shape {samples.ShapeText} given; one pixel of the sensor needs {Binning}x{Binning}.", nameof(samples));
        var pictures = new Tensor(count, 1, height, width);
        for (var n = 0; n < count; n++)
        {
            var random = new Random(HashCode(Seed, n));
            for (var y = 0; y < height; y++)
                for (var x = 0; x < width; x++)
                {
                    var light = 0f;
                    for (var row = 0; row < Binning; row++)
                        light += TensorPrimitives.Sum<float>(samples.Data.AsSpan(
                            (n * samples.Shape[2] + y * Binning + row) * samples.Shape[3] + x * Binning, Binning));
                    var noise = Noise == 0 ? 0 : Noise * (float)MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1);
                    pictures.Data[(n * height + y) * width + x] = light / (Binning * Binning) + noise;
                }
        }

        return pictures;
    }

    private static int HashCode(int seed, int n) => unchecked((seed * 1_000_003) ^ (n * 7919 + 17));
}
