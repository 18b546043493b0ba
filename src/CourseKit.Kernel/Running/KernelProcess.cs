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
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);
    private readonly Process process;
    private readonly AnonymousPipeServerStream requests = new(PipeDirection.Out, HandleInheritability.Inheritable);
    private readonly AnonymousPipeServerStream replies = new(PipeDirection.In, HandleInheritability.Inheritable);
    private readonly StreamReader reader;
    private readonly StringBuilder standardError = new();
    private readonly TaskCompletionSource exit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts a kernel.</summary>
    /// <param name="folder">The notebook's folder.</param>
    /// <param name="memoryLimitBytes">The limit of its heap.</param>
    public KernelProcess(string folder, long memoryLimitBytes)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", KernelPath(), "run-cells", requests.GetClientHandleAsString(), replies.GetClientHandleAsString(), folder },
            WorkingDirectory = folder, UseShellExecute = false, CreateNoWindow = true,
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x" + memoryLimitBytes.ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_TieredPGO"] = "0";
        lock (typeof(KernelProcess)) // a process started meanwhile would inherit the other one's pipes, and keep them open
        {
            process = Process.Start(start) ?? throw new InvalidOperationException("The kernel's process could not be started.");
            requests.DisposeLocalCopyOfClientHandle();
            replies.DisposeLocalCopyOfClientHandle();
        }

        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => exit.TrySetResult();
        process.StandardInput.Close();
        process.OutputDataReceived += (_, line) => Native?.Invoke("stdout", line.Data);
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
                return;
            lock (standardError)
                if (standardError.Length < 1 << 16)
                    standardError.AppendLine(line.Data);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        reader = new StreamReader(replies, Encoding.UTF8);
    }

    /// <summary>A line that something printed past the console, such as a native library.</summary>
    public event Action<string, string?>? Native;

    /// <summary>The process's id.</summary>
    public int Id => process.Id;

    /// <summary>The most memory it was seen to hold, in bytes; grows with each call of <see cref="MeasureMemory"/>.</summary>
    public long PeakMemoryBytes { get; private set; }

    /// <summary>Hands over a cell.</summary>
    /// <exception cref="IOException">The process is gone.</exception>
    public void Send(int number, string code)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["number"] = number, ["code"] = code });
        requests.Write(line);
        requests.WriteByte((byte)'\n');
        requests.Flush();
    }

    /// <summary>The next thing that the cell shows, or its end; null where the process is gone.</summary>
    public async Task<(string Type, JsonObject Content, int Bytes)?> ReceiveAsync(CancellationToken cancelled)
    {
        var reading = reader.ReadLineAsync(cancelled).AsTask();
        if (!reading.IsCompleted && await Task.WhenAny(reading, exit.Task).ConfigureAwait(false) == exit.Task)
        {
            // A program that the cell started may live on and hold the pipe open: its end would never come.
            await Task.WhenAny(reading, Task.Delay(LastWords, CancellationToken.None)).ConfigureAwait(false);
            if (!reading.IsCompleted)
                return null;
        }

        var line = await reading.ConfigureAwait(false);
        if (line is null)
            return null;
        var message = JsonNode.Parse(line)!.AsObject();
        var content = message["content"]!.AsObject();
        message.Remove("content");
        return ((string)message["type"]!, content, line.Length);
    }

    /// <summary>The memory that it holds now, in bytes; 0 where it is gone.</summary>
    public long MeasureMemory()
    {
        try
        {
            process.Refresh();
            var now = process.WorkingSet64;
            PeakMemoryBytes = Math.Max(PeakMemoryBytes, now);
            return now;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    /// <summary>How the process ended, for a person; waits a moment for its end.</summary>
    public string DescribeEnd()
    {
        if (!process.WaitForExit(TimeSpan.FromSeconds(5)))
            return "it closed its connection";
        KillGroup(); // what it left behind holds its stderr open
        Task.Run(process.WaitForExit).Wait(LastWords); // the last lines of stderr
        string errors;
        lock (standardError)
            errors = standardError.ToString();
        if (errors.Contains("Stack overflow", StringComparison.Ordinal))
            return "stack overflow: a function calls itself without end";
        if (errors.Contains("Out of memory", StringComparison.Ordinal))
            return "out of memory";
        if (process.ExitCode is > 128 and < 160)
            return $"signal {process.ExitCode - 128}" + FirstLine(errors);
        return $"exit code {process.ExitCode.ToString(CultureInfo.InvariantCulture)}" + (errors.Length > 0 ? FirstLine(errors) : ", as after Environment.Exit");

        static string FirstLine(string text) => text.Length == 0 ? "" : ": " + text.Split('\n')[0].Trim();
    }

    /// <summary>Ends the process and everything that it has started.</summary>
    public void Dispose()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }

        KillGroup();
        process.WaitForExit(TimeSpan.FromSeconds(5));
        process.Dispose();
        requests.Dispose();
        reader.Dispose();
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
