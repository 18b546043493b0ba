namespace CourseKit;

/// <summary>The simplest density model: the line cut into equal bins, p(x) = (samples in x's bin) / (n · width).</summary>
public sealed class HistogramDensity
{
    private readonly int[] counts;
    private readonly int samples;

    /// <summary>Counts samples.</summary>
    /// <param name="samples">n x 1.</param>
    /// <param name="from">Where the first bin begins.</param>
    /// <param name="to">Where the last one ends; samples beyond either end are in no bin, but count in n.</param>
    /// <param name="bins">How many, at least 1.</param>
    /// <exception cref="ArgumentException">The shape is another one, there is no sample, one is not finite, or the line has no length.</exception>
    public HistogramDensity(Tensor samples, double from, double to, int bins)
    {
        ArgumentNullException.ThrowIfNull(samples);
        samples.RequireShape("The samples of a histogram", -1, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        if (samples.Count == 0)
            throw new ArgumentException("No sample given; at least one is expected.", nameof(samples));
        if (!(from < to) || !double.IsFinite(to - from))
            throw new ArgumentOutOfRangeException(nameof(to), to, FormattableString.Invariant($"A line from {from} to somewhere above is expected."));
        Finiteness.Require(samples, nameof(samples));
        (From, To, this.samples) = (from, to, samples.Count);
        counts = new int[bins];
        foreach (var x in samples.Data)
            if (Bin(x) is var bin and >= 0)
                counts[bin]++;
    }

    /// <summary>Where the first bin begins.</summary>
    public double From { get; }

    /// <summary>Where the last bin ends.</summary>
    public double To { get; }

    /// <summary>The width of a bin.</summary>
    public double Width => (To - From) / counts.Length;

    /// <summary>The samples in each bin.</summary>
    public IReadOnlyList<int> Counts => counts;

    /// <summary>The middle of each bin.</summary>
    public double[] Centres => [.. counts.Select((_, i) => From + (i + 0.5) * Width)];

    /// <summary>p at the middle of each bin.</summary>
    public double[] Densities => [.. counts.Select(count => count / (samples * Width))];

    /// <summary>p(x); 0 outside the bins, and in a bin that no sample fell into.</summary>
    public double Density(double x) => Bin(x) is var bin and >= 0 ? counts[bin] / (samples * Width) : 0;

    /// <summary>The mean of ln p over a set, with its standard error: negative infinity where one sample lies in an empty bin.</summary>
    /// <param name="x">n x 1.</param>
    /// <exception cref="ArgumentException">The shape is another one, there is no sample, or one is not finite.</exception>
    public LogLikelihood LogLikelihood(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        x.RequireShape("The points of a histogram", -1, 1);
        Finiteness.Require(x, nameof(x));
        return CourseKit.LogLikelihood.Of([.. x.Data.Select(value => Math.Log(Density(value)))]);
    }

    private int Bin(double x) => x >= From && x < To ? Math.Min(counts.Length - 1, (int)((x - From) / Width)) : -1;
}
