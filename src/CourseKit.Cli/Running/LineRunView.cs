using System.Collections.Concurrent;
using System.Globalization;

namespace CourseKit.Cli;

/// <summary>One line an event, for a log: the start, the end, and between them at most one line in some seconds.</summary>
/// <param name="output">Where the lines go.</param>
/// <param name="every">The least time between two lines about the cells of one notebook; ten seconds unless said otherwise.</param>
public sealed class LineRunView(TextWriter output, TimeSpan? every = null) : IRunView
{
    private readonly TimeSpan _every = every ?? TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<RunRow, TimeSpan> _last = new();
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public Task ShowAsync(IReadOnlyList<RunRow> rows, Func<Task> work) => work();

    /// <inheritdoc/>
    public void Started(RunRow row) => Write($"{row.Name}: started");

    /// <inheritdoc/>
    public void Changed(RunRow row)
    {
        var now = row.Elapsed;
        if (row.Progress is not { } progress || now - _last.GetOrAdd(row, TimeSpan.Zero) < _every)
            return;
        _last[row] = now;
        Write(string.Create(CultureInfo.InvariantCulture, $"{row.Name}: cell {progress.CodeCell}/{progress.CodeCells}, {RunTable.Time(now)}"));
    }

    /// <inheritdoc/>
    public void Ended(RunRow row) =>
        Write($"{row.Name}: {RunTable.Words(row.Result!.State)}, cells {RunTable.Cell(row)}, {RunTable.Time(row.Elapsed)}");

    private void Write(string line)
    {
        lock (_lock)
            output.WriteLine(line);
    }
}
