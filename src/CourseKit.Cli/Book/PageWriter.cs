using System.Globalization;
using System.Net;
using System.Text;

namespace CourseKit.Cli;

/// <summary>The frame around a page: head, navigation, table of contents; and the index.</summary>
internal static class PageWriter
{
    private const string BookTitle = "CourseKit: deep learning that runs";

    /// <summary>A notebook's page.</summary>
    public static string Page(BookPage page, BookPage? previous, BookPage? next)
    {
        var contents = new StringBuilder();
        foreach (var heading in page.Headings.Where(h => h.Level is 2 or 3))
            contents.Append(CultureInfo.InvariantCulture, $"<li class=\"level{heading.Level}\"><a href=\"#{heading.Anchor}\">{heading.Html}</a></li>\n");
        var toc = contents.Length == 0 ? "" : $"<details class=\"toc\" open><summary>On this page</summary>\n<ol>\n{contents}</ol></details>\n";
        return Frame(page.Title, page.HasCharts, $"""
            <nav class="bar" aria-label="book"><a class="home" href="index.html">Contents</a><span class="title">{Encode(page.Title)}</span>{Link(previous, "prev", "←")}{Link(next, "next", "→")}</nav>
            <div class="page">
            <aside>{toc}</aside>
            <main>
            {page.Body}
            <nav class="foot" aria-label="previous and next page">{Foot(previous, "prev", "Previous")}{Foot(next, "next", "Next")}</nav>
            </main>
            </div>
            """);
    }

    /// <summary>The index.</summary>
    public static string Index(IReadOnlyList<BookPage> pages)
    {
        var entries = string.Concat(pages.Select(page => $"""
            <li><a class="entry" href="{Encode(Uri.EscapeDataString(page.FileName))}"><h2>{Encode(page.Title)}</h2>
            <p>{Encode(Shorten(page.Description))}</p>
            <p class="figures">{Count(page.CellsRun, "cell")}, {Count(page.Figures, "figure")}, {Seconds(page.Elapsed)} to run</p></a></li>

            """));
        return Frame("Contents", false, $"""
            <main class="index">
            <h1>CourseKit</h1>
            <p class="lead">A course on deep learning that runs: every formula of the lecture beside the code that computes it and the picture it draws.</p>
            <ol class="entries">
            {entries}</ol>
            </main>
            """);
    }

    private static string Frame(string title, bool charts, string body) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{Encode(title)} · {BookTitle}</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="assets/book.css">
        {(charts ? "<script src=\"assets/plotly.min.js\" defer></script>\n" : "")}<script src="assets/book.js" defer></script>
        </head>
        <body>
        {body}
        </body>
        </html>

        """.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static string Link(BookPage? page, string rel, string arrow) =>
        page is null ? "" : $"<a class=\"{rel}\" rel=\"{rel}\" href=\"{Encode(Uri.EscapeDataString(page.FileName))}\" title=\"{Encode(page.Title)}\" aria-label=\"{Encode(page.Title)}\">{arrow}</a>";

    private static string Foot(BookPage? page, string rel, string word) =>
        page is null ? "<span></span>" : $"<a class=\"{rel}\" rel=\"{rel}\" href=\"{Encode(Uri.EscapeDataString(page.FileName))}\"><span>{word}</span>{Encode(page.Title)}</a>";

    private static string Shorten(string text)
    {
        const int limit = 280;
        if (text.Length <= limit)
            return text;
        var space = text.LastIndexOf(' ', limit);
        return text[..(space > 0 ? space : limit)] + " …";
    }

    private static string Count(int n, string what) => string.Create(CultureInfo.InvariantCulture, $"{n} {what}{(n == 1 ? "" : "s")}");

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
