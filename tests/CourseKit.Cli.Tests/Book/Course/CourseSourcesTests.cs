using CourseKit.Kernel;

namespace CourseKit.Cli.Tests;

/// <summary>What the course's book adds by itself, on a small repository whose every file is known.</summary>
public sealed class CourseSourcesTests : IDisposable
{
    private const string MapHead = "chapter,item,en,zh,cell,types,tests\n";
    private const string GlossaryHead = "zh,en,also,definition-zh,definition-en,where\n";

    private readonly TemporaryFolder _folder = new();

    public CourseSourcesTests()
    {
        // Names of the real library, so that the compiler finds them in a cell.
        _folder.Write("src/CourseKit/Background/Perceptron.cs", "namespace CourseKit;\n\n/// <summary>Formula (1).</summary>\npublic sealed class Perceptron\n{\n    public static void Train() { }\n}\n");
        _folder.Write("src/CourseKit/Data/ToySets.cs", "namespace CourseKit;\npublic static partial class ToySets\n{\n    public static int Xor() => 0;\n}\n");
        _folder.Write("tests/CourseKit.Tests/PerceptronTests.cs", "public class PerceptronTests\n{\n    public void Formula_1() { }\n}\n");
        _folder.Write("data/glossary.csv", GlossaryHead + "感知器,perceptron,感知机,一个神经元,\"one neuron, by Rosenblatt\",02-b#intro\n异或,exclusive or,XOR,两者之一,one of two,\n");
        _folder.Write("data/lecture-map.csv", MapHead + "02-b,(1),The perceptron,感知器,,Perceptron.Train,PerceptronTests.Formula_1\n09-later,(9),Later,以后,,Nothing,Nothing.At_all\n");
        _folder.Write("docs/en/student.md", "# For students\n\nRead [chapter 2](../../notebooks/en/02-b.ipynb).\n");
        _folder.Write("docs/zh/student.md", "# 写给学生\n\n读[第 2 章](../../notebooks/zh/02-b.ipynb)。\n");
    }

    private string Book => Path.Combine(_folder.Path, "artifacts", "book");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Names_in_cells_and_in_prose_lead_to_their_source_and_back()
    {
        Build();
        var page = Read("02-b.html");
        Assert.Contains("<a class=\"name\" href=\"source/CourseKit-Background-Perceptron.html#L6\">Train</a>", page, StringComparison.Ordinal);
        Assert.Contains("<a class=\"name\" href=\"source/CourseKit-Data-ToySets.html#L4\">Xor</a>", page, StringComparison.Ordinal);
        Assert.Contains("<code><a class=\"name\" href=\"source/CourseKit-Background-Perceptron.html#L6\">Perceptron.Train</a></code>", page, StringComparison.Ordinal);
        Assert.Contains("<code><a class=\"name\" href=\"source/CourseKit-Data-ToySets.html#L1\">ToySets.cs</a></code>", page, StringComparison.Ordinal);
        var source = Read("source/CourseKit-Background-Perceptron.html");
        Assert.Contains("<a href=\"../02-b.html#cell-run\">The perceptron</a>", source, StringComparison.Ordinal);
        Assert.Contains("<a href=\"../zh/02-b.html#cell-run\">感知器</a>", source, StringComparison.Ordinal);
        Assert.Contains("id=\"L6\"", source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_only_looks_like_the_librarys_is_left_alone()
    {
        Build(code: "class Perceptron { public void Train() { } }\nnew Perceptron().Train();");
        Assert.DoesNotContain("<a class=\"name\" href=\"source/CourseKit-Background-Perceptron.html#L6\">Train</a>", Read("02-b.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_links_each_term_once_and_not_in_headings_links_and_code()
    {
        Build();
        var page = Read("02-b.html");
        Assert.Equal(2, page.Split("class=\"term\"").Length);
        Assert.Contains("A <a class=\"term\" href=\"glossary.html#term-perceptron\" title=\"感知器: one neuron, by Rosenblatt\">Perceptron</a> learns", page, StringComparison.Ordinal);
        Assert.Contains("<a class=\"term\" href=\"glossary.html#term-perceptron\" title=\"perceptron：一个神经元\">感知器</a>会学习", Read("zh/02-b.html"), StringComparison.Ordinal);
        Assert.Contains("<tr id=\"term-perceptron\"><th scope=\"row\">perceptron</th>", Read("glossary.html"), StringComparison.Ordinal);
        Assert.Contains("<a href=\"02-b.html#cell-intro\">感知器</a>", Read("zh/glossary.html"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("We have to sample, then a sample is taken.", "then a <a class=\"term\"")]
    [InlineData("## References\n\n1. The sample of 1958.", null)]
    public void A_verb_and_the_title_of_a_paper_are_no_terms(string prose, string? linked)
    {
        _folder.Write("data/glossary.csv", GlossaryHead + "样本,sample,,x,x,\n");
        Build(prose: prose);
        var page = Read("02-b.html");
        Assert.Equal(linked is null ? 0 : 1, page.Split("class=\"term\"").Length - 1);
        Assert.Contains(linked ?? "The sample of 1958", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_map_leads_from_the_formula_to_cell_type_and_test_and_leaves_out_chapters_that_are_not_there()
    {
        Build();
        var map = Read("where.html");
        foreach (var part in (string[])["href=\"02-b.html#eq-1\">intro</a>", "source/CourseKit-Background-Perceptron.html#L6", "source/tests-CourseKit.Tests-PerceptronTests.html#L3", ">Formula 1</a>"])
            Assert.Contains(part, map, StringComparison.Ordinal);
        Assert.DoesNotContain("Later", map, StringComparison.Ordinal);
        Assert.Contains("href=\"02-b.html#eq-1\"", Read("zh/where.html"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("02-b,(2),x,x,,Perceptron,PerceptronTests.Formula_1", @"(2): 02-b has no cell with \tag{2}")]
    [InlineData("02-b,(2),x,x,intro,Perceptron,PerceptronTests.Formula_1", "(2): 02-b has no formula with this number")]
    [InlineData("02-b,sys,x,x,gone,Perceptron,PerceptronTests.Formula_1", "sys: 02-b has no cell gone")]
    [InlineData("02-b,sys,x,x,,Perceptron,PerceptronTests.Formula_1", "sys: 02-b has no cell with it")]
    [InlineData("02-b,sys,x,x,run,Perceptrons,PerceptronTests.Formula_1", "sys: the library has no Perceptrons")]
    [InlineData("02-b,sys,x,x,run,Perceptron.Learn,PerceptronTests.Formula_1", "sys: the library has no Perceptron.Learn")]
    [InlineData("02-b,sys,x,x,run,Perceptron,PerceptronTests.Formula_9", "sys: there is no test PerceptronTests.Formula_9")]
    [InlineData("02-b,sys,x,x,run,,PerceptronTests.Formula_1", "sys: no type is named")]
    [InlineData("02-b,sys,x,x,run,Perceptron,", "sys: no test is named")]
    public void A_book_that_lacks_what_the_lecture_has_is_not_built(string row, string message)
    {
        _folder.Write("data/lecture-map.csv", MapHead + row + "\n");
        Assert.Contains(message, Assert.Throws<BookException>(() => Build()).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Book));
    }

    [Fact]
    public void A_glossary_that_names_a_cell_that_is_not_there_or_a_term_twice_is_refused()
    {
        _folder.Write("data/glossary.csv", GlossaryHead + "感知器,perceptron,,x,x,02-b#gone\n");
        Assert.Contains("02-b has no cell gone", Assert.Throws<BookException>(() => Build()).Message, StringComparison.Ordinal);
        _folder.Write("data/glossary.csv", GlossaryHead + "感知器,perceptron,,x,x,\n感知机,Perceptron,,x,x,\n");
        Assert.Contains("'Perceptron' stands for two terms", Assert.Throws<BookException>(() => Build()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_stand_in_the_contents_and_lead_to_chapters()
    {
        Build();
        Assert.Contains("<a href=\"student.html\">For students</a>", Read("index.html"), StringComparison.Ordinal);
        Assert.Contains("<a href=\"02-b.html\">chapter 2</a>", Read("student.html"), StringComparison.Ordinal);
        Assert.Contains("<a href=\"02-b.html\">第 2 章</a>", Read("zh/student.html"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("var é = \"<&>\"; Train(é);", "Train", "é = ", "<a class=\"name\" href=\"x\">Train</a>")]
    [InlineData("// 𝐖 in bold\nTrain();", "Train", "𝐖", "<a class=\"name\" href=\"x\">Train</a>")]
    [InlineData("\nTrain();", "Train", "", "<a class=\"name\" href=\"x\">Train</a>")]
    [InlineData("$\"{Train()}\"", "Train", "", "<a class=\"name\" href=\"x\">Train</a>")]
    public void Links_hit_the_name_whatever_stands_before_it(string code, string name, string before, string expected)
    {
        var html = LinkedCode.ToHtml(code, [(code.IndexOf(name, StringComparison.Ordinal), name.Length, "x")]);
        Assert.Contains(expected, html, StringComparison.Ordinal);
        Assert.Contains(before, System.Net.WebUtility.HtmlDecode(html), StringComparison.Ordinal);
    }

    private void Build(
        string code = "using CourseKit;\nPerceptron.Train(ToySets.Xor().X, ToySets.Xor().y)",
        string prose = "A Perceptron learns, `Perceptron.Train` does it; perceptrons again, in [a perceptron](02-b.ipynb) and `ToySets.cs`.")
    {
        string Notebook(string title, string prose) => Notebooks.Json(
            Notebooks.Markdown("intro", $"# {title}\n\n{prose}\n\n$$y = x \\tag{{1}}$$"), Notebooks.Code("run", code));
        var en = _folder.Write("notebooks/en/02-b.ipynb", Notebook("The perceptron", prose));
        var zh = _folder.Write("notebooks/zh/02-b.ipynb", Notebook("感知器", "感知器会学习，`Perceptron.Train`；又是感知器。"));
        BookBuilder.Build([.. ((string[])[en, zh]).Select(path => new RunResult(path, RunState.Succeeded, null, null, null, 1, 1, TimeSpan.Zero, 0, Kernel.Notebook.Load(path)))], Book, new CourseSources(_folder.Path));
    }

    private string Read(string page) => File.ReadAllText(Path.Combine(Book, page));
}
