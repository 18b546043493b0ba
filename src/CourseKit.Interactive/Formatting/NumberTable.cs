using System.Globalization;
using System.Net;
using System.Text;

namespace CourseKit.Interactive;

/// <summary>A table of numbers as HTML: the first and the last rows and columns, four or five figures each.</summary>
internal static class NumberTable
{
    private const int MostRows = 12;
    private const int MostColumns = 12;

    public static string Write(string caption, int rows, int columns, Func<int, int, double> number)
    {
        var html = new StringBuilder("<table class=\"coursekit-numbers\" style=\"border-collapse:collapse;font-variant-numeric:tabular-nums\">");
        html.Append("<caption style=\"text-align:left;caption-side:top;font-weight:600\">").Append(WebUtility.HtmlEncode(caption)).Append("</caption>");
        foreach (var i in Shown(rows, MostRows))
        {
            html.Append("<tr>");
            foreach (var j in Shown(columns, MostColumns))
                html.Append("<td style=\"text-align:right;padding:1px 8px\">").Append(i < 0 ? "\u22ee" : j < 0 ? "\u2026" : Text(number(i, j))).Append("</td>");
            html.Append("</tr>");
        }

        return html.Append("</table>").ToString();
    }

    /// <summary>Name and value pairs, one a row.</summary>
    public static string Write(string caption, params ReadOnlySpan<(string Name, string Value)> rows)
    {
        var html = new StringBuilder("<table class=\"coursekit-facts\" style=\"border-collapse:collapse\">");
        html.Append("<caption style=\"text-align:left;caption-side:top;font-weight:600\">").Append(WebUtility.HtmlEncode(caption)).Append("</caption>");
        foreach (var (name, value) in rows)
            html.Append("<tr><td style=\"text-align:left;padding:1px 12px 1px 0\">").Append(WebUtility.HtmlEncode(name))
                .Append("</td><td style=\"text-align:left\">").Append(WebUtility.HtmlEncode(value)).Append("</td></tr>");
        return html.Append("</table>").ToString();
    }

    public static string Text(double number) => number.ToString("G5", CultureInfo.InvariantCulture);

    /// <summary>The indices that are shown; -1 stands for those left out in the middle.</summary>
    private static IEnumerable<int> Shown(int count, int most) => count <= most
        ? Enumerable.Range(0, count)
        : [.. Enumerable.Range(0, most / 2), -1, .. Enumerable.Range(count - most / 2, most / 2)];
}
