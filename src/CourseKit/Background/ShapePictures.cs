namespace CourseKit;

/// <summary>Line drawings of circles, triangles and squares, each of another size, in another place and turned another way.</summary>
public static class ShapePictures
{
    /// <summary>What the labels 0, 1, 2 stand for.</summary>
    public static IReadOnlyList<string> Names { get; } = ["circle", "triangle", "square"];

    /// <summary>Draws pictures; the three shapes take turns.</summary>
    /// <param name="count">How many pictures.</param>
    /// <param name="seed">The seed of sizes, places and turns.</param>
    /// <param name="size">Pixels a side, at least 24.</param>
    /// <returns>count x 1 x size x size, bright lines (1) two pixels wide on dark ground (0), and the labels.</returns>
    /// <exception cref="ArgumentOutOfRangeException">count is negative or size below 24.</exception>
    public static (Tensor Images, int[] Labels) Draw(int count, int seed, int size = 40)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 24);
        var random = new Random(seed);
        var images = new Tensor(count, 1, size, size);
        var labels = new int[count];
        for (var n = 0; n < count; n++)
        {
            labels[n] = n % Names.Count;
            var radius = size * (0.25 + 0.13 * random.NextDouble());
            var (x, y) = (Place(random, radius, size), Place(random, radius, size));
            var turn = Math.Tau * random.NextDouble();
            Draw(Corners(labels[n], x, y, radius, turn), images.Data.AsSpan(n * size * size, size * size), size);
        }

        return (images, labels);
    }

    private static double Place(Random random, double radius, int size) => radius + 2 + (size - 2 * radius - 5) * random.NextDouble();

    /// <summary>The corners of the closed line; a circle has very many.</summary>
    private static (double X, double Y)[] Corners(int label, double x, double y, double radius, double turn)
    {
        var corners = label switch { 0 => 60, 1 => 3, _ => 4 };
        return [.. Enumerable.Range(0, corners).Select(i =>
            (x + radius * Math.Cos(turn + Math.Tau * i / corners), y + radius * Math.Sin(turn + Math.Tau * i / corners)))];
    }

    private static void Draw((double X, double Y)[] corners, Span<float> image, int size)
    {
        for (var i = 0; i < image.Length; i++)
        {
            var distance = double.MaxValue;
            for (var c = 0; c < corners.Length; c++)
                distance = Math.Min(distance, Distance(i % size, i / size, corners[c], corners[(c + 1) % corners.Length]));
            image[i] = (float)Math.Clamp(1.5 - distance, 0, 1);
        }
    }

    private static double Distance(double x, double y, (double X, double Y) a, (double X, double Y) b)
    {
        var (dx, dy) = (b.X - a.X, b.Y - a.Y);
        var along = Math.Clamp(((x - a.X) * dx + (y - a.Y) * dy) / (dx * dx + dy * dy), 0, 1);
        return Math.Sqrt(Math.Pow(x - a.X - along * dx, 2) + Math.Pow(y - a.Y - along * dy, 2));
    }
}
