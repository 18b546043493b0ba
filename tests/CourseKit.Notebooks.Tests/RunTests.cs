using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CourseKit.Kernel;

namespace CourseKit.Notebooks.Tests;

/// <summary>Every notebook of the course runs, from top to bottom, in a kernel of its own, and shows what it means to show.</summary>
public partial class RunTests
{
    /// <summary>The English edition: <see cref="EditionTests"/> proves that the Chinese one has the same cells of code.</summary>
    public static TheoryData<string> Notebooks => CourseNotebooks.EnglishTheory;

    [Theory, MemberData(nameof(Notebooks))]
    public void Every_cell_runs(string notebook)
    {
        var result = ExecutedNotebooks.Run(notebook);
        Assert.True(result.State == RunState.Succeeded, result.Message);
        Assert.Equal(result.CodeCells, result.CellsRun);
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void No_cell_warns_or_writes_to_stderr(string notebook)
    {
        var lines = CodeCells(notebook).SelectMany(cell => cell.Outputs
            .Where(output => (string?)output!["output_type"] == "stream" && (string?)output["name"] == "stderr")
            .Select(output => $"{cell.Id}: {output!["text"]}"));
        Assert.Empty(lines);
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void Every_cell_that_ends_in_a_plot_shows_a_figure_with_something_in_it(string notebook)
    {
        foreach (var cell in CodeCells(notebook).Where(cell => EndsInPlot(cell.Source)))
        {
            var figures = Figures(cell).ToList();
            Assert.True(figures.Count > 0, $"{notebook}, cell {cell.Id}: no figure");
            Assert.All(figures, figure => Assert.True(HasContent(figure), $"{notebook}, cell {cell.Id}: a figure without traces"));
        }
    }

    [Theory]
    [InlineData("notebooks/en/01-history.ipynb", 20)]
    [InlineData("notebooks/en/02-background.ipynb", 20)]
    [InlineData("notebooks/en/04-convolution.ipynb", 20)]
    [InlineData("notebooks/en/05-autoencoders.ipynb", 8)]
    [InlineData("notebooks/en/06-gans.ipynb", 8)]
    public void A_chapter_shows_as_many_figures_as_it_promises(string notebook, int atLeast) =>
        Assert.InRange(CodeCells(notebook).Sum(cell => Figures(cell).Count()), atLeast, 100);

    [Theory, MemberData(nameof(Notebooks))]
    public void Figures_carry_the_plotly_script_once(string notebook)
    {
        var html = string.Concat(CodeCells(notebook).SelectMany(Html));
        if (html.Contains("coursekit-figure", StringComparison.Ordinal))
            Assert.Single(PlotlyScript().Matches(html));
    }

    [Fact]
    public void The_live_display_of_a_training_ends_as_one_figure()
    {
        var cell = CodeCells("notebooks/en/03-feedforward.ipynb").Single(cell => cell.Id == "digits-train");
        Assert.Single(Figures(cell));
        Assert.DoesNotContain(Html(cell), html => html.Contains("coursekit-live", StringComparison.Ordinal));
    }

    private static IEnumerable<NotebookCell> CodeCells(string notebook) =>
        ExecutedNotebooks.Run(notebook).Executed!.Cells.Where(cell => cell.Kind == NotebookCellKind.Code);

    private static IEnumerable<string> Html(NotebookCell cell) =>
        cell.Outputs.Select(output => (string?)output!["data"]?["text/html"]).OfType<string>();

    private static IEnumerable<string> Figures(NotebookCell cell) =>
        Html(cell).Where(html => html.Contains("class=\"coursekit-figure\"", StringComparison.Ordinal));

    /// <summary>Whether the cell's last statement is an expression that begins with Plot or Figure: its value is the cell's result.</summary>
    private static bool EndsInPlot(string source) =>
        !source.TrimEnd().EndsWith(';') && LastPlot().IsMatch(source[(source.LastIndexOf(";\n", StringComparison.Ordinal) + 1)..]);

    private static bool HasContent(string html)
    {
        var match = FigureJson().Match(html);
        if (!match.Success)
            return false;
        using var document = JsonDocument.Parse(match.Groups[1].Value);
        return document.RootElement.GetProperty("data").GetArrayLength() > 0;
    }

    [GeneratedRegex(@"^\s*(//[^\n]*\n\s*)*(Plot|Figure)\.")]
    private static partial Regex LastPlot();

    [GeneratedRegex("<script type=\"application/json\"[^>]*>([\\s\\S]*?)</script>")]
    private static partial Regex FigureJson();

    [GeneratedRegex("<script[^>]*data-coursekit=\"plotly\\.js\"")]
    private static partial Regex PlotlyScript();
}
