namespace CourseKit;

/// <summary>The digits of the course: MNIST where it is installed, else those that the course draws itself.</summary>
/// <param name="Train">The set to learn from; its name says which of the two it is.</param>
/// <param name="Test">The set to test on, of the same kind, with no sample of <paramref name="Train"/>.</param>
/// <param name="IsMnist">Whether it is MNIST.</param>
public sealed record Digits(Dataset Train, Dataset Test, bool IsMnist)
{
    /// <summary>How many training images MNIST has; StrokeDigits keeps its test digits behind as many.</summary>
    public const int MostTrain = 60_000;

    /// <summary>How many test images MNIST has.</summary>
    public const int MostTest = 10_000;

    /// <summary>Loads MNIST where it is installed (<see cref="DataFolder"/> says where that is looked for), else draws digits.</summary>
    /// <param name="seed">
    /// The seed of the drawn digits; and of which MNIST images are taken where fewer are asked for than there are (as many of each class).
    /// </param>
    /// <param name="train">How many training images, from 1 to 60,000.</param>
    /// <param name="test">How many test images, from 1 to 10,000.</param>
    /// <param name="size">Pixels a side: 28, or 32 for LeNet-5 (MNIST then gets a dark border); from 28 to 256.</param>
    /// <param name="drawn">True to have drawn digits in any case: the same on every machine.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its limits.</exception>
    /// <exception cref="DataFormatException">An installed file is damaged.</exception>
    public static Digits Load(int seed, int train = 10_000, int test = 2_000, int size = 28, bool drawn = false)
    {
        RequireWithin(train, 1, MostTrain, nameof(train));
        RequireWithin(test, 1, MostTest, nameof(test));
        RequireWithin(size, 28, 256, nameof(size));
        return !drawn && DataSets.Mnist.FindInstalled() is not null
            ? new Digits(Mnist(false, train, seed, size), Mnist(true, test, seed, size), true)
            : new Digits(
                StrokeDigits.Generate(train, seed, size),
                StrokeDigits.Generate(test, seed, size, first: MostTrain),
                false);
    }

    /// <summary>Which digits they are, and how many.</summary>
    public override string ToString() => IsMnist
        ? FormattableString.Invariant($"MNIST: {Train.Count} digits to learn from, {Test.Count} to test on")
        : FormattableString.Invariant($"StrokeDigits (MNIST is not used): {Train.Count} digits to learn from, {Test.Count} to test on");

    private static Dataset Mnist(bool test, int count, int seed, int size)
    {
        var (images, labels) = DataSets.Mnist.Read(test);
        var whole = new Dataset(test ? "MNIST, test" : "MNIST, train", images, labels);
        var chosen = count == whole.Count ? whole : whole.TakeRandom(count, seed);
        return size == images.Shape[2] ? chosen : chosen.With(Framed(chosen.Inputs, size));
    }

    /// <summary>The images in the middle of larger dark ones.</summary>
    private static Tensor Framed(Tensor images, int size)
    {
        var (count, inner) = (images.Shape[0], images.Shape[2]);
        var border = (size - inner) / 2;
        var framed = new Tensor(count, 1, size, size);
        for (var n = 0; n < count; n++)
            for (var y = 0; y < inner; y++)
                images.Data.AsSpan((n * inner + y) * inner, inner).CopyTo(framed.Data.AsSpan((n * size + border + y) * size + border));
        return framed;
    }

    private static void RequireWithin(int value, int least, int most, string name)
    {
        if (value < least || value > most)
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"A number from {least} to {most} is expected."));
    }
}
