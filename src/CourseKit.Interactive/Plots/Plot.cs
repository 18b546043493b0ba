using System.Numerics;

namespace CourseKit.Interactive;

/// <summary>The course's figures: each method makes one kind of <see cref="Figure"/>, which can be changed further.</summary>
public static partial class Plot
{
    /// <summary>An empty figure to add to.</summary>
    public static Figure Empty(string? title = null, string? xTitle = null, string? yTitle = null) =>
        new Figure { Title = title }.WithXAxis(xTitle).WithYAxis(yTitle);

    /// <summary>Curves over their index 0, 1, 2, ..., each named at its right end.</summary>
    /// <exception cref="ArgumentException">No curve is given.</exception>
    public static Figure Lines(params IReadOnlyList<(string Name, IEnumerable<double> Y)> curves)
    {
        if (curves.Count == 0)
            throw new ArgumentException("No curve given; at least one is expected.", nameof(curves));
        var figure = new Figure();
        foreach (var (name, y) in curves)
        {
            var values = Numbers.List(y);
            figure.AddLine(Enumerable.Range(0, values.Length), values, name);
        }

        return figure;
    }

    /// <summary>Curves over a common x, each named at its right end.</summary>
    /// <exception cref="ArgumentException">No curve is given, or one is not as long as x.</exception>
    public static Figure Lines<TX>(IEnumerable<TX> x, params IReadOnlyList<(string Name, IEnumerable<double> Y)> curves)
        where TX : INumber<TX>
    {
        if (curves.Count == 0)
            throw new ArgumentException("No curve given; at least one is expected.", nameof(curves));
        var places = Numbers.List(x);
        var figure = new Figure();
        foreach (var (name, y) in curves)
            figure.AddLine(places, y, name);
        return figure;
    }

    /// <summary>One curve.</summary>
    /// <exception cref="ArgumentException">x and y are not of the same length.</exception>
    public static Figure Line<TX, TY>(IEnumerable<TX> x, IEnumerable<TY> y, string? name = null)
        where TX : INumber<TX>
        where TY : INumber<TY> =>
        new Figure().AddLine(x, y, name);

    /// <summary>The graph of a function.</summary>
    public static Figure Function(Func<double, double> f, double from, double to, string? name = null) =>
        new Figure().AddFunction(f, from, to, name);

    /// <summary>Points on their own, one kind; see <see cref="Scatter(MathNet.Numerics.LinearAlgebra.Matrix{double}, IReadOnlyList{int}, string, string, string[])"/> for classes.</summary>
    /// <exception cref="ArgumentException">x and y are not of the same length.</exception>
    public static Figure Points<TX, TY>(IEnumerable<TX> x, IEnumerable<TY> y, string? name = null)
        where TX : INumber<TX>
        where TY : INumber<TY> =>
        new Figure().AddMarkers(x, y, name);

    /// <summary>Bars from zero.</summary>
    /// <param name="categories">What each bar stands for.</param>
    /// <param name="values">The bars' heights.</param>
    /// <param name="errors">Half the length of an error bar on each, such as a standard deviation over seeds.</param>
    /// <param name="yTitle">What the heights are, with their unit.</param>
    /// <param name="horizontal">Whether the bars lie; long names want it.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Figure Bars<T>(
        IEnumerable<string> categories, IEnumerable<T> values, IEnumerable<double>? errors = null, string? yTitle = null, bool horizontal = false)
        where T : INumber<T>
    {
        string[] names = [.. categories];
        var heights = Numbers.List(values);
        var spreads = errors is null ? null : Numbers.List(errors);
        if (names.Length != heights.Length || (spreads is not null && spreads.Length != heights.Length))
            throw new ArgumentException($"{names.Length} categories given, {heights.Length} values and {spreads?.Length ?? heights.Length} errors.");
        var figure = new Figure().Add(new BarTrace(names, heights)
        {
            Color = FigureColors.Blue,
            Errors = spreads,
            ShowValues = spreads is null && heights.Length <= 20,
            Horizontal = horizontal,
        });
        return horizontal ? figure.WithXAxis(yTitle) : figure.WithYAxis(yTitle);
    }

    /// <summary>How values are distributed.</summary>
    /// <param name="values">The values; those that are not finite are left out.</param>
    /// <param name="bins">How many bins of equal width.</param>
    /// <param name="density">Whether heights are densities (area 1) or counts.</param>
    /// <param name="from">Where the first bin begins; null for the smallest value.</param>
    /// <param name="to">Where the last bin ends; null for the largest value.</param>
    /// <exception cref="ArgumentException">There is no finite value.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no bin.</exception>
    public static Figure Histogram<T>(IEnumerable<T> values, int bins = 30, bool density = false, double? from = null, double? to = null)
        where T : INumber<T>
    {
        return new Figure().Add(Bin(values, bins, density, from, to) with { Color = FigureColors.Blue })
            .WithYAxis(density ? "density" : "count", from: 0);
    }

    /// <summary>The bins of a histogram as a trace, to lay several over each other or to animate one.</summary>
    /// <inheritdoc cref="Histogram{T}"/>
    public static HistogramTrace Bin<T>(IEnumerable<T> values, int bins = 30, bool density = false, double? from = null, double? to = null)
        where T : INumber<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        double[] finite = [.. Numbers.List(values).Where(double.IsFinite)];
        if (finite.Length == 0)
            throw new ArgumentException("No finite value given; at least one is expected.", nameof(values));
        var (low, high) = (from ?? finite.Min(), to ?? finite.Max());
        if (!(high > low))
            (low, high) = (low - 0.5, low + 0.5);
        var edges = Numbers.Evenly(low, high, bins + 1);
        var heights = new double[bins];
        foreach (var value in finite)
            if (value >= low && value <= high)
                heights[Math.Min(bins - 1, (int)((value - low) / (high - low) * bins))]++;
        if (density)
            for (var i = 0; i < bins; i++)
                heights[i] *= bins / (finite.Length * (high - low));
        return new HistogramTrace(edges, heights);
    }
}
