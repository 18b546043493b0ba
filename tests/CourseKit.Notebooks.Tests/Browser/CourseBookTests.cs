using System.Text.Json;
using System.Text.RegularExpressions;

namespace CourseKit.Notebooks.Tests.Browser;

/// <summary>What ties the pages of the course's book together: links, languages, the search, the slides.</summary>
public partial class CourseBookTests
{
    private readonly CourseBook book = CourseBook.OfTheCourse;

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

    private List<string> Search(BookBrowser browser, string page, string words)
    {
        browser.Open(Path.Combine(book.Folder, page));
        browser.Evaluate($"const box = document.querySelector('input[name=q]'); box.value = {JsonSerializer.Serialize(words)}; box.dispatchEvent(new Event('input'));");
        return [.. ((IEnumerable<object>)browser.Evaluate("return [...document.querySelectorAll('.results a')].map(a => a.href)")!).Select(url => (string)url)];
    }

    [GeneratedRegex("\\bid=\"([^\"]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex("<(?:a|link|script)\\b[^>]*?\\b(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Href();

    [GeneratedRegex("(?<=<script\\b[^>]*>)[\\s\\S]*?(?=</script>)")]
    private static partial Regex ScriptBody();

    [GeneratedRegex("id=\"eq-(\\d+)\"")]
    private static partial Regex Numbered();
}
