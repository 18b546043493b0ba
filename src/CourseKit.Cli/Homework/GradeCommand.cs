using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using CourseKit.Kernel;
using Spectre.Console;

namespace CourseKit.Cli;

/// <summary><c>coursekit homework grade</c>.</summary>
internal static class GradeCommand
{
    private const double Megabyte = 1 << 20;

    public static Command Create(CommandContext context)
    {
        var folder = new Argument<string>("submissions") { Description = "A folder with a notebook, or a folder with a notebook, for each student; with --one a single notebook." };
        var homework = new Option<string>("--homework") { HelpName = "NOTEBOOK", Description = "The instructor's notebook.", Required = true };
        var output = new Option<string?>("--output", "-o") { HelpName = "PATH", Description = "The folder of the results, SUBMISSIONS-grades unless named; with --one the file of the grade, or its folder." };
        var one = new Option<bool>("--one") { Description = "Grade a single notebook and write a single file of JSON, for batch systems." };
        var student = new Option<string?>("--student") { HelpName = "NAME", Description = "With --one: whose it is; the file's name unless given." };
        var secret = new Option<string?>("--secret") { HelpName = "FILE", Description = "A file from which, besides the homework's own, the inputs of the hidden tests are drawn: for homework that students can find in public." };
        var jobs = Positive("--jobs", "N", "How many at once. Without it: as many as cores and free memory allow.");
        var memory = Positive("--memory", "MB", "The most memory that a submission may take; 1024 unless given.");
        var cell = Positive("--timeout", "SECONDS", "The most that a cell or a hidden test may take; 20 unless given.");
        var total = Positive("--total-timeout", "SECONDS", "The most that a submission may take; 120 unless given.");
        var command = new Subcommand("grade", "Grade what was handed in, each submission in a process of its own, in a sandbox where there is one.", """
            Writes grades.csv, feedback/STUDENT.html and details/STUDENT.json. A run that was stopped is gone on with by
            the same command. src/CourseKit.Cli/Homework/README.md says what is protected, and shows how a Slurm array, a
            Kubernetes job or GNU parallel carries a large class.
            """) { folder, homework, output, one, student, secret, jobs, memory, cell, total };
        command.SetAction((parsed, ct) => context.GuardAsync(async () =>
        {
            var limits = new GradeLimits();
            limits = limits with
            {
                Cell = Seconds(parsed.GetValue(cell)) ?? limits.Cell, Total = Seconds(parsed.GetValue(total)) ?? limits.Total,
                Process = parsed.GetValue(memory) is { } megabytes ? limits.Process with { MemoryBytes = (long)(megabytes * Megabyte) } : limits.Process,
            };
            var assignment = Assignment.Load(parsed.GetValue(homework)!);
            var sandbox = Sandbox.Find(out var reason);
            if (sandbox is null)
                context.Error.WriteLine($"Warning: there is no sandbox, because {reason}. {Sandbox.WhatIsNotProtected}");
            using var grader = await Grader.StartAsync(assignment, HomeworkPlace.Of(context.Repository), sandbox, limits, parsed.GetValue(secret) is { } file ? File.ReadAllText(file) : null, ct);
            var path = parsed.GetValue(folder)!;
            return parsed.GetValue(one)
                ? await OneAsync(new Submission(parsed.GetValue(student) ?? Path.GetFileNameWithoutExtension(path), path, null), parsed.GetValue(output), grader, context, ct)
                : await AllAsync(path, assignment, parsed.GetValue(output), parsed.GetValue(jobs) is { } n ? (int)Math.Max(1, n) : GradeBatch.Width(limits), grader, context, ct);
        }));
        return command;
    }

    private static async Task<int> OneAsync(Submission submission, string? output, Grader grader, CommandContext context, CancellationToken ct)
    {
        var grade = await grader.GradeAsync(submission, null, ct);
        var name = SubmissionFolder.Key(submission.Student) + ".json";
        var path = output is null ? name : Path.EndsInDirectorySeparator(output) || Directory.Exists(output) ? Path.Combine(output, name) : output;
        grade.Save(path);
        context.Out.WriteLine($"{path}: {Words(grade)}");
        return ExitCodes.Success;
    }

    private static async Task<int> AllAsync(string folder, Assignment assignment, string? output, int width, Grader grader, CommandContext context, CancellationToken ct)
    {
        var submissions = SubmissionFolder.Find(folder, assignment.Name);
        var target = output ?? Path.TrimEndingDirectorySeparator(folder) + "-grades";
        RefuseAnothers(target, assignment);
        var (clock, done, kept) = (Stopwatch.StartNew(), 0, 0);
        IReadOnlyList<Grade> grades = [];
        if (context.Console.Profile.Capabilities.Interactive && context.Console.Profile.Out.IsTerminal)
            await context.Console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(async progress =>
            {
                var bar = progress.AddTask(assignment.Name, maxValue: submissions.Count);
                grades = await GradeBatch.RunAsync(grader, assignment, submissions, target, width, (_, old) => { Count(old); bar.Increment(1); }, ct);
            });
        else
            grades = await GradeBatch.RunAsync(grader, assignment, submissions, target, width, (grade, old) =>
            {
                var n = Count(old);
                lock (context.Out)
                    context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{n}/{submissions.Count} {Answered(grade.Student)}: {(old ? "as before, " : "")}{Words(grade)}"));
            }, ct);
        context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{grades.Count} submissions ({kept} from an earlier run, {grades.Count(grade => grade.Refusal is not null)} refused) in {RunTable.Time(clock.Elapsed)}, {width} at once: {GradeBatch.GradebookPath(target)}"));
        return ExitCodes.Success;

        int Count(bool old)
        {
            if (old)
                Interlocked.Increment(ref kept);
            return Interlocked.Increment(ref done);
        }
    }

    /// <summary>Keeps the grades of two homeworks apart: those of one would be overwritten, and the report would mix them.</summary>
    private static void RefuseAnothers(string target, Assignment assignment)
    {
        var details = Path.Combine(target, "details");
        if (Directory.Exists(details) && Directory.EnumerateFiles(details, "*.json").Select(Grade.Load).FirstOrDefault(grade => grade is not null && grade.Assignment != assignment.Name) is { } other)
            throw new CommandException($"{target} holds grades of {Answered(other.Assignment)}, not of {assignment.Name}: name another folder by --output.");
    }

    private static string Words(Grade grade) => grade.Refusal is { } refusal ? $"refused: {refusal}" : $"{GraderCell.PointsText(grade.Points)} of {GraderCell.PointsText(grade.Maximum)}";

    private static string Answered(string name) => Interactive.Answer.Shorten(name);

    private static TimeSpan? Seconds(double? seconds) => seconds is { } given ? TimeSpan.FromSeconds(given) : null;

    private static Option<double?> Positive(string name, string unit, string description)
    {
        var option = new Option<double?>(name) { HelpName = unit, Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(double.TryParse(text, CultureInfo.InvariantCulture, out var value) && value > 0 && value < 1e7))
                result.AddError($"{name} needs a number of {unit} greater than 0, not '{text}'.");
        });
        return option;
    }
}
