using System.Text;
using System.Text.RegularExpressions;

namespace CourseKit.Cli;

/// <summary>
/// Takes the formulas out of a Markdown text before Markdown sees them, as Jupyter does: an underscore or a bar inside a formula is then
/// neither emphasis nor the edge of a table cell.
/// </summary>
internal static partial class FormulaExtractor
{
    // Characters for private use: no text has them, and Markdown passes them through.
    private const char Open = '\uE000', Close = '\uE001';

    /// <summary>A formula that was taken out.</summary>
    /// <param name="Tex">The text between the delimiters.</param>
    /// <param name="Display">Whether it stands on a line of its own.</param>
    public readonly record struct Extracted(string Tex, bool Display);

    /// <summary>Replaces every formula by a mark.</summary>
    public static (string Markdown, IReadOnlyList<Extracted> Formulas) Extract(string markdown)
    {
        var formulas = new List<Extracted>();
        var result = new StringBuilder();
        for (var at = 0; at < markdown.Length;)
        {
            var rest = markdown.AsSpan(at);
            if (CodeLength(markdown, at) is var code and > 0)
            {
                result.Append(rest[..code]);
                at += code;
            }
            else if (rest[0] == '\\' && rest.Length > 1)
            {
                if (rest.StartsWith("\\begin{") && Block().Match(markdown, at) is { Success: true } block && block.Index == at)
                {
                    at += Mark(new Extracted(block.Value, true), block.Length);
                    continue;
                }
                // An escaped dollar is a dollar; every other escape is Markdown's affair.
                result.Append(rest[1] == '$' ? "$" : rest[..2].ToString());
                at += 2;
            }
            else if (rest.StartsWith("$$") && Ending(markdown, at + 2, "$$") is var display and > 0)
                at += Mark(new Extracted(markdown[(at + 2)..display], true), display + 2 - at);
            else if (rest[0] == '$' && Ending(markdown, at + 1, "$") is var inline and > 0)
                at += Mark(new Extracted(markdown[(at + 1)..inline], false), inline + 1 - at);
            else
            {
                result.Append(rest[0]);
                at++;
            }
        }
        return (result.ToString(), formulas);

        int Mark(Extracted formula, int length)
        {
            result.Append(Open).Append(formulas.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)).Append(Close);
            formulas.Add(formula);
            return length;
        }
    }

    /// <summary>Puts something in the place of every mark.</summary>
    public static string Restore(string html, Func<int, string> formula) =>
        Marked().Replace(html, mark => formula(int.Parse(mark.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>How long the code span or the fenced block is that begins here; 0 where none does.</summary>
    private static int CodeLength(string markdown, int at)
    {
        if (markdown[at] is not ('`' or '~'))
            return 0;
        var run = 1;
        while (at + run < markdown.Length && markdown[at + run] == markdown[at])
            run++;
        var lineStart = markdown.LastIndexOf('\n', System.Math.Max(at - 1, 0)) + 1;
        if (at == 0)
            lineStart = 0;
        if (run >= 3 && markdown[lineStart..at].Trim().Length == 0)
        {
            var fence = new string(markdown[at], run);
            for (var line = markdown.IndexOf('\n', at); line >= 0; line = markdown.IndexOf('\n', line + 1))
                if (markdown.AsSpan(line + 1).TrimStart(' ').StartsWith(fence))
                {
                    var end = markdown.IndexOf('\n', line + 1);
                    return (end < 0 ? markdown.Length : end) - at;
                }
            return markdown.Length - at;
        }
        if (markdown[at] == '~')
            return run;
        for (var end = at + run; end < markdown.Length;)
        {
            var next = markdown.IndexOf('`', end);
            if (next < 0)
                break;
            var length = 1;
            while (next + length < markdown.Length && markdown[next + length] == '`')
                length++;
            if (length == run)
                return next + length - at;
            end = next + length;
        }
        return run;
    }

    /// <summary>Where the closing delimiter stands, braces balanced and within the paragraph; -1 where there is none.</summary>
    private static int Ending(string markdown, int from, string delimiter)
    {
        var depth = 0;
        for (var i = from; i < markdown.Length; i++)
        {
            var c = markdown[i];
            if (c == '\\')
                i++;
            else if (c == '\n' && BlankLine().Match(markdown, i) is { Success: true } blank && blank.Index == i)
                return -1;
            else if (depth == 0 && string.CompareOrdinal(markdown, i, delimiter, 0, delimiter.Length) == 0)
                return i > from ? i : -1;
            else
                depth += c == '{' ? 1 : c == '}' && depth > 0 ? -1 : 0;
        }
        return -1;
    }

    [GeneratedRegex(@"\\begin\{((?:align|equation|gather)\*?)\}[\s\S]*?\\end\{\1\}")]
    private static partial Regex Block();

    [GeneratedRegex(@"\n[ \t]*(\n|$)")]
    private static partial Regex BlankLine();

    [GeneratedRegex("\uE000(\\d+)\uE001")]
    private static partial Regex Marked();
}
