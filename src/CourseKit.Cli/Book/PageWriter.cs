using System.Globalization;
using System.Net;
using System.Text;

namespace CourseKit.Cli;

/// <summary>The frame around a page: head, navigation, language switch, table of contents; and the contents of an edition.</summary>
/// <param name="site">All pages of the book.</param>
internal sealed class PageWriter(BookSite site)
{
    /// <summary>A notebook's or a text's page.</summary>
    public string Page(BookPage page)
    {
        var edition = page.Edition;
        var contents = new StringBuilder();
        foreach (var heading in page.Headings.Where(h => h.Level is 2 or 3))
            contents.Append(CultureInfo.InvariantCulture, $"<li class=\"level{heading.Level}\"><a href=\"#{heading.Anchor}\">{heading.Html}</a></li>\n");
        var toc = contents.Length == 0 ? "" : $"<aside aria-label=\"{edition.Say("On this page", "本页内容")}\"><details class=\"toc\" open><summary>{edition.Say("On this page", "本页内容")}</summary>\n<ol>\n{contents}</ol></details></aside>\n";
        var notebooks = site.Notebooks(edition);
        var at = Enumerable.Range(0, notebooks.Count).FirstOrDefault(i => notebooks[i] == page, -1);
        var (previous, next) = at < 0 ? (null, null) : (notebooks.ElementAtOrDefault(at - 1), notebooks.ElementAtOrDefault(at + 1));
        var slides = page.IsNotebook && site.HasSlides ? $"<a class=\"slides\" href=\"{PageAddress.Href(page.Address, BookSite.Slides(page.Address))}\">{edition.Say("Slides", "投影")}</a>" : "";
        return Frame(edition, page.Address, page.Title, page.HasCharts ? ["plotly.min.js"] : [], $"""
            {Bar(edition, page.Address, page.Title, slides + Arrow(page, previous, "prev", "←") + Arrow(page, next, "next", "→"))}
            <div class="page{(toc.Length == 0 ? " plain" : "")}">
            {toc}<main id="content">
            {page.Body}
            <nav class="foot" aria-label="{edition.Say("previous and next page", "上一页和下一页")}">{Foot(page, previous, "prev", edition.Say("Previous", "上一章"))}{Foot(page, next, "next", edition.Say("Next", "下一章"))}</nav>
            </main>
            </div>
            """);
    }

    /// <summary>A page that the book made of data or of a source file.</summary>
    public string Plain(Edition edition, string address, string title, string html) => Frame(edition, address, title, [], $"""
        {Bar(edition, address, title, "")}
        <div class="page plain"><main id="content" class="generated">
        {html}</main></div>
        """);

    /// <summary>An edition's contents.</summary>
    public string Index(Edition edition)
    {
        var address = edition.Folder + "index.html";
        var entries = string.Concat(site.Notebooks(edition).Select(page => $"""
            <li><a class="entry" href="{PageAddress.Href(address, page.Address)}"><h2>{Encode(page.Title)}</h2>
            <p>{Encode(Shorten(page.Description))}</p>
            <p class="figures">{Figures(page)}</p></a></li>

            """));
        var more = site.More(edition).Select(page => $"<li><a href=\"{PageAddress.Href(address, page.Address)}\">{Encode(page.Title)}</a></li>\n").ToList();
        var moreList = more.Count == 0 ? "" : $"<h2>{edition.Say("Beside the chapters", "各章之外")}</h2>\n<ul class=\"more\">\n{string.Concat(more)}</ul>\n";
        return Frame(edition, address, edition.Say("Contents", "目录"), [], $"""
            {Bar(edition, address, edition.Say("Contents", "目录"), "")}
            <main class="index" id="content">
            <h1>CourseKit</h1>
            <p class="lead">{edition.Say(
                "A course on deep learning that runs: every formula of the lecture beside the code that computes it and the picture it draws.",
                "一门跑得起来的深度学习课程：讲义的每个公式，旁边就是计算它的代码和它画出的图。")}</p>
            <ol class="entries">
            {entries}</ol>
            {moreList}</main>
            """);
    }

    /// <summary>An edition's search page.</summary>
    public string Search(Edition edition)
    {
        var title = edition.Say("Search", "搜索");
        return Frame(edition, edition.Folder + "search.html", title, [$"search-{edition.Language}.js", "search.js"], $"""
            {Bar(edition, edition.Folder + "search.html", title, "", withSearch: false)}
            <div class="page plain"><main id="content" class="search-page">
            <h1>{title}</h1>
            <form role="search"><label>{edition.Say("Words of the course", "课程里的词")} <input type="search" name="q" autocomplete="off"></label></form>
            <p class="status" role="status" data-some="{edition.Say("# sections", "# 节")}" data-none="{edition.Say("Nothing was found.", "没有找到。")}"></p>
            <ol class="results"></ol>
            </main></div>
            """);
    }

    /// <summary>A notebook's full-screen pages for the projector: a slide for each piece of prose and for each cell of code after it.</summary>
    public string Lecture(BookPage page)
    {
        var edition = page.Edition;
        var address = BookSite.Slides(page.Address);
        var slides = new List<StringBuilder>();
        var hasCode = false;
        foreach (var cell in page.Cells.Where(cell => cell.Html.Length > 0))
        {
            if (slides.Count == 0 || cell.IsProse || hasCode)
                slides.Add(new StringBuilder());
            hasCode = !cell.IsProse;
            slides[^1].Append(cell.Html);
        }
        var html = string.Concat(slides.Select((slide, i) => string.Create(CultureInfo.InvariantCulture, $"<section class=\"slide\" id=\"slide-{i + 1}\" aria-label=\"{i + 1} / {slides.Count}\"><div class=\"stage\">\n{slide}</div></section>\n")));
        return Frame(edition, address, page.Title, page.HasCharts ? ["plotly.min.js", "lecture.js"] : ["lecture.js"], $"""
            <main id="content" class="lecture">
            {html}</main>
            <nav class="remote" aria-label="{edition.Say("slides", "幻灯片")}"><a href="{PageAddress.Href(address, page.Address)}">{edition.Say("Page", "书页")}</a><button type="button" data-step="-1" aria-label="{edition.Say("previous slide", "上一张")}">←</button><span class="where" role="status"></span><button type="button" data-step="1" aria-label="{edition.Say("next slide", "下一张")}">→</button></nav>
            """, "lecture.css");
    }

    private string Bar(Edition edition, string address, string title, string more, bool withSearch = true)
    {
        var home = PageAddress.Href(address, edition.Folder + "index.html");
        var languages = string.Concat(Edition.All.Where(other => other != edition).Select(other => (other, There: site.In(edition, address, other))).Where(o => o.There is not null)
            .Select(o => $"<a class=\"language\" lang=\"{o.other.Language}\" hreflang=\"{o.other.Language}\" href=\"{PageAddress.Href(address, o.There!)}\">{o.other.Name}</a>"));
        var search = withSearch ? $"<form role=\"search\" action=\"{PageAddress.Href(address, edition.Folder + "search.html")}\"><input type=\"search\" name=\"q\" aria-label=\"{edition.Say("Search the course", "搜索课程")}\" placeholder=\"{edition.Say("Search", "搜索")}\"></form>" : "";
        return $"<a class=\"skip\" href=\"#content\">{edition.Say("To the content", "跳到正文")}</a>\n<nav class=\"bar\" aria-label=\"{edition.Say("book", "全书")}\"><a class=\"home\" href=\"{home}\">{edition.Say("Contents", "目录")}</a><span class=\"title\">{Encode(title)}</span>{search}{languages}{more}</nav>";
    }

    private static string Frame(Edition edition, string address, string title, IReadOnlyList<string> scripts, string body, string? style = null)
    {
        string Asset(string name) => PageAddress.Href(address, "assets/" + name);
        return $"""
        <!DOCTYPE html>
        <html lang="{edition.Say("en", "zh-CN")}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{Encode(title)} · {edition.Say("CourseKit: deep learning that runs", "CourseKit：跑得起来的深度学习")}</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="{Asset("book.css")}">
        {(style is null ? "" : $"<link rel=\"stylesheet\" href=\"{Asset(style)}\">\n")}{string.Concat(scripts.Select(script => $"<script src=\"{Asset(script)}\" defer></script>\n"))}<script src="{Asset("book.js")}" defer></script>
        </head>
        <body>
        {body}
        </body>
        </html>

        """.Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    private static string Arrow(BookPage from, BookPage? page, string rel, string arrow) =>
        page is null ? "" : $"<a class=\"{rel}\" rel=\"{rel}\" href=\"{PageAddress.Href(from.Address, page.Address)}\" title=\"{Encode(page.Title)}\" aria-label=\"{Encode(page.Title)}\">{arrow}</a>";

    private static string Foot(BookPage from, BookPage? page, string rel, string word) =>
        page is null ? "<span></span>" : $"<a class=\"{rel}\" rel=\"{rel}\" href=\"{PageAddress.Href(from.Address, page.Address)}\"><span>{word}</span>{Encode(page.Title)}</a>";

    private static string Figures(BookPage page) => page.Edition.Say(
        $"{Count(page.CellsRun, "cell")}, {Count(page.Figures, "figure")}, {Seconds(page.Elapsed)} s to run",
        $"{Count(page.CellsRun)} 个单元格，{Count(page.Figures)} 幅图，运行 {Seconds(page.Elapsed)} 秒");

    private static string Shorten(string text)
    {
        const int limit = 280;
        if (text.Length <= limit)
            return text;
        var space = text.LastIndexOf(' ', limit);
        return text[..(space > limit / 2 ? space : limit)] + " …";
    }

    private static string Count(int n, string what) => $"{Count(n)} {what}{(n == 1 ? "" : "s")}";

    private static string Count(int n) => n.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
