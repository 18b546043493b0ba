using System.Globalization;

namespace CourseKit;

/// <summary>A mean log-likelihood with the standard error of the mean, both in nats a sample.</summary>
/// <param name="Mean">(1/n) Σ ln p(x_i).</param>
/// <param name="StandardError">The standard deviation of ln p(x_i) divided by √n; NaN for a single sample, and where the mean is infinite.</param>
/// <param name="Count">n.</param>
public readonly record struct LogLikelihood(double Mean, double StandardError, int Count)
{
    /// <summary>As papers print it: <c>225.0 ± 2.0 nats</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mean:F1} ± {StandardError:F1} nats ({Count} samples)");

    internal static LogLikelihood Of(ReadOnlySpan<double> each)
    {
        if (each.Length == 0)
            throw new ArgumentException("A mean log-likelihood needs at least one sample.", nameof(each));
        var (mean, squares) = (0.0, 0.0);
        foreach (var value in each)
            mean += value / each.Length;
        foreach (var value in each)
            squares += (value - mean) * (value - mean);
        return new(mean, each.Length < 2 ? double.NaN : Math.Sqrt(squares / (each.Length - 1) / each.Length), each.Length);
    }
}
