using CourseKit.Interactive;
using Plotly.NET;
using Plotly.NET.LayoutObjects;
using Margins = Plotly.NET.LayoutObjects.Margin;
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
            ("y", 1), ("yref", "container"), ("yanchor", "top"), ("pad", new Padding().With(("t", 14))));

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

        var x = Axis(panel.X).With(("domain", across), ("anchor", AxisId("y", i)));
        var y = Axis(panel.Y).With(("domain", up), ("anchor", AxisId("x", i)));
        if (panel.HasEqualAspect)
        {
            x.With(("constrain", "domain"));
            y.With(("constrain", "domain"), ("scaleanchor", AxisId("x", i)));
        }

        layout.With((AxisId("xaxis", i), x), (AxisId("yaxis", i), y));
    }

    private static LinearAxis Axis(FigureAxis axis)
    {
        var result = new LinearAxis();
        if (!axis.IsVisible)
            return result.With(("visible", false), ("range", Range(axis)));
        var decades = axis is { IsLogarithmic: true, From: { } from, To: { } to } ? Math.Abs(Math.Log10(to / from)) : 0;
        return result.With(
            ("title", axis.Title is { } title ? new Title().With(("text", title), ("standoff", 8)) : null),
            ("type", axis.IsLogarithmic ? "log" : null),
            ("range", Range(axis)),
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

    private static double[]? Range(FigureAxis axis) => axis is { From: { } from, To: { } to }
        ? axis.IsLogarithmic ? [Math.Log10(from), Math.Log10(to)] : [from, to]
        : null;

    private static T[]? NullIfEmpty<T>(T[] items) => items.Length > 0 ? items : null;
}
