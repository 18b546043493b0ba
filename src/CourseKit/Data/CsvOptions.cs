namespace CourseKit;

/// <summary>How a CSV file is to be understood; what is left null is found out from the file itself.</summary>
public sealed record CsvOptions
{
    /// <summary>What stands between two cells: a comma, a semicolon or a tab. Null: whichever cuts the first lines into equally many cells.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Whether the first line holds the columns' names. Null: it does where none of its cells is a number.</summary>
    public bool? Header { get; init; }

    /// <summary>Whether 3,5 is the number 3.5. Null: in a file whose delimiter is the semicolon, as spreadsheets write it where the
    /// comma is the decimal sign.</summary>
    public bool? DecimalComma { get; init; }

    /// <summary>The largest file that is read, in bytes; a larger one is refused before it fills the memory.</summary>
    public long MaxBytes { get; init; } = 64L << 20;
}
