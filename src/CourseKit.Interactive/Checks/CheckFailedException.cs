namespace CourseKit.Interactive;

/// <summary>A check was not passed; the message says what was seen and where to look, and not the answer.</summary>
/// <param name="message">For the student.</param>
public sealed class CheckFailedException(string message) : Exception(message);
