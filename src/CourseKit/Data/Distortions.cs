namespace CourseKit;

/// <summary>
/// Makes new training images out of old ones, as another hand would have drawn them: turned, scaled, sheared, shifted, and bent by an
/// elastic field. Every pass over the images makes other ones.
/// </summary>
/// <remarks>
/// A pixel of the new image is read, with bilinear interpolation, from where the field says in the old one; outside it is 0. Limits are
/// those of uniform draws. What image n becomes in pass e depends on the seed, e and n alone, not on the batch it is in or the threads.
/// Source: P. Y. Simard, D. Steinkraus and J. C. Platt, "Best practices for convolutional neural networks applied to visual document
/// analysis", ICDAR 2003, 958-962 (elastic: sigma 4, alpha 34 for 28 x 28 pixels).
/// </remarks>
public sealed class Distortions
{
    [ThreadStatic]
    private static Workspace? workspace;

    /// <summary>Turns by at most so many degrees to either side.</summary>
    public double Rotation { get; init => field = NotNegative(value, nameof(Rotation)); } = 10;

    /// <summary>Scales each axis by at most this share, up or down; below 1.</summary>
    public double Scale
    {
        get;
        init => field = NotNegative(value, nameof(Scale)) < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Scale), value, "A scale below 1 is expected.");
    } = 0.1;

    /// <summary>Slants by at most so many pixels to the side for each pixel up.</summary>
    public double Shear { get; init => field = NotNegative(value, nameof(Shear)); } = 0.15;

    /// <summary>Shifts by at most so many pixels along each axis.</summary>
    public double Shift { get; init => field = NotNegative(value, nameof(Shift)); } = 1;

    /// <summary>Alpha: how strong the elastic field is. At sigma 4, 34 moves a pixel by about 1.4.</summary>
    public double Alpha { get; init => field = NotNegative(value, nameof(Alpha)); } = 34;

    /// <summary>Sigma: the width in pixels of the bell that smooths the elastic field; from 0.5 to 100.</summary>
    public double Sigma
    {
        get;
        init => field = value is >= 0.5 and <= 100
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Sigma), value, "A width from 0.5 to 100 pixels is expected.");
    } = 4;

    /// <summary>The seed of all draws.</summary>
    public int Seed { get; init; }

    /// <summary>Distorts images into a new tensor.</summary>
    /// <param name="images">N x C x H x W; the channels of an image move together.</param>
    /// <param name="pass">The number of the pass over the images (the epoch), at least 0.</param>
    /// <exception cref="ArgumentException">The shape is another one.</exception>
    public Tensor Apply(Tensor images, int pass = 0)
    {
        ArgumentNullException.ThrowIfNull(images);
        var result = new Tensor(images.Shape);
        Apply(images, result, pass);
        return result;
    }

    /// <summary>Distorts images into a tensor that is there already.</summary>
    /// <param name="images">N x C x H x W.</param>
    /// <param name="result">The same shape; written over. Not <paramref name="images"/> itself.</param>
    /// <param name="pass">The number of the pass over the images (the epoch), at least 0.</param>
    /// <param name="numbers">The number of each image in the whole set (a batch's <c>Samples</c>); by default 0 to N - 1.</param>
    /// <param name="threads">At most so many threads; by default as many as there are cores. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">A shape is another one, or the two tensors share their numbers.</exception>
    public void Apply(Tensor images, Tensor result, int pass = 0, int[]? numbers = null, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentOutOfRangeException.ThrowIfNegative(pass);
        images.RequireShape("The images to distort", -1, -1, -1, -1);
        result.RequireShape("The distorted images", images.Shape);
        if (ReferenceEquals(images.Data, result.Data) && images.Count > 0)
            throw new ArgumentException("The distorted images cannot take the place of the images they are made from.", nameof(result));
        if (numbers is not null && numbers.Length != images.Shape[0])
            throw new ArgumentException($"{numbers.Length} numbers given for {images.Shape[0]} images.", nameof(numbers));
        if (threads < 1)
            throw new ArgumentOutOfRangeException(nameof(threads), threads, "At least one thread is needed.");
        var source = new RandomSource(Seed).Fork(pass);
        InParallel.For(images.Shape[0], n => Distort(images, result, n, source.Fork(numbers?[n] ?? n)), threads);
    }

    private void Distort(Tensor images, Tensor result, int n, RandomSource random)
    {
        var (channels, height, width) = (images.Shape[1], images.Shape[2], images.Shape[3]);
        var space = Workspace.For(ref workspace, width, height, Sigma);
        FillAffine(space, width, height, random);
        if (Alpha > 0)
            space.AddElastic((float)Alpha, random);
        var plane = width * height;
        for (var at = n * channels * plane; at < (n + 1) * channels * plane; at += plane)
            Sample(images.Data.AsSpan(at, plane), result.Data.AsSpan(at, plane), space, width, height);
    }

    /// <summary>Where each pixel is read from, before the elastic field: the inverse of what is done about the image's middle.</summary>
    private void FillAffine(Workspace space, int width, int height, RandomSource random)
    {
        var (sin, cos) = MathF.SinCos(Draw(random, Rotation * Math.PI / 180));
        var (scaleX, scaleY) = (1 / (1 + Draw(random, Scale)), 1 / (1 + Draw(random, Scale)));
        var shear = Draw(random, Shear);
        var (shiftX, shiftY) = (Draw(random, Shift), Draw(random, Shift));
        var (middleX, middleY) = ((width - 1) / 2f, (height - 1) / 2f);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var (u, v) = (x - middleX - shiftX, y - middleY - shiftY);
                (u, v) = (scaleX * (cos * u + sin * v), scaleY * (cos * v - sin * u));
                space.X[y * width + x] = middleX + u + shear * v;
                space.Y[y * width + x] = middleY + v;
            }
    }

    private static void Sample(ReadOnlySpan<float> image, Span<float> result, Workspace space, int width, int height)
    {
        for (var i = 0; i < result.Length; i++)
        {
            var (x, y) = (space.X[i], space.Y[i]);
            var (floorX, floorY) = (MathF.Floor(x), MathF.Floor(y));
            var (left, top) = ((int)floorX, (int)floorY);
            var (fx, fy) = (x - floorX, y - floorY);
            if ((uint)left < (uint)(width - 1) && (uint)top < (uint)(height - 1))
            {
                var at = top * width + left;
                var upper = image[at] + fx * (image[at + 1] - image[at]);
                var lower = image[at + width] + fx * (image[at + width + 1] - image[at + width]);
                result[i] = upper + fy * (lower - upper);
            }
            else
            {
                var upper = (1 - fx) * At(image, left, top, width, height) + fx * At(image, left + 1, top, width, height);
                var lower = (1 - fx) * At(image, left, top + 1, width, height) + fx * At(image, left + 1, top + 1, width, height);
                result[i] = (1 - fy) * upper + fy * lower;
            }
        }
    }

    private static float At(ReadOnlySpan<float> image, int x, int y, int width, int height) =>
        (uint)x < (uint)width && (uint)y < (uint)height ? image[y * width + x] : 0;

    private static float Draw(RandomSource random, double limit) => (float)(limit * (2 * random.NextDouble() - 1));

    private static double NotNegative(double value, string name) => value is >= 0 and <= 1e6
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "A number from 0 to 1,000,000 is expected.");

    /// <summary>The buffers of one thread; kept for the next image of the same size.</summary>
    private sealed class Workspace(int width, int height, double sigma)
    {
        private readonly ElasticField elastic = new(width, height, sigma);
        private readonly float[] displacement = new float[width * height];

        public float[] X { get; } = new float[width * height];

        public float[] Y { get; } = new float[width * height];

        public static Workspace For(ref Workspace? kept, int width, int height, double sigma) =>
            kept is not null && kept.elastic.Fits(width, height, sigma) ? kept : kept = new Workspace(width, height, sigma);

        public void AddElastic(float alpha, RandomSource random)
        {
            elastic.Fill(displacement, alpha, random);
            System.Numerics.Tensors.TensorPrimitives.Add(X, displacement, X);
            elastic.Fill(displacement, alpha, random);
            System.Numerics.Tensors.TensorPrimitives.Add(Y, displacement, Y);
        }
    }
}
