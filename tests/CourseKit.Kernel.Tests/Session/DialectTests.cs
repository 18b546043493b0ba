namespace CourseKit.Kernel.Tests.Session;

/// <summary>The dialect of a cell, point by point: what runs on .NET Interactive runs here, and what does not is an error here too.</summary>
[Collection(SessionCollection.Name)]
public sealed class DialectTests : SessionTest
{
    [Fact]
    public void The_last_expression_without_semicolon_is_the_result()
    {
        Assert.Equal("42", Value("var x = 41;\nx + 1"));
        Assert.Null(Value("x.ToString();"));
    }

    [Fact]
    public void What_a_cell_defines_later_cells_see_and_may_define_again()
    {
        Value("var x = 1; int F() => x;");
        Assert.Equal("1", Value("F()"));
        Value("var x = \"text\";");
        Assert.Equal("text", Value("x"));
        Assert.Equal("1", Value("F()"));
    }

    [Fact]
    public void Await_stands_at_the_top_level()
    {
        Assert.Equal("3", Value("await Task.Delay(5); var y = await Task.FromResult(3); y"));
        Assert.Equal("3", Value("y"));
    }

    [Theory]
    [InlineData("record Point(int X, int Y);", "new Point(1, 2).ToString()", "Point { X = 1, Y = 2 }")]
    [InlineData("class Counter(int start) { public int Next() => start++; }", "new Counter(7).Next()", "7")]
    [InlineData("static int Twice(this int x) => 2 * x;", "4.Twice()", "8")]
    [InlineData("using static System.Math;", "Max(2, 3)", "3")]
    [InlineData("var raw = \"\"\"a \"quoted\" word\"\"\";", "raw", "a \"quoted\" word")]
    [InlineData("int[] numbers = [1, 2, .. new[] { 3 }];", "numbers.Length", "3")]
    [InlineData("int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);", "Fib(20)", "6765")]
    [InlineData("IEnumerable<int> Up() { for (var i = 0; i < 3; i++) yield return i; }", "string.Join(\",\", Up())", "0,1,2")]
    [InlineData("int[] Pair(int a) => [a, a];", "Pair(2).Sum()", "4")]
    [InlineData("async Task<int> Later() => await Task.FromResult(5);", "await Later()", "5")]
    [InlineData("async Task Wait() => await Task.Delay(1);", "await Wait(); 1", "1")]
    [InlineData("void Nothing() => Console.Write(\"\");", "Nothing(); 2", "2")]
    [InlineData("T Same<T>(T x) where T : struct => x;", "Same(3.5)", "3.5")]
    [InlineData("public class Person { public string Name => field ??= \"Ada\"; }", "new Person().Name", "Ada")]
    [InlineData("var s = 0; foreach (var (a, b) in new[] { (1, 2), (3, 4) }) s += a * b;", "s", "14")]
    [InlineData("var n = 0; do n++; while (n < 5);", "n", "5")]
    [InlineData("Func<int, int> square = q => q * q;", "square(5)", "25")]
    [InlineData("enum Colour { Red, Green }", "Colour.Green", "Green")]
    [InlineData("uint Big() => 42; byte Small() => 1; const int one = 1; byte Named() => one; long? None() => null;", "Big() + Small() + Named() + (None() ?? 0)", "44")]
    [InlineData("struct Vector { public double X; public Vector(double x) => X = x; public static Vector operator +(Vector a, Vector b) => new(a.X + b.X); public static implicit operator double(Vector a) => a.X; public readonly double Twice => 2 * X; }", "(double)(new Vector(1) + new Vector(2)) + new Vector(1).Twice", "5")]
    [InlineData("class Box { int[] inside = [1, 2, 3]; public ref int this[int i] => ref inside[i]; public int First { get => inside[0]; set => inside[0] = value; } public int Last { get; init; } = new List<int> { 4 }[0]; }", "var box = new Box { First = 7 }; box[1]++; box[0] + box[1] + box.Last", "14")]
    [InlineData("class Bell { Action? rings; public event Action Rings { add => rings += value; remove => rings -= value; } public void Ring() => rings?.Invoke(); }", "var bell = new Bell(); var heard = 0; bell.Rings += () => heard++; bell.Ring(); heard", "1")]
    [InlineData("interface IShape { double Area => 0; static abstract string Name { get; } } record Square(double Side) : IShape { double IShape.Area => Side * Side; public static string Name => nameof(Square); public Square Half => this with { Side = Side / 2 }; }", "((IShape)new Square(4).Half).Area + Square.Name", "4Square")]
    [InlineData("class Chain { public Chain? Next = null; public Func<int, int> Step = x => new int[] { x }.Length; static readonly object Gate = new(); public Chain() : this(1) { } Chain(int length) { } ~Chain() { } }", "new Chain().Step(5)", "1")]
    [InlineData("int Jump() { var i = 0; again: if (++i < 3) goto again; switch (i) { case 3: goto default; default: return i; } }", "Jump()", "3")]
    [InlineData("int x0 = 0;\nstart: x0++;\nif (x0 < 5) goto start;", "x0", "5")]
    [InlineData("async IAsyncEnumerable<int> Count() { for (var i = 0; i < 3; i++) { await Task.Yield(); yield return i; } }", "var sum = 0; await foreach (var i in Count()) sum += i; sum", "3")]
    [InlineData("Func<int, Task> wait = async n => await Task.Delay(n); Func<Task<int>> two = async () => await Task.FromResult(2); Func<int, Task> none = async n => { };", "await wait(1); await none(1); await two()", "2")]
    public void What_is_fine_on_NET_Interactive_is_fine_here(string definition, string expression, string expected)
    {
        Value(definition);
        Assert.Equal(expected, Value(expression));
    }

    [Theory]
    [InlineData("namespace A { class B { } }")]
    [InlineData("static class E { public static int Twice(this int x) => 2 * x; }")]
    [InlineData("Span<int> s = new int[3];")]
    [InlineData("var x = 1;\nusing System.IO;")]
    [InlineData("File.Exists(\"x\")")]
    [InlineData("static class G { extension(int x) { public int Twice => 2 * x; } }")]
    public void What_a_script_cannot_have_is_a_compile_error(string code) => Assert.Equal("CompileError", Error(code).Name);

    [Fact]
    public void The_imports_are_those_of_NET_Interactive_and_no_more()
    {
        Assert.Equal("1", Value("new StringBuilder().Append(new List<int> { 1 }.First()).ToString()"));
        Assert.Contains("'File' does not exist", Error("File.Exists(\"x\")").Value);
        Assert.Equal("False", Value("using System.IO;\nFile.Exists(\"x\")"));
    }

    [Fact]
    public void Assemblies_of_the_framework_are_found_when_they_are_needed()
    {
        Assert.Equal("example.org", Value("using System.Net.Mail;\nnew MailAddress(\"a@example.org\").Host"));
        Assert.Equal("<a />", Value("using System.Xml.Linq;\nnew XElement(\"a\").ToString()"));
    }

    [Fact]
    public void A_dll_is_referenced_relative_to_the_notebooks_folder()
    {
        var dll = typeof(DialectTests).Assembly.Location;
        Directory.CreateDirectory(Path.Combine(Folder, "lib"));
        File.Copy(dll, Path.Combine(Folder, "lib", Path.GetFileName(dll)));
        Assert.Equal("from a library", Value($"#r \"lib/{Path.GetFileName(dll)}\"\nusing CourseKit.Kernel.Tests.Session;\nnew ShownByName(\"from a library\").Text"));
        Assert.Contains("missing.dll", Error("#r \"lib/missing.dll\"").Value);
    }

    [Fact]
    public void A_source_of_packages_that_is_not_there_does_not_spoil_the_next_cells()
    {
        Assert.Equal("NuGetError", Error($"#i \"nuget:{Path.Combine(Folder, "nowhere")}\" // a comment\n#r \"nuget: CourseKit.NoSuchPackage, 1.0.0\" // another").Name);
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", Folder); // nothing is restored already
        try
        {
            Assert.Equal("4", Value("#r \"nuget: MathNet.Numerics, 5.0.0\"\nMathNet.Numerics.Combinatorics.Permutations(2) + 2"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("XDG_CACHE_HOME", cache);
        }
    }

    [Fact]
    public void A_script_is_loaded_relative_to_the_notebooks_folder()
    {
        File.WriteAllText(Path.Combine(Folder, "helper.csx"), "int Helper() => 11;");
        Assert.Equal("11", Value("#load \"helper.csx\"\nHelper()"));
    }

    [Fact]
    public void A_wrong_package_reference_is_named()
    {
        Assert.Contains("is no package reference", Error("#r \"nuget: ../evil, 1\"").Value);
    }

    [Fact]
    public void Display_shows_at_its_place_in_the_output_and_can_be_updated()
    {
        Value("Console.Write(1); var shown = display(2); Console.Write(3); \"four\".Display(); shown.Update(5); \"<b>6</b>\".DisplayAs(\"text/html\");");
        Assert.Equal("out:1|display:2|out:3|display:four|update:5|display:<b>6</b>|", Output.Log);
        Assert.Equal(Output.Displays[0].Id, Output.Updates[0].Id);
        Assert.Equal("<b>6</b>", (string?)Output.Displays[2].Data["text/html"]);
    }

    [Fact]
    public void The_console_is_captured_both_ways()
    {
        Output.Answer = "Ada";
        Assert.Equal("Ada", Value("Console.Write(\"a\"); Console.Error.Write(\"b\"); Console.WriteLine(1.5); Console.ReadLine()"));
        Assert.Equal("out:a|err:b|out:1.5\n|ask:|", Output.Log);
        Assert.Equal("Ada", Value("input(\"name?\")"));
        Assert.EndsWith("ask:name?|", Output.Log);
    }

    [Fact]
    public void A_console_that_a_cell_sent_elsewhere_is_the_cells_again_in_the_next()
    {
        Assert.Equal("hidden", Value("var kept = new System.IO.StringWriter(); Console.SetOut(kept); Console.SetError(kept); Console.Write(\"hid\"); Console.Error.Write(\"den\"); kept.ToString()"));
        Assert.Equal("", Output.Log);
        Run("Console.Write(1); Console.Error.Write(2);");
        Assert.Equal("out:1|err:2|", Output.Log);
    }

    [Fact]
    public void Warnings_go_to_stderr_with_their_place()
    {
        Value("int Unused()\n{\n    int nothing;\n    return 1;\n}");
        Assert.Equal("err:cell 1, line 3, column 9: warning CS0168: The variable 'nothing' is declared but never used\n|", Output.Log);
    }
}
