using System.Globalization;
using System.Text;
using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>
/// A table read from a CSV file and checked: every row has the same number of cells, every column a name. Cells are text until a column
/// is asked for as numbers.
/// </summary>
/// <remarks>
/// The format is RFC 4180 in UTF-8, with comma, semicolon or tab between the cells. Numbers are written with a point, whatever the
/// machine's language; see <see cref="CsvOptions.DecimalComma"/> for the exception.
/// </remarks>
public sealed class CsvTable
{
    private readonly List<CsvRecord> rows;
    private readonly bool decimalComma;
    private readonly Lazy<string[]> numeric;

    private CsvTable(string path, char delimiter, bool decimalComma, string[] columns, bool hasHeader, List<CsvRecord> rows)
    {
        (Path, Delimiter, this.decimalComma, Columns, HasHeader, this.rows) = (path, delimiter, decimalComma, columns, hasHeader, rows);
        numeric = new(() => [.. Enumerable.Range(0, columns.Length).Where(IsMeantAsNumbers).Select(j => columns[j])]);
    }

    /// <summary>The file, or the name given to the text.</summary>
    public string Path { get; }

    /// <summary>What stands between two cells.</summary>
    public char Delimiter { get; }

    /// <summary>Whether the first line named the columns.</summary>
    public bool HasHeader { get; }

    /// <summary>The columns' names; a column without one is called <c>column 3</c>.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The columns that hold numbers: those in which more than half of the cells are. A cell that is not shows up, with its
    /// line, when the column is read.</summary>
    public IReadOnlyList<string> NumericColumns => numeric.Value;

    /// <summary>How many rows there are, the header not counted.</summary>
    public int RowCount => rows.Count;

    /// <summary>The cell of row i, counted from 0, in a column.</summary>
    /// <exception cref="ArgumentException">The table has no such column.</exception>
    public string this[int i, string column] => rows[i].Cells[IndexOf(column)];

    /// <summary>The line of the file, counted from 1, on which row i begins: for messages about what a row says.</summary>
    internal int LineOf(int i) => rows[i].Line;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What is known about it; null finds everything out.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">The file is not a table; the message names line and column.</exception>
    public static CsvTable Load(string path, CsvOptions? options = null)
    {
        options ??= new CsvOptions();
        using (var file = DataFile.OpenRead(path))
            if (file.Length > options.MaxBytes)
                throw new DataFormatException(
                    path, "its length", FormattableString.Invariant($"{file.Length} bytes"), FormattableString.Invariant($"at most {options.MaxBytes}"));
        try
        {
            return Read(() => DataFile.OpenText(path), path, options);
        }
        catch (DecoderFallbackException notUtf8)
        {
            throw DataFile.NotUtf8(path, notUtf8);
        }
    }

    /// <summary>Reads a text that is at hand, such as one typed into a cell of a notebook.</summary>
    /// <param name="text">The lines of the table.</param>
    /// <param name="options">What is known about it; null finds everything out.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="DataFormatException">The text is not a table; the message names line and column.</exception>
    public static CsvTable Parse(string text, CsvOptions? options = null, string name = "text")
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(() => new StringReader(text), name, options ?? new CsvOptions());
    }

    /// <summary>A column as it stands.</summary>
    /// <exception cref="ArgumentException">The table has no such column; the message lists those it has.</exception>
    public string[] Text(string column)
    {
        var j = IndexOf(column);
        return [.. rows.Select(row => row.Cells[j])];
    }

    /// <summary>A column as finite numbers.</summary>
    /// <exception cref="ArgumentException">The table has no such column.</exception>
    /// <exception cref="DataFormatException">A cell is empty or not a number; the message names its line.</exception>
    public double[] Numbers(string column)
    {
        var j = IndexOf(column);
        var numbers = new double[rows.Count];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = CsvNumber.Parse(rows[i].Cells[j], decimalComma) ?? throw NotANumber(rows[i], j);
        if (decimalComma)
            RefuseBothSigns(j);
        return numbers;
    }

    /// <summary>Some columns as a matrix, a row of the table a row of the matrix.</summary>
    /// <param name="columns">The columns in the wanted order; none: all of <see cref="NumericColumns"/>.</param>
    /// <exception cref="ArgumentException">The table has no such column, or no row.</exception>
    /// <exception cref="DataFormatException">A cell is empty or not a number; the message names its line.</exception>
    public Matrix<double> Matrix(params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
            columns = NumericColumns;
        if (columns.Count == 0)
            throw new ArgumentException($"{Path} has no column of numbers.", nameof(columns));
        if (RowCount == 0)
            throw new ArgumentException($"{Path} has no row below its header; a matrix needs at least one.", nameof(columns));
        return Matrix<double>.Build.DenseOfColumns(columns.Select(Numbers));
    }

    /// <summary>The number of a column, counted from 0.</summary>
    /// <exception cref="ArgumentException">The table has no such column; the message lists those it has.</exception>
    public int IndexOf(string column)
    {
        ArgumentNullException.ThrowIfNull(column);
        for (var j = 0; j < Columns.Count; j++)
            if (Columns[j] == column)
                return j;
        throw new ArgumentException($"{Path} has no column '{column}'; its columns are {string.Join(", ", Columns.Select(name => $"'{name}'"))}.", nameof(column));
    }

    /// <summary>The table's size and columns as a line of text.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{System.IO.Path.GetFileName(Path)}: {RowCount} rows, {Columns.Count} columns ({string.Join(", ", Columns)})");

    private static CsvTable Read(Func<TextReader> open, string path, CsvOptions options)
    {
        var delimiter = options.Delimiter ?? Detect(open);
        if (delimiter is '"' or '\r' or '\n')
            throw new ArgumentException("A quote or a line break given as the delimiter; a comma, a semicolon or a tab is expected.", nameof(options));
        var decimalComma = options.DecimalComma ?? delimiter == ';';
        using var text = open();
        var rows = new List<CsvRecord>();
        foreach (var row in new CsvReader(text, path, delimiter).Records())
        {
            if (rows.Count > 0 && row.Cells.Length != rows[0].Cells.Length)
                throw new DataFormatException(
                    path, DataFormatException.Line(row.Line), Cells(row.Cells.Length), $"{Cells(rows[0].Cells.Length)}, as line {rows[0].Line} has");
            rows.Add(row);
        }

        if (rows.Count == 0)
            throw new DataFormatException(path, DataFormatException.Line(1), "an empty file", "a table");
        var hasHeader = options.Header ?? rows[0].Cells.All(cell => CsvNumber.Parse(cell, decimalComma) is null);
        var columns = Names(rows[0], hasHeader, path);
        if (hasHeader)
            rows.RemoveAt(0);
        return new CsvTable(path, delimiter, decimalComma, columns, hasHeader, rows);
    }

    private static char Detect(Func<TextReader> open)
    {
        using var text = open();
        return CsvDelimiter.Detect(text);
    }

    private static string[] Names(CsvRecord first, bool hasHeader, string path)
    {
        string[] names = [.. first.Cells.Select((cell, j) => hasHeader && cell.Length > 0 ? cell : FormattableString.Invariant($"column {j + 1}"))];
        var seen = new HashSet<string>();
        for (var j = 0; j < names.Length; j++)
            if (!seen.Add(names[j]))
                throw new DataFormatException(path, Place(first.Line, j), $"a second column called '{names[j]}'", "a name of its own for each column");
        return names;
    }

    private bool IsMeantAsNumbers(int j) =>
        rows.Count > 0 && 2 * rows.Count(row => CsvNumber.Parse(row.Cells[j], decimalComma) is not null) > rows.Count;

    private DataFormatException NotANumber(CsvRecord row, int j)
    {
        var cell = row.Cells[j];
        var found = cell.Length == 0 ? "an empty cell" : $"'{(cell.Length <= 40 ? cell : cell[..40] + "…")}'";
        var expected = $"a number in '{Columns[j]}'";
        if (!decimalComma && CsvNumber.Parse(cell, decimalComma: true) is { } meant)
            expected += string.Create(CultureInfo.InvariantCulture, $" (write {meant}, or separate the cells by semicolons, or set DecimalComma)");
        return new DataFormatException(Path, Place(row.Line, j), found, expected);
    }

    // Beside 3,5 the cell 1.234 may well be one thousand two hundred and thirty-four.
    private void RefuseBothSigns(int j)
    {
        if (rows.Exists(row => row.Cells[j].Contains(',')) && rows.Find(row => row.Cells[j].Contains('.')) is { Cells: not null } mixed)
            throw new DataFormatException(
                Path, Place(mixed.Line, j), $"'{mixed.Cells[j]}' in a column that also writes decimal commas", "one decimal sign in a column");
    }

    private static string Place(int line, int j) => FormattableString.Invariant($"line {line}, column {j + 1}");

    private static string Cells(int count) => count == 1 ? "1 cell" : FormattableString.Invariant($"{count} cells");
}
