using System.Globalization;

namespace CourseKit;

/// <summary>
/// A training step met a loss or an update that is infinite or not a number. No parameter was set to such a value: the weights are
/// still finite.
/// </summary>
/// <param name="update">The number of the update, counted from 1.</param>
/// <param name="rate">Its learning rate.</param>
/// <param name="what">What was met.</param>
public sealed class DivergedException(long update, float rate, string what) : ArithmeticException(string.Create(
    CultureInfo.InvariantCulture, $"Update {update}, learning rate {rate}: {what} {Advice}"))
{
    /// <summary>What usually helps.</summary>
    internal const string Advice =
        "Try a learning rate ten times smaller, inputs scaled to about -1 ... 1, and start weights that fit the activation (He for ReLU, Xavier for tanh).";

    /// <summary>What was met, in a sentence.</summary>
    public string What { get; } = what;

    /// <summary>The number of the update, counted from 1.</summary>
    public long Update { get; } = update;

    /// <summary>Its learning rate.</summary>
    public float Rate { get; } = rate;
}
