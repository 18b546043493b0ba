using System.Text.Json.Nodes;
using CourseKit.Cli;
using CourseKit.Kernel;
using CourseKit.Testing;

namespace CourseKit.Notebooks.Tests.Browser;

/// <summary>The book's theme and its formulas in a real browser, on a page that holds every formula of the lecture and outputs of every kind.</summary>
public class BookPageTests
{
    [BrowserFact]
    public void Every_formula_of_the_lecture_is_drawn_and_nothing_sticks_out_on_a_phone()
    {
        var folder = Directory.CreateTempSubdirectory("coursekit-book-").FullName;
        try
        {
            var lines = File.ReadAllLines(Path.Combine(RepositoryPaths.Root, "tests", "CourseKit.Cli.Tests", "Book", "Math", "lecture-formulas.txt"));
            var formulas = string.Join("\n\n", lines.Select(l => l[0] == 'D' ? $"$${l[2..]}$$" : $"${l[2..]}$"));
            var notebook = Path.Combine(folder, "formulas.ipynb");
            File.WriteAllText(notebook, new JsonObject
            {
                ["cells"] = new JsonArray(
                    Cell("markdown", $"# Formulas\n\n## All of them\n\n{formulas}\n\n| {string.Concat(Enumerable.Repeat("wide column | ", 14))}\n{string.Concat(Enumerable.Repeat("|---", 14))}|\n"),
                    Cell("code", $"var x = \"{new string('x', 300)}\";", "text/plain", new string('y', 300)),
                    Cell("code", "figure", "text/html", "<script data-coursekit=\"plotly.js\">window.Plotly = 1;</script><table><tr>" + string.Concat(Enumerable.Repeat("<td>wide&nbsp;cell</td>", 40)) + "</tr></table>")),
                ["metadata"] = new JsonObject(), ["nbformat"] = 4, ["nbformat_minor"] = 5,
            }.ToJsonString());
            BookBuilder.Build([new RunResult(notebook, RunState.Succeeded, null, null, null, 2, 2, TimeSpan.Zero, 0, Notebook.Load(notebook))], Path.Combine(folder, "book"));

            using var browser = new BookBrowser();
            foreach (var (width, height, dark) in ((int, int, bool)[])[(1280, 900, false), (BookBrowser.Phone, 844, true)])
                foreach (var page in (string[])["index.html", "formulas.html"])
                {
                    browser.Resize(width, height, dark);
                    browser.Open(Path.Combine(folder, "book", page));
                    Assert.Empty(browser.ConsoleErrors);
                    Assert.Empty(browser.NetworkRequests);
                    Assert.Empty(browser.StickingOut);
                    Assert.Equal(0, browser.SidewaysScroll);
                    Assert.Equal(browser.FormulaCount, browser.DrawnFormulaCount);
                    Assert.Equal(page == "formulas.html" ? lines.Length : 0, browser.FormulaCount);
                }
            Assert.Equal(2, Convert.ToInt32(browser.Evaluate("return document.querySelectorAll('.copy').length"), System.Globalization.CultureInfo.InvariantCulture));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static JsonObject Cell(string type, string source, string? mime = null, string? output = null)
    {
        var cell = new JsonObject { ["cell_type"] = type, ["id"] = Guid.NewGuid().ToString("n")[..8], ["metadata"] = new JsonObject(), ["source"] = source };
        if (type == "code")
        {
            cell["execution_count"] = 1;
            cell["outputs"] = new JsonArray(new JsonObject { ["output_type"] = "display_data", ["metadata"] = new JsonObject(), ["data"] = new JsonObject { [mime!] = output } });
        }
        return cell;
    }
}
