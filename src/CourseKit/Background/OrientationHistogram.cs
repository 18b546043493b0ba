namespace CourseKit;

/// <summary>
/// A feature made by hand: the SIFT descriptor of a whole image. The image is divided into 4 x 4 cells, and each cell counts in 8 bins
/// which way its brightness rises, 128 numbers in all.
/// </summary>
/// <remarks>
/// A pixel votes with the length of its gradient, shared linearly between the two nearest directions and the four nearest cells, so that
/// a small shift or turn changes the numbers little. The 128 numbers are scaled to length 1, cut off at 0.2 so that no single edge rules,
/// and scaled again. Source: D. G. Lowe, "Distinctive image features from scale-invariant keypoints", International Journal of Computer
/// Vision 60 (2004), 91-110, section 6; without its Gaussian window and its search for keypoints, since a digit fills its image.
/// </remarks>
public sealed class OrientationHistogram : IPipelineStep
{
    /// <summary>How many cells a side of the image is divided into; 4 in SIFT.</summary>
    public int Cells { get; init; } = 4;

    /// <summary>How many directions of the full circle are told apart; 8 in SIFT.</summary>
    public int Directions { get; init; } = 8;

    /// <summary>No number of the scaled descriptor may exceed this before the second scaling; 0.2 in SIFT.</summary>
    public float Clip { get; init; } = 0.2f;

    /// <inheritdoc/>
    public string Name => $"orientation histogram {Cells}x{Cells}x{Directions}";

    /// <summary>How many numbers describe an image: Cells x Cells x Directions.</summary>
    public int Length => Cells * Cells * Directions;

    /// <summary>Describes every image of a batch.</summary>
    /// <param name="samples">N x 1 x H x W, H and W at least 3.</param>
    /// <returns>N x Length: row of cells, column of cells, direction, the last running fastest. An image of one shade gives zeros.</returns>
    /// <exception cref="ArgumentException">The shape is another one.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no cells or no directions, or Clip is not above 0.</exception>
    public Tensor Apply(Tensor samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        samples.RequireShape("The images of OrientationHistogram", -1, 1, -1, -1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Cells, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Directions, 1);
        if (!(Clip > 0))
            throw new ArgumentOutOfRangeException(nameof(Clip), Clip, "A number above 0 is expected.");
        var (count, height, width) = (samples.Shape[0], samples.Shape[2], samples.Shape[3]);
        if (height < 3 || width < 3)
            throw new ArgumentException($"Images of {height}x{width} given; gradients need at least 3x3.", nameof(samples));
        var result = new Tensor(count, Length);
        InParallel.For(count, n => Describe(
            samples.Data.AsSpan(n * height * width, height * width), height, width, result.Data.AsSpan(n * Length, Length)));
        return result;
    }

    private void Describe(ReadOnlySpan<float> image, int height, int width, Span<float> histogram)
    {
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                // Outside the image the border pixel goes on.
                var gx = image[y * width + Math.Min(x + 1, width - 1)] - image[y * width + Math.Max(x - 1, 0)];
                var gy = image[Math.Min(y + 1, height - 1) * width + x] - image[Math.Max(y - 1, 0) * width + x];
                if (gx == 0 && gy == 0)
                    continue;
                var direction = MathF.Atan2(gy, gx) / MathF.Tau * Directions;
                var row = (y + 0.5f) / height * Cells - 0.5f;
                var column = (x + 0.5f) / width * Cells - 0.5f;
                Vote(histogram, row, column, direction, MathF.Sqrt(gx * gx + gy * gy));
            }

        ScaleToLengthOne(histogram);
        foreach (ref var number in histogram)
            number = Math.Min(number, Clip);
        ScaleToLengthOne(histogram);
    }

    private void Vote(Span<float> histogram, float row, float column, float direction, float weight)
    {
        var (r0, c0, d0) = ((int)MathF.Floor(row), (int)MathF.Floor(column), (int)MathF.Floor(direction));
        var (fr, fc, fd) = (row - r0, column - c0, direction - d0);
        for (var dr = 0; dr <= 1; dr++)
            for (var dc = 0; dc <= 1; dc++)
            {
                var (r, c) = (r0 + dr, c0 + dc);
                if (r < 0 || r >= Cells || c < 0 || c >= Cells)
                    continue;
                var share = weight * (dr == 0 ? 1 - fr : fr) * (dc == 0 ? 1 - fc : fc);
                var cell = (r * Cells + c) * Directions;
                histogram[cell + Modulo(d0)] += share * (1 - fd);
                histogram[cell + Modulo(d0 + 1)] += share * fd;
            }
    }

    private int Modulo(int direction) => (direction % Directions + Directions) % Directions;

    private static void ScaleToLengthOne(Span<float> numbers)
    {
        var length = MathF.Sqrt(System.Numerics.Tensors.TensorPrimitives.SumOfSquares(numbers));
        if (length > 0)
            System.Numerics.Tensors.TensorPrimitives.Divide(numbers, length, numbers);
    }
}
