using System.Globalization;
using System.Net;
using System.Text;

namespace CourseKit.Cli;

/// <summary>The source files that the book names, as pages of it, each with the places of the book that lead to it.</summary>
/// <param name="root">The repository.</param>
internal sealed class SourcePages(string root)
{
    private readonly SortedDictionary<string, List<(string Page, string Anchor, string Title)>> _named = new(StringComparer.Ordinal);

    /// <summary>The address of a declaration's page; from then on the book has that page.</summary>
    /// <param name="place">The declaration.</param>
    /// <param name="page">The page that names it.</param>
    /// <param name="anchor">Where on that page.</param>
    /// <param name="title">What that place is called.</param>
    /// <returns>The address seen from the book, and the line's anchor.</returns>
    public (string Page, string Anchor) Name(SourcePlace place, string page, string anchor, string title)
    {
        if (!_named.TryGetValue(place.File, out var users))
            _named.Add(place.File, users = []);
        if (!users.Any(user => user.Page == page && user.Anchor == anchor))
            users.Add((page, anchor, title));
        return (Address(place.File), $"L{place.Line}");
    }

    /// <summary>Whether a file is C# source of the course.</summary>
    public string? SourceFile(string path)
    {
        var relative = Path.GetRelativePath(root, path).Replace('\\', '/');
        return relative.EndsWith(".cs", StringComparison.Ordinal) && !relative.StartsWith("..", StringComparison.Ordinal) && File.Exists(path) ? relative : null;
    }

    /// <summary>All pages that were asked for: address, title and content.</summary>
    public IEnumerable<(string Address, string Title, string Html)> Pages() => _named.Select(named =>
    {
        var address = Address(named.Key);
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<h1 class=\"file\">{WebUtility.HtmlEncode(Path.GetFileName(named.Key))}</h1>\n<p class=\"path\"><code>{WebUtility.HtmlEncode(named.Key)}</code></p>\n");
        html.Append("<h2>Where the book uses it</h2>\n<ul class=\"users\">\n");
        foreach (var (page, anchor, title) in named.Value.OrderBy(user => user.Page, StringComparer.Ordinal))
            html.Append(CultureInfo.InvariantCulture, $"<li><a href=\"{PageAddress.Href(address, page)}#{anchor}\">{WebUtility.HtmlEncode(title)}</a></li>\n");
        html.Append("</ul>\n<h2>Source</h2>\n").Append(Listing(File.ReadAllText(Path.Combine(root, named.Key))));
        return (address, Path.GetFileName(named.Key), html.ToString());
    });

    private static string Address(string file) =>
        "source/" + (file.StartsWith("src/", StringComparison.Ordinal) ? file[4..] : file).Replace('/', '-')[..^3] + ".html";

    private static string Listing(string code)
    {
        var html = CSharpHighlighter.ToHtml(code.Replace("\r\n", "\n", StringComparison.Ordinal).TrimStart('\uFEFF')).Split('\n');
        var lines = html.Select((line, i) => string.Create(CultureInfo.InvariantCulture, $"<span class=\"line\" id=\"L{i + 1}\" data-n=\"{i + 1}\"></span>{line}"));
        return $"<div class=\"code listing\"><pre tabindex=\"0\"><code>{string.Join('\n', lines)}</code></pre></div>\n";
    }
}
