namespace CourseKit.Kernel.Tests.Session;

[Collection(SessionCollection.Name)]
public sealed class MagicTests : SessionTest
{
    [Fact]
    public void An_unknown_one_is_an_error_that_lists_the_known()
    {
        var error = Error("var x = 1;\n#!fsharp\nlet y = 2");
        Assert.Contains("line 2", error.Value, StringComparison.Ordinal);
        Assert.Contains("#!fsharp", error.Value, StringComparison.Ordinal);
        Assert.All(Magics.Known.Keys, name => Assert.Contains(name, error.Value, StringComparison.Ordinal));
        Assert.Equal("CompileError", Error("x").Name); // nothing of the cell has run
    }

    [Fact]
    public void Markdown_and_html_are_shown_as_what_they_are()
    {
        Assert.Null(Run("#!markdown\n# A *heading*\n#!html\n<b>x</b>\n#!csharp\n").Error);
        Assert.Equal(["# A *heading*", "<b>x</b>"], Output.Displays.Select(shown => (string?)shown.Data["text/markdown"] ?? (string?)shown.Data["text/html"]));
    }

    [Fact]
    public void Time_tells_how_long_the_cell_took_and_the_value_stays()
    {
        Assert.Equal("42", Value("#!time\n6 * 7"));
        Assert.Matches(@"^Wall time: [0-9.]+ ms$", (string?)Assert.Single(Output.Displays).Data["text/plain"]);
    }

    [Fact]
    public void Who_and_whos_show_the_variables_with_their_newest_values()
    {
        Run("var rate = 0.5; var name = \"<b>\"; int Twice(int n) => 2 * n;");
        Run("var rate = 7;");
        Run("#!who");
        Assert.Equal("name\nrate", (string?)Output.Displays[^1].Data["text/plain"]);
        Run("#!whos");
        Assert.Contains("rate  Int32  7", (string?)Output.Displays[^1].Data["text/plain"], StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;", (string?)Output.Displays[^1].Data["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public void About_tells_the_kernel()
    {
        Run("#!about");
        Assert.Contains("CourseKit", (string?)Output.Displays[^1].Data["text/plain"], StringComparison.Ordinal);
    }

    [Fact]
    public void Import_runs_a_file_beside_the_notebook_and_fails_with_it()
    {
        File.WriteAllText(Path.Combine(Folder, "tools.cs"), "int Twice(int n) => 2 * n;");
        Assert.Equal("14", Value("#!import tools.cs\nTwice(7)"));
        File.WriteAllText(Path.Combine(Folder, "broken.csx"), "nonsense");
        Assert.Equal("CompileError", Error("#!import \"broken.csx\"").Name);
        Assert.Contains("nowhere.cs is not there", Error("#!import nowhere.cs").Value, StringComparison.Ordinal);
        Assert.Contains(".ipynb", Error("#!import " + typeof(MagicTests).Assembly.Location).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_runs_a_notebooks_code()
    {
        File.WriteAllText(Path.Combine(Folder, "other.ipynb"), """
            {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
              {"id": "a", "cell_type": "markdown", "metadata": {}, "source": "nonsense"},
              {"id": "b", "cell_type": "code", "metadata": {}, "execution_count": null, "outputs": [], "source": "var there = 3;"},
              {"id": "c", "cell_type": "code", "metadata": {}, "execution_count": null, "outputs": [], "source": "var more = there + 1;"}]}
            """);
        Assert.Equal("4", Value("#!import other.ipynb\nmore"));
    }

    [Fact]
    public void Errors_and_values_behind_a_magic_are_where_they_stand()
    {
        Assert.Contains("line 3, column 1", Error("#!csharp\nvar a = 1;\nnonsense;").Value, StringComparison.Ordinal);
        Assert.Equal("2", Value("1 + 0\n#!csharp\n1 + 1"));
        Assert.Equal("1", (string?)Output.Displays[^1].Data["text/plain"]);
    }

    [Theory]
    [InlineData("#!time\nvar x = 1;", nameof(Completeness.Complete))]
    [InlineData("#!markdown\nNot { C#", nameof(Completeness.Complete))]
    [InlineData("#!csharp\nif (true) {", nameof(Completeness.Incomplete))]
    public void Completeness_looks_at_the_csharp_alone(string code, string expected) => Assert.Equal(expected, Session.IsComplete(code).ToString());

    [Fact]
    public void Magics_are_completed_and_code_below_them_too()
    {
        Assert.Equal(["#!who", "#!whos"], Session.Complete("#!wh", 4).Matches.Select(match => match.Text));
        Assert.Equal(["#!time"], Session.Complete("var x = 1;\n#!ti", 15).Matches.Select(match => match.Text));
        Assert.Equal(["Sqrt"], Session.Complete("#!time\nMath.Sqr", 15).Matches.Select(match => match.Text));
    }

    [Fact]
    public void A_cell_of_which_a_later_part_loops_is_interrupted()
    {
        using var timer = new Timer(_ => Session.Interrupt(), null, 500, Timeout.Infinite);
        Assert.Equal("KeyboardInterrupt", Error("var before = 5;\n#!time\nwhile (true) { }").Name);
        Assert.Equal("5", Value("before"));
    }
}
