namespace CourseKit.Cli.Tests;

public sealed class MarkdownRendererTests : IDisposable
{
    private static readonly CellPlace Place = new("/course/02-x.ipynb", "intro");
    private readonly TemporaryFolder _folder = new();
    private readonly MarkdownRenderer _renderer;

    public MarkdownRendererTests() => _renderer = new MarkdownRenderer(new BookLinks(_folder.Path, Path.Combine(_folder.Path, "book"), new Dictionary<string, string> { [Path.Combine(_folder.Path, "03.ipynb")] = "03.html" }));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_formula_with_underscores_and_bars_survives_emphasis_and_tables()
    {
        var html = _renderer.Render("*a* $x_1 y_2$\n\n| a | b |\n|---|---|\n| $|x|$ | 2 |", Place);
        Assert.Contains("<em>a</em> <math><mrow><msub><mi>x</mi><mn>1</mn></msub><msub><mi>y</mi>", html, StringComparison.Ordinal);
        Assert.Equal(2, html.Split("<td>").Length - 1);
        Assert.Contains("<div class=\"wide\" tabindex=\"0\"><table>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("```bash\na long line\n```")]
    [InlineData("```\na long line\n```")]
    [InlineData("    a long line")]
    public void A_box_of_code_can_be_scrolled_by_the_keys(string markdown) =>
        Assert.Contains("<pre tabindex=\"0\"><code", _renderer.Render(markdown, Place), StringComparison.Ordinal);

    [Fact]
    public void A_numbered_formula_has_an_anchor_and_shows_its_number()
    {
        var html = _renderer.Render(@"$$a = b \tag{13}$$", Place);
        Assert.Contains("<span class=\"formula\" id=\"eq-13\">", html, StringComparison.Ordinal);
        Assert.Contains("<a class=\"number\" href=\"#eq-13\">(13)</a>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_command_is_reported_with_notebook_cell_formula_and_column()
    {
        var error = Assert.Throws<BookException>(() => _renderer.Render(@"Here $a + \foo$ stands.", Place));
        Assert.Equal(@"02-x.ipynb, cell intro: formula $a + \foo$, column 5: unknown command \foo", error.Message);
    }

    [Fact]
    public void Headings_get_anchors_once_each_and_make_the_contents()
    {
        var html = _renderer.Render("# The *title* of $x$\n\n## Same\n\n## Same\n\n## 感知器", Place);
        Assert.Equal(["the-title-of", "same", "same-2", "感知器"], _renderer.Headings.Select(h => h.Anchor));
        Assert.Contains("<h2 id=\"same-2\">", html, StringComparison.Ordinal);
        Assert.Equal("The <em>title</em> of <math><mi>x</mi></math>", _renderer.Headings[0].Html);
        Assert.Equal("The title of", _renderer.Title);
    }

    [Fact]
    public void Initials_are_no_list() =>
        Assert.Equal("<ol>\n<li>D. H. Hubel and T. N. Wiesel</li>\n<li>K. Fukushima</li>\n</ol>", _renderer.Render("1. D. H. Hubel and T. N. Wiesel\n2. K. Fukushima", Place).Trim());

    [Fact]
    public void The_first_paragraph_is_the_description()
    {
        _renderer.Render("# Title\n\nA *line* with $x$\nand more.\n\nAnother.", Place);
        Assert.Equal("A line with x and more.", _renderer.FirstParagraph);
    }

    [Fact]
    public void Links_lead_to_pages_files_and_the_web()
    {
        _folder.Write("src/A.cs", "");
        var html = _renderer.Render("[p](03.ipynb#s) [f](src/A.cs) [w](https://example.org) [h](#here)", Place);
        foreach (var href in (string[])["03.html#s", "../src/A.cs", "https://example.org", "#here"])
            Assert.Contains($"href=\"{href}\"", html, StringComparison.Ordinal);
        Assert.Contains("which is not there", Assert.Throws<BookException>(() => _renderer.Render("[x](no.cs)", Place)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_becomes_part_of_the_page_and_none_comes_from_the_network()
    {
        _folder.Write("a.svg", "<svg/>");
        Assert.Contains("src=\"data:image/svg+xml;base64,PHN2Zy8+\"", _renderer.Render("![x](a.svg)", Place), StringComparison.Ordinal);
        foreach (var markdown in (string[])["![x](https://example.org/a.png)", "<img src=\"http://example.org/a.png\">", "![x](none.png)"])
            Assert.StartsWith("02-x.ipynb, cell intro: ", Assert.Throws<BookException>(() => _renderer.Render(markdown, Place)).Message, StringComparison.Ordinal);
    }
}
