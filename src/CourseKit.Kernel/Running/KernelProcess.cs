using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CourseKit.Kernel;

/// <summary>A kernel in a process of its own, seen from the process that started it.</summary>
internal sealed partial class KernelProcess : IDisposable
{
    /// <summary>More than any honest message; what is longer is not read into memory.</summary>
    private const int MessageLimit = 256 << 20;

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);
    private readonly Process process;
    private readonly AnonymousPipeServerStream requests;
    private readonly AnonymousPipeServerStream replies;
    private readonly MessageReader reader;
    private readonly bool confined;
    private readonly Task output, errors;
    private readonly StringBuilder standardError = new();
    // To refresh a Process is to forget that it has ended: who asks just then would be told that it runs.
    private readonly Lock refreshing = new();
    private readonly TaskCompletionSource exit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts a kernel with the rights of this process.</summary>
    /// <param name="folder">The notebook's folder.</param>
    /// <param name="memoryLimitBytes">The limit of its heap.</param>
    public KernelProcess(string folder, long memoryLimitBytes)
        : this((requests, replies) => Plain(folder, memoryLimitBytes, requests, replies), MessageLimit, confined: false)
    {
    }

    /// <summary>Starts a kernel.</summary>
    /// <param name="command">The command line, from the two pipes' handles.</param>
    /// <param name="messageLimit">The longest message that is read, in bytes.</param>
    /// <param name="confined">Whether it is in a sandbox, so that all that it starts ends with it.</param>
    public KernelProcess(Func<string, string, ProcessStartInfo> command, int messageLimit, bool confined)
    {
        this.confined = confined;
        (process, requests, replies) = ProcessStarter.Run(() =>
        {
            // Made and closed here, where one process at a time is started: another one would inherit them, hold them open, and could write into them.
            var requestPipe = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
            var replyPipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
            var started = Process.Start(command(requestPipe.GetClientHandleAsString(), replyPipe.GetClientHandleAsString()))
                ?? throw new InvalidOperationException("The kernel's process could not be started.");
            requestPipe.DisposeLocalCopyOfClientHandle();
            replyPipe.DisposeLocalCopyOfClientHandle();
            return (started, requestPipe, replyPipe);
        });
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => exit.TrySetResult();
        process.StandardInput.Close();
        output = PumpAsync(process.StandardOutput, text => Native?.Invoke(text));
        errors = PumpAsync(process.StandardError, text =>
        {
            lock (standardError)
                if (standardError.Length < 1 << 16)
                    standardError.Append(text);
        });
        reader = new MessageReader(replies, messageLimit);
    }

    /// <summary>Hands on what comes, in pieces: a line need not end.</summary>
    private static async Task PumpAsync(StreamReader from, Action<string> to)
    {
        var buffer = new char[4096];
        try
        {
            for (int read; (read = await from.ReadAsync(buffer).ConfigureAwait(false)) > 0;)
                to(new string(buffer, 0, read));
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process is gone.
        }
    }

    private static ProcessStartInfo Plain(string folder, long memoryLimitBytes, string requests, string replies)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", KernelPath(), "run-cells", requests, replies, folder },
            WorkingDirectory = folder, UseShellExecute = false, CreateNoWindow = true,
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x" + memoryLimitBytes.ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;
    }

    /// <summary>A piece of what something printed past the console, such as a native library.</summary>
    public event Action<string>? Native;

    /// <summary>The process's id.</summary>
    public int Id => process.Id;

    /// <summary>The most memory it was seen to hold, in bytes; grows with each call of <see cref="MeasureMemory"/>.</summary>
    public long PeakMemoryBytes { get; private set; }

    /// <summary>Hands over a cell.</summary>
    /// <exception cref="IOException">The process is gone.</exception>
    public void Send(int number, string code) => Send(new JsonObject { ["number"] = number, ["code"] = code });

    /// <summary>Hands over a request.</summary>
    /// <exception cref="IOException">The process is gone.</exception>
    public void Send(JsonObject request)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(request);
        requests.Write(line);
        requests.WriteByte((byte)'\n');
        requests.Flush();
    }

    /// <summary>The next thing that the cell shows, or its end; null where the process is gone, or talks nonsense.</summary>
    public async Task<(string Type, JsonObject Content, int Bytes)?> ReceiveAsync(CancellationToken cancelled)
    {
        var reading = reader.ReadAsync(cancelled);
        if (!reading.IsCompleted && await Task.WhenAny(reading, exit.Task).ConfigureAwait(false) == exit.Task)
        {
            // A program that the cell started may live on and hold the pipe open: its end would never come.
            await Task.WhenAny(reading, Task.Delay(LastWords, CancellationToken.None)).ConfigureAwait(false);
            if (!reading.IsCompleted)
                return null;
        }

        if (await reading.ConfigureAwait(false) is not { } message)
            return null;
        return (message.Type, message.Content, message.Bytes);
    }

    /// <summary>The memory that it holds now, in bytes; 0 where it is gone.</summary>
    public long MeasureMemory()
    {
        try
        {
            // Not the tree under the lock: to count what grows without end takes long, and whoever ends it must not wait for that.
            var now = confined ? ProcessTree.Measure(process.Id).MemoryBytes : WorkingSet();
            PeakMemoryBytes = Math.Max(PeakMemoryBytes, now);
            return now;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    private long WorkingSet()
    {
        lock (refreshing)
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>How the process ended, for a person; waits a moment for its end.</summary>
    public string DescribeEnd()
    {
        if (!process.WaitForExit(TimeSpan.FromSeconds(5)))
            return "it closed its connection";
        KillGroup(); // what it left behind holds its stderr open
        Task.WaitAll([output, errors], LastWords);
        string said;
        lock (standardError)
            said = standardError.ToString();
        if (said.Contains("Stack overflow", StringComparison.Ordinal))
            return "stack overflow: a function calls itself without end";
        if (said.Contains("Out of memory", StringComparison.Ordinal))
            return "out of memory";
        int code;
        lock (refreshing)
            code = process.ExitCode;
        if (code is > 128 and < 160)
            return $"signal {code - 128}" + FirstLine(said);
        return $"exit code {code.ToString(CultureInfo.InvariantCulture)}" + (said.Length > 0 ? FirstLine(said) : ", as after Environment.Exit");

        static string FirstLine(string text) => text.Length == 0 ? "" : ": " + text.Split('\n')[0].Trim();
    }

    /// <summary>Ends the process and everything that it has started.</summary>
    public void EndAll()
    {
        if (confined && !OperatingSystem.IsWindows())
        {
            bool ended;
            lock (refreshing)
                ended = process.HasExited;
            if (!ended)
                _ = kill(process.Id, 9); // the sandbox ends with its first process; to look for the others one by one would take as long as they grow
            return;
        }

        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }

        KillGroup();
    }

    /// <inheritdoc cref="EndAll"/>
    public void Dispose()
    {
        EndAll();
        process.WaitForExit(TimeSpan.FromSeconds(5));
        process.Dispose();
        requests.Dispose();
        replies.Dispose();
    }

    /// <summary>The kernel compiled ahead of time if the build has filled artifacts/kernel above this assembly, else the one beside it.</summary>
    public static string KernelPath()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var built = Path.Combine(folder.FullName, "artifacts", "kernel", "CourseKit.Kernel.dll");
            if (File.Exists(built))
                return built;
        }

        return typeof(KernelProcess).Assembly.Location;
    }

    /// <summary>Ends what the process has started, also when it has ended itself.</summary>
    private void KillGroup()
    {
        if (!OperatingSystem.IsWindows())
            _ = kill(-process.Id, 9);
    }

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int kill(int process, int signal);
}
