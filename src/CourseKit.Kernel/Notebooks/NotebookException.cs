namespace CourseKit.Kernel;

/// <summary>A file is not a notebook that can be run; the message names the file and what is wrong with it.</summary>
/// <param name="message">For the person who named the file.</param>
public sealed class NotebookException(string message) : Exception(message);
