namespace CourseKit.Kernel.Tests.Session;

/// <summary>What cells are compiled against: little at first, all of the framework as soon as one needs it.</summary>
[Collection(SessionCollection.Name)]
public class ReferenceTests : SessionTest
{
    private const int Few = 40; // the framework has more than 160

    private int Bound => Session.Compiler.Previous!.ReferencedAssemblyNames.Count();

    [Fact]
    public void A_small_cell_is_bound_to_few_assemblies()
    {
        Assert.Equal("2", Value("1 + 1"));
        Assert.InRange(Bound, 10, Few);
    }

    [Theory]
    [InlineData("long sum = 0; Parallel.For(0, 10, i => Interlocked.Add(ref sum, i)); sum", "45", "System.Threading")]
    [InlineData("Enumerable.Range(0, 10).AsParallel().Sum()", "45", "System.Linq")]
    [InlineData("XDocument.Parse(\"<a b='1'/>\").Root.Attribute(\"b\").Value", "1", "System.Xml.Linq")]
    [InlineData("new HttpClient().DefaultRequestHeaders.Count()", "0", "System.Net.Http")]
    [InlineData("JsonSerializer.Serialize(new[] { 1, 2 })", "[1,2]", "System.Text.Json")]
    [InlineData("SHA256.HashData([]).Length", "32", "System.Security.Cryptography")]
    [InlineData("new Regex(\"a+\").Match(\"baa\").Value", "aa", "System.Text.RegularExpressions")]
    [InlineData("Process.GetCurrentProcess().Id == Environment.ProcessId", "True", "System.Diagnostics")]
    [InlineData("ImmutableArray.Create(1, 2).Length", "2", "System.Collections.Immutable")]
    [InlineData("BitConverter.ToString(new BinaryReader(new GZipStream(new MemoryStream(), CompressionMode.Decompress)).ReadBytes(1))", "", "System.IO;\nusing System.IO.Compression")]
    [InlineData("class Note : IHtmlContent { public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(encoder.Encode(\"<\")); }\n"
        + "var written = new StringWriter(); new Note().WriteTo(written, HtmlEncoder.Default); written.ToString()", "&lt;",
        "System.IO;\nusing System.Text.Encodings.Web;\nusing Microsoft.AspNetCore.Html")]
    public void A_cell_finds_all_of_the_framework(string code, string expected, string @namespace) =>
        Assert.Equal(expected, Value($"using {@namespace};\n{code}"));

    [Fact]
    public void A_cell_that_fails_makes_the_next_none_the_slower()
    {
        Assert.Contains("CS0103", Error("nonsense + 1").Value);
        Assert.Contains("CS1002", Error("var x = 1").Value + Error("1 + 1 var").Value);
        Assert.Equal("3", Value("1 + 2"));
        Assert.InRange(Bound, 10, Few);
    }

    [Fact]
    public void What_a_cell_needed_the_next_has()
    {
        Assert.Null(Run("using System.Xml.Linq;").Error);
        Assert.Null(Run("var element = new XElement(\"a\");").Error);
        Assert.Equal("<a />", Value("element.ToString()"));
    }
}
