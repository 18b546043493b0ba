using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>One cell of a page, rendered.</summary>
/// <param name="Html">The section.</param>
/// <param name="IsProse">Whether it is prose and not code.</param>
internal readonly record struct PageCell(string Html, bool IsProse);

/// <summary>A page of the book, rendered: a notebook's, or a text's.</summary>
/// <param name="Edition">Its language.</param>
/// <param name="Address">The page's file, seen from the book's folder.</param>
/// <param name="Title">Its first heading.</param>
/// <param name="Description">Its first paragraph.</param>
/// <param name="Headings">Its headings, for the table of contents.</param>
/// <param name="Sections">Its text, for the search.</param>
/// <param name="Cells">The cells.</param>
/// <param name="Figures">How many figures and pictures the cells showed.</param>
/// <param name="CellsRun">How many code cells were run.</param>
/// <param name="Elapsed">How long the notebook took.</param>
internal sealed record BookPage(
    Edition Edition, string Address, string Title, string Description, IReadOnlyList<MarkdownRenderer.Heading> Headings, IReadOnlyList<MarkdownRenderer.Section> Sections,
    IReadOnlyList<PageCell> Cells, int Figures, int CellsRun, TimeSpan Elapsed)
{
    /// <summary>The cells together.</summary>
    public string Body { get; } = string.Concat(Cells.Select(cell => cell.Html));

    /// <summary>Whether the page needs plotly.js.</summary>
    public bool HasCharts => Body.Contains("coursekit-figure", StringComparison.Ordinal);

    /// <summary>Whether it is a notebook's page.</summary>
    public bool IsNotebook => CellsRun >= 0;

    /// <summary>Renders an executed notebook.</summary>
    /// <param name="result">What the runner handed back; it succeeded.</param>
    /// <param name="edition">Its language.</param>
    /// <param name="address">The page's address.</param>
    /// <param name="links">Where the notebook's links lead.</param>
    /// <param name="plotly">Where plotly.js is kept.</param>
    /// <param name="course">The links that the book makes by itself; null in a book of one's own notebooks.</param>
    /// <param name="names">The names in the cells that the course's library declares.</param>
    /// <exception cref="BookException">A cell cannot be rendered; the message names it.</exception>
    public static BookPage Render(
        RunResult result, Edition edition, string address, BookLinks links, PlotlyScript plotly, PageLinks? course, IReadOnlyDictionary<string, IReadOnlyList<CodeName>>? names)
    {
        var markdown = new MarkdownRenderer(links, course);
        var outputs = new OutputRenderer(plotly, markdown);
        var renderer = new CellRenderer(markdown, outputs, result.NotebookPath, course, names);
        PageCell[] cells = [.. result.Executed!.Cells.Select(cell => new PageCell(renderer.Render(cell), cell.Kind == NotebookCellKind.Markdown))];
        return new BookPage(edition, address, markdown.Title ?? Path.GetFileNameWithoutExtension(result.NotebookPath), markdown.FirstParagraph ?? "", markdown.Headings, markdown.Sections,
            cells, outputs.Figures, result.CellsRun, result.Elapsed);
    }

    /// <summary>Renders a text of Markdown.</summary>
    /// <param name="file">The file.</param>
    /// <param name="edition">Its language.</param>
    /// <param name="address">The page's address.</param>
    /// <param name="links">Where its links lead.</param>
    /// <param name="course">The links that the book makes by itself.</param>
    public static BookPage RenderText(string file, Edition edition, string address, BookLinks links, PageLinks course)
    {
        var markdown = new MarkdownRenderer(links, course);
        var html = $"<section class=\"prose\" id=\"cell-text\">\n{markdown.Render(File.ReadAllText(file), new CellPlace(file, "text"))}</section>\n";
        return new BookPage(edition, address, markdown.Title ?? Path.GetFileNameWithoutExtension(file), markdown.FirstParagraph ?? "", markdown.Headings, markdown.Sections, [new PageCell(html, true)], 0, -1, TimeSpan.Zero);
    }
}
