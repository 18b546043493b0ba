namespace CourseKit.Cli;

/// <summary>A command cannot do what it was asked; the message says why and what to do. Shown without a stack trace.</summary>
/// <param name="message">The message.</param>
public sealed class CommandException(string message) : Exception(message);
