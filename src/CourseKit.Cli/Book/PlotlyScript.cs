using System.Text.RegularExpressions;

namespace CourseKit.Cli;

/// <summary>
/// plotly.js, once for the whole book. A notebook's first figure carries the script in an element of its own, because a notebook has to stand
/// alone; the pages of a book share one file.
/// </summary>
internal sealed partial class PlotlyScript
{
    /// <summary>The script; null until a figure brought it.</summary>
    public string? Text { get; private set; }

    /// <summary>Keeps the script that a figure's HTML carries, and returns the HTML without it.</summary>
    public string TakeFrom(string html) => Element().Replace(html, element =>
    {
        Text ??= element.Groups[1].Value;
        return "";
    });

    [GeneratedRegex("""<script\b[^>]*\bdata-coursekit\s*=\s*["']?plotly\.js["']?[^>]*>([\s\S]*?)</script>""", RegexOptions.IgnoreCase)]
    private static partial Regex Element();
}
