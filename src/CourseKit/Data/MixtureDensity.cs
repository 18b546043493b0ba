using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>
/// A density whose every value is known, and from which samples can be drawn: p(x) = sum_k weight_k N(x; mean_k, deviation_k² I).
/// What the adversarial chapter's generators learn, and are measured against.
/// </summary>
public sealed class MixtureDensity
{
    private readonly double[] weights;
    private readonly double[] deviations;

    /// <summary>Makes a mixture of round normal clouds.</summary>
    /// <param name="name">What it is, for titles.</param>
    /// <param name="weights">A positive number for each cloud; they are scaled to add up to 1.</param>
    /// <param name="means">Clouds x d: the centre of each cloud.</param>
    /// <param name="deviations">The standard deviation of each cloud, the same in every direction; positive.</param>
    /// <exception cref="ArgumentException">
    /// The counts differ or are 0, a weight or deviation is not positive and finite, or a mean is not finite.
    /// </exception>
    public MixtureDensity(string name, IReadOnlyList<double> weights, Matrix<double> means, IReadOnlyList<double> deviations)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(means);
        ArgumentNullException.ThrowIfNull(deviations);
        if (weights.Count == 0 || weights.Count != means.RowCount || weights.Count != deviations.Count)
            throw new ArgumentException(
                $"{weights.Count} weights, {means.RowCount} means and {deviations.Count} deviations given; " +
                "as many of each, at least 1, are expected.");
        foreach (var value in weights.Concat(deviations))
            if (value is not (> 0 and <= double.MaxValue))
                throw new ArgumentException(
                    FormattableString.Invariant($"A weight or deviation of {value} given; positive numbers are expected."));
        foreach (var mean in means.Enumerate())
            if (!double.IsFinite(mean))
                throw new ArgumentException(FormattableString.Invariant($"A mean of {mean} given; finite numbers are expected."), nameof(means));
        Name = name;
        Means = means.Clone();
        var sum = weights.Sum();
        this.weights = [.. weights.Select(weight => weight / sum)];
        this.deviations = [.. deviations];
    }

    /// <summary>What it is, for titles.</summary>
    public string Name { get; }

    /// <summary>Clouds x d: the centres, which are the modes where the clouds lie apart.</summary>
    public Matrix<double> Means { get; }

    /// <summary>The share of each cloud; they add up to 1.</summary>
    public IReadOnlyList<double> Weights => weights;

    /// <summary>The standard deviation of each cloud.</summary>
    public IReadOnlyList<double> Deviations => deviations;

    /// <summary>How many numbers a sample has: d.</summary>
    public int Dimension => Means.ColumnCount;

    /// <summary>The normal density on the line.</summary>
    /// <param name="mean">Its centre.</param>
    /// <param name="deviation">Its standard deviation, positive.</param>
    /// <exception cref="ArgumentException">The deviation is not positive and finite, or the mean is not finite.</exception>
    public static MixtureDensity Gaussian(double mean = 0, double deviation = 1) =>
        OnTheLine(FormattableString.Invariant($"normal, mean {mean:0.###}, deviation {deviation:0.###}"), (1, mean, deviation));

    /// <summary>A mixture of normal densities on the line.</summary>
    /// <param name="name">What it is, for titles.</param>
    /// <param name="clouds">Weight, mean and standard deviation of each.</param>
    /// <exception cref="ArgumentException">There is none, a weight or deviation is not positive and finite, or a mean is not finite.</exception>
    public static MixtureDensity OnTheLine(string name, params ReadOnlySpan<(double Weight, double Mean, double Deviation)> clouds)
    {
        var all = clouds.ToArray();
        return new MixtureDensity(
            name,
            [.. all.Select(cloud => cloud.Weight)],
            Matrix<double>.Build.Dense(all.Length, 1, (k, _) => all[k].Mean),
            [.. all.Select(cloud => cloud.Deviation)]);
    }

    /// <summary>Equal clouds evenly on a circle in the plane: eight of them are the usual test for mode collapse.</summary>
    /// <param name="modes">How many clouds, at least 1.</param>
    /// <param name="radius">The circle's radius, positive.</param>
    /// <param name="deviation">The standard deviation of a cloud, positive.</param>
    /// <exception cref="ArgumentException">A number is not positive.</exception>
    /// <remarks>Source: L. Metz et al., "Unrolled generative adversarial networks", ICLR 2017.</remarks>
    public static MixtureDensity Ring(int modes = 8, double radius = 2, double deviation = 0.1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(modes, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(radius);
        return Equal($"ring of {modes}", deviation, Matrix<double>.Build.Dense(modes, 2, (k, j) =>
            radius * (j == 0 ? Math.Cos(Math.Tau * k / modes) : Math.Sin(Math.Tau * k / modes))));
    }

    /// <summary>Equal clouds on a square grid in the plane about the origin.</summary>
    /// <param name="side">How many clouds a side, at least 1.</param>
    /// <param name="spacing">How far neighbours are apart, positive.</param>
    /// <param name="deviation">The standard deviation of a cloud, positive.</param>
    /// <exception cref="ArgumentException">A number is not positive.</exception>
    public static MixtureDensity Grid(int side = 5, double spacing = 1, double deviation = 0.05)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spacing);
        return Equal($"grid of {side}x{side}", deviation, Matrix<double>.Build.Dense(side * side, 2, (k, j) =>
            spacing * ((j == 0 ? k % side : k / side) - (side - 1) / 2.0)));
    }

    /// <summary>The value of the density: p(x).</summary>
    /// <param name="x">d numbers.</param>
    /// <exception cref="ArgumentException">There are not d of them, or one is NaN.</exception>
    public double Density(params ReadOnlySpan<double> x) => Math.Exp(LogDensity(x));

    /// <summary>
    /// The natural logarithm of the density: ln p(x); exact also where p(x) is too small for a number, and negative infinity where x is so far
    /// out that the square of its distance is none.
    /// </summary>
    /// <param name="x">d numbers.</param>
    /// <exception cref="ArgumentException">There are not d of them, or one is NaN.</exception>
    public double LogDensity(params ReadOnlySpan<double> x)
    {
        Span<double> terms = weights.Length <= 64 ? stackalloc double[weights.Length] : new double[weights.Length];
        var largest = double.NegativeInfinity;
        for (var k = 0; k < terms.Length; k++)
        {
            terms[k] = Math.Log(weights[k]) - Dimension * (Math.Log(deviations[k]) + 0.5 * Math.Log(Math.Tau))
                - SquaredDistance(x, k) / (2 * deviations[k] * deviations[k]);
            largest = Math.Max(largest, terms[k]);
        }

        if (double.IsNegativeInfinity(largest))
            return largest;
        var sum = 0.0;
        foreach (var term in terms)
            sum += Math.Exp(term - largest);
        return largest + Math.Log(sum);
    }

    /// <summary>The number of the cloud whose centre is nearest to x, and how many of its deviations away it is.</summary>
    /// <param name="x">d numbers.</param>
    /// <exception cref="ArgumentException">There are not d of them, or one is NaN.</exception>
    public (int Mode, double Deviations) NearestMode(params ReadOnlySpan<double> x)
    {
        var (best, distance) = (0, double.PositiveInfinity);
        for (var k = 0; k < weights.Length; k++)
            if (SquaredDistance(x, k) is var square && square < distance)
                (best, distance) = (k, square);
        return (best, Math.Sqrt(distance) / deviations[best]);
    }

    /// <summary>Draws samples.</summary>
    /// <param name="count">How many, at least 0.</param>
    /// <param name="seed">The seed; sample n depends on it and on n alone, so more samples begin with the same ones.</param>
    /// <returns>count x d.</returns>
    public Tensor Sample(int count, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var samples = new Tensor(count, Dimension);
        Fill(samples, new RandomSource(seed));
        return samples;
    }

    /// <summary>Draws samples into a tensor that is there already: a training loop's next batch.</summary>
    /// <param name="samples">N x d; written over.</param>
    /// <param name="random">Where the draws come from.</param>
    /// <exception cref="ArgumentException">The shape is not N x d.</exception>
    public void Fill(Tensor samples, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(random);
        samples.RequireShape($"Samples of {Name}", -1, Dimension);
        for (var n = 0; n < samples.Shape[0]; n++)
        {
            var k = Choose(random.NextDouble());
            for (var j = 0; j < Dimension; j++)
                samples.Data[n * Dimension + j] = (float)(Means[k, j] + deviations[k] * random.NextNormal());
        }
    }

    /// <summary>Its name.</summary>
    public override string ToString() => Name;

    private static MixtureDensity Equal(string name, double deviation, Matrix<double> means) =>
        new(name, [.. Enumerable.Repeat(1.0, means.RowCount)], means, [.. Enumerable.Repeat(deviation, means.RowCount)]);

    private int Choose(double u)
    {
        var k = 0;
        while (k < weights.Length - 1 && u >= weights[k])
            u -= weights[k++];
        return k;
    }

    private double SquaredDistance(ReadOnlySpan<double> x, int k)
    {
        if (x.Length != Dimension)
            throw new ArgumentException($"{x.Length} numbers given; {Name} is a density over {Dimension}.", nameof(x));
        var sum = 0.0;
        for (var j = 0; j < x.Length; j++)
            sum += (x[j] - Means[k, j]) * (x[j] - Means[k, j]);
        return !double.IsNaN(sum) ? sum : throw new ArgumentException($"NaN given; {Name} is a density over numbers.", nameof(x));
    }
}
