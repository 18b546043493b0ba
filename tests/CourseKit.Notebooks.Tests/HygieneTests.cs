using System.Text.Json;
using System.Text.RegularExpressions;
using CourseKit.Testing;

namespace CourseKit.Notebooks.Tests;

/// <summary>What a committed notebook must look like: no outputs, stable ids, the metadata that every host reads, no path of a machine.</summary>
public partial class HygieneTests
{
    public static TheoryData<string> Notebooks => CourseNotebooks.Theory;

    [Fact]
    public void There_are_notebooks_to_check() => Assert.NotEmpty(CourseNotebooks.All);

    [Theory, MemberData(nameof(Notebooks))]
    public void The_format_is_nbformat_4_5(string notebook)
    {
        var root = CourseNotebooks.Read(notebook);
        Assert.Equal(4, root.GetProperty("nbformat").GetInt32());
        Assert.Equal(5, root.GetProperty("nbformat_minor").GetInt32());
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void There_are_no_outputs_and_no_execution_counts(string notebook)
    {
        Assert.All(CourseNotebooks.Cells(notebook).Where(CourseNotebooks.IsCode), cell =>
        {
            Assert.Empty(cell.GetProperty("outputs").EnumerateArray());
            Assert.Equal(JsonValueKind.Null, cell.GetProperty("execution_count").ValueKind);
        });
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void Every_cell_has_an_id_of_its_own_that_says_what_it_is(string notebook)
    {
        var ids = CourseNotebooks.Cells(notebook).Select(cell => cell.GetProperty("id").GetString()!).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[a-z0-9-]{2,64}$", id)); // a random id would change with every save of some editors
        Assert.DoesNotContain(ids, id => HexId().IsMatch(id));
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void The_metadata_names_the_C_sharp_kernel_for_every_host(string notebook)
    {
        var root = CourseNotebooks.Read(notebook);
        var metadata = root.GetProperty("metadata");
        Assert.Equal(".net-csharp", metadata.GetProperty("kernelspec").GetProperty("name").GetString());
        Assert.Equal("C#", metadata.GetProperty("kernelspec").GetProperty("language").GetString());
        Assert.Equal(".NET (C#)", metadata.GetProperty("kernelspec").GetProperty("display_name").GetString());
        var kernelInfo = metadata.GetProperty("polyglot_notebook").GetProperty("kernelInfo");
        Assert.Equal("csharp", kernelInfo.GetProperty("defaultKernelName").GetString());
        Assert.Equal("csharp", Assert.Single(kernelInfo.GetProperty("items").EnumerateArray()).GetProperty("name").GetString());
        Assert.All(CourseNotebooks.Cells(notebook).Where(CourseNotebooks.IsCode), cell =>
        {
            Assert.Equal("csharp", cell.GetProperty("metadata").GetProperty("dotnet_interactive").GetProperty("language").GetString());
            Assert.Equal("csharp", cell.GetProperty("metadata").GetProperty("polyglot_notebook").GetProperty("kernelName").GetString());
        });
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void No_path_of_a_machine_and_no_address_is_in_the_file(string notebook)
    {
        var text = File.ReadAllText(Path.Combine(RepositoryPaths.Root, notebook));
        Assert.DoesNotMatch(MachinePath(), text);
        Assert.DoesNotMatch(IpAddress(), text);
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void Prose_comes_before_the_first_code_and_headings_step_down_one_at_a_time(string notebook)
    {
        var cells = CourseNotebooks.Cells(notebook).ToList();
        Assert.False(CourseNotebooks.IsCode(cells[0]));
        var levels = cells.Where(cell => !CourseNotebooks.IsCode(cell))
            .SelectMany(cell => CourseNotebooks.Source(cell).Split('\n'))
            .Where(line => HeadingLine().IsMatch(line))
            .Select(line => line.TakeWhile(c => c == '#').Count())
            .ToList();
        Assert.Equal(1, levels[0]);
        Assert.Single(levels, 1);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1, $"a heading of level {pair.Second} follows one of level {pair.First}"));
    }

    [GeneratedRegex("^[0-9a-f]{8,}$")]
    private static partial Regex HexId();

    [GeneratedRegex(@"(?<![\w.~/])/(home|root|Users|work|tmp|mnt|usr|var|opt)/\w|\b[A-Z]:\\\\?\w")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\b(?:\d{1,3}\.){3}\d{1,3}\b")]
    private static partial Regex IpAddress();

    [GeneratedRegex("^#{1,6} ")]
    private static partial Regex HeadingLine();
}
