using System.Text;
using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>Runs both versions of a homework before the students' one is written.</summary>
internal static class ReleaseCheck
{
    /// <summary>Writes the students' version.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="CommandException">The instructor's version fails a check, or the students' one does not fail each of them.</exception>
    public static async Task<string> ReleaseAsync(Assignment assignment, string folder, HomeworkPlace place, CancellationToken ct)
    {
        var target = Path.GetFullPath(Path.Combine(folder, Path.GetFileName(assignment.Path)));
        if (target == Path.GetFullPath(assignment.Path))
            throw new CommandException($"The students' notebook would take the place of {assignment.Path}: name another folder for --output.");
        var released = ReleaseBuilder.Build(assignment);
        if ((await RunAsync(assignment.Notebook, place, ct)).Checks.FirstOrDefault(check => check.Fault is not null) is { } failed)
            throw new CommandException($"{assignment.Path}: the instructor's version fails its check {failed.GradeId}: {failed.Fault}");
        await CheckStudentsAsync(assignment, released, place, ct);
        WholeFile.Write(target, released);
        return target;
    }

    /// <summary>Runs the students' version.</summary>
    /// <exception cref="CommandException">It does not run, or passes a check.</exception>
    public static async Task CheckStudentsAsync(Assignment assignment, string released, HomeworkPlace place, CancellationToken ct)
    {
        var students = await RunAsync(Notebook.Read(Encoding.UTF8.GetBytes(released), assignment.Path), place, ct);
        if (students.Checks.FirstOrDefault(check => check.Fault is null) is { } passed)
            throw new CommandException($"{assignment.Path}: the students' version passes the check {passed.GradeId} before anything is written.");
        if (students.Faults.FirstOrDefault(fault => !fault.Fault.Contains(nameof(NotImplementedException), StringComparison.Ordinal)) is { } broken)
            throw new CommandException($"{assignment.Path}: cell {broken.Cell} of the students' version fails: {broken.Fault}");
    }

    private static async Task<Validation> RunAsync(Notebook notebook, HomeworkPlace place, CancellationToken ct)
    {
        var scratch = Directory.CreateTempSubdirectory("coursekit-release-").FullName;
        try
        {
            return await Validation.RunAsync(notebook, Path.Combine(place.Lay(scratch), "homework.ipynb"), new GradeLimits { Cell = TimeSpan.FromMinutes(2) }, ct);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}
