using System.Globalization;
using CourseKit.Kernel;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CourseKit.Cli;

/// <summary>The table of a batch: notebook, cell, time, state.</summary>
public static class RunTable
{
    /// <summary>Draws the rows as they are now.</summary>
    public static IRenderable Render(IReadOnlyList<RunRow> rows)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        table.AddColumn("notebook");
        table.AddColumn(new TableColumn("cell").RightAligned());
        table.AddColumn(new TableColumn("time").RightAligned());
        table.AddColumn("state");
        foreach (var row in rows)
            table.AddRow(new Text(row.Name), new Text(Cell(row)), new Text(row.Started ? Time(row.Elapsed) : ""), State(row));
        return table;
    }

    /// <summary>The cell that runs, of how many; after the end, how many ran.</summary>
    public static string Cell(RunRow row) => (row.Result, row.Progress) switch
    {
        ({ } result, _) => string.Create(CultureInfo.InvariantCulture, $"{result.CellsRun}/{result.CodeCells}"),
        (_, { } progress) => string.Create(CultureInfo.InvariantCulture, $"{progress.CodeCell}/{progress.CodeCells}"),
        _ => "",
    };

    /// <summary>A time for people: 4.2 s, 3:05 min.</summary>
    public static string Time(TimeSpan time) => time.TotalSeconds < 60
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00} min");

    /// <summary>A state in words.</summary>
    public static string Words(RunState state) => state switch
    {
        RunState.Succeeded => "done",
        RunState.CellFailed => "a cell failed",
        RunState.TimedOut => "out of time",
        RunState.OutOfMemory => "out of memory",
        RunState.OutputTooLarge => "too much output",
        RunState.ProcessEnded => "the process ended",
        RunState.BadNotebook => "not a notebook",
        _ => "stopped",
    };

    private static Markup State(RunRow row) => row switch
    {
        { Result.State: RunState.Succeeded } => new Markup("[green]done[/]"),
        { Result.State: RunState.Cancelled } => new Markup("[yellow]stopped[/]"),
        { Result: { } result } => new Markup($"[red]{Words(result.State).EscapeMarkup()}[/]"),
        { Started: true } => new Markup("running"),
        _ => new Markup("[grey]waiting[/]"),
    };
}
