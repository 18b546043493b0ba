using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace CourseKit.Kernel;

/// <summary>Runs the cells of a notebook, from top to bottom, in a process of its own with limits on time, memory and output.</summary>
/// <remarks>
/// A cell tagged <c>skip-execution</c> is left out; one tagged <c>raises-exception</c> must fail. After a failure the cells behind it are not
/// run. When the run is over, the process and whatever it has started are gone.
/// </remarks>
public static class NotebookRunner
{
    private static readonly TimeSpan WatchEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs a notebook.</summary>
    /// <param name="path">The .ipynb file; its folder is where relative paths in it start.</param>
    /// <param name="options">Limits, and where the executed notebook goes.</param>
    /// <param name="progress">Is told before each cell.</param>
    /// <param name="ct">Ends the run; the outputs of the cells that ran are kept.</param>
    /// <returns>How it ended; a notebook that fails is a result, not an exception.</returns>
    public static async Task<RunResult> RunAsync(
        string path, RunOptions options, IProgress<RunProgress>? progress = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        Notebook notebook;
        try
        {
            notebook = Notebook.Load(path);
        }
        catch (NotebookException error)
        {
            return new RunResult(path, RunState.BadNotebook, error.Message, null, null, 0, 0, TimeSpan.Zero, 0, null);
        }

        var result = await new Run(path, notebook, options, progress, ct).ToEnd().ConfigureAwait(false);
        if (options.OutputPath is { } output)
            notebook.Save(output);
        return result;
    }

    private sealed class Run(string path, Notebook notebook, RunOptions options, IProgress<RunProgress>? progress, CancellationToken ct)
    {
        private readonly Stopwatch clock = Stopwatch.StartNew();
        private readonly List<NotebookCell> cells = [.. notebook.Cells.Where(cell => cell.Kind == NotebookCellKind.Code)];
        private readonly Dictionary<string, List<JsonObject>> displays = [];
        private KernelProcess? kernel;
        private int current;
        private int cellsRun;
        private readonly StringBuilder native = new(); // printed past the console and not yet kept; also the lock of the two fields below
        private CancellationTokenSource? running;
        private long outputBytes;

        public async Task<RunResult> ToEnd()
        {
            foreach (var cell in cells)
            {
                cell.Outputs.Clear();
                cell.ExecutionCount = null;
            }

            using var started = kernel = new KernelProcess(Path.GetDirectoryName(Path.GetFullPath(path))!, options.MemoryLimitBytes);
            kernel.Native += Native;
            for (current = 0; current < cells.Count; current++)
            {
                progress?.Report(new RunProgress(current + 1, cells.Count, cells[current].Id, clock.Elapsed));
                if (cells[current].Tags.Contains("skip-execution"))
                    continue;
                if (await RunCell(cells[current], current + 1).ConfigureAwait(false) is { } failure)
                    return Result(failure.State, failure.Reason);
                cellsRun++;
            }

            kernel.MeasureMemory();
            return new RunResult(path, RunState.Succeeded, null, null, null, cellsRun, cells.Count, clock.Elapsed, kernel.PeakMemoryBytes, notebook);
        }

        private async Task<(RunState State, string Reason)?> RunCell(NotebookCell cell, int number)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var timeLeft = options.TotalTimeout is { } total ? total - clock.Elapsed : TimeSpan.MaxValue;
            var limit = timeLeft < options.CellTimeout ? timeLeft : options.CellTimeout;
            if (limit <= TimeSpan.Zero)
                return (RunState.TimedOut, TotalTimeout());
            over.CancelAfter(limit);
            using var memory = new MemoryWatch(kernel!, options.MemoryLimitBytes, over);
            lock (native)
                running = over;
            try
            {
                kernel!.Send(number, cell.Source);
                cell.ExecutionCount = number;
                while (await kernel.ReceiveAsync(over.Token).ConfigureAwait(false) is { } message)
                {
                    if (message.Type == "done")
                        return Judge(cell);
                    if (message.Type == MessageReader.TooLong)
                        return (RunState.OutputTooLarge, OutputLimit());
                    KeepNative(cell);
                    Keep(cell, message.Type, message.Content);
                    if (TooMuchOutput(message.Bytes))
                        return (RunState.OutputTooLarge, OutputLimit());
                }
            }
            catch (OperationCanceledException)
            {
                if (ct.IsCancellationRequested)
                    return (RunState.Cancelled, "cancelled");
                if (memory.Exceeded)
                    return (RunState.OutOfMemory, $"it held more than {Bytes(options.MemoryLimitBytes)} of memory");
                if (TooMuchOutput(0))
                    return (RunState.OutputTooLarge, OutputLimit());
                return (RunState.TimedOut, limit < options.CellTimeout
                    ? TotalTimeout()
                    : $"it was still running after {Seconds(options.CellTimeout)}");
            }
            catch (IOException)
            {
                // The process is gone: said below.
            }
            finally
            {
                lock (native)
                    running = null;
                KeepNative(cell);
            }

            var end = kernel!.DescribeEnd();
            return end == "out of memory"
                ? (RunState.OutOfMemory, $"the process ran out of memory; {Bytes(options.MemoryLimitBytes)} are allowed")
                : (RunState.ProcessEnded, $"the process ended while the cell ran ({end})");
        }

        private (RunState State, string Reason)? Judge(NotebookCell cell)
        {
            var error = cell.Outputs.OfType<JsonObject>().FirstOrDefault(output => (string?)output["output_type"] == "error");
            if (cell.Tags.Contains("raises-exception"))
                return error is null ? (RunState.CellFailed, "it is tagged raises-exception, but raised none") : null;
            if (error is null)
                return null;
            var trace = error["traceback"]!.AsArray().Select(line => (string?)line).ToList();
            var where = trace.FirstOrDefault(line => line!.TrimStart().StartsWith("at ", StringComparison.Ordinal));
            var reason = (string?)error["ename"] == "CompileError" ? $"it does not compile: {(string?)error["evalue"]}" : $"{trace[0]}{(where is null ? "" : " " + where.Trim())}";
            return ((string?)error["ename"] == typeof(OutOfMemoryException).FullName ? RunState.OutOfMemory : RunState.CellFailed, reason);
        }

        private RunResult Result(RunState state, string reason)
        {
            kernel!.MeasureMemory();
            var cell = cells[current];
            KeepNative(cell);
            var message = $"{path}, cell {(current + 1).ToString(CultureInfo.InvariantCulture)} of {cells.Count.ToString(CultureInfo.InvariantCulture)} ({cell.Id}): {reason}";
            if (state is not (RunState.CellFailed or RunState.Cancelled) && !cell.Outputs.Any(output => (string?)output!["output_type"] == "error"))
                cell.Outputs.Add(new JsonObject
                {
                    ["output_type"] = "error", ["ename"] = state.ToString(), ["evalue"] = reason, ["traceback"] = new JsonArray(reason),
                });
            return new RunResult(path, state, message, current + 1, cell.Id, cellsRun, cells.Count, clock.Elapsed, kernel.PeakMemoryBytes, notebook);
        }

        /// <summary>Takes what a native library or a program that a cell started has printed; it counts like everything else.</summary>
        private void Native(string text)
        {
            lock (native)
            {
                if (outputBytes > options.OutputLimitBytes)
                    return;
                native.Append(text);
                outputBytes += text.Length;
                if (outputBytes > options.OutputLimitBytes)
                    running?.Cancel();
            }
        }

        private void KeepNative(NotebookCell cell)
        {
            string text;
            lock (native)
            {
                text = native.ToString();
                native.Clear();
            }

            if (text.Length > 0)
                Keep(cell, "stream", new JsonObject { ["name"] = "stdout", ["text"] = text });
        }

        private bool TooMuchOutput(int more)
        {
            lock (native)
                return (outputBytes += more) > options.OutputLimitBytes;
        }

        private void Keep(NotebookCell cell, string type, JsonObject content)
        {
            switch (type)
            {
                case "clear_output":
                    cell.Outputs.Clear();
                    return;
                case "update_display_data":
                    foreach (var shown in displays.GetValueOrDefault((string?)content["transient"]!["display_id"] ?? "", []))
                        shown["data"] = content["data"]!.DeepClone();
                    return;
                case "stream" when cell.Outputs.LastOrDefault() is JsonObject last && (string?)last["output_type"] == "stream" && (string?)last["name"] == (string?)content["name"]:
                    last["text"] = (string?)last["text"] + (string?)content["text"];
                    return;
            }

            var output = new JsonObject { ["output_type"] = type };
            foreach (var (name, value) in content.ToList())
                if (name != "transient")
                {
                    content.Remove(name);
                    output[name] = value;
                }

            if (content["transient"]?["display_id"] is { } id)
                (displays.TryGetValue((string)id!, out var list) ? list : displays[(string)id!] = []).Add(output);
            cell.Outputs.Add(output);
        }

        private string OutputLimit() => $"it showed more than {Bytes(options.OutputLimitBytes)}; what came first is kept";

        private string TotalTimeout() => $"all cells together took longer than {Seconds(options.TotalTimeout!.Value)}";

        private static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.#} s");

        private static string Bytes(long bytes) => FormattableString.Invariant($"{bytes / 1048576.0:0.#} MB");
    }

    /// <summary>Looks at a process's memory while a cell runs, and ends the cell when there is too much of it.</summary>
    private sealed class MemoryWatch : IDisposable
    {
        private readonly Timer timer;

        public MemoryWatch(KernelProcess kernel, long limit, CancellationTokenSource over)
        {
            timer = new Timer(
                _ =>
                {
                    if (kernel.MeasureMemory() <= limit)
                        return;
                    Exceeded = true;
                    try
                    {
                        over.Cancel();
                    }
                    catch (ObjectDisposedException)
                    {
                        // The cell ended at this very moment.
                    }
                },
                null, WatchEvery, WatchEvery);
        }

        public volatile bool Exceeded;

        public void Dispose()
        {
            using var done = new ManualResetEvent(false);
            if (timer.Dispose(done))
                done.WaitOne();
        }
    }
}
