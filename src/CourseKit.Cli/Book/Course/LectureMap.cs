using System.Globalization;
using System.Net;
using System.Text;
using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>A formula or a system of the lecture, and where the course has it.</summary>
/// <param name="Chapter">The notebook's name, <c>03-feedforward</c>.</param>
/// <param name="Item">A formula's number in parentheses, or a word for a system.</param>
/// <param name="English">What it is, in English.</param>
/// <param name="Chinese">What it is, in Chinese.</param>
/// <param name="Cell">The notebook's cell; a formula may leave it empty, and then it is the cell that carries the number.</param>
/// <param name="Types">Types of the library, or members of types.</param>
/// <param name="Tests">Tests, as class and method.</param>
internal sealed record LectureItem(string Chapter, string Item, string English, string Chinese, string Cell, IReadOnlyList<string> Types, IReadOnlyList<string> Tests)
{
    /// <summary>The formula's number; null for a system.</summary>
    public int? Formula => Item is ['(', .. var digits, ')'] && int.TryParse(digits, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>
/// The page "where the lecture's formula lives": <c>data/lecture-map.csv</c> says what the course must have, and the page is made only if
/// every cell, type and test that it names is there.
/// </summary>
internal sealed class LectureMap
{
    private LectureMap(IReadOnlyList<LectureItem> items) => Items = items;

    /// <summary>All items, in the lecture's order.</summary>
    public IReadOnlyList<LectureItem> Items { get; }

    /// <summary>Reads the file; null where there is none.</summary>
    public static LectureMap? Load(string path)
    {
        if (!File.Exists(path))
            return null;
        var table = CsvTable.Load(path, new CsvOptions { Delimiter = ',', Header = true });
        string[] Many(int i, string column) => table[i, column].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new LectureMap([.. Enumerable.Range(0, table.RowCount).Select(i =>
            new LectureItem(table[i, "chapter"], table[i, "item"], table[i, "en"], table[i, "zh"], table[i, "cell"], Many(i, "types"), Many(i, "tests")))]);
    }

    /// <summary>The items of the chapters that the book has, each with its cell found and everything that it names checked.</summary>
    /// <param name="chapters">The book's notebooks, by name.</param>
    /// <param name="library">Where the library's types are.</param>
    /// <param name="tests">Where the tests are.</param>
    /// <exception cref="BookException">Something is missing; the message names all of it.</exception>
    public IReadOnlyList<LectureItem> Check(IReadOnlyDictionary<string, Notebook> chapters, SourceCatalogue library, SourceCatalogue tests)
    {
        var faults = new List<string>();
        var found = new List<LectureItem>();
        foreach (var item in Items)
        {
            if (!chapters.TryGetValue(item.Chapter, out var notebook))
                continue;
            var tag = item.Formula is { } number ? $@"\tag{{{number}}}" : null;
            var cell = item.Cell.Length > 0
                ? notebook.Cells.FirstOrDefault(c => c.Id == item.Cell)
                : notebook.Cells.FirstOrDefault(c => tag is not null && c.Kind == NotebookCellKind.Markdown && c.Source.Contains(tag, StringComparison.Ordinal));
            if (cell is null)
                faults.Add($"{item.Item}: {item.Chapter} has no cell {(item.Cell.Length > 0 ? item.Cell : $"with {tag ?? "it"}")}");
            else if (tag is not null && !notebook.Cells.Any(c => c.Source.Contains(tag, StringComparison.Ordinal)))
                faults.Add($"{item.Item}: {item.Chapter} has no formula with this number");
            if (item.Types.Count == 0)
                faults.Add($"{item.Item}: no type is named");
            if (item.Tests.Count == 0)
                faults.Add($"{item.Item}: no test is named");
            faults.AddRange(item.Types.Where(name => library.Find(name) is null).Select(name => $"{item.Item}: the library has no {name}"));
            faults.AddRange(item.Tests.Where(name => tests.Find(name) is null).Select(name => $"{item.Item}: there is no test {name}"));
            found.Add(item with { Cell = cell?.Id ?? "" });
        }
        if (faults.Count > 0)
            throw new BookException($"data/lecture-map.csv: {string.Join("; ", faults)}");
        return found;
    }

    /// <summary>The page.</summary>
    /// <param name="items">The checked items.</param>
    /// <param name="edition">The page's language.</param>
    /// <param name="address">The page's address.</param>
    /// <param name="chapter">The title and the address of a chapter's page in this edition.</param>
    /// <param name="source">The address of a type's or a test's source, as the page sees it.</param>
    public static string Page(IReadOnlyList<LectureItem> items, Edition edition, string address, Func<string, (string Title, string Page)> chapter, Func<string, string, string> source)
    {
        var html = new StringBuilder($"<h1>{edition.Say("Where the lecture's formula lives", "讲义的公式在哪里")}</h1>\n<p>{edition.Say(
            "Each formula and each system of the lecture: the cell that runs it, the type of the library that computes it, and the test that checks it. This page is generated, and the book is not built when one of them is missing.",
            "讲义的每个公式、每个系统：运行它的单元格、计算它的程序库类型、检验它的测试。本页自动生成，缺少其中任何一项，这本书就不会生成。")}</p>\n");
        foreach (var group in items.GroupBy(item => item.Chapter))
        {
            var (title, page) = chapter(group.Key);
            html.Append(CultureInfo.InvariantCulture, $"<h2 id=\"{group.Key}\">{WebUtility.HtmlEncode(title)}</h2>\n<div class=\"wide\" tabindex=\"0\"><table class=\"map\"><thead><tr><th scope=\"col\">{edition.Say("of the lecture", "讲义")}</th><th scope=\"col\">{edition.Say("cell", "单元格")}</th><th scope=\"col\">{edition.Say("type", "类型")}</th><th scope=\"col\">{edition.Say("test", "测试")}</th></tr></thead><tbody>\n");
            foreach (var item in group)
            {
                var href = $"{PageAddress.Href(address, page)}#{(item.Formula is { } n ? $"eq-{n}" : $"cell-{item.Cell}")}";
                var types = string.Join("<br>", item.Types.Select(name => $"<a href=\"{source("type", name)}\"><code>{WebUtility.HtmlEncode(name)}</code></a>"));
                var tests = string.Join("<br>", item.Tests.Select(name => $"<a href=\"{source("test", name)}\">{WebUtility.HtmlEncode(name[(name.IndexOf('.') + 1)..].Replace('_', ' '))}</a>"));
                html.Append(CultureInfo.InvariantCulture, $"<tr id=\"item-{Uri.EscapeDataString(item.Item.Trim('(', ')'))}\"><th scope=\"row\">{(item.Formula is null ? "" : item.Item + " ")}{WebUtility.HtmlEncode(edition.Say(item.English, item.Chinese))}</th><td><a href=\"{href}\">{item.Cell}</a></td><td>{types}</td><td>{tests}</td></tr>\n");
            }
            html.Append("</tbody></table></div>\n");
        }
        return html.ToString();
    }
}
