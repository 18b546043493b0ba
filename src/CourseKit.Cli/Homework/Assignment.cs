using System.Security.Cryptography;
using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>A task that the machine grades.</summary>
/// <param name="GradeId">The test cell's name.</param>
/// <param name="Points">What it gives: all, or nothing.</param>
/// <param name="Probes">What is asked.</param>
public sealed record GradedTask(string GradeId, double Points, IReadOnlyList<ProbeCode> Probes);

/// <summary>A question that a person grades.</summary>
/// <param name="GradeId">Its cell's name.</param>
/// <param name="Points">The most that it gives.</param>
/// <param name="Asked">What stands in the cell when it is released.</param>
public sealed record WrittenQuestion(string GradeId, double Points, string Asked);

/// <summary>A homework as the instructor wrote it: with solutions and hidden tests.</summary>
public sealed class Assignment
{
    /// <summary>What a released question invites to replace.</summary>
    public const string AnswerHere = "YOUR ANSWER HERE";

    private Assignment(string path, byte[] bytes, Notebook notebook)
    {
        Path = path;
        Name = System.IO.Path.GetFileNameWithoutExtension(path);
        Hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Notebook = notebook;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The file's name without the ending.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of the file; it is as secret as the file, and seeds are made from it.</summary>
    public string Hash { get; }

    /// <summary>The notebook.</summary>
    public Notebook Notebook { get; }

    /// <summary>The code that students are given and cannot change, in order.</summary>
    public IReadOnlyList<string> Given { get; private set; } = [];

    /// <summary>The instructor's solutions, and the helpers of the hidden tests, in order.</summary>
    public IReadOnlyList<string> Reference { get; private set; } = [];

    /// <summary>The names of the cells of code that students write.</summary>
    public IReadOnlyList<string> Solutions { get; private set; } = [];

    /// <summary>The tasks that the machine grades.</summary>
    public IReadOnlyList<GradedTask> Tasks { get; private set; } = [];

    /// <summary>The questions that a person grades.</summary>
    public IReadOnlyList<WrittenQuestion> Written { get; private set; } = [];

    /// <summary>The names of the cells that the instructor's copy counts of, in place of what a submission has.</summary>
    public IReadOnlySet<string> InstructorsCells { get; private set; } = new HashSet<string>();

    /// <summary>The most that the machine gives.</summary>
    public double Maximum => Tasks.Sum(task => task.Points);

    /// <summary>Reads a homework.</summary>
    /// <exception cref="CommandException">It is no notebook, or its marks do not make a homework.</exception>
    public static Assignment Load(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            var assignment = new Assignment(path, bytes, Notebook.Read(bytes, path));
            assignment.Understand();
            return assignment;
        }
        catch (NotebookException error)
        {
            throw new CommandException(error.Message);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandException($"{path}: there is no such file.");
        }
    }

    private void Understand()
    {
        var (given, reference, solutions, tasks, written, names, instructors) = (new List<string>(), new List<string>(), new List<string>(), new List<GradedTask>(), new List<WrittenQuestion>(), new HashSet<string>(), new HashSet<string>());
        foreach (var cell in Notebook.Cells)
        {
            if (GraderCell.Read(cell.Metadata) is not { } mark)
            {
                if (Regions.HasDelimiter(cell.Source))
                    throw new CommandException($"{Path}, cell {cell.Id}: it has a delimiter but no nbgrader metadata.");
                continue;
            }

            try
            {
                if (!names.Add(mark.GradeId))
                    throw new CommandException($"the grade_id {mark.GradeId} is there twice.");
                if (mark is { Grade: true, Points: < 0 })
                    throw new CommandException("points cannot be negative.");
                if (!mark.Solution)
                    instructors.Add(mark.GradeId);
                if (mark.IsGiven && cell.Kind == NotebookCellKind.Code)
                    given.Add(cell.Source);
                else if (mark.IsWritten)
                    written.Add(new WrittenQuestion(mark.GradeId, mark.Points, ReleaseBuilder.Source(cell, mark)));
                else if (mark.Solution)
                {
                    if (Regions.Take(cell.Source, Regions.Solution).Taken.Trim().Length == 0)
                        throw new CommandException("it is marked as a solution and has none between // BEGIN SOLUTION and // END SOLUTION.");
                    reference.Add(cell.Source);
                    solutions.Add(mark.GradeId);
                }
                else if (mark.IsTest)
                {
                    var (probes, helpers) = HiddenTests.Read(Regions.Take(cell.Source, Regions.HiddenTests).Taken);
                    if (probes.Count == 0)
                        throw new CommandException("it gives points and has no Check.Hidden between // BEGIN HIDDEN TESTS and // END HIDDEN TESTS.");
                    if (helpers.Trim().Length > 0)
                        reference.Add(helpers);
                    tasks.Add(new GradedTask(mark.GradeId, mark.Points, probes));
                }
            }
            catch (CommandException error)
            {
                throw new CommandException($"{Path}, cell {cell.Id}: {error.Message}");
            }
        }

        if (tasks.Count == 0)
            throw new CommandException($"{Path}: no cell of it gives points by a test; nbgrader's metadata mark them.");
        (Given, Reference, Solutions, Tasks, Written, InstructorsCells) = (given, reference, solutions, tasks, written, instructors);
    }
}
