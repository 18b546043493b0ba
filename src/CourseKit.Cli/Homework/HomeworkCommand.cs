using System.CommandLine;

namespace CourseKit.Cli;

/// <summary><c>coursekit homework</c>: releases, validates and grades homework, and sums up a class.</summary>
internal static class HomeworkCommand
{
    public static Command Create(CommandContext context) => new Subcommand("homework", "Release, validate and grade homework.", """
        Examples:
          coursekit homework release notebooks/en/01-homework.ipynb                      what students get
          coursekit homework validate 01-homework.ipynb                                  what a student runs before handing in
          coursekit homework grade submitted --homework notebooks/en/01-homework.ipynb   all that was handed in
          coursekit homework report submitted-grades                                     how the class did
        """)
    {
        Release(context), Validate(context), GradeCommand.Create(context), Report(context),
    };

    private static Subcommand Release(CommandContext context)
    {
        var homework = new Argument<string>("homework") { Description = "The instructor's notebook, with solutions and hidden tests." };
        var output = new Option<string?>("--output", "-o") { HelpName = "DIR", Description = "Where the students' notebook goes. Without it: artifacts/released of the course." };
        var command = new Subcommand("release", "Write the notebook that students get: without solutions, hidden tests and outputs.", """
            Before anything is written, both versions are run: the instructor's must pass all of its checks, and
            the students' must run and fail every one. Students open it in notebooks/en of their copy of the course.
            """) { homework, output };
        command.SetAction((parsed, ct) => context.GuardAsync(async () =>
        {
            var place = HomeworkPlace.Of(context.Repository);
            var path = await ReleaseCheck.ReleaseAsync(Assignment.Load(parsed.GetValue(homework)!), parsed.GetValue(output) ?? Path.Combine(context.Repository!.Artifacts, "released"), place, ct);
            context.Out.WriteLine(path);
            return ExitCodes.Success;
        }));
        return command;
    }

    private static Subcommand Validate(CommandContext context)
    {
        var notebook = new Argument<string>("notebook") { Description = "Your homework." };
        var command = new Subcommand("validate", "Run a homework from a fresh start and say which checks it passes.", """
            Exit code: 0 if every check is passed, 1 if not. The grader asks more than the checks do.
            """) { notebook };
        command.SetAction((parsed, ct) => context.GuardAsync(async () =>
        {
            var path = parsed.GetValue(notebook)!;
            Validation validation;
            try
            {
                validation = await Validation.RunAsync(Kernel.Notebook.Load(path), path, new GradeLimits { Cell = TimeSpan.FromMinutes(5) }, ct);
            }
            catch (Kernel.NotebookException error)
            {
                throw new CommandException(error.Message);
            }

            foreach (var check in validation.Checks)
                context.Out.WriteLine($"{(check.Fault is null ? "passed" : "FAILED")}  {check.GradeId} ({GraderCell.PointsText(check.Points)}){(check.Fault is null ? "" : ": " + check.Fault)}");
            foreach (var fault in validation.Faults)
                context.Out.WriteLine($"cell {fault.Cell} fails: {fault.Fault}");
            foreach (var question in validation.Unanswered)
                context.Out.WriteLine($"nothing is written to {question}");
            return validation.IsPassed ? ExitCodes.Success : ExitCodes.Failed;
        }));
        return command;
    }

    private static Subcommand Report(CommandContext context)
    {
        var folder = new Argument<string>("grades") { Description = "The folder that 'grade' has written." };
        var command = new Subcommand("report", "Sum up a class: each task, the points, and submissions that look alike.", "Writes report.html into the folder.") { folder };
        command.SetAction((parsed, _) => context.GuardAsync(() =>
        {
            var report = ClassReport.Read(parsed.GetValue(folder)!);
            report.Show(context.Console);
            var page = Path.Combine(parsed.GetValue(folder)!, "report.html");
            WholeFile.Write(page, report.Html());
            context.Out.WriteLine(page);
            return Task.FromResult(ExitCodes.Success);
        }));
        return command;
    }
}
