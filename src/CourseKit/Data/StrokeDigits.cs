namespace CourseKit;

/// <summary>
/// Digits that look handwritten and are drawn on the spot: the pen's path in one of several styles, another hand each time. The course's
/// own data, in MNIST's form, for where MNIST is not installed.
/// </summary>
/// <remarks>
/// For every digit a style is chosen and its points are moved a little, the sheet is bent (a sum of two slow waves), slanted, turned and
/// stretched; the pen has a thickness that changes along the line. As in MNIST the ink fits a box of 20 x 20 pixels, which is put with
/// its centre of mass in the middle of the image; bright (1) on dark (0). Sample n depends on the seed and on n alone
/// (<see cref="RandomSource.Fork"/>), so the samples after the first 60,000 are a test set that shares nothing with them.
/// Form after Y. LeCun et al., Proceedings of the IEEE 86 (1998), 2278-2324, section III.
/// </remarks>
public static class StrokeDigits
{
    private const float Box = 20;
    private const float Reach = 13.5f; // no ink farther from the middle: it would leave an image of 28 x 28
    private const int MostPoints = 48;

    /// <summary>Draws digits; the classes are drawn at random, each equally likely.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The seed of everything.</param>
    /// <param name="size">Pixels a side: 28 as MNIST has them or 32 as LeNet-5 takes them; at least 28.</param>
    /// <param name="first">The number of the first sample.</param>
    /// <param name="variation">How much the hands differ: 1 as they do, 0 all alike (the styles remain).</param>
    /// <param name="threads">At most so many threads; by default as many as there are cores. The digits do not depend on it.</param>
    /// <returns>count x 1 x size x size, values from 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, the size below 28, or the variation outside 0-2.</exception>
    public static Dataset Generate(int count, int seed, int size = 28, int first = 0, double variation = 1, int? threads = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 28);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, int.MaxValue - count);
        if (variation is not (>= 0 and <= 2))
            throw new ArgumentOutOfRangeException(nameof(variation), variation, "The variation lies between 0 and 2.");
        if (threads < 1)
            throw new ArgumentOutOfRangeException(nameof(threads), threads, "At least one thread is needed.");
        var images = new Tensor(count, 1, size, size);
        var labels = new int[count];
        var source = new RandomSource(seed);
        InParallel.For(count, n =>
        {
            var random = source.Fork(first + n);
            labels[n] = random.NextInt(10);
            var style = DigitStyles.Choose(labels[n], random);
            Write(style, random, (float)variation, images.Data.AsSpan(n * size * size, size * size), size);
        }, threads);
        return new Dataset($"StrokeDigits, seed {seed}", images, labels, Names);
    }

    /// <summary>All styles as they were designed, without any variation: what the generator starts from.</summary>
    /// <param name="size">Pixels a side, at least 28.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 28.</exception>
    public static Dataset Styles(int size = 28)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 28);
        var styles = Enumerable.Range(0, 10).SelectMany(digit => DigitStyles.Of(digit).ToArray().Select(style => (digit, style))).ToArray();
        var images = new Tensor(styles.Length, 1, size, size);
        for (var n = 0; n < styles.Length; n++)
            Write(styles[n].style, new RandomSource(0), 0, images.Data.AsSpan(n * size * size, size * size), size);
        return new Dataset("StrokeDigits, styles", images, [.. styles.Select(style => style.digit)], Names);
    }

    private static string[] Names => [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")];

    private static void Write(DigitStyle style, RandomSource random, float variation, Span<float> image, int size)
    {
        Span<PenLine.Node> nodes = stackalloc PenLine.Node[PenLine.Capacity(MostPoints)];
        Span<PenPoint> points = stackalloc PenPoint[MostPoints];
        var line = new PenLine(nodes);
        foreach (var stroke in style.Strokes)
        {
            for (var i = 0; i < stroke.Length; i++)
                points[i] = stroke[i] with
                {
                    X = stroke[i].X + Normal(random, 0.027f * variation),
                    Y = stroke[i].Y + Normal(random, 0.027f * variation),
                };
            line.AddStroke(points[..stroke.Length]);
        }

        var hand = Hand.Draw(random, variation);
        hand.Press(line.Nodes);
        hand.Bend(line.Nodes);
        FitIntoBox(line, random, variation, size);
        line.Draw(image, size, hand.Softness, hand.Brightness);
    }

    private static void FitIntoBox(PenLine line, RandomSource random, float variation, int size)
    {
        var thickest = 0f;
        foreach (var node in line.Nodes)
            thickest = Math.Max(thickest, node.Radius);
        var (left, top, right, bottom) = line.Bounds();
        var room = Box * Math.Clamp(1 + Normal(random, 0.065f * variation), 0.84f, 1.1f) - 2 * thickest;
        var scale = room / Math.Max(Math.Max(right - left, bottom - top), 0.1f);
        var (x, y) = line.Centre();
        var middle = (size - 1) / 2f;
        var (shiftX, shiftY) = (middle + Normal(random, 0.7f * variation), middle + Normal(random, 0.7f * variation));
        var (low, high) = (middle - Reach + thickest, middle + Reach - thickest);
        shiftX = Math.Clamp(shiftX, low - scale * (left - x), high - scale * (right - x));
        shiftY = Math.Clamp(shiftY, low - scale * (top - y), high - scale * (bottom - y));
        foreach (ref var node in line.Nodes)
            (node.X, node.Y) = (shiftX + scale * (node.X - x), shiftY + scale * (node.Y - y));
    }

    private static float Normal(RandomSource random, float deviation) => deviation * Math.Clamp((float)random.NextNormal(), -2.5f, 2.5f);

    /// <summary>How one writer bends and presses, drawn anew for each digit.</summary>
    private readonly struct Hand
    {
        private readonly float xx, xy, yx, yy;
        private readonly Wave waveX1, waveX2, waveY1, waveY2;
        private readonly float radius, pressure, pressurePhase;

        private Hand(RandomSource random, float variation)
        {
            var (sin, cos) = MathF.SinCos(Normal(random, 0.13f * variation));
            // Slant and turn together are limited: a 7 must not lie down.
            var slant = Math.Clamp(0.12f * variation + Normal(random, 0.32f * variation), -0.4f - sin, 0.55f - sin);
            var width = Math.Clamp(0.72f * MathF.Exp(Normal(random, 0.22f * variation)), 0.45f, 1.05f);
            (xx, xy) = (cos * width, -cos * slant - sin); // stretched, then slanted to the right, then turned
            (yx, yy) = (sin * width, -sin * slant + cos);
            (waveX1, waveX2) = (new Wave(random, variation), new Wave(random, variation));
            (waveY1, waveY2) = (new Wave(random, variation), new Wave(random, variation));
            radius = Math.Clamp(1.25f + Normal(random, 0.32f * variation), 0.65f, 2.1f);
            pressure = Math.Abs(Normal(random, 0.16f * variation));
            pressurePhase = MathF.Tau * random.NextSingle();
            Softness = 1.2f + 0.5f * random.NextSingle() * variation;
            Brightness = 1 - 0.12f * random.NextSingle() * variation;
        }

        public float Softness { get; }

        public float Brightness { get; }

        public static Hand Draw(RandomSource random, float variation) => new(random, variation);

        /// <summary>The thickness along the line, slowly changing.</summary>
        public void Press(Span<PenLine.Node> nodes)
        {
            for (var i = 0; i < nodes.Length; i++)
                nodes[i].Radius = radius * (1 + pressure * MathF.Sin(pressurePhase + 0.15f * i));
        }

        /// <summary>Bends the sheet, then slants, turns and stretches it.</summary>
        public void Bend(Span<PenLine.Node> nodes)
        {
            foreach (ref var node in nodes)
            {
                var x = node.X + waveX1.At(node) + waveX2.At(node) - 0.5f;
                var y = node.Y + waveY1.At(node) + waveY2.At(node) - 0.5f;
                (node.X, node.Y) = (xx * x + xy * y, yx * x + yy * y);
            }
        }
    }

    /// <summary>A slow wave over the sheet: at most about one period from edge to edge.</summary>
    private readonly struct Wave(RandomSource random, float variation)
    {
        private readonly float amplitude = Normal(random, 0.042f * variation);
        private readonly float alongX = MathF.Tau * (2 * random.NextSingle() - 1);
        private readonly float alongY = MathF.Tau * (2 * random.NextSingle() - 1);
        private readonly float phase = MathF.Tau * random.NextSingle();

        public float At(PenLine.Node node) => amplitude * MathF.Sin(alongX * node.X + alongY * node.Y + phase);
    }
}
