using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace CourseKit.Cli;

/// <summary>A command whose help goes on, after the options, with examples and exit codes.</summary>
/// <param name="name">The command's name.</param>
/// <param name="description">One sentence, which the list of commands shows too.</param>
/// <param name="more">What stands below the options.</param>
public sealed class Subcommand(string name, string description, string more) : Command(name, description)
{
    /// <summary>What stands below the options.</summary>
    public string More { get; } = more;
}

/// <summary>The library's help, under the command's own name and with what a <see cref="Subcommand"/> adds.</summary>
internal sealed class FullHelp(HelpAction help) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var configuration = parseResult.InvocationConfiguration;
        var output = configuration.Output;
        using var text = new StringWriter();
        configuration.Output = text;
        try
        {
            help.Invoke(parseResult);
        }
        finally
        {
            configuration.Output = output;
        }
        // The library names a command by its file, and the file cannot be coursekit: beside CourseKit.dll that is one name on some disks.
        output.Write($"{text.ToString().Replace(RootCommand.ExecutableName, "coursekit", StringComparison.Ordinal).TrimEnd()}{Environment.NewLine}");
        if (parseResult.CommandResult.Command is Subcommand { More: var more })
            output.Write($"{Environment.NewLine}{more.ReplaceLineEndings()}{Environment.NewLine}");
        return ExitCodes.Success;
    }
}
