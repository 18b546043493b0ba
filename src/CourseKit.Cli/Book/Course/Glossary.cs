using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace CourseKit.Cli;

/// <summary>A term of the course in both languages.</summary>
/// <param name="Chinese">The lecture's word.</param>
/// <param name="English">The English one.</param>
/// <param name="Also">Other forms, of either language.</param>
/// <param name="ChineseDefinition">What it means, in Chinese.</param>
/// <param name="EnglishDefinition">What it means, in English.</param>
/// <param name="Where">The notebook and the cell that explain it, <c>02-background#perceptron</c>; or the notebook alone.</param>
internal sealed record GlossaryTerm(string Chinese, string English, IReadOnlyList<string> Also, string ChineseDefinition, string EnglishDefinition, string Where)
{
    /// <summary>The term's place on the glossary's page, the same in both languages.</summary>
    public string Anchor => "term-" + English.ToLowerInvariant().Replace(' ', '-');

    /// <summary>What it means, in the language of the page.</summary>
    public string Definition(Edition edition) => edition.Say(EnglishDefinition, ChineseDefinition);
}

/// <summary>The glossary: <c>data/glossary.csv</c>, its page, and the links to it from where a page first uses a term.</summary>
internal sealed partial class Glossary
{
    private readonly Dictionary<string, GlossaryTerm> _english = new(StringComparer.OrdinalIgnoreCase), _chinese = new(StringComparer.OrdinalIgnoreCase);
    private readonly Regex _englishTerms, _chineseTerms;

    private Glossary(IReadOnlyList<GlossaryTerm> terms)
    {
        Terms = terms;
        foreach (var term in terms)
            foreach (var form in term.Also.Append(term.English).Append(term.Chinese))
                if (!(IsChinese(form) ? _chinese : _english).TryAdd(form, term))
                    throw new BookException($"glossary: '{form}' stands for two terms");
        var english = string.Join('|', _english.Keys.OrderByDescending(f => f.Length).Select(Regex.Escape));
        var chinese = string.Join('|', _chinese.Keys.OrderByDescending(f => f.Length).Select(Regex.Escape));
        // "to sample", "to label": a verb, which means something else.
        _englishTerms = new Regex($@"(?<!\bto )(?<![\p{{L}}\d-])(?<term>{english})(?:s|es)?(?![\p{{L}}\d-])", RegexOptions.IgnoreCase);
        _chineseTerms = new Regex($@"(?<term>{chinese})|(?<![A-Za-z\d-])(?<term>{english})(?![A-Za-z\d-])", RegexOptions.IgnoreCase);
    }

    /// <summary>The terms, in the order of the file.</summary>
    public IReadOnlyList<GlossaryTerm> Terms { get; }

    /// <summary>Reads the file; null where there is none.</summary>
    /// <exception cref="BookException">A term stands twice.</exception>
    public static Glossary? Load(string path)
    {
        if (!File.Exists(path))
            return null;
        var table = CsvTable.Load(path, new CsvOptions { Delimiter = ',', Header = true });
        return new Glossary([.. Enumerable.Range(0, table.RowCount).Select(i => new GlossaryTerm(
            table[i, "zh"], table[i, "en"], table[i, "also"].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            table[i, "definition-zh"], table[i, "definition-en"], table[i, "where"]))]);
    }

    /// <summary>Links the first use of each term in a piece of prose.</summary>
    /// <param name="text">HTML text without tags.</param>
    /// <param name="edition">Its language.</param>
    /// <param name="used">The terms that the page has linked already; added to.</param>
    /// <param name="page">The glossary's address, as the page sees it.</param>
    public string Link(string text, Edition edition, HashSet<GlossaryTerm> used, string page) =>
        (edition.Language == "zh" ? _chineseTerms : _englishTerms).Replace(text, match =>
        {
            var form = match.Groups["term"].Value;
            var term = _chinese.GetValueOrDefault(form) ?? _english[form];
            return used.Add(term)
                ? $"<a class=\"term\" href=\"{page}#{term.Anchor}\" title=\"{WebUtility.HtmlEncode(edition.Say(term.Chinese, term.English) + edition.Say(": ", "：") + term.Definition(edition))}\">{match.Value}</a>"
                : match.Value;
        });

    /// <summary>The page: a table of all terms, each with its explanation's place.</summary>
    /// <param name="edition">The page's language.</param>
    /// <param name="address">The page's address.</param>
    /// <param name="place">The address of a notebook's page and cell in this edition; null where the book has no such notebook.</param>
    /// <exception cref="BookException">A term names a cell that its notebook does not have.</exception>
    public string Page(Edition edition, string address, Func<GlossaryTerm, (string Page, string Anchor, string Title)?> place)
    {
        var html = new StringBuilder($"<h1>{edition.Say("Glossary", "术语表")}</h1>\n<p>{edition.Say(
            "The lecture's terms in Chinese and English. Pages of both editions link here where they first use a term.",
            "讲义的术语，中英对照。两种语言的书页在首次用到某个术语时都链接到这里。")}</p>\n");
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"wide\" tabindex=\"0\"><table class=\"glossary\"><thead><tr><th scope=\"col\">{edition.Say("English", "中文")}</th><th scope=\"col\">{edition.Say("中文", "English")}</th><th scope=\"col\">{edition.Say("meaning", "含义")}</th><th scope=\"col\">{edition.Say("explained in", "出处")}</th></tr></thead><tbody>\n");
        IEnumerable<GlossaryTerm> sorted = edition.Language == "zh" ? Terms : Terms.OrderBy(t => t.English, StringComparer.OrdinalIgnoreCase);
        foreach (var term in sorted)
        {
            var link = place(term) is { } where ? $"<a href=\"{PageAddress.Href(address, where.Page)}#{where.Anchor}\">{WebUtility.HtmlEncode(where.Title)}</a>" : "";
            var (first, second) = (edition.Say(term.English, term.Chinese), edition.Say(term.Chinese, term.English));
            html.Append(CultureInfo.InvariantCulture, $"<tr id=\"{term.Anchor}\"><th scope=\"row\">{WebUtility.HtmlEncode(first)}</th><td lang=\"{edition.Say("zh", "en")}\">{WebUtility.HtmlEncode(second)}</td><td>{WebUtility.HtmlEncode(term.Definition(edition))}</td><td>{link}</td></tr>\n");
        }
        return html.Append("</tbody></table></div>\n").ToString();
    }

    private static bool IsChinese(string form) => HanCharacter().IsMatch(form);

    [GeneratedRegex(@"[\u4e00-\u9fff]")]
    private static partial Regex HanCharacter();
}
