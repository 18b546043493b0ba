using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>One notebook's page, rendered.</summary>
/// <param name="FileName">The page's file in the book's folder.</param>
/// <param name="Title">The notebook's first heading.</param>
/// <param name="Description">Its first paragraph.</param>
/// <param name="Headings">Its headings, for the table of contents.</param>
/// <param name="Body">The cells.</param>
/// <param name="Figures">How many figures and pictures the cells showed.</param>
/// <param name="HasCharts">Whether the page needs plotly.js.</param>
/// <param name="CellsRun">How many code cells were run.</param>
/// <param name="Elapsed">How long the notebook took.</param>
internal sealed record BookPage(
    string FileName, string Title, string Description, IReadOnlyList<MarkdownRenderer.Heading> Headings, string Body, int Figures, bool HasCharts, int CellsRun, TimeSpan Elapsed)
{
    /// <summary>Renders an executed notebook.</summary>
    /// <param name="result">What the runner handed back; it succeeded.</param>
    /// <param name="fileName">The page's file name.</param>
    /// <param name="links">Where the notebook's links lead.</param>
    /// <param name="plotly">Where plotly.js is kept.</param>
    /// <exception cref="BookException">A cell cannot be rendered; the message names it.</exception>
    public static BookPage Render(RunResult result, string fileName, BookLinks links, PlotlyScript plotly)
    {
        var markdown = new MarkdownRenderer(links);
        var outputs = new OutputRenderer(plotly, markdown);
        var cells = new CellRenderer(markdown, outputs, result.NotebookPath);
        var body = string.Concat(result.Executed!.Cells.Select(cells.Render));
        var name = Path.GetFileNameWithoutExtension(result.NotebookPath);
        return new BookPage(fileName, markdown.Title ?? name, markdown.FirstParagraph ?? "", markdown.Headings, body, outputs.Figures,
            body.Contains("coursekit-figure", StringComparison.Ordinal), result.CellsRun, result.Elapsed);
    }
}
