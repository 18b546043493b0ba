namespace CourseKit.Notebooks.Tests.Browser;

/// <summary>The eyes themselves are tested on pages whose faults are known.</summary>
public class BookBrowserTests
{
    private const string Page = """
        <!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"></head><body>
        <div class="coursekit-figure js-plotly-plot"><svg class="main-svg" width="200" height="100"><rect width="9" height="9"/></svg></div>
        <div class="coursekit-figure js-plotly-plot"><svg class="main-svg" width="0" height="0"></svg></div>
        <p><math><mfrac><mi>a</mi><mi>b</mi></mfrac></math> <math style="display:none"><mi>c</mi></math></p>
        BODY</body></html>
        """;

    [BrowserFact]
    public void Counts_what_is_drawn_and_not_what_is_only_there()
    {
        using var page = new TemporaryPage(Page);
        using var browser = new BookBrowser();
        browser.Open(page.File, TimeSpan.FromMilliseconds(300));
        Assert.Equal(2, browser.FigureCount);
        Assert.Equal(1, browser.ChartCount);
        Assert.Equal(2, browser.FormulaCount);
        Assert.Equal(1, browser.DrawnFormulaCount);
        Assert.Empty(browser.ConsoleErrors);
        Assert.Empty(browser.NetworkRequests);
    }

    [BrowserFact]
    public void Sees_console_errors_network_requests_and_what_sticks_out_on_a_phone()
    {
        using var page = new TemporaryPage(Page.Replace("BODY", "<div style='width:600px'>wide</div><img src='https://example.org/x.png' alt=''><script>console.error('told'); nothing.at.all;</script>", StringComparison.Ordinal));
        using var browser = new BookBrowser(BookBrowser.Phone, 800);
        browser.Open(page.File, TimeSpan.FromMilliseconds(300));
        var errors = browser.ConsoleErrors;
        Assert.Contains(errors, e => e.Contains("told", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.Contains("nothing is not defined", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.Contains("example.org", StringComparison.Ordinal));
        Assert.InRange(browser.SidewaysScroll, 200, 260);
        Assert.Contains(browser.StickingOut, e => e.Contains("wide", StringComparison.Ordinal));
        var picture = Path.Combine(Path.GetDirectoryName(page.File)!, "shot.png");
        browser.Screenshot(picture);
        Assert.True(new FileInfo(picture).Length > 1000);
    }

    private sealed class TemporaryPage : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("coursekit-page-").FullName;

        public TemporaryPage(string html) => System.IO.File.WriteAllText(File, html);

        public string File => Path.Combine(_folder, "page.html");

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
