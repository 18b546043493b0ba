using Spectre.Console;

namespace CourseKit.Cli;

/// <summary>What the commands share, so that a test can put its own in the place of the machine.</summary>
/// <param name="Console">The terminal, for tables and progress.</param>
/// <param name="Out">Where results go.</param>
/// <param name="Error">Where failures go.</param>
/// <param name="Executor">Runs notebooks.</param>
/// <param name="Machine">What doctor looks at.</param>
/// <param name="Repository">The course's folder; null where the command was not started inside one.</param>
public sealed record CommandContext(IAnsiConsole Console, TextWriter Out, TextWriter Error, INotebookExecutor Executor, IMachine Machine, Repository? Repository)
{
    /// <summary>The real machine.</summary>
    public static CommandContext OfThisMachine() =>
        new(AnsiConsole.Console, System.Console.Out, System.Console.Error, new KernelExecutor(), new ThisMachine(), Cli.Repository.Find());

    /// <summary>A live table on a terminal, lines elsewhere.</summary>
    public IRunView View() => Console.Profile.Capabilities.Interactive && Console.Profile.Out.IsTerminal ? new LiveRunView(Console) : new LineRunView(Out);

    /// <summary>Turns failures that have a message for people into that message and an exit code.</summary>
    public async Task<int> GuardAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (Exception e) when (e is CommandException or BookException or IOException or UnauthorizedAccessException)
        {
            Error.WriteLine(e.Message);
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            Error.WriteLine("Stopped.");
            return ExitCodes.Cancelled;
        }
    }
}
