using System.Net;
using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>One cell as a section of its page.</summary>
/// <param name="markdown">Renders prose.</param>
/// <param name="outputs">Renders outputs.</param>
/// <param name="notebookPath">The notebook, for messages.</param>
/// <param name="course">The links that the book makes by itself; null in a book of one's own notebooks.</param>
/// <param name="names">The names in the cells that the course's library declares.</param>
internal sealed class CellRenderer(
    MarkdownRenderer markdown, OutputRenderer outputs, string notebookPath, PageLinks? course = null, IReadOnlyDictionary<string, IReadOnlyList<CodeName>>? names = null)
{
    /// <summary>Renders a cell; raw cells are for other tools and leave nothing.</summary>
    /// <exception cref="BookException">A formula, a link or an output cannot be shown.</exception>
    public string Render(NotebookCell cell)
    {
        var place = new CellPlace(notebookPath, cell.Id);
        var id = "cell-" + WebUtility.HtmlEncode(cell.Id);
        if (cell.Tags.Contains("remove-cell") || cell.Kind == NotebookCellKind.Raw)
            return "";
        if (cell.Kind == NotebookCellKind.Markdown)
            return $"<section class=\"prose\" id=\"{id}\">\n{markdown.Render(cell.Source, place)}</section>\n";
        if (cell.Source.Trim().Length == 0)
            return "";
        var shown = cell.Tags.Contains("remove-output") ? "" : outputs.Render(cell.Outputs, place);
        return $"<section class=\"cell\" id=\"{id}\">\n{Input(cell)}{shown}</section>\n";
    }

    private string Input(NotebookCell cell)
    {
        if (cell.Tags.Contains("remove-input"))
            return "";
        var code = $"<div class=\"code\"><pre tabindex=\"0\"><code>{Highlighted(cell)}</code></pre></div>\n";
        if (cell.Tags.Contains("skip-execution"))
            code = $"<p class=\"note\">not run in this book</p>\n{code}";
        return cell.Tags.Contains("hide-input") ? $"<details><summary>code</summary>\n{code}</details>\n" : code;
    }

    private string Highlighted(NotebookCell cell) => course is not null && names?.GetValueOrDefault(cell.Id) is { } found
        ? course.Code(cell.Source.TrimEnd(), found, "cell-" + cell.Id)
        : CSharpHighlighter.ToHtml(cell.Source.TrimEnd());
}
