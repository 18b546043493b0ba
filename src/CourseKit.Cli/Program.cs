using CourseKit.Cli;

return await CourseKitCommand.InvokeAsync(args, CommandContext.OfThisMachine());
