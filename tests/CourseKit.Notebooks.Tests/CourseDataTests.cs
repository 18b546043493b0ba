using System.Security.Cryptography;
using System.Text.RegularExpressions;
using CourseKit.Cli;
using CourseKit.Kernel;
using CourseKit.Testing;

namespace CourseKit.Notebooks.Tests;

/// <summary>The book's own tables against the notebooks: nothing of the lecture is forgotten, and nothing is named that is not there.</summary>
public partial class CourseDataTests
{
    private static readonly string Data = Path.Combine(RepositoryPaths.Root, "data");

    [Fact]
    public void Every_notebook_has_both_editions() =>
        Assert.Equal(CourseNotebooks.Edition("en").Select(Path.GetFileName), CourseNotebooks.Edition("zh").Select(Path.GetFileName));

    [Fact]
    public void The_map_has_all_24_formulas_every_chapter_and_every_number_that_a_notebook_gives()
    {
        var map = LectureMap.Load(Path.Combine(Data, "lecture-map.csv"))!;
        Assert.Equal(Enumerable.Range(1, 24), map.Items.Select(item => item.Formula).OfType<int>().Order());
        foreach (var (name, notebook) in Chapters().Where(chapter => !chapter.Key.StartsWith("00", StringComparison.Ordinal)))
        {
            Assert.Contains(map.Items, item => item.Chapter == name);
            var numbers = notebook.Cells.SelectMany(cell => Number().Matches(cell.Source).Select(m => int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)));
            Assert.All(numbers, n => Assert.Contains(map.Items, item => item.Chapter == name && item.Formula == n));
        }
    }

    [Fact]
    public void Every_cell_type_and_test_of_the_map_is_there()
    {
        var course = new CourseSources(RepositoryPaths.Root);
        Assert.Equal(course.Map!.Items.Count, course.Map.Check(Chapters(), course.Library, course.Tests).Count);
    }

    [Fact]
    public void The_glossary_knows_the_lectures_terms_and_names_cells_that_exist()
    {
        var glossary = Glossary.Load(Path.Combine(Data, "glossary.csv"))!;
        foreach (var term in (string[])["感知器", "误差项", "特征映射", "子采样", "自动编码器", "生成对抗网络"])
            Assert.Contains(glossary.Terms, t => t.Chinese == term);
        var chapters = Chapters();
        Assert.All(glossary.Terms, term =>
        {
            var parts = term.Where.Split('#');
            Assert.True(chapters.TryGetValue(parts[0], out var notebook), term.Where);
            Assert.True(parts.Length == 1 || notebook.Cells.Any(cell => cell.Id == parts[1]), term.Where);
        });
        Assert.Equal(glossary.Terms.Count, glossary.Terms.Select(term => term.Anchor).Distinct().Count());
    }

    [Theory]
    [InlineData("glossary.csv")]
    [InlineData("lecture-map.csv")]
    public void The_data_folder_states_the_checksum_of_the_books_tables(string file)
    {
        var sum = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Data, file))));
        Assert.Contains(File.ReadLines(Path.Combine(Data, "README.md")), line => line.Contains($"`{file}`", StringComparison.Ordinal) && line.Contains(sum, StringComparison.Ordinal));
    }

    private static Dictionary<string, Notebook> Chapters() => CourseNotebooks.Edition("en").Where(path => !path.Contains("homework", StringComparison.Ordinal))
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path), path => Notebook.Load(Path.Combine(RepositoryPaths.Root, path)));

    [GeneratedRegex(@"\\tag\{(\d+)\}")]
    private static partial Regex Number();
}
