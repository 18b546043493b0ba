using System.Text.Json;
using System.Text.RegularExpressions;

namespace CourseKit.Notebooks.Tests.Browser;

/// <summary>The book of the course as a newcomer sees it: opened from disk in a real browser, with the network off.</summary>
public partial class CourseBookTests(CourseBook book) : IClassFixture<CourseBook>
{
    [BrowserFact]
    public void Every_chart_and_formula_of_the_course_is_drawn_with_the_network_off()
    {
        using var browser = new BookBrowser();
        var (charts, formulas) = (0, 0);
        foreach (var page in book.Pages.Append(book.All.First(page => page.StartsWith("source/", StringComparison.Ordinal))))
        {
            browser.Resize(1280, 900);
            browser.Open(Path.Combine(book.Folder, page));
            Assert.True(browser.ConsoleErrors.Count == 0, $"{page}: {string.Join('\n', browser.ConsoleErrors)}");
            Assert.True(browser.NetworkRequests.Count == 0, $"{page} asks the network for {string.Join(", ", browser.NetworkRequests)}");
            Assert.True(browser.FigureCount == browser.ChartCount, $"{page}: {browser.ChartCount} of {browser.FigureCount} charts drawn");
            Assert.True(browser.FormulaCount == browser.DrawnFormulaCount, $"{page}: {browser.DrawnFormulaCount} of {browser.FormulaCount} formulas drawn");
            charts += browser.ChartCount;
            formulas += browser.FormulaCount;
            if (!page.EndsWith(".lecture.html", StringComparison.Ordinal))
            {
                browser.Resize(BookBrowser.Phone, 844);
                Assert.True(browser.SidewaysScroll == 0, $"{page} scrolls sideways on a phone: {string.Join(", ", browser.StickingOut)}");
            }
        }

        Assert.InRange(charts, 24, 2000);
        Assert.InRange(formulas, 40, 20000);
    }

    [BrowserFact]
    public void Every_internal_link_resolves()
    {
        var anchors = book.All.ToDictionary(page => page, page => Id().Matches(book.Read(page)).Select(m => m.Groups[1].Value).ToHashSet());
        var broken = new List<string>();
        var count = 0;
        foreach (var page in book.All)
            foreach (Match link in Href().Matches(ScriptBody().Replace(book.Read(page), "")))
            {
                var url = System.Net.WebUtility.HtmlDecode(link.Groups[1].Value);
                if (url.StartsWith("https:", StringComparison.Ordinal) || url.StartsWith("http:", StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal))
                    continue;
                count++;
                var (path, fragment) = url.Split('#') is [var p, var f] ? (p, Uri.UnescapeDataString(f)) : (url, "");
                var target = path.Length == 0 ? page : Path.GetRelativePath(book.Folder, Path.GetFullPath(Path.Combine(book.Folder, Path.GetDirectoryName(page)!, Uri.UnescapeDataString(path)))).Replace('\\', '/');
                if (!File.Exists(Path.Combine(book.Folder, target)) || fragment.Length > 0 && !anchors[target].Contains(fragment))
                    broken.Add($"{page}: {url}");
            }
        Assert.Empty(broken);
        Assert.InRange(count, 500, 1_000_000);
    }

    [BrowserFact]
    public void Every_page_has_its_switch_to_the_other_language()
    {
        Assert.All(book.Pages.Where(page => !page.EndsWith(".lecture.html", StringComparison.Ordinal)), page => Assert.Contains("class=\"language\"", book.Read(page), StringComparison.Ordinal));
        Assert.All(book.Pages.Where(page => page.StartsWith("zh/", StringComparison.Ordinal)), page => Assert.Contains("<html lang=\"zh-CN\">", book.Read(page), StringComparison.Ordinal));
    }

    [BrowserFact]
    public void Every_formula_of_a_chapter_has_its_row_in_both_languages()
    {
        foreach (var folder in (string[])["", "zh/"])
        {
            var map = book.Read(folder + "where.html");
            var numbers = book.Pages.Where(page => page.StartsWith(folder, StringComparison.Ordinal) && !page[folder.Length..].Contains('/') && !page.EndsWith(".lecture.html", StringComparison.Ordinal))
                .SelectMany(page => Numbered().Matches(book.Read(page)).Select(m => m.Groups[1].Value)).Distinct().ToList();
            Assert.All(Enumerable.Range(1, 14), n => Assert.Contains(n.ToString(System.Globalization.CultureInfo.InvariantCulture), numbers));
            Assert.All(numbers, n => Assert.Contains($"<tr id=\"item-{n}\">", map, StringComparison.Ordinal));
        }
    }

    [BrowserFact]
    public void Searching_finds_the_right_pages_in_both_languages()
    {
        using var browser = new BookBrowser();
        Assert.Contains("zh/02-background.html", Search(browser, "zh/search.html", "感知器")[0], StringComparison.Ordinal);
        Assert.Contains(Search(browser, "zh/search.html", "感知器"), url => url.Contains("zh/01-history.html", StringComparison.Ordinal));
        Assert.Contains("zh/03-feedforward.html", Search(browser, "zh/search.html", "误差项")[0], StringComparison.Ordinal);
        Assert.Contains("/02-background.html", Search(browser, "search.html", "Novikoff")[0], StringComparison.Ordinal);
        Assert.Contains("/03-feedforward.html", Search(browser, "search.html", "finite differences")[0], StringComparison.Ordinal);
        Assert.Empty(Search(browser, "zh/search.html", "器知感"));
        Assert.Empty(browser.ConsoleErrors);
    }

    [BrowserFact]
    public void Chinese_pages_show_no_missing_glyph()
    {
        using var browser = new BookBrowser();
        browser.Open(Path.Combine(book.Folder, "zh/index.html"));
        // On a machine without a Chinese font there is nothing to learn about the pages.
        if (Missing(browser, "中文字").Length > 0)
        {
            Console.WriteLine("The glyphs are not checked: this machine has no Chinese font (apt-get install fonts-noto-cjk).");
            return;
        }
        Assert.Equal("\u0378", Missing(browser, "感\u0378")); // a character that nobody has
        foreach (var page in book.Pages.Where(page => page.StartsWith("zh/", StringComparison.Ordinal) && !page.EndsWith(".lecture.html", StringComparison.Ordinal)))
        {
            browser.Open(Path.Combine(book.Folder, page));
            var text = (string)browser.Evaluate("return document.body.innerText")!;
            Assert.Equal("", Missing(browser, string.Concat(text.Where(c => !char.IsWhiteSpace(c) && !char.IsSurrogate(c) && !char.IsControl(c)).Distinct())));
        }
    }

    [BrowserFact]
    public void The_accessibility_audit_finds_nothing_serious()
    {
        if (AxeCore.Script is not { } axe)
            return;
        using var browser = new BookBrowser();
        foreach (var dark in (bool[])[false, true])
            foreach (var page in book.Pages.Where(page => !dark || page is "03-feedforward.html" or "zh/where.html" or "index.html").Append(book.All.First(page => page.StartsWith("source/", StringComparison.Ordinal))))
            {
                browser.Resize(1280, 900, dark);
                browser.Open(Path.Combine(book.Folder, page));
                browser.Evaluate(axe);
                Assert.True(Violations(browser) is { Length: 0 }, $"{page}{(dark ? ", dark" : "")}: {string.Join('\n', Violations(browser))}");
            }

        // An audit that finds nothing must be one that would have found something.
        browser.Evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"data:,\"><p style=\"color: #eee; background: #fff\">pale</p>')");
        Assert.Contains(Violations(browser), violation => violation.StartsWith("image-alt", StringComparison.Ordinal));
        Assert.Contains(Violations(browser), violation => violation.StartsWith("color-contrast", StringComparison.Ordinal));
    }

    [BrowserFact]
    public void Slides_move_by_keys_and_code_can_be_copied()
    {
        using var browser = new BookBrowser();
        browser.Open(Path.Combine(book.Folder, "00-start-here.lecture.html"));
        browser.Evaluate("document.querySelector('[data-step=\"1\"]').click(); document.querySelector('[data-step=\"1\"]').click();");
        Assert.StartsWith("3 / ", (string)browser.Evaluate("return document.querySelector('.where').textContent")!, StringComparison.Ordinal);
        browser.Evaluate("dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true })); document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true }));");
        Assert.StartsWith("1 / ", (string)browser.Evaluate("return document.querySelector('.where').textContent")!, StringComparison.Ordinal);
        browser.Open(Path.Combine(book.Folder, "zh/02-background.html"));
        Assert.Equal(true, browser.Evaluate("return [...document.querySelectorAll('.code')].every(code => code.querySelector('.copy').textContent === '复制')"));
    }

    // Inside a chart everything is plotly.js's own; the figure as a whole carries its label.
    private static string[] Violations(BookBrowser browser) => JsonSerializer.Deserialize<string[]>((string)browser.EvaluateAsync("""
        const done = arguments[arguments.length - 1];
        axe.run({ exclude: [['.coursekit-figure']] }, { resultTypes: ['violations'] })
          .then(r => done(JSON.stringify(r.violations.filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes.length + ', such as ' + v.nodes[0].html.slice(0, 160)))), e => done(JSON.stringify([String(e)])));
        """)!)!;

    private List<string> Search(BookBrowser browser, string page, string words)
    {
        browser.Open(Path.Combine(book.Folder, page));
        browser.Evaluate($"const box = document.querySelector('input[name=q]'); box.value = {JsonSerializer.Serialize(words)}; box.dispatchEvent(new Event('input'));");
        return [.. ((IEnumerable<object>)browser.Evaluate("return [...document.querySelectorAll('.results a')].map(a => a.href)")!).Select(url => (string)url)];
    }

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

    [GeneratedRegex("\\bid=\"([^\"]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex("<(?:a|link|script)\\b[^>]*?\\b(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Href();

    [GeneratedRegex("(?<=<script\\b[^>]*>)[\\s\\S]*?(?=</script>)")]
    private static partial Regex ScriptBody();

    [GeneratedRegex("id=\"eq-(\\d+)\"")]
    private static partial Regex Numbered();
}
