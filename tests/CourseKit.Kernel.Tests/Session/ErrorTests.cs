namespace CourseKit.Kernel.Tests.Session;

/// <summary>Errors are told in terms of cells and lines, without the kernel's own machinery.</summary>
[Collection(SessionCollection.Name)]
public sealed class ErrorTests : SessionTest
{
    [Fact]
    public void A_compile_error_shows_cell_line_column_and_the_text()
    {
        var error = Error("var a = 1;\n\n  undefined + 2");
        Assert.Equal("cell 1, line 3, column 3: error CS0103: The name 'undefined' does not exist in the current context", error.Value);
        Assert.Equal("      undefined + 2", error.Traceback[1]);
        Assert.Equal("      ^", error.Traceback[2]);
    }

    [Fact]
    public void An_exception_shows_the_lines_of_every_cell_it_went_through()
    {
        Value("int Divide(int a, int b)\n{\n    return a / b;\n}");
        var error = Error("var zero = 0;\nforeach (var i in new[] { 1 })\n    Divide(i, zero);");
        Assert.Equal("System.DivideByZeroException", error.Name);
        Assert.Equal(
            ["System.DivideByZeroException: Attempted to divide by zero.", "   at Divide(Int32, Int32) in cell 1, line 3", "   at cell 2, line 3"],
            error.Traceback);
    }

    [Fact]
    public void An_exception_inside_an_exception_is_shown()
    {
        var error = Error("try\n{\n    int.Parse(\"x\");\n}\ncatch (FormatException inner)\n{\n    throw new InvalidOperationException(\"outer\", inner);\n}");
        Assert.Contains("System.InvalidOperationException: outer", error.Traceback);
        Assert.Contains("caused by System.FormatException: The input string 'x' was not in a correct format.", error.Traceback);
        Assert.DoesNotContain(error.Traceback, line => line.Contains("CourseKit.Kernel", StringComparison.Ordinal));
    }

    [Fact]
    public void An_endless_recursion_is_an_exception_and_the_session_goes_on()
    {
        Value("var kept = 5;");
        var error = Error("int Down(int n) => Down(n - 1) + 1;\nDown(1)");
        Assert.Equal("System.InsufficientExecutionStackException", error.Name);
        Assert.Contains(error.Traceback, line => line.Contains("times more", StringComparison.Ordinal));
        Assert.Equal("System.InsufficientExecutionStackException", Error("void Deep(int n) { Deep(n + 1); }\nDeep(1);").Name);
        Assert.Equal("5", Value("kept"));
    }

    [Fact]
    public void A_failed_cell_keeps_what_it_had_defined_before()
    {
        Error("var before = 3;\nthrow new Exception();");
        Assert.Equal("3", Value("before"));
        Error("var typo = ;");
        Assert.Equal("CompileError", Error("typo").Name);
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("for (;;) ;")]
    [InlineData("do { } while (true);")]
    [InlineData("foreach (var i in Enumerable.Repeat(1, int.MaxValue)) foreach (var j in Enumerable.Repeat(1, int.MaxValue)) ;")]
    [InlineData("System.Threading.Thread.Sleep(60_000);")]
    [InlineData("await Task.Delay(60_000);")]
    [InlineData("await Task.Yield(); while (true) { }")]
    [InlineData("Enumerable.Range(0, int.MaxValue).Sum(i => Math.Sin(i)) + Enumerable.Range(0, int.MaxValue).Sum(i => Math.Sin(i))")]
    public void An_interrupt_stops_it_and_keeps_the_variables(string endless)
    {
        Value("var kept = 42;");
        using var timer = new Timer(_ => Session.Interrupt(), null, 300, Timeout.Infinite);
        Assert.Equal("KeyboardInterrupt", Error(endless).Name);
        Assert.Equal("42", Value("kept"));
    }

    [Fact]
    public void A_cell_that_listens_for_the_interrupt_goes_on_and_the_next_interrupt_ends_it()
    {
        Output.Seen = text =>
        {
            if (text.Contains("press stop", StringComparison.Ordinal))
                Session.Interrupt();
        };
        Assert.Equal("KeyboardInterrupt", Error("""
            var stop = new System.Threading.ManualResetEventSlim();
            CourseKit.Kernel.Dialect.Guard.OnInterrupt(stop.Set);
            Console.Write("press stop");
            stop.Wait();
            var wentOn = true;
            Console.Write("press stop again");
            while (true) { }
            """).Name);
        Assert.Equal("True", Value("wentOn"));
    }

    [Fact]
    public void What_one_cell_listens_with_is_forgotten_in_the_next()
    {
        Value("CourseKit.Kernel.Dialect.Guard.OnInterrupt(() => { });");
        using var timer = new Timer(_ => Session.Interrupt(), null, 300, Timeout.Infinite);
        Assert.Equal("KeyboardInterrupt", Error("while (true) { }").Name);
    }

    [Fact]
    public void An_interrupt_between_cells_does_nothing()
    {
        Session.Interrupt();
        Assert.Equal("1", Value("1"));
    }
}
