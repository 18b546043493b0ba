namespace CourseKit;

public static partial class ToySets
{
    /// <summary>Round normal clouds, one a class, their centres drawn from the cube [-1, 1]^d and kept apart.</summary>
    /// <param name="count">How many samples; the classes take turns.</param>
    /// <param name="seed">The seed of centres and samples.</param>
    /// <param name="classes">How many clouds, at least 1.</param>
    /// <param name="deviation">The standard deviation of a cloud.</param>
    /// <param name="d">How many inputs a sample has, at least 1.</param>
    /// <returns>count x d.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is less than 1, or deviation negative or not finite.</exception>
    public static Dataset Blobs(int count, int seed, int classes = 3, double deviation = 0.15, int d = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(d, 1);
        CheckNoise(deviation, nameof(deviation));
        var random = new RandomSource(seed);
        var centres = Centres(random, classes, d);
        var inputs = new Tensor(count, d);
        for (var i = 0; i < inputs.Count; i++)
            inputs.Data[i] = (float)(centres[i / d % classes][i % d] + deviation * random.NextNormal());
        return new Dataset(Text("blobs, deviation", deviation), inputs, InTurn(count, classes), Numbers(classes));
    }

    /// <summary>Spiral arms about the origin, one a class, each reaching a radius of 1.</summary>
    /// <param name="count">How many samples; the classes take turns.</param>
    /// <param name="seed">The seed of the samples.</param>
    /// <param name="arms">How many arms, at least 2.</param>
    /// <param name="turns">How often each winds about the middle.</param>
    /// <param name="noise">The standard deviation of normal noise on both coordinates.</param>
    /// <returns>count x 2.</returns>
    /// <exception cref="ArgumentOutOfRangeException">count is less than 1, arms less than 2, turns not above 0, or noise negative.</exception>
    public static Dataset SpiralArms(int count, int seed, int arms = 3, double turns = 0.75, double noise = 0.03)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(arms, 2);
        CheckNoise(noise, nameof(noise));
        if (turns is not (> 0 and < 100))
            throw new ArgumentOutOfRangeException(nameof(turns), turns, "A spiral has more than 0 and fewer than 100 turns.");
        var random = new RandomSource(seed);
        var inputs = new Tensor(count, 2);
        for (var n = 0; n < count; n++)
        {
            var radius = 0.05 + 0.95 * Math.Sqrt(random.NextDouble());
            var (sin, cos) = Math.SinCos(Math.Tau * (turns * radius + n % arms / (double)arms));
            inputs.Data[2 * n] = (float)(radius * cos + noise * random.NextNormal());
            inputs.Data[2 * n + 1] = (float)(radius * sin + noise * random.NextNormal());
        }

        return new Dataset(Text("spiral arms, noise", noise), inputs, InTurn(count, arms), Numbers(arms));
    }

    /// <summary>Of ten draws each time the one farthest from the centres that are there already.</summary>
    private static double[][] Centres(RandomSource random, int classes, int d)
    {
        var centres = new List<double[]>();
        while (centres.Count < classes)
            centres.Add(Enumerable.Range(0, 10)
                .Select(_ => Enumerable.Range(0, d).Select(_ => 2 * random.NextDouble() - 1).ToArray())
                .MaxBy(candidate => centres.Count == 0 ? 0 : centres.Min(c => c.Zip(candidate, (a, b) => (a - b) * (a - b)).Sum()))!);
        return [.. centres];
    }

    private static int[] InTurn(int count, int classes) => [.. Enumerable.Range(0, count).Select(i => i % classes)];

    private static string[] Numbers(int classes) => [.. Enumerable.Range(0, classes).Select(c => $"{c}")];
}
