using System.Numerics;
using System.Runtime.CompilerServices;

namespace CourseKit.Interactive;

/// <summary>The door for data: whatever numbers a notebook has become lists of double, checked.</summary>
internal static class Numbers
{
    public static double[] List<T>(IEnumerable<T> values, [CallerArgumentExpression(nameof(values))] string? name = null)
        where T : INumber<T>
    {
        ArgumentNullException.ThrowIfNull(values, name);
        return values as double[] ?? [.. values.Select(double.CreateChecked)];
    }

    public static double[] List(Tensor tensor) => [.. tensor.Data.Select(value => (double)value)];

    public static (double[] X, double[] Y) Pair<TX, TY>(IEnumerable<TX> x, IEnumerable<TY> y)
        where TX : INumber<TX>
        where TY : INumber<TY>
    {
        var (xs, ys) = (List(x), List(y));
        if (xs.Length != ys.Length)
            throw new ArgumentException($"{xs.Length} numbers for x given, but {ys.Length} for y.");
        return (xs, ys);
    }

    public static double[] Evenly(double from, double to, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        if (!double.IsFinite(from) || !double.IsFinite(to) || from == to)
            throw new ArgumentException(FormattableString.Invariant($"The range {from} to {to} given; two different finite numbers are expected."));
        return [.. Enumerable.Range(0, count).Select(i => from + (to - from) * i / (count - 1))];
    }

    /// <summary>The range of the finite values, with a margin on both sides.</summary>
    /// <param name="values">The values; those that are not finite do not count.</param>
    /// <param name="share">The margin at either end, as a share of the range.</param>
    public static (double From, double To) PaddedRange(IEnumerable<double> values, double share = 0.08)
    {
        var finite = values.Where(double.IsFinite).ToArray();
        if (finite.Length == 0)
            return (-1, 1);
        var (low, high) = (finite.Min(), finite.Max());
        var margin = high > low ? share * (high - low) : Math.Max(1, Math.Abs(high)) * 0.5;
        return (low - margin, high + margin);
    }
}
