using System.Text;
using System.Text.RegularExpressions;
using System.Net;

namespace CourseKit.Cli;

/// <summary>The links that one page of the course makes by itself: from names of code to their source, from terms to the glossary.</summary>
/// <param name="course">Where the names and the terms are.</param>
/// <param name="edition">The page's language.</param>
/// <param name="address">The page's address.</param>
internal sealed partial class PageLinks(CourseSources course, Edition edition, string address)
{
    private readonly HashSet<GlossaryTerm> _used = [];

    /// <summary>The page's title, known once its first heading was met; for the way back from the sources.</summary>
    public string Title { get; set; } = "";

    /// <summary>The last heading, for the same.</summary>
    public string Section { get; set; } = "";

    /// <summary>The address of a declaration's source, as the page sees it; the source's page will lead back to the cell.</summary>
    public string Source(SourcePlace place, string anchor)
    {
        var title = Section.Length == 0 || Section == Title ? Title : $"{Title} › {Section}";
        var (page, line) = course.Pages.Name(place, address, anchor, title);
        return $"{PageAddress.Href(address, page)}#{line}";
    }

    /// <summary>The page of a source file that a text links to; null for other files.</summary>
    public string? SourceFile(string path, string anchor) =>
        course.Pages.SourceFile(path) is { } file ? Source(new SourcePlace(file, 1), anchor).Split('#')[0] : null;

    /// <summary>Links names of code and first uses of terms in a cell's HTML; headings, links, formulas and blocks of code stay as they are.</summary>
    public string Prose(string html, string anchor)
    {
        var result = new StringBuilder(html.Length * 2);
        var (skipping, code) = ("", false);
        var glossary = Section is "References" or "参考文献" ? null : course.Glossary; // the titles of papers are quoted
        foreach (Match part in Part().Matches(html))
        {
            var tag = part.Groups["tag"].Value.ToLowerInvariant();
            if (tag.Length > 0)
            {
                var closing = part.Value.StartsWith("</", StringComparison.Ordinal);
                if (skipping.Length > 0)
                    skipping = closing && tag == skipping ? "" : skipping;
                else if (tag == "code")
                    code = !closing;
                else if (!closing && tag is "a" or "pre" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "script" or "style" && !closing)
                    skipping = tag;
                result.Append(part.Value);
            }
            else if (skipping.Length > 0)
                result.Append(part.Value);
            else if (code)
                result.Append(course.Library.Find(WebUtility.HtmlDecode(part.Value)) is { } place ? $"<a class=\"name\" href=\"{Source(place, anchor)}\">{part.Value}</a>" : part.Value);
            else
                result.Append(glossary?.Link(part.Value, edition, _used, PageAddress.Href(address, edition.Folder + "glossary.html")) ?? part.Value);
        }
        return result.ToString();
    }

    /// <summary>A cell of code, highlighted and linked.</summary>
    public string Code(string code, IReadOnlyList<CodeName> names, string anchor) =>
        LinkedCode.ToHtml(code, [.. names.Select(name => (name.Start, name.Length, Source(name.Place, anchor)))]);

    [GeneratedRegex(@"</?(?<tag>[a-zA-Z][a-zA-Z0-9]*)\b[^>]*>|[^<]+|<")]
    private static partial Regex Part();
}
