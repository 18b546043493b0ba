using System.CommandLine;
using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary><c>coursekit book</c>: runs notebooks and makes pages of them.</summary>
internal static class BookCommand
{
    public static Command Create(CommandContext context)
    {
        var settings = new RunSettings();
        var output = new Option<string?>("--output", "-o") { HelpName = "DIR", Description = "The book's folder. Without it: artifacts/book of the course." };
        var command = new Subcommand("book", "Run notebooks and make pages of them that open from disk, with no network.", """
            Examples:
              coursekit book                              the course, into artifacts/book/index.html
              coursekit book my.ipynb --output my-book    a book of your own

            A notebook that fails leaves the book as it was. Exit code: 0 if the book was written, 1 if not, 130 after Ctrl+C.
            """);
        settings.AddTo(command);
        command.Add(output);
        command.SetAction((parsed, ct) => context.GuardAsync(async () =>
        {
            var given = parsed.GetValue(settings.Notebooks) ?? [];
            var notebooks = NotebookList.Resolve(given, context.Repository);
            if (given.Length == 0)
                notebooks = [.. notebooks.Where(notebook => !notebook.EndsWith("-homework.ipynb", StringComparison.Ordinal))]; // it holds the solutions
            var folder = parsed.GetValue(output) ?? (context.Repository is { } r ? Path.Combine(r.Artifacts, "book")
                : throw new CommandException("Neither this folder nor one above it is the course's: name the book's folder with --output."));
            BookBuilder.CheckReplaceable(folder);
            var options = settings.Options(parsed);
            var results = await NotebookBatch.RunAsync(notebooks, null, options, settings.Width(parsed, options), context.Executor, context.View(), ct);
            if (RunCommand.Report(results, context) is not ExitCodes.Success and var code)
            {
                context.Error.WriteLine($"The book was not written: {string.Join(", ", results.Where(x => x.State != RunState.Succeeded).Select(x => Path.GetFileName(x.NotebookPath)))} did not run to the end.");
                return code;
            }
            context.Out.WriteLine($"The book is written. Open {BookBuilder.Build(results, folder)}");
            return ExitCodes.Success;
        }));
        return command;
    }
}
