using System.CommandLine;
using CourseKit.Cli;

// Ctrl+C asks the commands to stop, and gives them this long to end the notebooks' processes.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(10) };
return await CourseKitCommand.Create(CommandContext.OfThisMachine()).Parse(args).InvokeAsync(configuration);
