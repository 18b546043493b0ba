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

    [Theory]
    [InlineData("int Down(int n) => Down(n - 1);", "_ = Down(1)")]
    [InlineData("uint Down(uint n) => Down(n - 1); uint Two() => 2; byte One() { return 1; }", "_ = Down(1)")]
    [InlineData("void Down() => Down();", "Down()")]
    [InlineData("Task Down() => Down();", "_ = Down()")]
    [InlineData("ref int Down() => ref Down();", "_ = Down()")]
    [InlineData("class A { public int X => X; }", "_ = new A().X")]
    [InlineData("class A { public int X { get => X; set => X = value; } }", "new A().X = 1")]
    [InlineData("class A { public int X { get { return X; } } }", "_ = new A().X")]
    [InlineData("class A { public int this[int i] => this[i + 1]; }", "_ = new A()[0]")]
    [InlineData("class A { public int this[int i] { get => this[i + 1]; } }", "_ = new A()[0]")]
    [InlineData("class A { public static A operator +(A a, A b) => a + b; }", "_ = new A() + new A()")]
    [InlineData("class A { public static A operator +(A a, A b) { return a + b; } }", "_ = new A() + new A()")]
    [InlineData("class A { public static implicit operator int(A a) => (int)a; }", "_ = 1 + new A()")]
    [InlineData("class A { public A() { new A(); } }", "_ = new A()")]
    [InlineData("class A { A next; public A() => next = new A(); }", "_ = new A()")]
    [InlineData("class A { A next = new A(); }", "_ = new A()")]
    [InlineData("class A { A Next { get; } = new(); }", "_ = new A()")]
    [InlineData("class A { List<A> next = [new A()]; }", "_ = new A()")]
    [InlineData("class A { public override string ToString() => $\"{this}\"; }", "_ = new A().ToString()")]
    [InlineData("Func<int, int> down = null!; down = n => down(n + 1);", "down(1)")]
    [InlineData("Func<int, int> down = null!; down = n => { return down(n + 1); };", "down(1)")]
    [InlineData("Func<int, int> down = null!; down = n => n == 0 ? 1 : n * down(n - 1);", "_ = down(-1)")]
    [InlineData("Action<int> down = null!; down = n => down(n + 1);", "down(1)")]
    [InlineData("Func<int, int> down = null!; down = n => n switch { 0 => 1, _ => down(n - 1) };", "_ = down(-1)")]
    [InlineData("var count = 0; Func<int, int> down = null!; down = n => count = down(n);", "_ = down(1)")]
    [InlineData("class A { static Func<A> make = () => new(); A next = make(); }", "_ = new A()")]
    [InlineData("Func<int, int> down = null!; down = delegate (int n) { return down(n + 1); };", "down(1)")]
    public void An_endless_recursion_of_any_kind_is_an_exception(string definition, string call)
    {
        Value(definition);
        // On a small stack: from the bottom of a cell's own, half a million calls deep, it takes seconds to come back.
        Assert.Equal("InsufficientExecutionStackException", Value($$"""
            Exception? seen = null;
            var small = new System.Threading.Thread(() =>
            {
                try
                {
                    {{call}};
                }
                catch (Exception error)
                {
                    seen = error;
                }
            }, 256 << 10);
            small.Start();
            small.Join();
            seen!.GetType().Name
            """));
    }

    [Theory]
    [InlineData("async Task Down() => await Down();", "await Down();")]
    [InlineData("async Task<int> Down() => await Down();", "await Down()")]
    [InlineData("async System.Threading.Tasks.ValueTask Down() => await Down();", "await Down();")]
    [InlineData("Func<int, Task> down = null!; down = async n => await down(n + 1);", "await down(1);")]
    [InlineData("async Task<int> Down(int n) { return await Down(n + 1); }", "await Down(1)")]
    public void An_endless_recursion_that_awaits_is_an_exception_and_does_not_take_minutes_to_come_back(string definition, string call)
    {
        Value("var kept = 5;");
        Value(definition);
        Assert.Equal("System.InsufficientExecutionStackException", Error(call).Name);
        Assert.Equal("5", Value("kept"));
    }

    [Fact]
    public void A_guarded_member_is_still_in_its_line()
    {
        var error = Error("class A\n{\n    public int X\n        => // why\n        int.Parse(\n            \"x\");\n    public int Y => 1;\n    public int Z => int.Parse(\"z\");\n}\nnew A().X");
        Assert.Contains(error.Traceback, line => line.EndsWith("in cell 1, line 5", StringComparison.Ordinal));
        Assert.Contains(Error("new A().Z").Traceback, line => line.EndsWith("in cell 1, line 8", StringComparison.Ordinal));
    }

    [Fact]
    public void What_fails_in_a_file_that_a_cell_takes_in_is_told_with_the_file()
    {
        File.WriteAllText(Path.Combine(Folder, "broken.csx"), "int Fine() => 1;\nint Broken( => 2;");
        Assert.StartsWith("cell 1, broken.csx, line 2, column 13: error CS1001", Error("#!import broken.csx").Value, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(Folder, "b.ipynb"), """
            {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
              {"cell_type": "code", "id": "a", "metadata": {}, "execution_count": null, "outputs": [], "source": "var q = 1;"},
              {"cell_type": "code", "id": "b", "metadata": {}, "execution_count": null, "outputs": [], "source": "var r = 2;\nint.Parse(\"x\");"}]}
            """);
        Assert.Contains("   at cell 2, b.ipynb, code cell 2, line 2", Error("#!import b.ipynb").Traceback);
        File.WriteAllText(Path.Combine(Folder, "throws.csx"), "\n\nvoid Throws() => throw new Exception();");
        Assert.Contains("   at Throws() in throws.csx, line 3", Error("#load \"throws.csx\"\nThrows();").Traceback);
    }

    [Fact]
    public void What_fails_outside_the_cells_own_code_is_told_and_the_session_goes_on()
    {
        Assert.Equal("System.TypeLoadException", Error("[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit)] class Broken { [System.Runtime.InteropServices.FieldOffset(0)] public string A = \"\"; [System.Runtime.InteropServices.FieldOffset(0)] public int B; } new Broken().B").Name);
        Assert.Equal("4", Value("2 + 2"));
        var error = Error("class Silent : Exception { public override string Message => throw new InvalidOperationException(); } throw new Silent();");
        Assert.EndsWith("Silent", error.Name, StringComparison.Ordinal);
        Assert.Equal("(its Message throws System.InvalidOperationException)", error.Value);
        Assert.Equal("5", Value("2 + 3"));
    }

    [Theory]
    [InlineData("bool Even(int n) => n == 0 || Odd(n - 1); bool Odd(int n) => n != 0 && Even(n - 1);", "Even(-1)", "   ... and ")]
    [InlineData("void Nest(int n) { try { if (n > 0) Nest(n - 1); else throw new Exception(\"inmost\"); } catch (Exception e) { throw new Exception(\"n\", e); } }", "Nest(1000);", "...")]
    [InlineData("void Zigzag(int n) { if (n % 7 == 0) { Zigzag(n + 1); return; } if (n % 11 == 3) { Zigzag(n + 1); return; } if (n > 5000) throw new Exception(); Zigzag(n + 1); }", "Zigzag(1);", "   ... ")]
    public void A_traceback_can_be_read_whatever_it_is_of(string definition, string call, string shortened)
    {
        Value(definition);
        var traceback = Error(call).Traceback;
        Assert.InRange(traceback.Count, 3, 600);
        Assert.Contains(traceback, line => line.StartsWith(shortened, StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_compiler_makes_a_text_of_is_what_was_written()
    {
        var error = Error("int[] numbers = [1, 2]; ArgumentOutOfRangeException.ThrowIfNegative(numbers.Sum(n => { foreach (var i in numbers) if (i > 5) break; return n - 10; }));");
        Assert.Contains("return n - 10; })", error.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("Guard", error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_of_several_exceptions_is_told()
    {
        var error = Error("Task Fail(string what) => Task.FromException(new ArgumentException(what)); Task.WaitAll(Fail(\"first\"), Fail(\"second\"));");
        Assert.Equal("System.AggregateException", error.Name);
        Assert.Contains("caused by System.ArgumentException: first", error.Traceback);
        Assert.Contains("caused by System.ArgumentException: second", error.Traceback);
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
    [InlineData("await Task.Yield(); while (true) { }")]
    [InlineData("again: goto again;")]
    [InlineData("int Fibonacci(int n) => n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2); Fibonacci(90)")]
    [InlineData("using Later = System.Threading.Tasks.Task; async Later Nothing() => await Later.Yield(); Func<int, int> twice = x => 2 * x; await Nothing(); while (twice(1) == 2) { }")]
    [InlineData("switch (1) { case 1: goto case 1; }")]
    [InlineData("while (Enumerable.Range(0, int.MaxValue).Any(i => { while (true) { } })) ;")]
    [InlineData("var a = new double[10]; System.Threading.Tasks.Parallel.For(0, long.MaxValue, i => a[i % 10] = Math.Sqrt(i));")]
    [InlineData("class Endless { public override string ToString() { while (true) { } } } new Endless()")]
    [InlineData("Enumerable.Range(0, int.MaxValue).Sum(i => Math.Sin(i)) + Enumerable.Range(0, int.MaxValue).Sum(i => Math.Sin(i))")]
    public void An_interrupt_stops_it_and_keeps_the_variables(string endless)
    {
        Value("var kept = 42;");
        new Thread(() => // not a timer, for which there may be no thread left
        {
            Thread.Sleep(300);
            Session.Interrupt();
        }).Start();
        var error = Error(endless);
        Assert.Equal("KeyboardInterrupt", error.Name);
        Assert.DoesNotContain("in the background", error.Value, StringComparison.Ordinal);
        Assert.Equal("42", Value("kept"));
    }

    [Theory]
    [InlineData("Enumerable.Repeat(1, int.MaxValue).Concat(Enumerable.Repeat(2, int.MaxValue / 2)).LongCount()")]
    [InlineData("System.Text.RegularExpressions.Regex.IsMatch(new string('a', 27) + \"!\", \"^(a+)+$\")")]
    [InlineData("var random = new Random(1); var sorted = Enumerable.Range(0, 10_000_000).OrderBy(_ => random.Next()).ToArray();")]
    public void A_librarys_work_ends_the_cell_and_neither_the_process_nor_the_variables(string work)
    {
        Value("var kept = 42;");
        for (var i = 0; i < 2; i++)
        {
            InterruptOnceItWorks();
            Assert.Equal("KeyboardInterrupt", Error($"Console.Write(\"begins\"); {work}").Name);
            Output.Seen = null;
            Assert.Equal("42", Value("kept"));
        }
    }

    [Fact]
    public void What_waits_does_not_go_on_when_its_waiting_ends()
    {
        Value("var kept = 42; var wentOn = 0; var gate = new TaskCompletionSource(); var ended = new System.Threading.ManualResetEventSlim();");
        InterruptOnceItWorks();
        var error = Error("""
            Console.Write("begins");
            async Task Later()
            {
                try
                {
                    await gate.Task;
                    while (true) wentOn++;
                }
                finally { ended.Set(); }
            }
            await Later();
            wentOn = -1;
            """);
        Output.Seen = null;
        Assert.Equal("KeyboardInterrupt", error.Name);
        Assert.Contains("still runs in the background", error.Value, StringComparison.Ordinal);
        Assert.Equal("42", Value("kept"));
        Assert.Equal("True", Value("gate.SetResult(); ended.Wait(60_000)")); // SetResult runs what waited within this cell
        Assert.Equal("0", Value("await Task.Delay(100); wentOn"));
    }

    [Fact]
    public void What_was_left_to_itself_does_not_go_on_when_the_library_returns()
    {
        Value($"#r \"{typeof(EndlessWork).Assembly.Location}\"\nusing CourseKit.Kernel.Tests.Session; var wentOn = 0; var ended = new System.Threading.ManualResetEventSlim();");
        InterruptOnceItWorks();
        var error = Error("""
            Console.Write("begins");
            try
            {
                var result = EndlessWork.OverNumbers(); // a guard comes behind it in the cell's own statements and in loops
                while (true) wentOn = 1;
            }
            finally { ended.Set(); }
            """);
        Output.Seen = null;
        Assert.Equal("KeyboardInterrupt", error.Name);
        Assert.Contains("still runs in the background", error.Value, StringComparison.Ordinal);
        Assert.Equal("285", Value("var sum = 0; for (var i = 0; i < 10; i++) sum += i * i; sum"));
        Value("EndlessWork.IsOver = true;");
        Assert.Equal("True", Value("ended.Wait(60_000)"));
        Assert.Equal("0", Value("wentOn"));

        Value("EndlessWork.IsOver = false;");
        InterruptOnceItWorks();
        Assert.Equal("KeyboardInterrupt", Error("var mine = System.Threading.Thread.CurrentThread; Console.Write(\"begins\"); EndlessWork.OverNumbers();\n#region\nwentOn = 2;\n#endregion\nended.Reset();").Name);
        Output.Seen = null;
        Value("EndlessWork.IsOver = true;");
        Assert.Equal("True", Value("mine.Join(60_000)"));
        Assert.Equal("0True", Value("$\"{wentOn}{ended.IsSet}\""));
    }

    /// <summary>When the cell writes that it begins, gives it a moment to come past the guard behind that, and interrupts it.</summary>
    private void InterruptOnceItWorks() => Output.Seen = _ =>
    {
        Thread.Sleep(500);
        Session.Interrupt();
    };

    [Fact]
    public void What_cannot_be_ended_is_left_to_itself()
    {
        Value("var kept = 42; var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0); listener.Start();");
        InterruptOnceItWorks();
        var error = Error("Console.Write(\"begins\"); listener.AcceptSocket();");
        Output.Seen = null;
        Assert.Equal("KeyboardInterrupt", error.Name);
        Assert.Contains("still runs in the background", error.Value, StringComparison.Ordinal);
        Assert.Equal("42", Value("kept"));
        Value("listener.Stop();"); // and with it what was left
        Assert.Equal("43", Value("kept + 1"));
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

/// <summary>What a library may do: nothing that a session has written its guards into.</summary>
public static class EndlessWork
{
    private static volatile bool isOver;

    public static bool IsOver
    {
        get => isOver;
        set => isOver = value;
    }

    public static double OverNumbers()
    {
        for (var x = 0.0; ; x = Math.Sqrt(x + 1))
            if (isOver)
                return x;
    }
}
