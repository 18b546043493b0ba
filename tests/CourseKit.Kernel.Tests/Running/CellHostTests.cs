namespace CourseKit.Kernel.Tests.Running;

/// <summary>Cells of somebody else, in a process with limits, without a sandbox; what only a sandbox does is tested where homework is graded.</summary>
[Collection("processes of the kernel")]
public sealed class CellHostTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
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
        var reply = await host.RunAsync(code, end == CellEnd.TimedOut ? TimeSpan.FromSeconds(3) : Patience);
        Assert.Equal((end, message), (reply.End, reply.Message));
        Assert.False(host.IsAlive);
        Assert.Equal(CellEnd.ProcessEnded, (await host.RunAsync("1", Patience)).End);
    }

    [Fact]
    public async Task A_process_that_stops_and_does_not_read_is_given_up_in_time()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var host = Start(new CellLimits());
        await host.RunAsync("""
            [System.Runtime.InteropServices.DllImport("libc")] static extern int ioctl(int fd, ulong request, out int waiting);
            [System.Runtime.InteropServices.DllImport("libc")] static extern int kill(int pid, int signal);
            static bool IsRead(string fd) => System.IO.File.ReadLines("/proc/self/fdinfo/" + System.IO.Path.GetFileName(fd)).First(line => line.StartsWith("flags:")).EndsWith('0');
            var pipes = System.IO.Directory.GetFiles("/proc/self/fd").Where(fd => new System.IO.FileInfo(fd).LinkTarget?.StartsWith("pipe:") == true && IsRead(fd)).Select(fd => int.Parse(System.IO.Path.GetFileName(fd))).ToArray();
            new System.Threading.Thread(() => { while (true) foreach (var pipe in pipes) if (ioctl(pipe, 0x541B, out var waiting) == 0 && waiting > 0) kill(Environment.ProcessId, 19); }) { IsBackground = true }.Start();
            """, Patience);
        var reply = await Task.Run(() => host.RunAsync("//" + new string('x', 10 << 20), TimeSpan.FromSeconds(2))).WaitAsync(Patience);
        Assert.Equal(CellEnd.TimedOut, reply.End);
    }

    [Fact]
    public async Task Who_waits_for_a_cell_that_a_limit_ends_before_it_is_read_can_dispose_the_host()
    {
        if (!OperatingSystem.IsLinux())
            return;
        // More than the pipe takes, so that the cell is still being sent when the limit ends the process. On a busy machine the limit may
        // come before the cell: then another is tried.
        CellEnd end;
        var tries = 0;
        do
        {
            end = await Task.Run(async () =>
            {
                using var host = Start(new CellLimits { Processes = 0 });
                return (await host.RunAsync("//" + new string('x', 10 << 20), Patience)).End;
            }).WaitAsync(Patience);
        }
        while (end == CellEnd.ProcessEnded && ++tries < 20);
        Assert.Equal(CellEnd.TooManyProcesses, end);
    }

    [Theory]
    [InlineData("""{"type":"stream","content":{"text":"a","text":"b"}}""")]
    [InlineData("""{"type":"stream","content":{"text":"\ud800"}}""")]
    [InlineData("""{"type":"done","type":"done","content":{}}""")]
    public async Task A_message_that_is_none_ends_the_process_and_nothing_else(string message)
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var host = Start(new CellLimits());
        await host.RunAsync("1", Patience);
        var reply = await host.RunAsync($$"""
            foreach (var fd in System.IO.Directory.GetFiles("/proc/self/fd"))
                try
                {
                    if (new System.IO.FileInfo(fd).LinkTarget?.StartsWith("pipe:") != true) continue;
                    using var pipe = new System.IO.FileStream(fd, System.IO.FileMode.Open, System.IO.FileAccess.Write);
                    pipe.Write(System.Text.Encoding.UTF8.GetBytes({{Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(message + "\n", quote: true)}}));
                }
                catch (Exception) { }
            """, Patience);
        Assert.Equal(CellEnd.ProcessEnded, reply.End);
        Assert.False(host.IsAlive);
    }

    private CellHost Start(CellLimits limits) => CellHost.Start(folder, limits);
}
