namespace CourseKit;

/// <summary>What shares one mean and one deviation when samples are standardised.</summary>
public enum StandardiseBy
{
    /// <summary>All numbers of all samples.</summary>
    Whole,

    /// <summary>All numbers of a channel: C of N x C x H x W or N x C x T.</summary>
    Channel,

    /// <summary>Each number of a sample has its own.</summary>
    Input,
}

/// <summary>
/// Means and deviations learned from one set of samples, to be taken off every set that goes into the same network: (x - mean) / deviation.
/// </summary>
/// <remarks>An input that never changed keeps its scale (it is divided by 1).</remarks>
public sealed class Standardisation
{
    private readonly int groupSize;

    private Standardisation(StandardiseBy by, double[] mean, double[] deviation, int groupSize) =>
        (By, Mean, Deviation, this.groupSize) = (by, mean, deviation, groupSize);

    /// <summary>What shares a mean.</summary>
    public StandardiseBy By { get; }

    /// <summary>The means, one for each group.</summary>
    public IReadOnlyList<double> Mean { get; }

    /// <summary>The standard deviations, one for each group; 0 where an input never changes.</summary>
    public IReadOnlyList<double> Deviation { get; }

    /// <summary>Measures samples.</summary>
    /// <param name="samples">N x d, N x C x T or N x C x H x W, N at least 1.</param>
    /// <param name="by">What shares a mean.</param>
    /// <exception cref="InvalidOperationException">There is no number to measure.</exception>
    /// <exception cref="ArgumentException">The samples have no such shape, or a number is not finite.</exception>
    public static Standardisation Of(Tensor samples, StandardiseBy by)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Rank < 2)
            throw new ArgumentException($"Samples of shape {samples.ShapeText} given; at least N x d is expected.", nameof(samples));
        if (samples.Count == 0)
            throw new InvalidOperationException("There are no samples: no mean can be taken.");
        Finiteness.Require(samples, nameof(samples));
        var size = samples.Count / samples.Shape[0];
        var groups = by switch { StandardiseBy.Whole => 1, StandardiseBy.Channel => samples.Shape[1], _ => size };
        var groupSize = size / groups;
        var each = (double)samples.Shape[0] * groupSize;
        var mean = new double[groups];
        var deviation = new double[groups];
        for (var i = 0; i < samples.Count; i++)
            mean[i % size / groupSize] += samples.Data[i]; // of equal numbers an exact sum, and then an exact mean
        for (var g = 0; g < groups; g++)
            mean[g] /= each;
        for (var i = 0; i < samples.Count; i++)
            deviation[i % size / groupSize] += Math.Pow(samples.Data[i] - mean[i % size / groupSize], 2) / each;
        for (var g = 0; g < groups; g++)
            deviation[g] = Math.Sqrt(deviation[g]) is var root && root > 1e-12 * Math.Abs(mean[g]) ? root : 0;
        return new Standardisation(by, mean, deviation, groupSize);
    }

    /// <summary>(x - mean) / deviation for every sample; the result is a new tensor.</summary>
    /// <exception cref="ArgumentException">A sample has another size than those that were measured.</exception>
    public Tensor Apply(Tensor samples) => Map(samples, (x, g) => (x - Mean[g]) / Scale(g));

    /// <summary>The same for a dataset; its labels and name stay.</summary>
    /// <exception cref="ArgumentException">A sample has another size than those that were measured.</exception>
    public Dataset Apply(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.With(Apply(data.Inputs));
    }

    /// <summary>x deviation + mean: back to what it was, for showing.</summary>
    /// <exception cref="ArgumentException">A sample has another size than those that were measured.</exception>
    public Tensor Undo(Tensor samples) => Map(samples, (x, g) => x * Scale(g) + Mean[g]);

    /// <summary>Such as <c>mean 0.1307, deviation 0.3081</c>.</summary>
    public override string ToString() => Mean.Count == 1
        ? FormattableString.Invariant($"mean {Mean[0]:0.####}, deviation {Deviation[0]:0.####}")
        : FormattableString.Invariant($"{Mean.Count} means from {Mean.Min():0.####} to {Mean.Max():0.####}, ") +
            FormattableString.Invariant($"deviations from {Deviation.Min():0.####} to {Deviation.Max():0.####}");

    private double Scale(int group) => Deviation[group] > 0 ? Deviation[group] : 1;

    private Tensor Map(Tensor samples, Func<double, int, double> map)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var size = samples.Rank < 2 || samples.Shape[0] == 0 ? 0 : samples.Count / samples.Shape[0];
        if (size != groupSize * Mean.Count && (By != StandardiseBy.Whole || size == 0) && samples.Count > 0)
            throw new ArgumentException(
                $"Samples of shape {samples.ShapeText} given, but {groupSize * Mean.Count} numbers a sample were measured.", nameof(samples));
        var result = new Tensor(samples.Shape);
        for (var i = 0; i < samples.Count; i++)
            result.Data[i] = (float)map(samples.Data[i], By == StandardiseBy.Whole ? 0 : i % size / groupSize);
        return result;
    }
}
