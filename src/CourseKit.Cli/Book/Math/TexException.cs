namespace CourseKit.Cli;

/// <summary>A formula that cannot be converted; the message says why, <see cref="Column"/> says where.</summary>
/// <param name="message">What is wrong, such as <c>unknown command \foo</c>.</param>
/// <param name="column">The place in the formula's text, counted from 1.</param>
public sealed class TexException(string message, int column) : Exception(message)
{
    /// <summary>The place in the formula's text, counted from 1.</summary>
    public int Column { get; } = column;
}
