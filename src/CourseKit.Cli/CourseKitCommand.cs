using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace CourseKit.Cli;

/// <summary>The command <c>coursekit</c>: one file a command, put together here.</summary>
public static class CourseKitCommand
{
    /// <summary>The command with all its parts.</summary>
    public static RootCommand Create(CommandContext context)
    {
        var root = new RootCommand("""
            CourseKit: a course on deep learning that runs.

            From the course's folder, without installing anything:
              dotnet run --project src/CourseKit.Cli -- book      the course as pages, with live charts
              dotnet run --project src/CourseKit.Cli -- doctor    what this machine lacks, and what to do

            'coursekit COMMAND --help' tells more about a command.
            """)
        {
            RunCommand.Create(context),
            BookCommand.Create(context),
            KernelCommand.Create(context),
            DataCommand.Create(context.Console, context.Out, context.Error),
            HomeworkCommand.Create(context),
            DoctorCommand.Create(context),
        };
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new FullHelp((HelpAction)help.Action!);
        return root;
    }

    /// <summary>Runs a command line to its end; without arguments it shows the help.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> InvokeAsync(string[] arguments, CommandContext context, CancellationToken ct = default)
    {
        var parsed = Create(context).Parse(arguments.Length == 0 ? ["--help"] : arguments);
        if (parsed.Action is ParseErrorAction mistake)
            mistake.ShowHelp = false;
        return parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = context.Out,
            Error = context.Error,
            // Ctrl+C asks the commands to stop, and gives them this long to end the notebooks' processes.
            ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
        }, ct);
    }
}
