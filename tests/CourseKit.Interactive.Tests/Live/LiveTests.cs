namespace CourseKit.Interactive.Tests;

/// <summary>The hosts are known by the shapes of their members, so the tests bring hosts of these shapes.</summary>
public sealed class LiveTests : IDisposable
{
    private readonly StringWriter _console = new();

    public LiveTests() => Reset();

    public void Dispose() => Reset();

    [Fact]
    public void In_CourseKits_kernel_the_running_cell_shows_and_updates()
    {
        Guard.HasCell = true;
        Show("a").Update("b");
        Assert.Equal(["kernel:a", "kernel:update b"], Log);
        Assert.Equal("", _console.ToString());
    }

    [Fact]
    public void In_NET_Interactive_the_commands_context_shows_and_updates()
    {
        Context.Current = new Context();
        Show("a").Update("b");
        Assert.Equal(["interactive:a", "interactive:update b"], Log);
        Assert.Equal("", _console.ToString());
    }

    [Fact]
    public void Where_no_cell_runs_the_console_does()
    {
        Show("a").Update("b");
        Assert.Empty(Log);
        Assert.Equal(["a", "b"], Lines());
    }

    [Fact]
    public void The_console_does_not_repeat_what_stays_the_same_and_writes_invariant_numbers()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        Thread.CurrentThread.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo("de-DE");
        try
        {
            var shown = Show(0.5);
            shown.Update(0.5);
            shown.Update(0.25);
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }

        Assert.Equal(["0.5", "0.25"], Lines());
    }

    [Fact]
    public void What_a_host_throws_comes_through_as_it_is()
    {
        Guard.HasCell = true;
        Assert.Throws<OperationCanceledException>(() => Show("interrupt"));
        var shown = Show("a");
        Assert.Throws<OperationCanceledException>(() => shown.Update("interrupt"));
    }

    [Fact]
    public void A_host_of_another_shape_is_passed_over()
    {
        Live.Show("a", new CourseKitHost(typeof(string), typeof(string)), new InteractiveHost(typeof(string), typeof(string)), _console);
        Assert.Equal(["a"], Lines());
    }

    [Fact]
    public void Nothing_cannot_be_shown()
    {
        Assert.Throws<ArgumentNullException>(() => Live.Show(null!));
        Assert.Throws<ArgumentNullException>(() => Show("a").Update(null!));
    }

    private static List<string> Log { get; } = [];

    private static void Reset()
    {
        Log.Clear();
        Guard.HasCell = false;
        Context.Current = null;
    }

    private ILiveDisplay Show(object value) =>
        Live.Show(value, new CourseKitHost(typeof(Dialect), typeof(Guard)), new InteractiveHost(typeof(Context), typeof(ContextExtensions)), _console);

    private string[] Lines() => _console.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private sealed class Displayed(string host)
    {
        public void Update(object value) => Write(host, "update ", value);
    }

    private static Displayed Write(string host, string verb, object value)
    {
        if (value is "interrupt")
            throw new OperationCanceledException();
        Log.Add($"{host}:{verb}{value}");
        return new Displayed(host);
    }

    private static class Dialect
    {
#pragma warning disable IDE1006 // named as in the kernel
        public static Displayed display(object value, params string[] mimeTypes) => Write("kernel", "", value);
#pragma warning restore IDE1006
    }

    private static class Guard
    {
        public static bool HasCell { get; set; }
    }

    private sealed class Context
    {
        public static Context? Current { get; set; }
    }

    private static class ContextExtensions
    {
        public static Displayed Display(Context context, object value, params string[] mimeTypes) => Write("interactive", "", value);
    }
}
