using System.Text.RegularExpressions;
using CourseKit.Testing;
using Markdig;

namespace CourseKit.Notebooks.Tests;

/// <summary>The two editions are one course: the same code, the same formulas, the same structure; only the prose is in another language.</summary>
public partial class EditionTests
{
    public static TheoryData<string> Chinese => CourseNotebooks.ChineseTheory;

    [Theory, MemberData(nameof(Chinese))]
    public void Code_cells_are_those_of_the_English_edition_by_id_and_text(string notebook) =>
        Assert.Null(FirstDifference(CourseNotebooks.CodeCells(English(notebook)).ToList(), CourseNotebooks.CodeCells(notebook).ToList()));

    [Theory, MemberData(nameof(Chinese))]
    public void Cells_stand_in_the_same_order_with_the_same_tags(string notebook)
    {
        static IEnumerable<string> Outline(string notebook) => CourseNotebooks.Cells(notebook)
            .Select(cell => $"{cell.GetProperty("cell_type")} {cell.GetProperty("id")} {cell.GetProperty("metadata")}");
        Assert.Equal(Outline(English(notebook)), Outline(notebook));
    }

    [Theory, MemberData(nameof(Chinese))]
    public void Headings_formulas_lists_tables_links_and_names_of_code_are_the_same_cell_by_cell(string notebook)
    {
        var faults = CourseNotebooks.Cells(English(notebook)).Zip(CourseNotebooks.Cells(notebook))
            .Where(pair => !CourseNotebooks.IsCode(pair.First))
            .SelectMany(pair => Differences(CourseNotebooks.Source(pair.First), CourseNotebooks.Source(pair.Second))
                .Select(what => $"{notebook}, cell {pair.Second.GetProperty("id")}: {what}"));
        Assert.Empty(faults);
    }

    [Theory, MemberData(nameof(Chinese))]
    public void The_prose_is_Chinese_and_its_emphasis_is_understood(string notebook)
    {
        var pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();
        foreach (var cell in CourseNotebooks.Cells(notebook).Where(cell => !CourseNotebooks.IsCode(cell)))
        {
            var id = cell.GetProperty("id").GetString()!;
            var text = FormulaOrCode().Replace(CourseNotebooks.Source(cell), "x");
            var plain = Markdown.ToPlainText(text, pipeline);
            Assert.False(plain.Contains('*'), $"{notebook}, cell {id}: an asterisk is left over; Markdown wants a space between closing asterisks after a full stop and a letter");
            if (id != "references")
                Assert.True(plain.Count(c => c is >= '\u4e00' and <= '\u9fff') > plain.Count(char.IsAsciiLetter) / 5, $"{notebook}, cell {id}: not translated");
        }
    }

    [Fact]
    public void A_difference_is_named_by_its_cell()
    {
        (string, string)[] en = [("load", "a;"), ("draw", "b;"), ("end", "c;")];
        Assert.Null(FirstDifference(en, en));
        Assert.Contains("cell draw", FirstDifference(en, [("load", "a;"), ("draw", "b; // 乙"), ("end", "c;")]), StringComparison.Ordinal);
        Assert.Contains("cell draw", FirstDifference(en, [("load", "a;"), ("end", "c;")]), StringComparison.Ordinal);
        Assert.Contains("cell more", FirstDifference(en, [.. en, ("more", "d;")]), StringComparison.Ordinal);
        Assert.Contains("cell end", FirstDifference(en, [.. en.Take(2)]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("## A\n\n$x$ is $$y \\tag{1}$$", "## 甲\n\n$$y \\tag{1}$$ 中的 $x$", null)]
    [InlineData("## A", "### 甲", "headings")]
    [InlineData("$$y \\tag{1}$$", "$$y \\tag{2}$$", "formulas")]
    [InlineData("$a$ and $b$", "$a$ 和 $c$", "formulas in the text")]
    [InlineData("1. one\n2. two", "1. 一", "list items")]
    [InlineData("| a |\n|---|\n| b |", "| 甲 |\n|---|", "table rows")]
    [InlineData("[a](x.ipynb)", "[甲](y.ipynb)", "links")]
    [InlineData("`Perceptron.Train`", "`Perceptron`", "code")]
    public void The_comparison_finds_what_differs(string english, string chinese, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], Differences(english, chinese).Select(difference => difference.Split(" differ")[0]));

    private static string English(string notebook)
    {
        var english = "notebooks/en/" + Path.GetFileName(notebook);
        Assert.True(File.Exists(Path.Combine(RepositoryPaths.Root, english)), $"{notebook} has no English edition");
        return english;
    }

    /// <summary>The first code cell that is not the same in both editions, in words; null where all are.</summary>
    private static string? FirstDifference(IReadOnlyList<(string Id, string Source)> english, IReadOnlyList<(string Id, string Source)> chinese)
    {
        for (var i = 0; i < Math.Max(english.Count, chinese.Count); i++)
        {
            if (i >= chinese.Count || i < english.Count && english[i].Id != chinese[i].Id)
                return $"code cell {i + 1}: cell {english[i].Id} is expected, {(i < chinese.Count ? chinese[i].Id : "nothing")} stands there";
            if (i >= english.Count)
                return $"code cell {i + 1}: cell {chinese[i].Id} is not in the English edition";
            if (english[i].Source != chinese[i].Source)
            {
                var (a, b) = (english[i].Source.Split('\n'), chinese[i].Source.Split('\n'));
                var line = Enumerable.Range(0, Math.Max(a.Length, b.Length)).First(n => a.ElementAtOrDefault(n) != b.ElementAtOrDefault(n));
                return $"cell {english[i].Id}, line {line + 1}: \"{a.ElementAtOrDefault(line)}\" in English, \"{b.ElementAtOrDefault(line)}\" in Chinese";
            }
        }
        return null;
    }

    private static IEnumerable<string> Differences(string english, string chinese)
    {
        // What stands in a formula or in code is neither a heading nor a table.
        (string What, Func<string, IEnumerable<string>> Of)[] parts =
        [
            ("formulas", text => Display().Matches(WithoutCode(text)).Select(m => m.Value)),
            ("formulas in the text", text => Inline().Matches(Display().Replace(WithoutCode(text), "")).Select(m => Blank().Replace(m.Value, "")).Order(StringComparer.Ordinal)),
            ("headings", text => Heading().Matches(text).Select(m => m.Groups[1].Value)),
            ("list items", text => Item().Matches(text).Select(m => m.Groups[1].Value)),
            ("table rows", text => TableRow().Matches(text).Select(m => "|")),
            ("links", text => Link().Matches(text).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal)),
            ("code", text => Code().Matches(text).Select(m => m.Value).Order(StringComparer.Ordinal)),
        ];
        foreach (var (what, of) in parts)
        {
            var (a, b) = (of(english).ToList(), of(chinese).ToList());
            if (!a.SequenceEqual(b))
                yield return $"{what} differ: [{string.Join(" ; ", a)}] in English, [{string.Join(" ; ", b)}] in Chinese";
        }
    }

    private static string WithoutCode(string text) => Code().Replace(text, "");

    [GeneratedRegex(@"\$\$[\s\S]+?\$\$")]
    private static partial Regex Display();

    [GeneratedRegex(@"(?<![\\$])\$[^$]+\$")]
    private static partial Regex Inline();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    [GeneratedRegex("(?m)^(?:> )?(#{1,6}) ")]
    private static partial Regex Heading();

    [GeneratedRegex(@"(?m)^(?:> )?([0-9]+\.|-) ")]
    private static partial Regex Item();

    [GeneratedRegex(@"(?m)^\|")]
    private static partial Regex TableRow();

    [GeneratedRegex(@"\]\(([^)]*)\)")]
    private static partial Regex Link();

    [GeneratedRegex("```[\\s\\S]*?```|`[^`]+`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\$\$[\s\S]+?\$\$|(?<![\\$])\$[^$]+\$|```[\s\S]*?```|`[^`]+`")]
    private static partial Regex FormulaOrCode();
}
