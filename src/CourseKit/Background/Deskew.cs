namespace CourseKit;

/// <summary>
/// Preprocessing: sets slanted writing upright and moves it into the middle, so that a stroke meets the same pixels whoever wrote it.
/// </summary>
/// <remarks>
/// The bright pixels' centre and their covariance give the slant: rows are shifted against each other until x and y are uncorrelated.
/// Source: Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, "Gradient-based learning applied to document recognition", Proceedings of the
/// IEEE 86 (1998), 2278-2324, section III.A.
/// </remarks>
public sealed class Deskew : IPipelineStep
{
    /// <inheritdoc/>
    public string Name => "set upright";

    /// <summary>Sets every image upright; between pixels it is interpolated linearly, outside of the image it is dark.</summary>
    /// <param name="samples">N x 1 x H x W, bright writing on dark ground (0).</param>
    /// <returns>As many images of the same size. An image without a bright pixel stays as it is.</returns>
    /// <exception cref="ArgumentException">The shape is another one.</exception>
    public Tensor Apply(Tensor samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        samples.RequireShape("The images of Deskew", -1, 1, -1, -1);
        var (height, width) = (samples.Shape[2], samples.Shape[3]);
        var upright = new Tensor(samples.Shape);
        InParallel.For(samples.Shape[0], n =>
        {
            var image = samples.Data.AsSpan(n * height * width, height * width);
            SetUpright(image, height, width, upright.Data.AsSpan(n * height * width, height * width));
        });
        return upright;
    }

    private static void SetUpright(ReadOnlySpan<float> image, int height, int width, Span<float> upright)
    {
        double mass = 0, sumX = 0, sumY = 0, sumXY = 0, sumYY = 0;
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var light = Math.Max(0, image[y * width + x]);
                mass += light;
                sumX += light * x;
                sumY += light * y;
                sumXY += light * x * y;
                sumYY += light * y * y;
            }

        if (mass == 0)
        {
            image.CopyTo(upright);
            return;
        }

        var (centreX, centreY) = (sumX / mass, sumY / mass);
        var variance = sumYY / mass - centreY * centreY;
        var slant = variance > 1e-9 ? (sumXY / mass - centreX * centreY) / variance : 0;
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var fromY = y - (height - 1) / 2.0 + centreY;
                var fromX = x - (width - 1) / 2.0 + centreX + slant * (fromY - centreY);
                upright[y * width + x] = Between(image, height, width, fromY, fromX);
            }
    }

    private static float Between(ReadOnlySpan<float> image, int height, int width, double y, double x)
    {
        var (top, left) = ((int)Math.Floor(y), (int)Math.Floor(x));
        var (fy, fx) = (y - top, x - left);
        var value = 0.0;
        for (var dy = 0; dy <= 1; dy++)
            for (var dx = 0; dx <= 1; dx++)
                if (top + dy >= 0 && top + dy < height && left + dx >= 0 && left + dx < width)
                    value += (dy == 0 ? 1 - fy : fy) * (dx == 0 ? 1 - fx : fx) * image[(top + dy) * width + left + dx];
        return (float)value;
    }
}
