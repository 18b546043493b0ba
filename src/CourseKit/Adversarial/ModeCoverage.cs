using System.Globalization;

namespace CourseKit;

/// <summary>How many of a mixture's clouds a generator finds, and how many of its samples lie in any.</summary>
/// <remarks>
/// A sample is good where it lies within three deviations of the nearest cloud's centre; a cloud is covered where at least a tenth of its
/// due number of good samples lie in it. After A. Srivastava et al., "VEEGAN", NIPS 2017, section 4.1, where a single one is enough.
/// </remarks>
/// <param name="Covered">The covered clouds.</param>
/// <param name="Modes">All clouds.</param>
/// <param name="HighQuality">The share of good samples, 0 ... 1. Of the mixture's own samples in the plane, 98.9 % are.</param>
/// <param name="Divergence">
/// KL(p_g || p_data) over the clouds, in nats, of the good samples: 0 where every cloud has its due share, ln 8 where only one of eight equal
/// ones is found; NaN where no sample is good.
/// </param>
/// <param name="Counts">The good samples in each cloud.</param>
public sealed record ModeCoverage(int Covered, int Modes, double HighQuality, double Divergence, int[] Counts)
{
    private const double Within = 3;
    private const double LeastShare = 0.1;

    /// <summary>Counts.</summary>
    /// <param name="samples">N x d.</param>
    /// <param name="density">The mixture, over d numbers, whose clouds lie apart.</param>
    /// <exception cref="ArgumentException">The shape does not fit, there is no sample, or a number is not finite.</exception>
    public static ModeCoverage Of(Tensor samples, MixtureDensity density)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(density);
        samples.RequireShape($"Samples of {density.Name}", -1, density.Dimension);
        var n = samples.Shape[0];
        if (n == 0)
            throw new ArgumentException("No sample given; at least one is expected.", nameof(samples));
        Finiteness.Require(samples, nameof(samples));
        var counts = new int[density.Weights.Count];
        Span<double> x = stackalloc double[density.Dimension];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < x.Length; j++)
                x[j] = samples.Data[i * x.Length + j];
            var (mode, deviations) = density.NearestMode(x);
            if (deviations <= Within)
                counts[mode]++;
        }

        var good = counts.Sum();
        var covered = Enumerable.Range(0, counts.Length).Count(k => counts[k] > 0 && counts[k] >= LeastShare * density.Weights[k] * n);
        var divergence = good == 0 ? double.NaN : Enumerable.Range(0, counts.Length).Where(k => counts[k] > 0)
            .Sum(k => (double)counts[k] / good * Math.Log((double)counts[k] / good / density.Weights[k]));
        return new(covered, counts.Length, (double)good / n, divergence, counts);
    }

    /// <summary>In a line: <c>7 of 8 modes, 93 % of the samples within 3 deviations</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Covered} of {Modes} modes, {100 * HighQuality:F0} % of the samples within 3 deviations");
}
