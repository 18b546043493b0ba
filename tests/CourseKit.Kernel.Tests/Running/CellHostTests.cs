namespace CourseKit.Kernel.Tests.Running;

/// <summary>Cells of somebody else, in a process with limits, without a sandbox; what only a sandbox does is tested where homework is graded.</summary>
[Collection("processes of the kernel")]
public sealed class CellHostTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string folder = Directory.CreateTempSubdirectory("cells-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Texts_come_out_failures_are_told_and_the_next_cell_runs()
    {
        Environment.SetEnvironmentVariable("CELL_HOST_SECRET", "secret");
        using var host = Start(new CellLimits());
        Assert.Equal(new CellReply(CellEnd.Succeeded, null, null, "hello\n"), await host.RunAsync("var x = 20; Console.WriteLine(\"hello\");", Patience));
        Assert.Equal("41", (await host.RunAsync("(2 * x + 1).ToString()", Patience)).Value);
        Assert.Null((await host.RunAsync("2 * x", Patience)).Value); // only a text is a value
        var thrown = await host.RunAsync("throw new FormatException(\"no\");", Patience);
        Assert.Equal(CellEnd.Failed, thrown.End);
        Assert.Contains("FormatException: no", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("CompileError", (await host.RunAsync("nothing", Patience)).Message, StringComparison.Ordinal);
        Assert.Equal("", (await host.RunAsync("Environment.GetEnvironmentVariable(\"CELL_HOST_SECRET\") ?? \"\"", Patience)).Value);
        Assert.Equal("40", (await host.RunAsync("(2 * x).ToString()", Patience)).Value);
        Assert.True(host.IsAlive);
        Assert.InRange(host.PeakMemoryBytes, 20L << 20, 1L << 30);
    }

    [Theory]
    [InlineData("while (true) { }", CellEnd.TimedOut, "it was still running after 3 s")]
    [InlineData("while (true) Console.Write(\"x\");", CellEnd.OutputTooLarge, "more than 1024 kB were shown or returned")]
    [InlineData("new string('x', 3_000_000)", CellEnd.OutputTooLarge, "more than 1024 kB were shown or returned")]
    [InlineData("using (var o = Console.OpenStandardOutput()) while (true) o.Write(new byte[100_000]);", CellEnd.OutputTooLarge, "more than 1024 kB were shown or returned")]
    [InlineData("Environment.Exit(0);", CellEnd.ProcessEnded, "the process ended (exit code 0, as after Environment.Exit)")]
    public async Task A_limit_ends_the_process_and_is_named(string code, CellEnd end, string message)
    {
        using var host = Start(new CellLimits { OutputBytes = 1 << 20 });
        await host.RunAsync("1", Patience);
        var reply = await host.RunAsync(code, TimeSpan.FromSeconds(3));
        Assert.Equal((end, message), (reply.End, reply.Message));
        Assert.False(host.IsAlive);
        Assert.Equal(CellEnd.ProcessEnded, (await host.RunAsync("1", Patience)).End);
    }

    private CellHost Start(CellLimits limits) => CellHost.Start(folder, limits);
}
