using CourseKit.Interactive;

namespace CourseKit.Plotly;

/// <summary>The look of the course's figures, in plotly's words.</summary>
internal static class Style
{
    public const string FontFamily = "system-ui, 'Segoe UI', 'Noto Sans', 'Liberation Sans', Helvetica, Arial, sans-serif";
    public const int FontSize = 14;
    public const string Grid = "#e8e8e8";
    public const string AxisLine = "#9a9a9a";

    /// <summary>Pixels that a text takes, about; browsers measure, we must guess.</summary>
    public static double TextWidth(string text, double size = FontSize) => 0.62 * size * Plain(text).Length;

    /// <summary>Without tags.</summary>
    public static string Plain(string text) => System.Text.RegularExpressions.Regex.Replace(text, "<[^>]*>", "");

    public static string? Dash(LineDash dash) => dash switch { LineDash.Dash => "dash", LineDash.Dot => "dot", _ => null };

    public static string? Symbol(MarkerShape shape) => shape switch
    {
        MarkerShape.Square => "square",
        MarkerShape.Diamond => "diamond",
        MarkerShape.Triangle => "triangle-up",
        MarkerShape.Cross => "x",
        MarkerShape.Ring => "circle-open",
        _ => null,
    };

    /// <summary>A colour of the palette with most of the ground shining through.</summary>
    public static string? Tint(string? color) => color is ['#', _, _, _, _, _, _] ? color + "33" : color;

    public static object[][] Scale(ColorScale scale) => scale switch
    {
        ColorScale.Diverging => [[0.0, FigureColors.Vermilion], [0.5, "#ffffff"], [1.0, FigureColors.Blue]],
        ColorScale.DivergingLight => [[0.0, "#f3c3a0"], [0.5, "#ffffff"], [1.0, "#a6cce6"]],
        ColorScale.Grey => [[0.0, "#000000"], [1.0, "#ffffff"]],
        ColorScale.GreyReversed => [[0.0, "#ffffff"], [1.0, "#000000"]],
        _ => [[0.0, "#ffffff"], [0.25, "#c6dbef"], [0.5, "#6baed6"], [0.75, "#2171b5"], [1.0, "#08306b"]],
    };

    /// <summary>A title broken into lines that fit, for plotly clips what is too long.</summary>
    public static string Wrap(string text, double width, double size)
    {
        var most = Math.Max(20, (int)(width / (0.56 * size)));
        var (lines, line) = (new List<string>(), "");
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && Plain(line).Length + 1 + Plain(word).Length > most)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : line + " " + word;
            }
        }

        lines.Add(line);
        return string.Join("<br>", lines);
    }
}
