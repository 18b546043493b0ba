using System.Text;

namespace CourseKit;

/// <summary>One row of a CSV file: its cells and the line on which it begins, counted from 1.</summary>
internal readonly record struct CsvRecord(int Line, string[] Cells);

/// <summary>
/// Cuts a CSV text into rows and cells as RFC 4180 has it: a cell in double quotes may hold the delimiter, line breaks and doubled
/// quotes. Blanks around a cell are dropped, and so are empty lines.
/// </summary>
internal sealed class CsvReader(TextReader text, string path, char delimiter)
{
    private readonly StringBuilder cell = new();
    private int line = 1;

    /// <summary>The rows, one after the other as they are read.</summary>
    public IEnumerable<CsvRecord> Records()
    {
        while (text.Peek() >= 0)
        {
            var begin = line;
            var cells = ReadRecord();
            if (cells.Count > 1 || cells[0].Length > 0)
                yield return new CsvRecord(begin, [.. cells]);
        }
    }

    private List<string> ReadRecord()
    {
        var cells = new List<string>();
        while (true)
        {
            SkipBlanks();
            cells.Add(text.Peek() == '"' ? ReadQuoted(cells.Count + 1) : ReadPlain());
            var end = text.Read();
            if (end == delimiter)
                continue;
            if (end == '\r' && text.Peek() == '\n')
                text.Read();
            line++;
            return cells;
        }
    }

    private string ReadPlain()
    {
        cell.Clear();
        for (var next = text.Peek(); next >= 0 && next != delimiter && next is not ('\r' or '\n'); next = text.Peek())
        {
            RefuseZero(next);
            cell.Append((char)text.Read());
        }

        return cell.ToString().TrimEnd(' ', '\t');
    }

    private string ReadQuoted(int column)
    {
        var opened = line;
        cell.Clear();
        text.Read();
        while (true)
        {
            var next = text.Read();
            if (next < 0)
                throw Error(opened, column, "a quoted cell that is never closed", "a closing \"");
            RefuseZero(next);
            if (next == '\n' || (next == '\r' && text.Peek() != '\n'))
                line++;
            if (next != '"')
                cell.Append((char)next);
            else if (text.Peek() == '"')
                cell.Append((char)text.Read());
            else
                break;
        }

        SkipBlanks();
        var after = text.Peek();
        if (after >= 0 && after != delimiter && after is not ('\r' or '\n'))
            throw Error(line, column, $"'{(char)after}' after a closing quote", $"'{(delimiter == '\t' ? "tab" : delimiter)}' or the line's end (a quote inside a quoted cell is doubled)");
        return cell.ToString();
    }

    private void SkipBlanks()
    {
        for (var next = text.Peek(); next != delimiter && next is ' ' or '\t'; next = text.Peek())
            text.Read();
    }

    private void RefuseZero(int character)
    {
        if (character == 0)
            throw new DataFormatException(path, DataFormatException.Line(line), "a byte of value 0", "text: this looks like a binary file");
    }

    private DataFormatException Error(int atLine, int column, string found, string expected) =>
        new(path, FormattableString.Invariant($"line {atLine}, column {column}"), found, expected);
}
