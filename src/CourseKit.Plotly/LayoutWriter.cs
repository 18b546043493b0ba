using CourseKit.Interactive;
using Plotly.NET;
using Plotly.NET.LayoutObjects;
using Margins = Plotly.NET.LayoutObjects.Margin;
using TitlePadding = Plotly.NET.Padding;
using static CourseKit.Plotly.DynamicObjExtensions;

namespace CourseKit.Plotly;

/// <summary>Titles, axes, margins, legend, slider and buttons of a figure.</summary>
internal static class LayoutWriter
{
    public static Layout Write(IReadOnlyList<FigurePanel> panels, string? title, FigureBoxes boxes, bool hasLegend)
    {
        var layout = new Layout().With(
            ("font", new Font().With(("family", Style.FontFamily), ("size", Style.FontSize), ("color", FigureColors.Ink))),
            ("paper_bgcolor", "#ffffff"),
            ("plot_bgcolor", "#ffffff"),
            ("margin", new Margins().With(("l", boxes.Left), ("r", boxes.Right), ("t", boxes.Top), ("b", boxes.Bottom))),
            ("title", title is not null ? Title(title, boxes) : null),
            ("showlegend", hasLegend),
            ("hovermode", "closest"),
            ("bargap", 0.25),
            ("separators", "."),
            ("annotations", NullIfEmpty(MarkWriter.Annotations(panels, boxes))),
            ("shapes", NullIfEmpty(MarkWriter.Shapes(panels))));
        if (panels.Any(panel => panel.Traces.Any(trace => trace is HistogramTrace)))
            layout.With(("barmode", "overlay"));
        if (hasLegend)
            layout.With(("legend", new Legend().With(
                ("orientation", "h"), ("x", 0), ("xanchor", "left"), ("y", 1 + (boxes.PanelTitleHeight + 6) / boxes.InnerHeight), ("yanchor", "bottom"))));
        for (var i = 0; i < panels.Count; i++)
            WritePanel(layout, panels[i], i, boxes.Boxes[i]);
        return layout;
    }

    private static Title Title(string text, FigureBoxes boxes) =>
        new Title().With(
            ("text", Style.Wrap(text, boxes.TitleWidth, 17)), ("font", new Font().With(("size", 17))), ("x", 0.012), ("xref", "container"), ("xanchor", "left"),
            ("y", 1), ("yref", "container"), ("yanchor", "top"), ("pad", new TitlePadding().With(("t", 14))));

    private static void WritePanel(Layout layout, FigurePanel panel, int i, PanelBox box)
    {
        double[] across = [box.X0, box.X1], up = [box.Y0, box.Y1];
        if (panel.Traces.Any(trace => trace is SurfaceTrace or SpaceLineTrace))
        {
            layout.With((AxisId("scene", i), new Scene().With(
                ("domain", new Domain().With(("x", across), ("y", up))),
                ("xaxis", SpaceAxis(panel.X)), ("yaxis", SpaceAxis(panel.Y)), ("zaxis", SpaceAxis(new FigureAxis())))));
            return;
        }

        var x = Axis(panel.X, DataRange(panel)).With(("domain", across), ("anchor", AxisId("y", i)));
        var y = Axis(panel.Y, decades: panel.Y.IsLogarithmic ? MarkWriter.Span(panel) : 0).With(("domain", up), ("anchor", AxisId("x", i)));
        if (panel.HasEqualAspect)
        {
            x.With(("constrain", "domain"));
            y.With(("constrain", "domain"), ("scaleanchor", AxisId("x", i)));
        }

        layout.With((AxisId("xaxis", i), x), (AxisId("yaxis", i), y));
    }

    /// <param name="axis">The axis.</param>
    /// <param name="data">The range that is taken where the axis has none.</param>
    /// <param name="decades">How many powers of ten a logarithmic axis without a range will show.</param>
    private static LinearAxis Axis(FigureAxis axis, (double From, double To)? data = null, double decades = 0)
    {
        var result = new LinearAxis();
        if (!axis.IsVisible)
            return result.With(("visible", false), ("range", Range(axis)));
        if (axis.IsLogarithmic && (axis.From ?? data?.From) is { } from && (axis.To ?? data?.To) is { } to)
            decades = Math.Abs(Math.Log10(to / from));

        // Beside automargin plotly forgets the one end of a range that leaves the other to it.
        var isHalfOpen = !axis.IsLogarithmic && data is null && axis.From is null != axis.To is null;
        return result.With(
            ("title", axis.Title is { } title ? new Title().With(("text", title), ("standoff", 8)) : null),
            ("type", axis.IsLogarithmic ? "log" : null),
            ("range", isHalfOpen ? null : Range(axis, data)),
            ("autorangeoptions", isHalfOpen ? new DynamicObj.DynamicObj().With(("minallowed", axis.From), ("maxallowed", axis.To)) : null),
            ("dtick", decades >= 2 ? 1 : null),
            ("tickvals", axis.Ticks?.ToArray()),
            ("ticktext", axis.TickLabels?.ToArray()),
            ("exponentformat", "power"),
            ("minexponent", 5),
            ("gridcolor", Style.Grid),
            ("zeroline", false),
            ("showline", true),
            ("linecolor", Style.AxisLine),
            ("ticks", "outside"),
            ("tickcolor", Style.AxisLine),
            ("automargin", true));
    }

    private static LinearAxis SpaceAxis(FigureAxis axis) => new LinearAxis().With(
        ("title", new Title().With(("text", axis.Title ?? ""))), ("range", Range(axis)), ("gridcolor", Style.Grid), ("backgroundcolor", "#fafafa"));

    /// <summary>A range in plotly's terms; null for an end that plotly may choose.</summary>
    private static double?[]? Range(FigureAxis axis, (double From, double To)? data = null)
    {
        double? from = axis.From ?? data?.From, to = axis.To ?? data?.To;
        return from is null && to is null ? null : [Place(from), Place(to)];

        double? Place(double? value) => axis.IsLogarithmic && value is { } v ? Math.Log10(v) : value;
    }

    /// <summary>
    /// The range of x where lines carry their names at their ends: plotly would make the axis longer to hold the names too, which stand
    /// in the margin.
    /// </summary>
    private static (double From, double To)? DataRange(FigurePanel panel)
    {
        if (!panel.Traces.Any(trace => trace is LineTrace { LabelAtEnd: true, Name: not null }) || panel.Traces.Any(trace => trace is BarTrace))
            return null;
        double[] x = [.. panel.Traces.SelectMany(trace => trace switch
        {
            LineTrace line => line.X,
            MarkerTrace markers => markers.X,
            HistogramTrace histogram => histogram.Edges,
            FieldTrace { X: { } places } => places,
            _ => [],
        }).Where(value => double.IsFinite(value) && (value > 0 || !panel.X.IsLogarithmic))];
        if (x.Length == 0 || x.Min() == x.Max())
            return null;
        var points = panel.Traces.Any(trace => trace is MarkerTrace or LineTrace { WithMarkers: true });
        var (low, high) = panel.X.IsLogarithmic ? (Math.Log10(x.Min()), Math.Log10(x.Max())) : (x.Min(), x.Max());
        var margin = points ? 0.03 * (high - low) : 0;
        (low, high) = (low - margin, high + margin);
        return panel.X.IsLogarithmic ? (Math.Pow(10, low), Math.Pow(10, high)) : (low, high);
    }

    private static T[]? NullIfEmpty<T>(T[] items) => items.Length > 0 ? items : null;
}
