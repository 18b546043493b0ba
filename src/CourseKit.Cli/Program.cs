using System.CommandLine;
using CourseKit.Cli;
using Spectre.Console;

var root = new RootCommand("CourseKit: a course on deep learning that runs.") { DataCommand.Create(AnsiConsole.Console, Console.Out, Console.Error) };
return await root.Parse(args).InvokeAsync();
