using CourseKit.Cli;
using CourseKit.Testing;

namespace CourseKit.Notebooks.Tests.Browser;

/// <summary>The book of the course as a newcomer sees it: opened from disk in a real browser, with the network off.</summary>
public class CourseBookTests
{
    [BrowserFact]
    public void Every_chart_and_formula_of_the_course_is_drawn_with_the_network_off()
    {
        var folder = Directory.CreateTempSubdirectory("coursekit-book-").FullName;
        try
        {
            var runs = Directory.EnumerateFiles(CourseNotebooks.EnglishFolder, "*.ipynb").Order(StringComparer.Ordinal)
                .Select(path => ExecutedNotebooks.Run(Path.GetRelativePath(RepositoryPaths.Root, path).Replace('\\', '/')))
                .ToList();
            var index = BookBuilder.Build(runs, Path.Combine(folder, "book"));
            using var browser = new BookBrowser();
            var (charts, formulas) = (0, 0);
            foreach (var page in Directory.EnumerateFiles(Path.GetDirectoryName(index)!, "*.html"))
            {
                browser.Resize(1280, 900);
                browser.Open(page);
                var name = Path.GetFileName(page);
                Assert.True(browser.ConsoleErrors.Count == 0, $"{name}: {string.Join('\n', browser.ConsoleErrors)}");
                Assert.True(browser.NetworkRequests.Count == 0, $"{name} asks the network for {string.Join(", ", browser.NetworkRequests)}");
                Assert.True(browser.FigureCount == browser.ChartCount, $"{name}: {browser.ChartCount} of {browser.FigureCount} charts drawn");
                Assert.True(browser.FormulaCount == browser.DrawnFormulaCount, $"{name}: {browser.DrawnFormulaCount} of {browser.FormulaCount} formulas drawn");
                charts += browser.ChartCount;
                formulas += browser.FormulaCount;
                browser.Resize(BookBrowser.Phone, 844);
                Assert.True(browser.SidewaysScroll == 0, $"{name} scrolls sideways on a phone: {string.Join(", ", browser.StickingOut)}");
            }

            Assert.InRange(charts, 6, 500);
            Assert.InRange(formulas, 10, 5000);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
