using System.Globalization;

namespace CourseKit;

/// <summary>α of formula (10): a number, or a schedule that changes it as the updates are counted. A plain number converts to it.</summary>
public sealed class LearningRate
{
    private readonly Func<long, double> at;
    private readonly string text;

    private LearningRate(Func<long, double> at, FormattableString text)
    {
        this.at = at;
        this.text = text.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The same rate always.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public static LearningRate Constant(double rate)
    {
        RequireRate(rate);
        return new(_ => rate, $"{rate}");
    }

    /// <summary>The rate times <paramref name="factor"/> after every so many updates.</summary>
    /// <param name="rate">The first rate.</param>
    /// <param name="factor">What it is multiplied by at each drop, above 0.</param>
    /// <param name="every">The updates between two drops, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static LearningRate Steps(double rate, double factor, long every)
    {
        RequireRate(rate);
        RequireFactor(factor);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        return new(t => rate * Math.Pow(factor, t / every), $"{rate}, times {factor} every {every} updates");
    }

    /// <summary>The rate times factor^(t / every) at update t: <see cref="Steps"/> drawn smooth.</summary>
    /// <param name="rate">The first rate.</param>
    /// <param name="factor">What it is multiplied by over so many updates, above 0.</param>
    /// <param name="every">The updates in which the factor is reached, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static LearningRate Exponential(double rate, double factor, long every = 1)
    {
        RequireRate(rate);
        RequireFactor(factor);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        return new(t => rate * Math.Pow(factor, (double)t / every), $"{rate}, times {factor} over {every} updates");
    }

    /// <summary>Down from the first rate to the last along half a cosine, then the last one.</summary>
    /// <remarks>Source: I. Loshchilov and F. Hutter, ICLR 2017, formula 5, without restarts.</remarks>
    /// <param name="rate">The first rate.</param>
    /// <param name="updates">How many updates it takes, at least 1.</param>
    /// <param name="last">The last rate.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static LearningRate Cosine(double rate, long updates, double last = 0)
    {
        RequireRate(rate);
        RequireRate(last);
        ArgumentOutOfRangeException.ThrowIfLessThan(updates, 1);
        return new(
            t => last + (rate - last) * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, (double)t / updates))),
            $"{rate}, along a cosine to {last} over {updates} updates");
    }

    /// <summary>This schedule, after a rise from almost nothing in equal steps to its first rate.</summary>
    /// <param name="updates">How many updates the rise takes, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public LearningRate WithWarmUp(long updates)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(updates);
        return new(t => t < updates ? at(0) * (t + 1) / updates : at(t - updates), $"{text}, after {updates} updates of warm-up");
    }

    /// <summary>The rate of an update.</summary>
    /// <param name="update">The update's number, counted from 0.</param>
    public float At(long update) => (float)at(update);

    /// <summary>The schedule in words.</summary>
    public override string ToString() => text;

    /// <summary>The same rate always.</summary>
    public static implicit operator LearningRate(double rate) => Constant(rate);

    private static void RequireRate(double rate)
    {
        if (!(rate >= 0) || !double.IsFinite(rate))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A learning rate is a finite number, not negative.");
    }

    private static void RequireFactor(double factor)
    {
        if (!(factor > 0) || !double.IsFinite(factor))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "The factor of a schedule is a finite number above 0.");
    }
}
