using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>Runs several notebooks, as many at once as was said, and tells a view about it.</summary>
public static class NotebookBatch
{
    /// <summary>How many notebooks fit this machine at once: one a core, and no more than the free memory holds at their limit.</summary>
    /// <param name="cores">The machine's cores.</param>
    /// <param name="freeBytes">Memory that is free now.</param>
    /// <param name="limitBytes">The most that one notebook may take.</param>
    public static int Width(int cores, long freeBytes, long limitBytes) => (int)Math.Max(1, Math.Min(cores, freeBytes / Math.Max(1, limitBytes)));

    /// <summary>Runs all of them; one that fails does not stop the others.</summary>
    /// <param name="notebooks">The notebooks.</param>
    /// <param name="outputs">Where each executed notebook goes; null to keep none.</param>
    /// <param name="options">The limits, the same for all.</param>
    /// <param name="width">How many at once.</param>
    /// <param name="executor">Runs one.</param>
    /// <param name="view">Is told of every change.</param>
    /// <param name="ct">Stops all; those that had not begun end as cancelled.</param>
    /// <returns>The results, in the order of the notebooks.</returns>
    public static async Task<IReadOnlyList<RunResult>> RunAsync(
        IReadOnlyList<string> notebooks, IReadOnlyList<string>? outputs, RunOptions options, int width, INotebookExecutor executor, IRunView view, CancellationToken ct)
    {
        var rows = notebooks.Select(n => new RunRow(n)).ToArray();
        await view.ShowAsync(rows, async () =>
        {
            using var slots = new SemaphoreSlim(width);
            await Task.WhenAll(rows.Select((row, i) => RunOneAsync(row, options with { OutputPath = outputs?[i] }, slots)));
        });
        return [.. rows.Select(r => r.Result!)];

        async Task RunOneAsync(RunRow row, RunOptions own, SemaphoreSlim slots)
        {
            try
            {
                await slots.WaitAsync(ct);
            }
            catch (OperationCanceledException)
            {
                row.End(Ended(row, RunState.Cancelled, "not started"));
                return;
            }
            try
            {
                row.Start();
                view.Started(row);
                row.End(await executor.RunAsync(row.Path, own, new Reporter(row, view), ct));
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                row.End(Ended(row, RunState.Cancelled, "stopped"));
            }
            catch (Exception e) when (e is NotebookException or IOException or UnauthorizedAccessException)
            {
                row.End(Ended(row, RunState.BadNotebook, e.Message));
            }
            finally
            {
                slots.Release();
            }
            view.Ended(row);
        }
    }

    private static RunResult Ended(RunRow row, RunState state, string message) =>
        new(row.Path, state, $"{Path.GetFileName(row.Path)}: {message}", row.Progress?.CodeCell, row.Progress?.CellId, 0, row.Progress?.CodeCells ?? 0, row.Elapsed, 0, null);

    // Progress<T> would post to the thread pool, where a late report could overtake the end.
    private sealed class Reporter(RunRow row, IRunView view) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            row.Report(value);
            view.Changed(row);
        }
    }
}
