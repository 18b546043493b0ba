using System.CommandLine;
using Spectre.Console;

namespace CourseKit.Cli;

/// <summary><c>coursekit doctor</c>: looks at the machine and says what is missing.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Subcommand("doctor", "Look at this machine and say what is missing, and what to do about it.", """
            Exit code: 0 if the course can run here, 1 if something needed is missing.
            """);
        command.SetAction((_, _) => context.GuardAsync(() =>
        {
            var findings = Checkup.Run(context.Machine, context.Repository);
            Show(findings, context.Console);
            return Task.FromResult(findings.Any(f => f.State == FindingState.Missing) ? ExitCodes.Failed : ExitCodes.Success);
        }));
        return command;
    }

    /// <summary>One line a finding, and under it what to do.</summary>
    public static void Show(IReadOnlyList<Finding> findings, IAnsiConsole console)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var finding in findings)
        {
            var (word, style) = finding.State switch
            {
                FindingState.Good => ("ok", "green"),
                FindingState.Optional => ("optional", "yellow"),
                _ => ("MISSING", "red"),
            };
            grid.AddRow(new Markup($"[{style}]{word}[/]"), new Text(finding.Subject), new Text(finding.Found));
            if (finding.Remedy is not null)
                grid.AddRow(new Text(""), new Text(""), new Text("→ " + finding.Remedy));
        }
        console.Write(grid);
        var missing = findings.Count(f => f.State == FindingState.Missing);
        console.WriteLine();
        console.WriteLine(missing == 0 ? "Everything that the course needs is here." : $"{missing} needed {(missing == 1 ? "thing is" : "things are")} missing.");
    }
}
