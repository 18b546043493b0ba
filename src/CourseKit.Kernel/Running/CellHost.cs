using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CourseKit.Kernel;

/// <summary>
/// Cells of a notebook, one by one, in a process of their own that is not trusted: with limits on time, memory, output, processes and files,
/// in a sandbox where there is one. Only texts come out of it.
/// </summary>
public sealed class CellHost : IDisposable
{
    private const int TextKept = 4000;
    private static readonly TimeSpan WatchEvery = TimeSpan.FromMilliseconds(50);
    private readonly CellLimits limits;
    private readonly KernelProcess kernel;
    private readonly Thread watch; // not of the pool, whose threads may all be busy when it matters
    private readonly ManualResetEventSlim over = new();
    private CancellationTokenSource? running;
    private volatile bool alive = true;
    private volatile string? stopped; // why the watch ended it: the name of a CellEnd
    private int nativeBytes;
    private int number;

    private CellHost(CellLimits limits, KernelProcess kernel)
    {
        (this.limits, this.kernel) = (limits, kernel);
        kernel.Native += text =>
        {
            if (Interlocked.Add(ref nativeBytes, text.Length) > limits.OutputBytes)
                Stop(CellEnd.OutputTooLarge);
        };
        watch = new Thread(() =>
        {
            while (!over.Wait(WatchEvery))
                Look();
        }) { Name = "watch", IsBackground = true };
        watch.Start();
    }

    /// <summary>The most memory that all its processes were seen to hold, in bytes.</summary>
    public long PeakMemoryBytes { get; private set; }

    /// <summary>Whether it still takes cells.</summary>
    public bool IsAlive => alive;

    /// <summary>Starts the process inside a sandbox.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="readOnly">Folders and files that cells can read, by the name that they have inside.</param>
    /// <param name="folder">The notebook's folder inside.</param>
    /// <param name="limits">What it may use.</param>
    public static CellHost Start(Sandbox sandbox, IReadOnlyDictionary<string, string> readOnly, string folder, CellLimits limits)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        ArgumentNullException.ThrowIfNull(limits);
        return new CellHost(limits, new KernelProcess(
            (requests, replies) => Prepared(sandbox.Command(readOnly, folder, limits, ["run-cells", requests, replies, folder, limits.ToArgument(sandbox.TaskLimit)]), limits),
            2 * limits.OutputBytes, confined: true));
    }

    /// <summary>Starts the process without a sandbox: with limits, but with the rights of this process (see <see cref="Sandbox.WhatIsNotProtected"/>).</summary>
    /// <param name="folder">The notebook's folder.</param>
    /// <param name="limits">What it may use.</param>
    public static CellHost Start(string folder, CellLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return new CellHost(limits, new KernelProcess(
            (requests, replies) =>
            {
                var start = new ProcessStartInfo(Path.Combine(Sandbox.DotnetFolder(), OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"))
                {
                    ArgumentList = { "exec", KernelProcess.KernelPath(), "run-cells", requests, replies, folder, limits.ToArgument(null) },
                    WorkingDirectory = folder, UseShellExecute = false, CreateNoWindow = true,
                };
                var kept = (string[])["PATH", "SystemRoot", "TEMP", "TMP", "USERPROFILE", "LANG"];
                foreach (var name in start.Environment.Keys.Except(kept, StringComparer.OrdinalIgnoreCase).ToList())
                    start.Environment.Remove(name);
                start.Environment["HOME"] = folder;
                return Prepared(start, limits);
            },
            2 * limits.OutputBytes, confined: false));
    }

    /// <summary>Runs a cell to its end. After any end but success and failure the host is dead.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="ct">Ends the host.</param>
    public async Task<CellReply> RunAsync(string code, TimeSpan timeout, CancellationToken ct = default)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        end.CancelAfter(timeout);
        running = end;
        var token = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        string? value = null, error = null;
        var text = new StringBuilder();
        var bytes = 0L;
        try
        {
            if (!IsAlive)
                return new CellReply(CellEnd.ProcessEnded, null, "the process has ended before", "");
            // On a thread of its own: a process that has stopped itself does not read, and to write into a full pipe waits past every limit.
            var request = new JsonObject { ["number"] = ++number, ["code"] = code, ["token"] = token };
            await Task.Run(() => kernel.Send(request), CancellationToken.None).WaitAsync(end.Token).ConfigureAwait(false);
            while (await kernel.ReceiveAsync(end.Token).ConfigureAwait(false) is { } message)
            {
                bytes += message.Bytes;
                if (message.Type == MessageReader.TooLong || bytes > limits.OutputBytes)
                    return Ended(CellEnd.OutputTooLarge, OutputLimit());
                switch (message.Type)
                {
                    case "stream" when text.Length < TextKept:
                        text.Append(Text(message.Content["text"]));
                        break;
                    case "execute_result":
                        value = Text((message.Content["data"] as JsonObject)?["text/plain"]);
                        break;
                    case "error":
                        error = $"{Text(message.Content["ename"])}: {Text(message.Content["evalue"])}";
                        break;
                    case "done" when Text(message.Content["token"]) == token:
                        return new CellReply(error is null ? CellEnd.Succeeded : CellEnd.Failed, error is null ? value : null, error, Kept());
                }
            }
        }
        catch (OperationCanceledException)
        {
            alive = false;
            ct.ThrowIfCancellationRequested();
            return StoppedByWatch() ?? Ended(CellEnd.TimedOut, string.Create(CultureInfo.InvariantCulture, $"it was still running after {timeout.TotalSeconds:0.#} s"));
        }
        catch (Exception ended) when (ended is IOException or InvalidOperationException or ArgumentException)
        {
            // The process is gone, or a text that it sent is none, such as half a surrogate pair, which shows only when it is read: said below.
        }
        finally
        {
            running = null;
        }

        alive = false;
        var reason = kernel.DescribeEnd();
        return StoppedByWatch() ?? Ended(reason == "out of memory" ? CellEnd.OutOfMemory : CellEnd.ProcessEnded, $"the process ended ({reason})");

        CellReply Ended(CellEnd how, string message)
        {
            alive = false;
            return new CellReply(how, null, message, Kept());
        }

        CellReply? StoppedByWatch() => stopped switch
        {
            nameof(CellEnd.TooManyProcesses) => Ended(CellEnd.TooManyProcesses, string.Create(CultureInfo.InvariantCulture, $"more than {limits.Processes} processes were started")),
            nameof(CellEnd.OutOfMemory) => Ended(CellEnd.OutOfMemory, string.Create(CultureInfo.InvariantCulture, $"more than {limits.MemoryBytes >> 20} MB of memory were held")),
            nameof(CellEnd.OutputTooLarge) => Ended(CellEnd.OutputTooLarge, OutputLimit()),
            _ => null,
        };

        string Kept() => text.Length <= TextKept ? text.ToString() : text.ToString(0, TextKept);
    }

    /// <summary>Ends the process and all that it has started.</summary>
    public void Dispose()
    {
        over.Set();
        watch.Join();
        over.Dispose();
        kernel.Dispose();
    }

    private static ProcessStartInfo Prepared(ProcessStartInfo start, CellLimits limits)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x" + limits.MemoryBytes.ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // nothing attaches to it, and it writes no pipes of its own into the temporary folder
        return start;
    }

    /// <summary>A text of a message that may hold anything in its place.</summary>
    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : "";

    private string OutputLimit() => string.Create(CultureInfo.InvariantCulture, $"more than {limits.OutputBytes >> 10} kB were shown or returned");

    private void Look()
    {
        try
        {
            var (processes, memory) = ProcessTree.Measure(kernel.Id);
            PeakMemoryBytes = Math.Max(PeakMemoryBytes, memory);
            if (processes > limits.Processes)
                Stop(CellEnd.TooManyProcesses);
            else if (memory > limits.MemoryBytes)
                Stop(CellEnd.OutOfMemory);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    private void Stop(CellEnd why)
    {
        stopped = why.ToString();
        alive = false;
        kernel.EndAll(); // at once: what grows without end does not wait for whoever reads the cell's end
        try
        {
            // Not on this thread: whoever waits would go on here, and dispose the host, which waits for this thread.
            _ = running?.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The cell ended at this very moment.
        }
    }
}
