using System.CommandLine;

namespace CourseKit.Cli;

/// <summary><c>coursekit book</c>: runs notebooks and makes pages of them.</summary>
internal static class BookCommand
{
    public static Command Create(CommandContext context)
    {
        var settings = new RunSettings();
        var output = new Option<string?>("--output", "-o") { HelpName = "DIR", Description = "The book's folder. Without it: artifacts/book of the course." };
        var lecture = new Option<bool>("--lecture") { Description = "Write full-screen pages for the projector too." };
        var fresh = new Option<bool>("--fresh") { Description = "Run every notebook again, also those that have not changed." };
        var serve = new Option<bool>("--serve") { Description = "Then show the book in a browser of this machine, and make it anew after every change." };
        var port = new Option<int>("--port") { HelpName = "N", Description = "The port for --serve.", DefaultValueFactory = _ => 8000 };
        var command = new Subcommand("book", "Run notebooks and make pages of them that open from disk, with no network.", """
            Examples:
              coursekit book                              the course in all its languages, into artifacts/book/index.html
              coursekit book --lecture                    and with full-screen pages for the projector
              coursekit book --serve                      for a look while writing
              coursekit book my.ipynb --output my-book    a book of your own

            Without notebooks named it is the book of the course: notebooks/en and notebooks/zh (not the homework, whose notebooks hold
            the solutions), the texts of docs, the glossary, and the
            page that leads from the lecture's formulas to cells, types and tests. Notebooks whose code, kit and data have not changed are
            not run again. A notebook that fails leaves the book as it was.

            Exit code: 0 if the book was written, 1 if not, 130 after Ctrl+C.
            """);
        settings.AddTo(command);
        foreach (var option in (Option[])[output, lecture, fresh, serve, port])
            command.Add(option);
        command.SetAction((parsed, ct) => context.GuardAsync(async () =>
        {
            var given = parsed.GetValue(settings.Notebooks) ?? [];
            IReadOnlyList<string> Notebooks() => given.Length == 0 && context.Repository is { } r
                // The instructors' homework holds the solutions: it is no part of a book that students read.
                ? [.. NotebookList.Resolve(r.Editions, r).Where(path => !path.EndsWith("-homework.ipynb", StringComparison.Ordinal))]
                : NotebookList.Resolve(given, context.Repository);
            Notebooks();
            var folder = parsed.GetValue(output) ?? (context.Repository is { } repository ? Path.Combine(repository.Artifacts, "book")
                : throw new CommandException("Neither this folder nor one above it is the course's: name the book's folder with --output."));
            var maker = new BookMaker(context, Notebooks, folder, isCourse: given.Length == 0, parsed.GetValue(lecture));
            var options = settings.Options(parsed);
            var width = settings.Width(parsed, options);
            var code = await maker.MakeAsync(options, width, parsed.GetValue(fresh), ct);
            if (code != ExitCodes.Success || !parsed.GetValue(serve))
                return code;
            string[] watched = given.Length == 0
                ? [.. ((string[])["notebooks", "docs", "data"]).Select(part => Path.Combine(context.Repository!.Root, part))]
                : [.. given.Select(path => Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!).Distinct()];
            var server = new BookServer(folder, watched, stop => context.GuardAsync(() => maker.MakeAsync(options, width, fresh: false, stop)));
            await server.RunAsync(parsed.GetValue(port), address => context.Out.WriteLine($"Look at {address} ; Ctrl+C ends it."), ct);
            return ExitCodes.Success;
        }));
        return command;
    }
}
