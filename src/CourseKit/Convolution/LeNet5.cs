namespace CourseKit;

/// <summary>
/// LeNet-5 as it was published: seven layers on images of 32 x 32, with trainable subsampling, a connection table, and distances to
/// pictures of the digits as outputs.
/// </summary>
/// <remarks>
/// 60,000 parameters and 340,908 connections, the 840 of the fixed outputs counted as connections. The paper adds up the pixels of a
/// window where the lecture takes their mean: the same function with another weight. Source: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner,
/// Proceedings of the IEEE 86 (1998), 2278-2324, section II.B; the pictures of the digits here are our own.
/// </remarks>
public static class LeNet5
{
    /// <summary>Rows and columns of an input image: 28 of the digit, and two more on each side, so that strokes that end at its edge can be seen whole.</summary>
    public const int ImageSize = 32;

    /// <summary>What white paper is as an input: with <see cref="Ink"/>, pictures have about mean 0 and variance 1.</summary>
    public const float Paper = -0.1f;

    /// <summary>What black ink is as an input.</summary>
    public const float Ink = 1.175f;

    private const int BitmapRows = 12;
    private const int BitmapColumns = 7;

    private static readonly string[] Bitmaps =
    [
        "..###..|.#...#.|#.....#|#.....#|#.....#|#.....#|#.....#|#.....#|#.....#|.#...#.|..###..|.......",
        "...#...|..##...|.###...|...#...|...#...|...#...|...#...|...#...|...#...|...#...|.#####.|.......",
        ".####..|#....#.|......#|......#|.....#.|....#..|...#...|..#....|.#.....|#......|#######|.......",
        ".#####.|......#|......#|......#|.....#.|..###..|.....#.|......#|......#|......#|.#####.|.......",
        "#....#.|#....#.|#....#.|#....#.|#....#.|#######|.....#.|.....#.|.....#.|.....#.|.....#.|.......",
        "#######|#......|#......|#......|#####..|.....#.|......#|......#|......#|#....#.|.####..|.......",
        "..####.|.#.....|#......|#......|#.###..|##...#.|#.....#|#.....#|#.....#|.#...#.|..###..|.......",
        "#######|......#|.....#.|.....#.|....#..|....#..|...#...|...#...|..#....|..#....|..#....|.......",
        "..###..|.#...#.|#.....#|.#...#.|..###..|.#...#.|#.....#|#.....#|#.....#|.#...#.|..###..|.......",
        "..###..|.#...#.|#.....#|#.....#|#.....#|.#...##|..###.#|......#|......#|.....#.|.####..|.......",
    ];

    /// <summary>The network with start weights from a seed; its table prints with <see cref="Network.ToString"/>.</summary>
    /// <param name="seed">The same seed gives the same weights.</param>
    public static Network Create(int seed) => new Network(
        [1, ImageSize, ImageSize],
        new Conv2D(1, 6, 5), new ScaledTanh(), // C1: 6 maps of 28x28
        new Subsampling(6), new ScaledTanh(), // S2: 6 of 14x14
        new Conv2D(6, 16, 5, table: ConnectionTable.LeNet5), new ScaledTanh(), // C3: 16 of 10x10
        new Subsampling(16), new ScaledTanh(), // S4: 16 of 5x5
        new Conv2D(16, 120, 5), new ScaledTanh(), // C5: 120 of 1x1
        new Flatten(),
        new Dense(120, 84), new ScaledTanh(), // F6
        new RadialBasis(Targets())).Initialise(Initialisation.LeCunUniform, seed);

    /// <summary>
    /// The centres of the ten outputs, 10 x 84: pictures of the digits, 12 rows of 7, +1 for ink and -1 for paper. Characters that look
    /// alike have centres that are near each other.
    /// </summary>
    public static Tensor Targets()
    {
        var targets = new Tensor(Bitmaps.Length, BitmapRows * BitmapColumns);
        for (var k = 0; k < Bitmaps.Length; k++)
        {
            var pixels = Bitmaps[k].Replace("|", "");
            for (var i = 0; i < pixels.Length; i++)
                targets.Data[k * pixels.Length + i] = pixels[i] == '#' ? 1 : -1;
        }

        return targets;
    }

    /// <summary>Images as the network takes them: in the middle of 32 x 32, with 0 … 1 from white to black as <see cref="Paper"/> … <see cref="Ink"/>.</summary>
    /// <param name="images">N x 1 x rows x columns, at most 32 of each; 0 is paper and 1 is ink.</param>
    /// <exception cref="ArgumentException">The images are of another shape, or larger; the message names it.</exception>
    public static Tensor Frame(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        images.RequireShape("The images for LeNet-5", -1, 1, -1, -1);
        var (rows, columns) = (images.Shape[2], images.Shape[3]);
        if (rows > ImageSize || columns > ImageSize)
            throw new ArgumentException($"LeNet-5 takes images of at most {ImageSize}x{ImageSize}; {rows}x{columns} given.", nameof(images));
        var framed = new Tensor(images.Shape[0], 1, ImageSize, ImageSize);
        framed.Span.Fill(Paper);
        var (top, left) = ((ImageSize - rows) / 2, (ImageSize - columns) / 2);
        for (var n = 0; n < images.Shape[0]; n++)
            for (var i = 0; i < rows; i++)
            {
                var from = images.Span.Slice((n * rows + i) * columns, columns);
                var to = framed.Span.Slice((n * ImageSize + top + i) * ImageSize + left, columns);
                for (var j = 0; j < columns; j++)
                    to[j] = Paper + (Ink - Paper) * from[j];
            }

        return framed;
    }
}
