using System.Text;

namespace CourseKit;

/// <summary>The lines of a TSPLIB file that are not empty, none longer than is sensible.</summary>
internal sealed class TspLibLines(TextReader text, string path, int maxLength)
{
    /// <summary>The number of the line last read, counted from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The next line that is not empty, blanks around it removed; null at the end.</summary>
    public string? Next()
    {
        while (text.Peek() >= 0)
        {
            Line++;
            var line = ReadLine();
            if (line.Length > 0)
                return line;
        }

        return null;
    }

    private string ReadLine()
    {
        var line = new StringBuilder();
        for (var next = text.Read(); next >= 0 && next != '\n'; next = text.Read())
        {
            if (line.Length == maxLength)
                throw new DataFormatException(path, DataFormatException.Line(Line), $"a line of more than {maxLength} characters", "the lines of a TSPLIB file");
            line.Append((char)next);
        }

        return line.ToString().Trim();
    }
}
