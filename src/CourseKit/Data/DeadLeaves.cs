namespace CourseKit;

/// <summary>
/// Pictures with the statistics of natural ones: leaves of all sizes that lie on each other, each hiding what is below. They have edges,
/// and the same look at every scale; what is learned from them resembles what is learned from photographs.
/// </summary>
/// <remarks>
/// Leaves are ellipses with places, directions and shades drawn evenly and radii from a density proportional to r^-3. They are laid from
/// the top down: a pixel keeps the first leaf that reaches it, until all pixels have one. Then the picture is blurred slightly, as by a lens.
/// Sources: G. Matheron, "Schéma booléen séquentiel de partition aléatoire", École des Mines (1968); A. B. Lee, D. Mumford and
/// J. Huang, "Occlusion models for natural images", International Journal of Computer Vision 41 (2001), 35-59.
/// </remarks>
public static class DeadLeaves
{
    /// <summary>Draws pictures.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The seed; picture n depends on it and on n alone.</param>
    /// <param name="size">Pixels a side, at least 8.</param>
    /// <param name="smallest">The smallest radius in pixels, at least 1.</param>
    /// <param name="largest">The largest radius in pixels; by default half the side, at least 4 times the smallest.</param>
    /// <param name="blur">How often each pixel is averaged with its neighbours (1 2 1 along both axes); 0 for none, at most 20.</param>
    /// <param name="threads">At most so many threads; by default as many as there are cores. The pictures do not depend on it.</param>
    /// <returns>count x 1 x size x size, shades from 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its limits.</exception>
    public static Tensor Draw(
        int count, int seed, int size = 128, double smallest = 2, double? largest = null, int blur = 1, int? threads = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 8);
        ArgumentOutOfRangeException.ThrowIfNegative(blur);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blur, 20);
        if (smallest is not (>= 1 and <= 1e6))
            throw new ArgumentOutOfRangeException(nameof(smallest), smallest, "A radius of at least 1 pixel is expected.");
        var top = largest ?? Math.Max(size / 2.0, 4 * smallest);
        if (top is not <= 1e6 || top <= smallest)
            throw new ArgumentOutOfRangeException(nameof(largest), largest, "A radius above the smallest is expected.");
        if (threads < 1)
            throw new ArgumentOutOfRangeException(nameof(threads), threads, "At least one thread is needed.");
        var images = new Tensor(count, 1, size, size);
        var source = new RandomSource(seed);
        InParallel.For(count, n =>
        {
            var image = images.Data.AsSpan(n * size * size, size * size);
            LayLeaves(image, size, smallest, top, source.Fork(n));
            for (var i = 0; i < blur; i++)
                Blur(image, size);
        }, threads);
        return images;
    }

    private static void LayLeaves(Span<float> image, int size, double smallest, double largest, RandomSource random)
    {
        image.Fill(-1); // no leaf yet
        var bare = image.Length;
        while (bare > 0)
        {
            var u = random.NextDouble();
            var radius = 1 / Math.Sqrt(u / (largest * largest) + (1 - u) / (smallest * smallest)); // the inverse of r^-3's distribution
            var narrow = radius * (0.4 + 0.6 * random.NextDouble());
            var (sin, cos) = Math.SinCos(Math.PI * random.NextDouble());
            var (x0, y0) = (Place(random, size, largest), Place(random, size, largest));
            bare -= Lay(image, size, x0, y0, (cos / radius, sin / radius), (-sin / narrow, cos / narrow), radius, random.NextSingle());
        }
    }

    /// <summary>Beyond the edges too: a leaf whose middle lies outside may reach in.</summary>
    private static double Place(RandomSource random, int size, double largest)
    {
        var beyond = Math.Min(largest, size / 2.0);
        return (size + 2 * beyond) * random.NextDouble() - beyond;
    }

    private static int Lay(
        Span<float> image,
        int size,
        double x0,
        double y0,
        (double X, double Y) along,
        (double X, double Y) across,
        double radius,
        float shade)
    {
        var covered = 0;
        var (left, right) = (Math.Max(0, (int)Math.Ceiling(x0 - radius)), Math.Min(size - 1, (int)Math.Floor(x0 + radius)));
        var (top, bottom) = (Math.Max(0, (int)Math.Ceiling(y0 - radius)), Math.Min(size - 1, (int)Math.Floor(y0 + radius)));
        for (var y = top; y <= bottom; y++)
            for (var x = left; x <= right; x++)
            {
                ref var pixel = ref image[y * size + x];
                if (pixel >= 0)
                    continue;
                var u = (x - x0) * along.X + (y - y0) * along.Y;
                var v = (x - x0) * across.X + (y - y0) * across.Y;
                if (u * u + v * v > 1)
                    continue;
                pixel = shade;
                covered++;
            }

        return covered;
    }

    /// <summary>1 2 1 along rows and columns; at the edge a pixel's missing neighbour is the pixel itself.</summary>
    private static void Blur(Span<float> image, int size)
    {
        for (var y = 0; y < size; y++)
            Line(image[(y * size)..], 1, size);
        for (var x = 0; x < size; x++)
            Line(image[x..], size, size);
    }

    private static void Line(Span<float> line, int step, int count)
    {
        var before = line[0];
        for (var i = 0; i < count; i++)
        {
            var here = line[i * step];
            var after = i + 1 < count ? line[(i + 1) * step] : here;
            line[i * step] = (before + 2 * here + after) / 4;
            before = here;
        }
    }
}
