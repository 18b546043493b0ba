namespace CourseKit.Cli;

/// <summary>The book cannot be built; the message names the notebook, the cell and the reason.</summary>
/// <param name="message">What is wrong and where.</param>
public sealed class BookException(string message) : Exception(message);
