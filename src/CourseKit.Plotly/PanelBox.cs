using CourseKit.Interactive;
using Plotly.NET;

namespace CourseKit.Plotly;

/// <summary>Where a panel lies, as shares of the figure's inner area, and how large it is on the screen, about.</summary>
internal sealed record PanelBox(double X0, double X1, double Y0, double Y1, double PixelHeight, double InnerWidth)
{
    public ColorBar ColorBar() => new ColorBar().With(
        ("x", X1 + 10 / InnerWidth), ("xanchor", "left"), ("y", (Y0 + Y1) / 2), ("len", Y1 - Y0), ("thickness", 12), ("outlinewidth", 0),
        ("ypad", 0), ("exponentformat", "power"));
}

/// <summary>The sizes of a figure's parts, in pixels and in shares.</summary>
internal sealed class FigureBoxes
{
    private const double TitleSize = 17;

    public FigureBoxes(Figure figure, bool hasLegend)
    {
        var panels = figure.Panels;
        var columns = figure.Columns;
        var rows = (panels.Count + columns - 1) / columns;
        var width = figure.Width ?? 900;
        bool axes = panels.Any(panel => panel.X.IsVisible || panel.Y.IsVisible);
        // Not over the buttons that appear at the upper right under the pointer.
        TitleWidth = width - 170;
        var titles = figure.Frames.Select(frame => frame.Title).Append(figure.Title).OfType<string>();
        var titleLines = titles.Select(title => Style.Wrap(title, TitleWidth, TitleSize).Split("<br>").Length).DefaultIfEmpty(0).Max();
        PanelTitleHeight = panels.Any(panel => panel.Title is not null) ? 28 : 0;
        Top = (titleLines > 0 ? 14 : 30) + titleLines * 24 + (titleLines > 0 ? 6 : 0) + (hasLegend ? 30 : 0) + PanelTitleHeight;
        AxisRoom = panels.Any(panel => panel.X is { IsVisible: true, Title: not null }) ? 54 : axes ? 34 : 8;
        Bottom = AxisRoom + figure.TotalHeight - figure.Height;
        Left = axes ? 66 : 8;
        double[] room = [.. Enumerable.Range(0, columns).Select(c => panels.Where((_, i) => i % columns == c).Select(RightRoom).DefaultIfEmpty(0).Max())];
        Right = room[^1] + 12;
        InnerWidth = Math.Max(100, width - Left - Right);
        InnerHeight = Math.Max(40, figure.TotalHeight - Top - Bottom);
        var gapY = (axes ? 66 : 10) + PanelTitleHeight;
        var panelWidth = (InnerWidth - room.Take(columns - 1).Sum(right => right + GapX(axes))) / columns;
        var panelHeight = (InnerHeight - (rows - 1) * gapY) / rows;
        Boxes = [.. panels.Select((_, i) =>
        {
            var (row, column) = (i / columns, i % columns);
            var x = room.Take(column).Sum(right => panelWidth + right + GapX(axes));
            var y = InnerHeight - row * (panelHeight + gapY);
            return new PanelBox(x / InnerWidth, (x + panelWidth) / InnerWidth, Math.Max(0, (y - panelHeight) / InnerHeight), y / InnerHeight, panelHeight, InnerWidth);
        })];
    }

    public IReadOnlyList<PanelBox> Boxes { get; }

    public double Top { get; }

    public double Bottom { get; }

    /// <summary>What the numbers and the title of the lowest axis take; an animation's slider comes below.</summary>
    public double AxisRoom { get; }

    public double Left { get; }

    public double Right { get; }

    public double InnerWidth { get; }

    public double InnerHeight { get; }

    public double PanelTitleHeight { get; }

    public double TitleWidth { get; }

    private static double GapX(bool axes) => axes ? 74 : 14;

    /// <summary>What stands to the right of a panel: labels at the ends of lines, a colour scale.</summary>
    private static double RightRoom(FigurePanel panel)
    {
        var labels = panel.Traces.OfType<LineTrace>().Where(line => line is { LabelAtEnd: true, Name: not null }).Select(line => line.Name!)
            .Concat(panel.Marks.OfType<RuleMark>().Where(rule => rule is { IsVertical: false, Text: not null }).Select(rule => rule.Text!));
        var text = labels.Select(label => Style.TextWidth(label) + 12).DefaultIfEmpty(0).Max();
        var scale = panel.Traces.Any(trace => trace is FieldTrace { ShowScale: true } and not ContourTrace { Level: not null }) ? 70 : 0;
        return Math.Max(text, scale);
    }
}
