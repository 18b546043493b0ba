using Spectre.Console;

namespace CourseKit.Cli;

/// <summary>A table that changes in place, for a terminal.</summary>
/// <param name="console">The terminal.</param>
public sealed class LiveRunView(IAnsiConsole console) : IRunView
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(150);

    /// <inheritdoc/>
    public Task ShowAsync(IReadOnlyList<RunRow> rows, Func<Task> work) =>
        console.Live(RunTable.Render(rows)).StartAsync(async display =>
        {
            var running = work();
            while (await Task.WhenAny(running, Task.Delay(Beat)) != running)
                display.UpdateTarget(RunTable.Render(rows));
            display.UpdateTarget(RunTable.Render(rows));
            await running;
        });

    /// <inheritdoc/>
    public void Started(RunRow row) { }

    /// <inheritdoc/>
    public void Changed(RunRow row) { }

    /// <inheritdoc/>
    public void Ended(RunRow row) { }
}
