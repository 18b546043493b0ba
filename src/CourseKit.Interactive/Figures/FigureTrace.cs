namespace CourseKit.Interactive;

/// <summary>Something drawn from data. Traces do not change; a figure changes by having traces added, removed or replaced.</summary>
public abstract record FigureTrace
{
    /// <summary>What this is, for the label, the legend and the pointer's box; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>A CSS colour; null takes the next of <see cref="FigureColors.Cycle"/>.</summary>
    public string? Color { get; init; }

    /// <summary>1 hides what is below, 0 is invisible.</summary>
    public double Opacity { get; init; } = 1;

    /// <summary>Whether the name may stand in the legend, if the figure has one.</summary>
    public bool InLegend { get; init; } = true;
}

/// <summary>Points joined by a line.</summary>
/// <param name="X">The points' horizontal places; not-a-number breaks the line.</param>
/// <param name="Y">The points' heights, as many.</param>
public sealed record LineTrace(IReadOnlyList<double> X, IReadOnlyList<double> Y) : FigureTrace
{
    /// <summary>The width in pixels.</summary>
    public double Width { get; init; } = 2.5;

    /// <summary>How the line is broken.</summary>
    public LineDash Dash { get; init; }

    /// <summary>Whether the points themselves are drawn too.</summary>
    public bool WithMarkers { get; init; }

    /// <summary>Whether the area down to zero is filled with a light tint.</summary>
    public bool Filled { get; init; }

    /// <summary>Whether the name is written at the line's right end, in its colour, instead of in a legend.</summary>
    public bool LabelAtEnd { get; init; } = true;
}

/// <summary>How a line is broken.</summary>
public enum LineDash
{
    /// <summary>Not at all.</summary>
    Solid,

    /// <summary>Into dashes.</summary>
    Dash,

    /// <summary>Into dots.</summary>
    Dot,
}

/// <summary>The area between two curves, lightly tinted: a spread over seeds, an interval.</summary>
/// <param name="X">The horizontal places, ascending.</param>
/// <param name="Low">The lower curve, as many numbers.</param>
/// <param name="High">The upper curve, as many numbers.</param>
public sealed record BandTrace(IReadOnlyList<double> X, IReadOnlyList<double> Low, IReadOnlyList<double> High) : FigureTrace;

/// <summary>Points on their own.</summary>
/// <param name="X">The points' horizontal places.</param>
/// <param name="Y">The points' heights, as many.</param>
public sealed record MarkerTrace(IReadOnlyList<double> X, IReadOnlyList<double> Y) : FigureTrace
{
    /// <summary>The shape of a point: two classes differ in shape as well as in colour.</summary>
    public MarkerShape Shape { get; init; }

    /// <summary>The size in pixels.</summary>
    public double Size { get; init; } = 8;

    /// <summary>A text for each point, shown under the pointer, or on the page if <see cref="ShowTexts"/>.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>Whether the texts are written on the page, centred on the points.</summary>
    public bool ShowTexts { get; init; }

    /// <summary>A number for each point that colours it on a light-to-dark scale; null gives all the same colour.</summary>
    public IReadOnlyList<double>? Values { get; init; }
}

/// <summary>The shape of a point.</summary>
public enum MarkerShape
{
    /// <summary>A filled circle.</summary>
    Circle,

    /// <summary>A filled square.</summary>
    Square,

    /// <summary>A filled diamond.</summary>
    Diamond,

    /// <summary>A filled triangle, point up.</summary>
    Triangle,

    /// <summary>A diagonal cross.</summary>
    Cross,

    /// <summary>An empty ring.</summary>
    Ring,

    /// <summary>Nothing: only the texts.</summary>
    None,
}

/// <summary>Bars from zero.</summary>
/// <param name="Categories">What each bar stands for.</param>
/// <param name="Values">The bars' heights, as many.</param>
public sealed record BarTrace(IReadOnlyList<string> Categories, IReadOnlyList<double> Values) : FigureTrace
{
    /// <summary>Half the length of an error bar on each, such as a standard deviation over seeds; null for none.</summary>
    public IReadOnlyList<double>? Errors { get; init; }

    /// <summary>Whether each value is written on its bar.</summary>
    public bool ShowValues { get; init; }

    /// <summary>Whether the bars lie, categories on the vertical axis.</summary>
    public bool Horizontal { get; init; }
}

/// <summary>How often values fall into bins of equal width.</summary>
/// <param name="Edges">The bins' limits, one more than there are bins, evenly spaced.</param>
/// <param name="Heights">The count or the density of each bin.</param>
public sealed record HistogramTrace(IReadOnlyList<double> Edges, IReadOnlyList<double> Heights) : FigureTrace;
