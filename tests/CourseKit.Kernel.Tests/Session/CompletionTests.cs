namespace CourseKit.Kernel.Tests.Session;

[Collection(SessionCollection.Name)]
public sealed class CompletionTests : SessionTest
{
    [Fact]
    public void A_member_is_completed_and_the_span_is_what_was_typed()
    {
        var completions = Complete("Console.WriteL|");
        Assert.Equal([("WriteLine", "method")], completions.Matches);
        Assert.Equal(("Console.".Length, "Console.WriteL".Length), (completions.Start, completions.End));
    }

    [Fact]
    public void Variables_functions_types_and_usings_of_earlier_cells_are_offered()
    {
        Run("using System.Globalization;\nvar learningRate = 0.1; int Doubled(int n) => 2 * n; record Sample(double X);");
        Run("var later = learningRate * 2;");
        Assert.Contains("learningRate", Texts("learn|"));
        Assert.Contains("Doubled", Texts("var z = Doub|"));
        Assert.Contains("Sample", Texts("new Sam|"));
        Assert.Contains("CultureInfo", Texts("CultureIn|"));
        Assert.Contains("CompareTo", Texts("later.|"));
        Assert.Contains("X", Texts("new Sample(1).|"));
    }

    [Fact]
    public void What_a_cell_declares_again_has_its_new_type()
    {
        Run("var thing = 1;");
        Run("var thing = \"text\";");
        Assert.Contains("Substring", Texts("thing.Sub|"));
    }

    [Fact]
    public void Extension_methods_of_the_imports_and_functions_of_the_dialect_are_offered()
    {
        Assert.Contains("Select", Texts("new[] { 1 }.Sel|"));
        Assert.Contains("display", Texts("disp|"));
        Assert.DoesNotContain("Guard", Texts("Gua|"));
    }

    [Fact]
    public void A_referenced_assembly_is_seen_before_the_cell_that_names_it_has_run()
    {
        var assembly = typeof(Xunit.Assert).Assembly.Location.Replace('\\', '/');
        Assert.Contains("Equivalent", Texts($"#r \"{assembly}\"\nXunit.Assert.Equiv|"));
        Run($"#r \"{assembly}\"\nusing Xunit;");
        Assert.Contains("Equivalent", Texts("Assert.Equiv|"));
    }

    [Fact]
    public void A_failed_cell_leaves_no_trace()
    {
        Run("var good = 1;");
        Error("var bad = 1; nonsense");
        Assert.Equal(["good"], Texts("goo|"));
        Assert.DoesNotContain("bad", Texts("ba|"));
    }

    [Fact]
    public void What_a_cell_loads_and_what_it_says_itself_are_both_known()
    {
        File.WriteAllText(Path.Combine(Folder, "helper.csx"), "int FromTheFile() => 11;");
        Run("#load \"helper.csx\"\nvar fromTheCell = FromTheFile();");
        Assert.Equal(["fromTheCell"], Texts("fromTheC|"));
        Assert.Equal(["FromTheFile"], Texts("FromTheF|"));
    }

    [Fact]
    public void Positions_behind_a_directive_to_the_session_stay_where_they_are()
    {
        var completions = Complete("#i \"nuget:/nowhere\"\nMath.Sqr|");
        Assert.Equal(["Sqrt"], completions.Matches.Select(match => match.Text));
        Assert.Equal("#i \"nuget:/nowhere\"\nMath.".Length, completions.Start);
    }

    [Theory]
    [InlineData("|")]
    [InlineData("// a comment |")]
    [InlineData("\"a string |\"")]
    [InlineData("((((|")]
    [InlineData("x.y.z.|")]
    public void Where_there_is_nothing_to_offer_the_span_is_still_inside_the_text(string code)
    {
        var completions = Complete(code);
        Assert.InRange(completions.Start, 0, completions.End);
        Assert.InRange(completions.End, 0, code.Length - 1);
    }

    [Fact]
    public void A_hundred_cells_do_not_hide_the_first()
    {
        for (var i = 0; i < 100; i++)
            Run($"var v{i} = {i};");
        Assert.Contains("CompareTo", Texts("v0.|"));
        Assert.Contains("v99", Texts("v9|"));
    }

    [Fact]
    public void Inspecting_gives_the_signature_and_the_summary()
    {
        var text = Inspect("Math.Sq|rt(2)");
        Assert.Contains("double Math.Sqrt(double d)", text, StringComparison.Ordinal);
        Assert.Contains("square root", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Math.Sqrt(|2)")]
    [InlineData("Math.Sqrt(|")]
    [InlineData("Math.Sqrt|")]
    public void Inspecting_works_from_between_the_parentheses_and_at_the_end(string code) =>
        Assert.Contains("Math.Sqrt(double", Inspect(code), StringComparison.Ordinal);

    [Fact]
    public void Inspecting_tells_of_what_a_cell_defined_and_documented()
    {
        Run("/// <summary>Twice as much.</summary>\nint Doubled(int n) => 2 * n;\nvar rate = 0.5;");
        Assert.Contains("Twice as much.", Inspect("Doub|led(1)"), StringComparison.Ordinal);
        Assert.Contains("double rate", Inspect("ra|te"), StringComparison.Ordinal);
    }

    [Fact]
    public void Inspecting_nothing_gives_nothing() => Assert.Null(Session.Inspect("   ", 1));

    private Completions Complete(string marked) => Session.Complete(marked.Replace("|", "", StringComparison.Ordinal), marked.IndexOf('|', StringComparison.Ordinal));

    private IEnumerable<string> Texts(string marked) => Complete(marked).Matches.Select(match => match.Text);

    private string? Inspect(string marked) => Session.Inspect(marked.Replace("|", "", StringComparison.Ordinal), marked.IndexOf('|', StringComparison.Ordinal));
}
