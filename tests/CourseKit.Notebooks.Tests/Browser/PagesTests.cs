using System.Text.Json;
using CourseKit.Testing;

namespace CourseKit.Notebooks.Tests.Browser;

/// <summary>The English pages of the course's book.</summary>
public sealed class EnglishPagesTests() : PagesTests("");

/// <summary>The Chinese pages of the course's book.</summary>
public sealed class ChinesePagesTests() : PagesTests("zh/");

/// <summary>
/// The pages of the course's book in one language as a newcomer sees them: opened from disk in a real browser, with the network off. Each is
/// opened once, since drawing its charts is what takes long; the two languages have a browser each.
/// </summary>
public abstract class PagesTests(string folder)
{
    private readonly CourseBook book = CourseBook.OfTheCourse;

    [BrowserFact]
    public void Every_page_draws_its_charts_and_formulas_fits_a_phone_and_passes_the_accessibility_audit()
    {
        using var browser = new BookBrowser();
        var glyphs = Glyphs(browser);
        var (charts, formulas) = (0, 0);
        foreach (var page in Pages)
        {
            browser.Resize(1280, 900);
            browser.Open(Path.Combine(book.Folder, page));
            Assert.True(browser.ConsoleErrors.Count == 0, $"{page}: {string.Join('\n', browser.ConsoleErrors)}");
            Assert.True(browser.NetworkRequests.Count == 0, $"{page} asks the network for {string.Join(", ", browser.NetworkRequests)}");
            Assert.True(browser.FigureCount == browser.ChartCount, $"{page}: {browser.ChartCount} of {browser.FigureCount} charts drawn");
            Assert.True(browser.FormulaCount == browser.DrawnFormulaCount, $"{page}: {browser.DrawnFormulaCount} of {browser.FormulaCount} formulas drawn");
            charts += browser.ChartCount;
            formulas += browser.FormulaCount;
            if (glyphs)
                Assert.True(Missing(browser, Text(browser)) is { Length: 0 }, $"{page} lacks the glyphs {Missing(browser, Text(browser))}");
            var slides = page.EndsWith(".lecture.html", StringComparison.Ordinal);
            if (IsAudited(page, slides))
                Audit(browser, page, "");
            if (slides)
                continue;
            browser.Resize(BookBrowser.Phone, 844);
            Assert.True(browser.SidewaysScroll == 0, $"{page} scrolls sideways on a phone: {string.Join(", ", browser.StickingOut)}");
            Assert.True(browser.CoveredButtons.Count == 0, $"{page}: on a phone the slider lies over the buttons of {string.Join(", ", browser.CoveredButtons)}");
        }

        if (LongTests.Run || folder.Length == 0)
        {
            Assert.InRange(charts, 24, 2000);
            Assert.InRange(formulas, 40, 20000);
        }
    }

    [BrowserFact]
    public void Dark_pages_pass_the_accessibility_audit_too()
    {
        if (AxeCore.Script is null)
            return;
        using var browser = new BookBrowser(dark: true);
        foreach (var page in Dark)
        {
            browser.Open(Path.Combine(book.Folder, folder + page));
            Audit(browser, folder + page, ", dark");
        }

        // An audit that finds nothing must be one that would have found something.
        browser.Evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"data:,\"><p style=\"color: #eee; background: #fff\">pale</p>')");
        Assert.Contains(Violations(browser), violation => violation.StartsWith("image-alt", StringComparison.Ordinal));
        Assert.Contains(Violations(browser), violation => violation.StartsWith("color-contrast", StringComparison.Ordinal));
    }

    /// <summary>The pages of this language that are looked at; of those of source files one, for they are made alike.</summary>
    private IEnumerable<string> Pages => book.Pages.Where(page => page.StartsWith("zh/", StringComparison.Ordinal) == (folder == "zh/") && (LongTests.Run || IsLookedAt(page[folder.Length..])))
        .Append(book.All.First(page => page.StartsWith("source/", StringComparison.Ordinal)));

    /// <summary>Whether a page is audited: of the slides one chapter's, for all have one frame; without the long tests that chapter and the index alone.</summary>
    private static bool IsAudited(string page, bool slides) =>
        page.Contains("03-", StringComparison.Ordinal) || !slides && (LongTests.Run || page == "index.html");

    private string[] Dark => LongTests.Run || folder.Length == 0 ? ["03-feedforward.html", "where.html", "index.html"] : ["where.html"];

    /// <summary>
    /// Whether a page is looked at when the long tests are left out: chapters 2 and 3 of the English edition, the slides of one, and the pages that hold no charts; of the Chinese edition, which differs in words alone, the last.
    /// </summary>
    private bool IsLookedAt(string page) => page.EndsWith(".lecture.html", StringComparison.Ordinal)
        ? page.StartsWith("03-", StringComparison.Ordinal) && folder.Length == 0
        : !char.IsDigit(page[0]) || page[1] == '-'
            || folder.Length == 0 && (page.StartsWith("02-", StringComparison.Ordinal) || page.StartsWith("03-", StringComparison.Ordinal));

    private static void Audit(BookBrowser browser, string page, string how)
    {
        if (AxeCore.Script is not { } axe)
            return;
        browser.Evaluate(axe);
        var found = Violations(browser);
        Assert.True(found.Length == 0, $"{page}{how}: {string.Join('\n', found)}");
    }

    // Inside a chart everything is plotly.js's own; the figure as a whole carries its label. The thousand coloured words of code take most of
    // an audit's time and have the same few colours everywhere: those of the first cell are looked at.
    private static string[] Violations(BookBrowser browser) => JsonSerializer.Deserialize<string[]>((string)browser.EvaluateAsync("""
        const done = arguments[arguments.length - 1];
        axe.run({ exclude: [['.coursekit-figure'], ['.cell ~ .cell .code pre'], ['.slide ~ .slide ~ .slide ~ .slide .code pre']] }, { resultTypes: ['violations'] })
          .then(r => done(JSON.stringify(r.violations.filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes.length + ', such as ' + v.nodes[0].html.slice(0, 160)))), e => done(JSON.stringify([String(e)])));
        """)!)!;

    /// <summary>Whether the machine's fonts can tell anything about the pages: each has at least the link to the other language.</summary>
    private bool Glyphs(BookBrowser browser)
    {
        browser.Open(Path.Combine(book.Folder, folder + "index.html"));
        if (Missing(browser, "中文字").Length > 0)
        {
            Console.WriteLine("The glyphs are not checked: this machine has no Chinese font (apt-get install fonts-noto-cjk).");
            return false;
        }

        Assert.Equal("\u0378", Missing(browser, "感\u0378")); // a character that nobody has
        return true;
    }

    private static string Text(BookBrowser browser) =>
        string.Concat(((string)browser.Evaluate("return document.body.innerText")!).Where(c => !char.IsWhiteSpace(c) && !char.IsSurrogate(c) && !char.IsControl(c)).Distinct());

    /// <summary>The characters that look like one that no font has, drawn in the page's own fonts.</summary>
    private static string Missing(BookBrowser browser, string characters) => (string)browser.Evaluate($$"""
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = 28;
        const pen = canvas.getContext('2d', { willReadFrequently: true });
        pen.font = '20px ' + getComputedStyle(document.body).fontFamily;
        const draw = c => { pen.clearRect(0, 0, 28, 28); pen.fillText(c, 2, 22); return pen.getImageData(0, 0, 28, 28).data.join(); };
        const nothing = draw('\u0378');
        return [...{{JsonSerializer.Serialize(characters)}}].filter(c => draw(c) === nothing).join('');
        """)!;
}
