namespace CourseKit.Interactive.Tests.Checks;

public class MachineCheckTests
{
    [Fact]
    public void A_machine_with_the_kit_built_is_ready()
    {
        var check = MachineCheck.Run();
        Assert.True(check.IsReady, check.ToString());
        Assert.Equal(4, check.Findings.Count);
        Assert.Contains("billion operations", check.ToString());
    }

    [Fact]
    public void It_is_shown_as_a_table_with_a_row_for_each_finding()
    {
        var html = MachineCheck.Run().ToHtml();
        Assert.Equal(4, html.Split("<tr>").Length - 1);
        Assert.DoesNotContain("<b>no</b>", html);
    }
}
