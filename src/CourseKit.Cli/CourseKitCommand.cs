using System.CommandLine;

namespace CourseKit.Cli;

/// <summary>The command <c>coursekit</c>: one file a command, put together here.</summary>
public static class CourseKitCommand
{
    /// <summary>The command with all its parts.</summary>
    public static RootCommand Create(CommandContext context) => new("""
        CourseKit: a course on deep learning that runs.

        From the course's folder, without installing anything:
          dotnet run --project src/CourseKit.Cli -- book      the course as pages, with live charts
          dotnet run --project src/CourseKit.Cli -- doctor    what this machine lacks, and what to do

        'coursekit COMMAND --help' tells more about a command.
        """)
    {
        RunCommand.Create(context),
        BookCommand.Create(context),
        DoctorCommand.Create(context),
    };
}
