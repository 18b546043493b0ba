using System.Text;

namespace CourseKit.Interactive;

/// <summary>A figure in words.</summary>
internal static class FigureText
{
    public static string Describe(Figure figure)
    {
        var text = new StringBuilder("Figure");
        if (figure.Title is { } title)
            text.Append($": {Plain(title)}");
        foreach (var panel in figure.Panels)
        {
            text.Append("\n  ");
            if (panel.Title is { } name)
                text.Append($"{Plain(name)}: ");
            if (panel.X.Title is { } x && panel.Y.Title is { } y)
                text.Append($"{Plain(y)} over {Plain(x)}; ");
            text.AppendJoin(", ", panel.Traces.Select(Describe));
        }

        if (figure.Frames.Count > 0)
            text.Append($"\n  {figure.Frames.Count} moments, {figure.FramePrefix}{figure.Frames[0].Name} to {figure.FramePrefix}{figure.Frames[^1].Name}");
        return text.ToString();
    }

    private static string Describe(FigureTrace trace)
    {
        var what = trace switch
        {
            LineTrace line => $"line of {line.X.Count} points",
            BandTrace band => $"band of {band.X.Count} points",
            MarkerTrace points => $"{points.X.Count} points",
            BarTrace bars => $"{bars.Values.Count} bars",
            HistogramTrace histogram => $"histogram of {histogram.Heights.Count} bins",
            PictureTrace picture => $"picture of {picture.Rows}x{picture.Columns} pixels",
            SpaceLineTrace line => $"line of {line.X.Count} points in space",
            FieldTrace field => $"{(field is ContourTrace ? "contours" : field is SurfaceTrace ? "surface" : "map")} of {field.Rows}x{field.Columns} numbers",
            _ => trace.GetType().Name,
        };
        return trace.Name is { } name ? $"{Plain(name)} ({what})" : what;
    }

    private static string Plain(string text) => System.Text.RegularExpressions.Regex.Replace(text, "<[^>]*>", "");
}
