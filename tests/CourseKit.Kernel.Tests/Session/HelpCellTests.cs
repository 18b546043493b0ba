namespace CourseKit.Kernel.Tests.Session;

[Collection(SessionCollection.Name)]
public sealed class HelpCellTests : SessionTest
{
    [Theory]
    [InlineData("Math.Sqrt?", "Math.Sqrt")]
    [InlineData("?Math.Sqrt", "Math.Sqrt")]
    [InlineData("  ?? Console \n", "Console")]
    [InlineData("List<int>.Add?", "List<int>.Add")]
    [InlineData("ω??", "ω")]
    [InlineData("x ? 1 : 2", null)]
    [InlineData("a ?? b", null)]
    [InlineData("person?.Name", null)]
    [InlineData("int? x = 1;", null)]
    [InlineData("// why?", null)]
    [InlineData("?", null)]
    [InlineData("\"why?\"", null)]
    public void A_cell_asks_for_help_when_it_is_a_name_with_a_question_mark(string code, string? subject) => Assert.Equal(subject, HelpCell.Subject(code));

    [Fact]
    public void It_answers_with_a_page_and_runs_nothing()
    {
        Run("/// <summary>Twice as much.</summary>\nint Twice(int n) => 2 * n;");
        var outcome = Run("Twice?");
        Assert.Contains("Twice as much.", outcome.Page, StringComparison.Ordinal);
        Assert.Equal((null, null), (outcome.Result, outcome.Error));
        Assert.Equal("", Output.Log);
    }

    [Fact]
    public void What_nobody_knows_is_said_so()
    {
        Assert.Null(Run("nowhere?").Page);
        Assert.Equal("out:Nothing is known of 'nowhere'.\n|", Output.Log);
    }

    [Fact]
    public void Such_a_cell_is_complete() => Assert.Equal(Completeness.Complete, Session.IsComplete("Math.Sqrt?"));
}
