namespace CourseKit.Cli.Tests;

public class FormulaExtractorTests
{
    [Theory]
    [InlineData("a $x_1$ b", "x_1")]
    [InlineData("$a$ and $b$", "a|b")]
    [InlineData("$$a\n= b$$", "D:a\n= b")]
    [InlineData("in `$code$` no", "")]
    [InlineData("``a ` $x$`` $y$", "y")]
    [InlineData("```\n$x$\n```\n$y$", "y")]
    [InlineData("~~~\n$x$\n~~~", "")]
    [InlineData(@"costs \$5 and \$6", "")]
    [InlineData("one $ alone", "")]
    [InlineData("one $ here\n\nand $ there", "")]
    [InlineData(@"$\text{a $b$ c}$", @"\text{a $b$ c}")]
    [InlineData("\\begin{align}\na&=b\\\\\nc&=d\n\\end{align}", "D:\\begin{align}\na&=b\\\\\nc&=d\n\\end{align}")]
    public void Formulas_are_found_where_Jupyter_finds_them(string markdown, string expected)
    {
        var found = FormulaExtractor.Extract(markdown).Formulas.Select(f => (f.Display ? "D:" : "") + f.Tex);
        Assert.Equal(expected, string.Join('|', found));
    }

    [Fact]
    public void Each_goes_back_to_its_place()
    {
        var (text, formulas) = FormulaExtractor.Extract("a $x$ b $$y$$ `$z$`");
        Assert.Equal("a [x] b [y] `$z$`", FormulaExtractor.Restore(text, i => $"[{formulas[i].Tex}]"));
    }
}
