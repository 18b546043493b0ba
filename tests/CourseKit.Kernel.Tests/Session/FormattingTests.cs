using System.Globalization;

namespace CourseKit.Kernel.Tests.Session;

/// <summary>Values are shown by .NET Interactive's own formatters, those included that a type names by an attribute's name.</summary>
[Collection(SessionCollection.Name)]
public sealed class FormattingTests : SessionTest
{
    [Theory]
    [InlineData("1.5", "1.5")]
    [InlineData("\"text\"", "text")]
    [InlineData("true", "True")]
    [InlineData("1234567.891m", "1234567.891")]
    [InlineData("(object)null", null)]
    public void Simple_values_are_plain_text(string code, string? expected)
    {
        var outcome = Run(code);
        Assert.Equal(expected, (string?)outcome.Result?["text/plain"]);
        Assert.False(outcome.Result?.ContainsKey("text/html") ?? false);
    }

    [Fact]
    public void Other_values_have_html_and_plain_text()
    {
        var result = Run("new[] { new { a = 1, b = \"x\" } }").Result!;
        Assert.Contains("<table", (string?)result["text/html"]);
        Assert.Contains("a", (string?)result["text/plain"]);
    }

    [Theory]
    [InlineData("new ShownByName(\"hi\")", "hi")]
    [InlineData("new DerivedFromShown()", "derived")]
    [InlineData("new ShownStruct(3)", "3")]
    [InlineData("new ShownGeneric<int>(4)", "4")]
    public void A_type_names_its_formatters_by_an_attributes_name(string code, string expected)
    {
        var dll = typeof(FormattingTests).Assembly.Location;
        var result = Run($"#r \"{dll}\"\nusing CourseKit.Kernel.Tests.Session;\n{code}").Result!;
        Assert.Equal($"<i>{expected}</i>", (string?)result["text/html"]);
        Assert.Equal($"shown {expected}", (string?)result["text/plain"]);
    }

    [Fact]
    public void A_formatter_that_throws_does_not_lose_the_cell()
    {
        var dll = typeof(FormattingTests).Assembly.Location;
        var result = Run($"#r \"{dll}\"\nusing CourseKit.Kernel.Tests.Session;\nnew ShownByName(null!)").Result!;
        Assert.Contains("showing it failed", (string?)result["text/plain"]);
    }

    [Theory]
    [InlineData("var itself = new List<object>(); itself.Add(itself); itself", "System.Collections.Generic.List`1[System.Object]")]
    [InlineData("var itself = new object[3]; itself[1] = itself; itself", "System.Object[]")]
    [InlineData("IEnumerable<object> Endless() { while (true) yield return Endless(); } Endless()", "Endless")]
    [InlineData("object deep = 1; for (var i = 0; i < 100_000; i++) deep = new List<object> { deep }; deep", "System.Collections.Generic.List`1[System.Object]")]
    public void What_holds_itself_is_named_and_does_not_end_the_process(string code, string name)
    {
        var result = Run(code).Result!;
        var text = (string?)result["text/plain"];
        Assert.Contains(name, text);
        Assert.EndsWith("(showing it failed: InvalidOperationException: It is nested too deeply, or holds itself.)", text);
        Assert.Single(result);
        Assert.Equal("Int32[][][][]\nInt32[][][]\nInt32[][]\n[ 1, 2 ]", (string?)Run("new[] { new[] { new[] { new[] { 1, 2 } } } }").Result!["text/plain"]);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    public void Numbers_in_a_cell_do_not_depend_on_the_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            ChildMain.UseInvariantCulture();
            Assert.Equal("1.5 TITLE", Value("$\"{1.5} {\"title\".ToUpper()}\""));
            Assert.Equal("2.5", Value("await Task.Run(() => $\"{2.5}\")"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("1 + 1", Completeness.Complete)]
    [InlineData("if (true) {", Completeness.Incomplete)]
    [InlineData("var x = ", Completeness.Incomplete)]
    [InlineData("}", Completeness.Invalid)]
    internal void It_is_known_whether_a_text_could_run(string code, Completeness expected) => Assert.Equal(expected, Session.IsComplete(code));
}

/// <summary>Named so that .NET Interactive's formatters find it: the namespace does not matter.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; set; } = ["text/html", "text/plain"];
}

public sealed class ShownFormatters
{
    public IEnumerable<object> CreateTypeFormatters() => [new OfMime("text/html"), new OfMime("text/plain")];

    private sealed class OfMime(string mimeType)
    {
        public string MimeType => mimeType;

        public bool Format(object value, TextWriter writer)
        {
            var text = ((IShown)value).Text;
            ArgumentNullException.ThrowIfNull(text);
            writer.Write(mimeType == "text/html" ? $"<i>{text}</i>" : $"shown {text}");
            return true;
        }
    }
}

public interface IShown
{
    string Text { get; }
}

[TypeFormatterSource(typeof(ShownFormatters))]
public class ShownByName(string text) : IShown
{
    public string Text => text;
}

public sealed class DerivedFromShown() : ShownByName("derived");

[TypeFormatterSource(typeof(ShownFormatters))]
public readonly struct ShownStruct(int value) : IShown
{
    public string Text => value.ToString(CultureInfo.InvariantCulture);
}

[TypeFormatterSource(typeof(ShownFormatters))]
public sealed class ShownGeneric<T>(T value) : IShown
{
    public string Text => $"{value}";
}
