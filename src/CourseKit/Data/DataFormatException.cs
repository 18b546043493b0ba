namespace CourseKit;

/// <summary>
/// A data file is not what it should be. Every reader of the kit throws this type, and no other, for what it finds inside a file:
/// the message names the file, the place, what was found there and what would be right.
/// </summary>
/// <remarks>A file that is not there is a <see cref="FileNotFoundException"/>; a wrong argument, such as a column that the table does not
/// have, an <see cref="ArgumentException"/>.</remarks>
public sealed class DataFormatException : Exception
{
    /// <summary>Makes the exception; the message is put together from its parts.</summary>
    /// <param name="path">The file.</param>
    /// <param name="place">Where in it: <c>line 3, column 2</c> or <c>byte 16</c>.</param>
    /// <param name="found">What was found there.</param>
    /// <param name="expected">What would be right.</param>
    /// <param name="inner">What a library reported, if that is how it came to light.</param>
    public DataFormatException(string path, string place, string found, string expected, Exception? inner = null)
        : base($"{path}, {place}: {found}; expected {expected}.", inner)
    {
        Path = path;
        Place = place;
        Found = found;
        Expected = expected;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Where in the file: line and column of a text, the byte offset of anything else.</summary>
    public string Place { get; }

    /// <summary>What was found there.</summary>
    public string Found { get; }

    /// <summary>What would be right.</summary>
    public string Expected { get; }

    /// <summary>The place of a byte, counted from 0.</summary>
    internal static string Byte(long offset) => FormattableString.Invariant($"byte {offset}");

    /// <summary>The place of a line, counted from 1.</summary>
    internal static string Line(int line) => FormattableString.Invariant($"line {line}");
}
