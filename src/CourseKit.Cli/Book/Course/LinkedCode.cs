using System.Globalization;
using System.Text;

namespace CourseKit.Cli;

/// <summary>Puts links into highlighted code, at places that are known in the plain text.</summary>
internal static class LinkedCode
{
    /// <summary>Highlighted code with links.</summary>
    /// <param name="code">The plain text.</param>
    /// <param name="links">Start, length and address, in order, none inside another.</param>
    public static string ToHtml(string code, IReadOnlyList<(int Start, int Length, string Href)> links)
    {
        var html = CSharpHighlighter.ToHtml(code);
        if (links.Count == 0)
            return html;
        var result = new StringBuilder(html.Length + 80 * links.Count);
        // The highlighter drops empty lines at the start.
        var at = code.Length - code.TrimStart('\r', '\n').Length;
        var next = 0;
        var open = -1;
        for (var i = 0; i < html.Length;)
        {
            if (html[i] == '<')
            {
                var end = html.IndexOf('>', i) + 1;
                result.Append(html, i, end - i);
                i = end;
                continue;
            }
            while (next < links.Count && links[next].Start < at)
                next++;
            if (open < 0 && next < links.Count && links[next].Start == at)
            {
                result.Append(CultureInfo.InvariantCulture, $"<a class=\"name\" href=\"{links[next].Href}\">");
                open = at + links[next++].Length;
            }
            var length = 1;
            if (html[i] == '&')
            {
                length = html.IndexOf(';', i) + 1 - i;
                // A character outside the first plane is one entity and two characters of the text.
                if (html[i + 1] == '#' && int.TryParse(html.AsSpan(i + 2, length - 3), CultureInfo.InvariantCulture, out var point) && point > 0xFFFF)
                    at++;
            }
            result.Append(html, i, length);
            i += length;
            at++;
            if (at == open)
            {
                result.Append("</a>");
                open = -1;
            }
        }
        return result.ToString();
    }
}
