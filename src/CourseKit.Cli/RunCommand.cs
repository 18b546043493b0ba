using System.CommandLine;
using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary><c>coursekit run</c>: runs notebooks and says which cell failed.</summary>
internal static class RunCommand
{
    public static Command Create(CommandContext context)
    {
        var settings = new RunSettings();
        var output = new Option<string?>("--output", "-o") { HelpName = "DIR", Description = "Write the executed notebooks, with their outputs, into this folder." };
        var command = new Subcommand("run", "Run notebooks, each in a process of its own, and say which cell failed.", """
            Examples:
              coursekit run                                           all of the course
              coursekit run notebooks/en/02-background.ipynb          one notebook
              coursekit run my.ipynb --timeout 20 --output executed   and keep its outputs

            Exit code: 0 if every cell ran, 1 if one did not, 130 after Ctrl+C.
            """);
        settings.AddTo(command);
        command.Add(output);
        command.SetAction((parsed, ct) => context.GuardAsync(async () =>
        {
            var notebooks = NotebookList.Resolve(parsed.GetValue(settings.Notebooks) ?? [], context.Repository);
            var folder = parsed.GetValue(output);
            var outputs = folder is null ? null : NotebookList.OutputPaths(notebooks, folder);
            if (folder is not null)
                Directory.CreateDirectory(folder);
            var options = settings.Options(parsed);
            var results = await NotebookBatch.RunAsync(notebooks, outputs, options, settings.Width(parsed, options), context.Executor, context.View(), ct);
            return Report(results, context);
        }));
        return command;
    }

    /// <summary>Names every failure, and returns the exit code.</summary>
    public static int Report(IReadOnlyList<RunResult> results, CommandContext context)
    {
        foreach (var failed in results.Where(r => r.State is not (RunState.Succeeded or RunState.Cancelled)))
            context.Error.WriteLine(failed.Message ?? $"{failed.NotebookPath}: {RunTable.Words(failed.State)}");
        if (results.Any(r => r.State == RunState.Cancelled))
        {
            context.Error.WriteLine("Stopped.");
            return ExitCodes.Cancelled;
        }
        return results.All(r => r.State == RunState.Succeeded) ? ExitCodes.Success : ExitCodes.Failed;
    }
}
