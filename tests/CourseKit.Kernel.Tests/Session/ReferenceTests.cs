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

    /// <summary>To the compiler an assembly of which it sees other references is another: what earlier cells left must still fit.</summary>
    [Fact]
    public void What_earlier_cells_left_fits_a_cell_that_sees_more()
    {
        Assert.Null(Run("using System.Linq.Expressions;\nusing Microsoft.AspNetCore.Html;").Error);
        Assert.Null(Run("Expression<Func<int, int>> twice = x => 2 * x;\nclass Box<T> { public T Held; }\nstring Show(Expression<Func<int, int>> e) => e.ToString();").Error);
        Assert.Null(Run("var box = new Box<Expression<Func<int, int>>> { Held = twice };\nvar shown = display(\"first\");\nvar pair = new { Name = \"a\", Of = twice };\nIHtmlContent html = new HtmlString(\"b\");").Error);
        Assert.Equal("x => (2 * x)True", Value("Show(box.Held) + (System.Xml.Linq.XDocument.Parse(\"<a/>\").Root is not null)"));
        Assert.Equal("x => (2 * x)a", Value("shown.Update(\"second\"); System.Net.WebUtility.HtmlEncode(Show(pair.Of) + pair.Name).Replace(\"&gt;\", \">\")"));
        Assert.Equal("3", Value("pair = new { Name = \"b\", Of = twice }; html = new HtmlString(\"c\"); int Three() => 3; Three()"));
    }

    [Fact]
    public void A_library_that_is_named_later_fits_too()
    {
        Assert.Null(Run("using System.Linq.Expressions;\nExpression<Func<int>> one = () => 1;\nvar numbers = new System.Collections.Concurrent.ConcurrentBag<int> { 1, 2 };").Error);
        Assert.Null(Run($"#r \"{typeof(ReferenceTests).Assembly.Location}\"\nusing CourseKit.Kernel.Tests.Session;").Error);
        Assert.Equal("Lambda1+2", Value("Needed.Describe(one) + \"+\" + numbers.Count"));
    }

    [Fact]
    public void Completion_knows_what_earlier_cells_left_and_the_whole_framework()
    {
        Assert.Null(Run($"#r \"{typeof(ReferenceTests).Assembly.Location}\"\nusing CourseKit.Kernel.Tests.Session;\nusing System.Linq.Expressions;\nExpression<Func<int>> one = () => 1;").Error);
        Assert.Contains("DescribeIt", Session.Complete("one.Descr", 9).Matches.Select(match => match.Text));
        Assert.Contains("XDocument", Session.Complete("System.Xml.Linq.XDoc", 20).Matches.Select(match => match.Text));
        Assert.Equal("2", Value("System.Xml.Linq.XDocument.Parse(\"<a/>\"); var two = 2; two"));
        Assert.Contains("DescribeIt", Session.Complete("one.Descr", 9).Matches.Select(match => match.Text));
        Assert.Contains("two", Session.Complete("tw", 2).Matches.Select(match => match.Text));
    }

    [Fact]
    public void A_query_is_the_providers_and_not_run_in_memory()
    {
        Assert.Null(Run("IQueryable<int> numbers = Enumerable.Range(0, 10).AsQueryable();\nvar many = numbers.Where(n => n > 3);").Error);
        Assert.StartsWith("System.Linq.EnumerableQuery`1", Value("many.GetType().FullName"));
        Assert.Equal("a", Value("System.Xml.Linq.XDocument.Parse(\"<a/>\").Root.Name.ToString()"));
        Assert.Equal("6", Value("many.Count()"));
    }

    [Fact]
    public void A_cell_that_cannot_be_read_is_told_of_that_alone()
    {
        var error = Error("using System.Net.Http;\nvar client = new HttpClient()");
        Assert.Contains("CS1002", error.Value);
        Assert.DoesNotContain("CS0", string.Join('\n', error.Traceback));
    }

    [Fact]
    public void A_mistake_is_told_as_if_all_of_the_framework_had_been_seen()
    {
        var error = Error("var document = System.Xml.Linq.XDocument.Parse(\"<a/>\");\nnonsense(document)");
        Assert.Contains("cell 1, line 2, column 1: error CS0103", error.Value);
        Assert.DoesNotContain("Linq", string.Join('\n', error.Traceback).Replace("System.Xml.Linq.XDocument.Parse", "", StringComparison.Ordinal));
    }
}

/// <summary>What a library offers to cells, with a type of the framework in it.</summary>
public static class Needed
{
    public static string Describe(System.Linq.Expressions.Expression expression) => expression.NodeType.ToString() + System.Linq.Expressions.Expression.Lambda(expression is System.Linq.Expressions.LambdaExpression l ? l.Body : expression).Compile().DynamicInvoke();

    public static string DescribeIt(this System.Linq.Expressions.LambdaExpression expression) => Describe(expression);
}
