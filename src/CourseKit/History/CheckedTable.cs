namespace CourseKit;

/// <summary>A table of text whose columns are known and whose errors name file and line; shared by the timeline and the lineage.</summary>
internal sealed class CheckedTable
{
    private static readonly CsvOptions options = new() { Delimiter = ',', Header = true };
    private readonly CsvTable table;

    private CheckedTable(CsvTable table, IReadOnlyList<string> columns)
    {
        this.table = table;
        foreach (var column in columns)
            if (!table.Columns.Contains(column))
                throw new DataFormatException(
                    table.Path, DataFormatException.Line(1), $"no column '{column}'", $"the columns {string.Join(", ", columns)}");
        if (table.RowCount == 0)
            throw new DataFormatException(table.Path, DataFormatException.Line(1), "no row below the header", "at least one");
    }

    public int RowCount => table.RowCount;

    public static CheckedTable Load(string path, IReadOnlyList<string> columns) => new(CsvTable.Load(path, options), columns);

    public static CheckedTable Parse(string text, IReadOnlyList<string> columns) => new(CsvTable.Parse(text, options), columns);

    public string Required(int i, string column) => Optional(i, column) ?? throw Error(i, $"nothing in '{column}'", "an entry");

    public string? Optional(int i, string column) => table[i, column].Trim() is { Length: > 0 } text ? text : null;

    public DataFormatException Error(int i, string found, string expected) =>
        new(table.Path, DataFormatException.Line(table.LineOf(i)), found, expected);
}
