using CourseKit.Interactive;
using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>What one check of a notebook said.</summary>
/// <param name="GradeId">The test cell.</param>
/// <param name="Points">What it gives.</param>
/// <param name="Fault">What is wrong; null where nothing is.</param>
public sealed record CheckResult(string GradeId, double Points, string? Fault);

/// <summary>What a student runs before handing in: the notebook's own checks, from a fresh start.</summary>
/// <param name="Checks">The checks, in order.</param>
/// <param name="Faults">Other cells that failed.</param>
/// <param name="Unanswered">Questions to which nothing is written.</param>
public sealed record Validation(IReadOnlyList<CheckResult> Checks, IReadOnlyList<CellFault> Faults, IReadOnlyList<string> Unanswered)
{
    /// <summary>Whether every check was passed.</summary>
    public bool IsPassed => Checks.Count > 0 && Checks.All(check => check.Fault is null);

    /// <summary>Runs a notebook's cells, also those behind one that fails, with the rights of whoever asks.</summary>
    /// <exception cref="CommandException">It is no notebook, or no homework.</exception>
    public static async Task<Validation> RunAsync(Notebook notebook, string path, GradeLimits limits, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        ArgumentNullException.ThrowIfNull(limits);
        var marks = notebook.Cells.Select(cell => (Cell: cell, Mark: GraderCell.Read(cell.Metadata))).ToList();
        if (!marks.Any(pair => pair.Mark is { IsTest: true }))
            throw new CommandException($"{path}: it has no check that gives points. Is it the homework, saved by an editor that keeps the cells' metadata?");
        var (checks, faults) = (new List<CheckResult>(), new List<CellFault>());
        using var host = CellHost.Start(Path.GetDirectoryName(Path.GetFullPath(path))!, limits.Process);
        foreach (var (cell, mark) in marks.Where(pair => pair.Cell.Kind == NotebookCellKind.Code && pair.Cell.Source.Trim().Length > 0))
        {
            var reply = await host.RunAsync(cell.Source, limits.Cell, ct);
            var fault = reply.Message is null ? null : Answer.Shorten(Plain(reply.Message));
            if (mark is { IsTest: true })
                checks.Add(new CheckResult(mark.GradeId, mark.Points, fault));
            else if (fault is not null)
                faults.Add(new CellFault(cell.Id, fault));
        }

        var unanswered = marks.Where(pair => pair.Mark is { IsWritten: true } && (pair.Cell.Source.Trim().Length == 0 || pair.Cell.Source.Contains(Assignment.AnswerHere, StringComparison.Ordinal))).Select(pair => pair.Mark!.GradeId);
        return new Validation(checks, faults, [.. unanswered]);
    }

    /// <summary>A check's message without the exception's name before it.</summary>
    private static string Plain(string message)
    {
        var name = typeof(CheckFailedException).FullName + ": ";
        return message.StartsWith(name, StringComparison.Ordinal) ? message[name.Length..] : message;
    }
}
