using CourseKit.Interactive;
using Plotly.NET;
using Plotly.NET.LayoutObjects;
using static CourseKit.Plotly.DynamicObjExtensions;

namespace CourseKit.Plotly;

/// <summary>Turns marks, labels at the ends of lines and panel titles into plotly's annotations and shapes.</summary>
internal static class MarkWriter
{
    private const double LineHeight = 17;
    private const string NoFill = "rgba(0,0,0,0)"; // said, because a moment of an animation keeps what the one before said

    public static Annotation[] Annotations(IReadOnlyList<FigurePanel> panels, FigureBoxes boxes) =>
        [.. panels.SelectMany((panel, i) => PanelTitle(panel, boxes.Boxes[i], boxes)
            .Concat(panel.Marks.Select(mark => Annotation(mark, panel, i, boxes.Boxes[i])).OfType<Annotation>())
            .Concat(EndLabels(panel, i, boxes.Boxes[i])))];

    public static Shape[] Shapes(IReadOnlyList<FigurePanel> panels) =>
        [.. panels.SelectMany((panel, i) => panel.Marks.Select(mark => Shape(mark, i)).OfType<Shape>())];

    private static IEnumerable<Annotation> PanelTitle(FigurePanel panel, PanelBox box, FigureBoxes boxes)
    {
        if (panel.Title is { } title)
            yield return Text(title, FigureColors.Ink, 15).With(
                ("xref", "paper"), ("yref", "paper"), ("x", (box.X0 + box.X1) / 2), ("y", box.Y1), ("yshift", 4), ("xanchor", "center"), ("yanchor", "bottom"));
    }

    private static Annotation? Annotation(FigureMark mark, FigurePanel panel, int i, PanelBox box)
    {
        switch (mark)
        {
            case TextMark text:
                var (xAnchor, yAnchor, xShift, yShift) = text.Side switch
                {
                    TextSide.Right => ("left", "middle", 6, 0),
                    TextSide.Left => ("right", "middle", -6, 0),
                    TextSide.Above => ("center", "bottom", 0, 4),
                    TextSide.Below => ("center", "top", 0, -4),
                    _ => ("center", "middle", 0, 0),
                };
                return At(Text(text.Text, text.Color, text.Size), panel, i, text.X, text.Y)
                    .With(("xanchor", xAnchor), ("yanchor", yAnchor), ("xshift", xShift), ("yshift", yShift), ("bgcolor", text.Fill ?? NoFill));
            case ArrowMark arrow:
                return At(new Annotation(), panel, i, arrow.X1, arrow.Y1).With(
                    ("text", ""), ("showarrow", true), ("arrowhead", 2), ("arrowsize", 1), ("arrowwidth", arrow.Width), ("arrowcolor", arrow.Color),
                    ("axref", AxisId("x", i)), ("ayref", AxisId("y", i)), ("ax", Place(panel.X, arrow.X0)), ("ay", Place(panel.Y, arrow.Y0)));
            case RuleMark { Text: { } label, IsVertical: true } rule:
                return Text(label, rule.Color).With(
                    ("xref", AxisId("x", i)), ("x", Place(panel.X, rule.At)), ("yref", "paper"), ("y", box.Y1), ("xanchor", "left"), ("yanchor", "top"), ("xshift", 5));
            case RuleMark { Text: { } label } rule:
                return Text(label, rule.Color).With(
                    ("yref", AxisId("y", i)), ("y", Place(panel.Y, rule.At)), ("xref", "paper"), ("x", box.X1), ("xanchor", "left"), ("yanchor", "middle"), ("xshift", 6));
            default:
                return null;
        }
    }

    /// <summary>The names of lines at their right ends, pushed apart where two would lie on each other.</summary>
    private static IEnumerable<Annotation> EndLabels(FigurePanel panel, int i, PanelBox box)
    {
        var labels = new List<(LineTrace Line, double X, double Y, double Pixel)>();
        var (low, high) = Range(panel);
        foreach (var line in panel.Traces.OfType<LineTrace>().Where(line => line is { LabelAtEnd: true, Name: not null }))
        {
            var last = LastVisible(line, panel);
            if (last < 0)
                continue;
            var y = Place(panel.Y, line.Y[last]);
            var pixel = high > low ? (y - low) / (high - low) * box.PixelHeight : 0;
            labels.Add((line, Place(panel.X, line.X[last]), y, Math.Clamp(pixel, 0, box.PixelHeight)));
        }

        labels.Sort((a, b) => a.Pixel.CompareTo(b.Pixel));
        double[] places = [.. labels.Select(label => label.Pixel)];
        Spread(places);
        for (var k = 0; k < labels.Count; k++)
        {
            var (line, x, y, pixel) = labels[k];
            var shift = Math.Round(places[k] - pixel);
            yield return Text(line.Name!, line.Color ?? FigureColors.Ink).With(
                ("xref", AxisId("x", i)), ("yref", AxisId("y", i)), ("x", x), ("y", y), ("xanchor", "left"), ("yanchor", "middle"), ("xshift", 6),
                ("yshift", shift != 0 ? shift : null));
        }
    }

    /// <summary>Moves labels that stand one above the other until none overlaps, each no further than it must.</summary>
    private static void Spread(double[] places)
    {
        for (var pass = 0; pass < 50; pass++)
        {
            var moved = false;
            for (var k = 1; k < places.Length; k++)
            {
                var overlap = LineHeight - (places[k] - places[k - 1]);
                if (overlap <= 0.5)
                    continue;
                (places[k - 1], places[k]) = (places[k - 1] - overlap / 2, places[k] + overlap / 2);
                moved = true;
            }

            if (!moved)
                break;
        }
    }

    private static int LastVisible(LineTrace line, FigurePanel panel)
    {
        for (var k = line.X.Count - 1; k >= 0; k--)
            if (double.IsFinite(line.X[k]) && double.IsFinite(line.Y[k]) && Reaches(panel.X, line.X[k]) && Reaches(panel.Y, line.Y[k]))
                return k;
        return -1;
    }

    /// <summary>Whether a value lies on an axis whose range is given; everything lies on one that is not.</summary>
    private static bool Reaches(FigureAxis axis, double value)
    {
        var (from, to) = (axis.From ?? double.NegativeInfinity, axis.To ?? double.PositiveInfinity);
        return value >= Math.Min(from, to) && value <= Math.Max(from, to);
    }

    /// <summary>How far the vertical axis reaches: in powers of ten where it is logarithmic.</summary>
    public static double Span(FigurePanel panel)
    {
        var (low, high) = Range(panel);
        return Math.Abs(high - low);
    }

    private static (double Low, double High) Range(FigurePanel panel)
    {
        var values = panel.Traces.OfType<LineTrace>().SelectMany(line => line.Y)
            .Concat(panel.Traces.OfType<MarkerTrace>().SelectMany(markers => markers.Y))
            .Select(value => Place(panel.Y, value)).Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        return (panel.Y.From is { } from ? Place(panel.Y, from) : values.Min(), panel.Y.To is { } to ? Place(panel.Y, to) : values.Max());
    }

    private static Shape? Shape(FigureMark mark, int i) => mark switch
    {
        RuleMark { IsVertical: true } rule => new Shape().With(
            ("type", "line"), ("xref", AxisId("x", i)), ("yref", AxisId("y", i) + " domain"), ("x0", rule.At), ("x1", rule.At), ("y0", 0), ("y1", 1), ("line", Outline(rule.Color, 1.5, rule.Dash))),
        RuleMark rule => new Shape().With(
            ("type", "line"), ("xref", AxisId("x", i) + " domain"), ("yref", AxisId("y", i)), ("x0", 0), ("x1", 1), ("y0", rule.At), ("y1", rule.At), ("line", Outline(rule.Color, 1.5, rule.Dash))),
        BoxMark box => new Shape().With(
            ("type", box.IsEllipse ? "circle" : "rect"), ("xref", AxisId("x", i)), ("yref", AxisId("y", i)), ("x0", box.X0), ("x1", box.X1), ("y0", box.Y0), ("y1", box.Y1),
            ("fillcolor", box.Fill), ("layer", box.Behind ? "below" : null), ("line", Outline(box.Color, box.Width, LineDash.Solid))),
        _ => null,
    };

    private static Line Outline(string color, double width, LineDash dash) => new Line().With(("color", color), ("width", width), ("dash", Style.Dash(dash)));

    private static Annotation Text(string text, string color, double size = Style.FontSize) =>
        new Annotation().With(("text", text), ("showarrow", false), ("font", new Font().With(("color", color), ("size", size))));

    private static Annotation At(Annotation annotation, FigurePanel panel, int i, double x, double y) =>
        annotation.With(("xref", AxisId("x", i)), ("yref", AxisId("y", i)), ("x", Place(panel.X, x)), ("y", Place(panel.Y, y)));

    /// <summary>Annotations on a logarithmic axis are placed by exponent; shapes, oddly, by value.</summary>
    private static double Place(FigureAxis axis, double value) => axis.IsLogarithmic ? Math.Log10(value) : value;
}
