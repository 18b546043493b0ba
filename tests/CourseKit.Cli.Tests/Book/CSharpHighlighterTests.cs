namespace CourseKit.Cli.Tests;

public class CSharpHighlighterTests
{
    [Theory]
    [InlineData("var x = 1.5e-3;", "<span class=\"keyword\">var</span> x = <span class=\"number\">1.5e-3</span>;")]
    [InlineData("// var \"x\"", "<span class=\"comment\">// var &quot;x&quot;</span>")]
    [InlineData("s = \"// no\";", "s = <span class=\"string\">&quot;// no&quot;</span>;")]
    [InlineData("\"\"\"raw \"x\" 1\"\"\"", "<span class=\"string\">&quot;&quot;&quot;raw &quot;x&quot; 1&quot;&quot;&quot;</span>")]
    [InlineData("record P;", "<span class=\"keyword\">record</span> P;")]
    [InlineData("#r \"a.dll\"", "<span class=\"preprocessorKeyword\">#r &quot;a.dll&quot;</span>")]
    [InlineData("a < b && c", "a &lt; b &amp;&amp; c")]
    public void Code_is_coloured(string code, string expected) => Assert.Equal(expected, CSharpHighlighter.ToHtml(code));
}
