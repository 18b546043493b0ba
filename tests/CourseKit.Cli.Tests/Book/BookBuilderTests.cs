using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CourseKit.Kernel;

namespace CourseKit.Cli.Tests;

public sealed class BookBuilderTests : IDisposable
{
    private const string Script = "<script data-coursekit=\"plotly.js\">window.Plotly = {};</script>";
    private const string Figure = "<div class=\"coursekit-figure\" id=\"ck-1\"></div><script type=\"application/json\">{\"src\": \"https://example.org\"}</script><script>draw()</script>";

    private readonly TemporaryFolder _folder = new();

    private string Book => Path.Combine(_folder.Path, "book");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pages_hold_the_cells_and_their_outputs_in_order()
    {
        BookBuilder.Build([Run("02-a", Notebooks.Markdown("m", "# Chapter\n\nWhat it is."), Notebooks.Code("c", "var x = 1;",
            Notebooks.Stream("stdout", "one <1>\n"), Notebooks.Display("text/html", "<b>two</b>"), Notebooks.Display("image/png", "AAAA\n"), Notebooks.Display("image/svg+xml", "<?xml?><svg id=\"four\"></svg>"), Notebooks.Display("text/plain", "five <5>"), Notebooks.Error("System.Exception", "six", "\u001b[31mSystem.Exception: six\u001b[0m\n at cell")))], Book);
        var page = File.ReadAllText(Path.Combine(Book, "02-a.html"));
        string[] expected = ["<h1 id=\"chapter\">", "<span class=\"keyword\">var</span>", "one &lt;1&gt;</pre>", "<b>two</b>", "data:image/png;base64,AAAA\"", "<svg id=\"four\">", "five &lt;5&gt;", "System.Exception: six\n at cell</pre>"];
        var places = expected.Select(e => page.IndexOf(e, StringComparison.Ordinal)).ToArray();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void Plotly_is_taken_out_once_and_only_pages_with_charts_load_it()
    {
        BookBuilder.Build([Run("01-a", Notebooks.Code("a", "f", Notebooks.Display("text/html", Script + Figure))), Run("02-b", Notebooks.Code("b", "f", Notebooks.Display("text/html", Script + Figure))), Run("03-c", Notebooks.Markdown("m", "text"))], Book);
        Assert.Equal("window.Plotly = {};", File.ReadAllText(Path.Combine(Book, "assets", "plotly.min.js")));
        var pages = ((string[])["01-a", "02-b", "03-c"]).Select(n => File.ReadAllText(Path.Combine(Book, n + ".html"))).ToArray();
        Assert.All(pages, p => Assert.DoesNotContain("data-coursekit", p, StringComparison.Ordinal));
        Assert.Equal([1, 1, 0], pages.Select(p => p.Split("assets/plotly.min.js").Length - 1));
    }

    [Fact]
    public void No_page_loads_anything_from_elsewhere()
    {
        BookBuilder.Build([Run("01-a", Notebooks.Markdown("m", "[out](https://example.org)"), Notebooks.Code("a", "f", Notebooks.Display("text/html", Script + Figure)))], Book);
        var loads = new Regex("""<(?:script|link|img|iframe)[^>]*?(?:src|href)="([^"]*)""");
        foreach (var file in Directory.GetFiles(Book, "*.html"))
            foreach (Match load in loads.Matches(File.ReadAllText(file)))
                Assert.True(load.Groups[1].Value.StartsWith("data:", StringComparison.Ordinal) || File.Exists(Path.Combine(Book, load.Groups[1].Value)), load.Value);
        Assert.DoesNotMatch(@"(?:url\(|@import)\s*[""']?https?:", File.ReadAllText(Path.Combine(Book, "assets", "book.css")));
    }

    [Theory]
    [InlineData("<script src=\"https://cdn.example.org/plotly.js\"></script>")]
    [InlineData("<img src='//example.org/a.png'>")]
    [InlineData("<link rel=stylesheet href=http://example.org/a.css>")]
    [InlineData("<style>@import 'https://example.org/a.css';</style>")]
    [InlineData("<div style=\"background: url(https://example.org/a.png)\"></div>")]
    public void An_output_that_would_need_the_network_stops_the_book(string html)
    {
        var error = Assert.Throws<BookException>(() => BookBuilder.Build([Run("01-a", Notebooks.Code("c", "x", Notebooks.Display("text/html", html)))], Book));
        Assert.StartsWith("01-a.ipynb, cell c: this would need the network", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Book));
    }

    [Fact]
    public void Charts_without_plotly_stop_the_book() =>
        Assert.Contains("plotly.js", Assert.Throws<BookException>(() => BookBuilder.Build([Run("01-a", Notebooks.Code("c", "x", Notebooks.Display("text/html", Figure)))], Book)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_book_that_cannot_be_built_leaves_the_old_one_and_nothing_else()
    {
        BookBuilder.Build([Run("01-a", Notebooks.Markdown("m", "old"))], Book);
        var before = Directory.GetFileSystemEntries(_folder.Path).Order().ToArray();
        var error = Assert.Throws<BookException>(() => BookBuilder.Build([Run("01-a", Notebooks.Markdown("m", "new")), Run("02-b", Notebooks.Markdown("m", @"$\nope$"))], Book));
        Assert.Contains(@"02-b.ipynb, cell m: formula $\nope$, column 1: unknown command \nope", error.Message, StringComparison.Ordinal);
        Assert.Contains("old", File.ReadAllText(Path.Combine(Book, "01-a.html")), StringComparison.Ordinal);
        Assert.Equal(before.Append(Path.Combine(_folder.Path, "02-b.ipynb")).Order(), Directory.GetFileSystemEntries(_folder.Path).Order());
    }

    [Fact]
    public void A_new_book_takes_the_place_of_the_old_one_whole()
    {
        BookBuilder.Build([Run("01-a", Notebooks.Markdown("m", "x")), Run("02-b", Notebooks.Markdown("m", "x"))], Book);
        BookBuilder.Build([Run("02-b", Notebooks.Markdown("m", "y"))], Book);
        Assert.Equal(["02-b.html", "assets", "index.html", "search.html"], Directory.GetFileSystemEntries(Book).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_folder_that_is_no_book_is_not_written_over()
    {
        _folder.Write("book/thesis.txt", "years of work");
        Assert.Throws<BookException>(() => BookBuilder.Build([Run("01-a")], Book));
        Assert.Equal("years of work", File.ReadAllText(Path.Combine(Book, "thesis.txt")));
    }

    [Fact]
    public void The_index_and_the_pages_lead_to_each_other()
    {
        BookBuilder.Build([Run("01-a", Notebooks.Markdown("m", "# First\n\nOf the neuron.")), Run("02-b", Notebooks.Markdown("m", "# Second & last\n\n## Part"), Notebooks.Code("c", "x", Notebooks.Display("image/png", "AA")))], Book);
        var index = File.ReadAllText(Path.Combine(Book, "index.html"));
        Assert.Contains("<h2>First</h2>", index, StringComparison.Ordinal);
        Assert.Contains("<p>Of the neuron.</p>", index, StringComparison.Ordinal);
        Assert.Contains("Second &amp; last", index, StringComparison.Ordinal);
        Assert.Contains("1 cell, 1 figure, 1.5 s to run", index, StringComparison.Ordinal);
        var links = new Regex("<a[^>]*href=\"([^\"#]+)(#[^\"]*)?\"");
        Assert.Contains("Second &amp; last", File.ReadAllText(Path.Combine(Book, "02-b.html")), StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(Book, "*.html"))
            Assert.All(links.Matches(File.ReadAllText(file)), l => Assert.True(File.Exists(Path.Combine(Book, l.Groups[1].Value)), l.Value));
        Assert.Contains("rel=\"next\" href=\"02-b.html\"", File.ReadAllText(Path.Combine(Book, "01-a.html")), StringComparison.Ordinal);
        Assert.Contains("<li class=\"level2\"><a href=\"#part\">Part</a></li>", File.ReadAllText(Path.Combine(Book, "02-b.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_editions_lead_to_each_other_and_one_that_lacks_a_page_to_its_contents()
    {
        BookBuilder.Build(
        [
            Run("en/01-a", Notebooks.Markdown("m", "# First")), Run("en/02-b", Notebooks.Markdown("m", "# Second")), Run("zh/01-a", Notebooks.Markdown("m", "# 第一\n\n感知器会学习。\n\n[下一章](01-a.ipynb)")),
        ], Book);
        var chinese = File.ReadAllText(Path.Combine(Book, "zh", "01-a.html"));
        Assert.Contains("<html lang=\"zh-CN\">", chinese, StringComparison.Ordinal);
        Assert.Contains("<a class=\"language\" lang=\"en\" hreflang=\"en\" href=\"../01-a.html\">English</a>", chinese, StringComparison.Ordinal);
        Assert.Contains("href=\"../assets/book.css\"", chinese, StringComparison.Ordinal);
        Assert.Contains("href=\"zh/01-a.html\">中文</a>", File.ReadAllText(Path.Combine(Book, "01-a.html")), StringComparison.Ordinal);
        Assert.Contains("href=\"zh/index.html\">中文</a>", File.ReadAllText(Path.Combine(Book, "02-b.html")), StringComparison.Ordinal);
        Assert.Contains("感知器会学习。", File.ReadAllText(Path.Combine(Book, "assets", "search-zh.js")), StringComparison.Ordinal);
        Assert.DoesNotContain("感知器会学习。", File.ReadAllText(Path.Combine(Book, "assets", "search-en.js")), StringComparison.Ordinal);
    }

    [Fact]
    public void Slides_begin_with_each_piece_of_prose_and_each_further_cell_of_code()
    {
        BookBuilder.Build([Run("01-a", Notebooks.Markdown("a", "# A"), Notebooks.Code("b", "b"), Notebooks.Code("c", "c"), Notebooks.Markdown("d", "text"))], Book, slides: true);
        var slides = File.ReadAllText(Path.Combine(Book, "01-a.lecture.html")).Split("<section class=\"slide\"")[1..];
        Assert.Equal([("cell-a", true), ("cell-c", false), ("cell-d", false)], slides.Select(slide => (new Regex("id=\"(cell-.)\"").Match(slide).Groups[1].Value, slide.Contains("cell-b", StringComparison.Ordinal))));
        Assert.Contains("01-a.lecture.html", File.ReadAllText(Path.Combine(Book, "01-a.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Tags_say_what_is_shown()
    {
        BookBuilder.Build([Run("01-a",
            Notebooks.Tagged(Notebooks.Code("a", "codeA", Notebooks.Stream("stdout", "outA")), "remove-cell"),
            Notebooks.Tagged(Notebooks.Code("b", "codeB", Notebooks.Stream("stdout", "outB")), "remove-input"),
            Notebooks.Tagged(Notebooks.Code("c", "codeC", Notebooks.Stream("stdout", "outC")), "remove-output"),
            Notebooks.Tagged(Notebooks.Code("d", "codeD"), "skip-execution"),
            Notebooks.Tagged(Notebooks.Code("e", "codeE"), "hide-input"))], Book);
        var page = File.ReadAllText(Path.Combine(Book, "01-a.html"));
        foreach (var absent in (string[])["codeA", "outA", "codeB", "outC"])
            Assert.DoesNotContain(absent, page, StringComparison.Ordinal);
        foreach (var present in (string[])["outB", "codeC", "codeD", "codeE"])
            Assert.Contains(present, page, StringComparison.Ordinal);
        Assert.Contains("not run in this book</p>\n<div class=\"code\"><pre tabindex=\"0\"><code>codeD", page, StringComparison.Ordinal);
        Assert.Contains("<details><summary>code</summary>", page, StringComparison.Ordinal);
    }

    private RunResult Run(string name, params JsonObject[] cells)
    {
        var path = _folder.Write(name + ".ipynb", Notebooks.Json(cells));
        return new RunResult(path, RunState.Succeeded, null, null, null, 1, 1, TimeSpan.FromSeconds(1.5), 0, Notebook.Load(path));
    }
}
