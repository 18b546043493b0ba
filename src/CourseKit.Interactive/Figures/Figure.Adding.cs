using System.Numerics;

namespace CourseKit.Interactive;

public sealed partial class Figure
{
    /// <summary>Adds any trace to the first panel.</summary>
    public Figure Add(FigureTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        Traces.Add(trace);
        return this;
    }

    /// <summary>Adds any mark to the first panel.</summary>
    public Figure Add(FigureMark mark)
    {
        ArgumentNullException.ThrowIfNull(mark);
        Marks.Add(mark);
        return this;
    }

    /// <summary>Adds a moment of the animation.</summary>
    public Figure Add(FigureFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Frames.Add(frame);
        return this;
    }

    /// <summary>Adds points joined by a line; its name stands at its right end.</summary>
    /// <exception cref="ArgumentException">x and y are not of the same length.</exception>
    public Figure AddLine<TX, TY>(
        IEnumerable<TX> x, IEnumerable<TY> y, string? name = null, string? color = null, LineDash dash = LineDash.Solid, bool markers = false)
        where TX : INumber<TX>
        where TY : INumber<TY>
    {
        var (xs, ys) = Numbers.Pair(x, y);
        return Add(new LineTrace(xs, ys) { Name = name, Color = color ?? NextColor(), Dash = dash, WithMarkers = markers });
    }

    /// <summary>Adds the graph of a function.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 points.</exception>
    public Figure AddFunction(
        Func<double, double> f, double from, double to, string? name = null, string? color = null, LineDash dash = LineDash.Solid, int points = 201)
    {
        ArgumentNullException.ThrowIfNull(f);
        var x = Numbers.Evenly(from, to, points);
        return AddLine(x, x.Select(f), name, color, dash);
    }

    /// <summary>Adds points on their own.</summary>
    /// <exception cref="ArgumentException">x and y are not of the same length.</exception>
    public Figure AddMarkers<TX, TY>(
        IEnumerable<TX> x, IEnumerable<TY> y, string? name = null, string? color = null, MarkerShape shape = MarkerShape.Circle, double size = 8)
        where TX : INumber<TX>
        where TY : INumber<TY>
    {
        var (xs, ys) = Numbers.Pair(x, y);
        return Add(new MarkerTrace(xs, ys) { Name = name, Color = color ?? NextColor(), Shape = shape, Size = size });
    }

    /// <summary>
    /// Adds a curve with its spread: the mean of several runs as a line, and between their smallest and largest value a tint.
    /// </summary>
    /// <param name="x">The horizontal places, ascending.</param>
    /// <param name="runs">One run (one seed) each, as long as x.</param>
    /// <param name="name">The name at the line's right end.</param>
    /// <param name="color">A CSS colour; null takes the next of the palette.</param>
    /// <exception cref="ArgumentException">There is no run, or one is not as long as x.</exception>
    public Figure AddSpread<TX>(IEnumerable<TX> x, IReadOnlyList<IReadOnlyList<double>> runs, string? name = null, string? color = null)
        where TX : INumber<TX>
    {
        var xs = Numbers.List(x);
        if (runs.Count == 0 || runs.Any(run => run.Count != xs.Length))
            throw new ArgumentException(
                $"{runs.Count} runs of {string.Join(", ", runs.Select(run => run.Count).Distinct())} numbers given; at least one is expected, each of {xs.Length}.",
                nameof(runs));
        color ??= NextColor();
        double[] Each(Func<IEnumerable<double>, double> what) => [.. Enumerable.Range(0, xs.Length).Select(i => what(runs.Select(run => run[i])))];
        return Add(new BandTrace(xs, Each(Enumerable.Min), Each(Enumerable.Max)) { Color = color, InLegend = false })
            .Add(new LineTrace(xs, Each(Enumerable.Average)) { Name = name, Color = color });
    }

    /// <summary>Adds a text at a point.</summary>
    public Figure AddText(double x, double y, string text, string color = FigureColors.Ink, TextSide side = TextSide.Right) =>
        Add(new TextMark(x, y, text) { Color = color, Side = side });

    /// <summary>Adds an arrow from (x0, y0) to (x1, y1).</summary>
    public Figure AddArrow(double x0, double y0, double x1, double y1, string color = FigureColors.Ink) =>
        Add(new ArrowMark(x0, y0, x1, y1) { Color = color });

    /// <summary>Adds a dashed rule at a height, with a text at its right end.</summary>
    public Figure AddHorizontal(double y, string? text = null, string color = FigureColors.Grey) =>
        Add(new RuleMark(y, IsVertical: false) { Text = text, Color = color });

    /// <summary>Adds a dashed rule at a place of the horizontal axis, with a text at its top.</summary>
    public Figure AddVertical(double x, string? text = null, string color = FigureColors.Grey) =>
        Add(new RuleMark(x, IsVertical: true) { Text = text, Color = color });

    /// <summary>Adds a rectangle between two corners.</summary>
    public Figure AddBox(double x0, double y0, double x1, double y1, string color = FigureColors.Orange, string? fill = null) =>
        Add(new BoxMark(x0, y0, x1, y1) { Color = color, Fill = fill });

    /// <summary>
    /// Adds a perceptron's decision line w_1 x_1 + w_2 x_2 + b = 0, as far as the axes reach. Both axes need a range, as
    /// <see cref="Plot"/>.Scatter gives them.
    /// </summary>
    /// <exception cref="ArgumentException">The perceptron has not two inputs.</exception>
    /// <exception cref="InvalidOperationException">An axis has no range.</exception>
    public Figure AddDecisionLine(Perceptron perceptron, string? name = "decision line", string color = FigureColors.Ink, LineDash dash = LineDash.Solid)
    {
        if (X is not { From: { } x0, To: { } x1 } || Y is not { From: { } y0, To: { } y1 })
            throw new InvalidOperationException("The axes have no range yet: give both From and To before a decision line is added.");
        var (x, y) = DecisionLine.Within(perceptron, x0, x1, y0, y1);
        return Add(new LineTrace(x, y) { Name = name, Color = color, Dash = dash, LabelAtEnd = false });
    }

    /// <summary>The colour of the trace that is added next.</summary>
    private string NextColor() => FigureColors.Of(Traces.Count(trace => trace is LineTrace or MarkerTrace or HistogramTrace or BarTrace));
}
