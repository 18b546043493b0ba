using System.Globalization;
using System.Text;

namespace CourseKit.Tests.Data;

public sealed class CsvTableTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("coursekit-csv-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("a,b,class\n1,2.5,x\n3,4,y\n", ',')]
    [InlineData("a;b;class\r\n1;2,5;x\r\n3;4;y", ';')]
    [InlineData("a\tb\tclass\r1\t2.5\tx\r3\t4\ty\r\r", '\t')]
    [InlineData("\n\n\"a\" , \"b\",class\n 1 , \"2.5\",\"x\"\n\n3,4,y\n\n", ',')]
    public void Delimiter_header_line_ends_and_quotes_are_understood(string text, char delimiter)
    {
        var table = CsvTable.Parse(text);
        Assert.Equal(delimiter, table.Delimiter);
        Assert.True(table.HasHeader);
        Assert.Equal(["a", "b", "class"], table.Columns);
        Assert.Equal(["a", "b"], table.NumericColumns);
        Assert.Equal([2.5, 4], table.Numbers("b"));
        Assert.Equal(["x", "y"], table.Text("class"));
        Assert.Equal("3", table[1, "a"]);
    }

    [Fact]
    public void A_quoted_cell_keeps_delimiters_line_breaks_and_doubled_quotes()
    {
        var table = CsvTable.Parse("word,n\n\"a, \"\"b\"\"\nc\",1\nd,x\n");
        Assert.Equal("a, \"b\"\nc", table[0, "word"]);
        var error = Assert.Throws<DataFormatException>(() => table.Numbers("n"));
        Assert.Equal("line 4, column 2", error.Place);
    }

    [Fact]
    public void Without_a_header_the_columns_are_numbered_and_numbers_with_decimal_commas_are_cut_at_the_semicolons()
    {
        var table = CsvTable.Parse("5,1;3,5;setosa\n4,9;3,0;setosa\n");
        Assert.False(table.HasHeader);
        Assert.Equal(["column 1", "column 2", "column 3"], table.Columns);
        Assert.Equal([5.1, 4.9], table.Numbers("column 1"));
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_name()
    {
        var path = Write("bom.csv", [.. Encoding.UTF8.GetPreamble(), .. "größe,b\n1,2\n"u8]);
        Assert.Equal("größe", CsvTable.Load(path).Columns[0]);
    }

    [Fact]
    public void Numbers_read_alike_in_every_language()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal([1.5, -2e-3], CsvTable.Parse("x,y\n1.5,0\n-2e-3,0").Numbers("x"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "line 3", "1 cell", "2 cells")]
    [InlineData("a,b\n1,\"2\n3,4\n", "line 2, column 2", "never closed", "closing")]
    [InlineData("a,b\n1,\"2\"x\n", "line 2, column 2", "'x' after a closing quote", "','")]
    [InlineData("a,b,a\n1,2,3\n", "line 1, column 3", "second column called 'a'", "name of its own")]
    [InlineData("", "line 1", "empty", "a table")]
    [InlineData("a,b\n1,\0\n", "line 2", "value 0", "binary")]
    public void A_text_that_is_no_table_is_refused_with_its_place(string text, string place, string found, string expected)
    {
        var error = Assert.Throws<DataFormatException>(() => CsvTable.Parse(text, name: "own.csv"));
        Assert.Equal(place, error.Place);
        Assert.Contains(found, error.Found);
        Assert.Contains(expected, error.Expected);
        Assert.StartsWith("own.csv, line", error.Message);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,\n5,6", "line 3, column 2", "an empty cell")]
    [InlineData("a,b\n1,2\n3,NaN\n5,6", "line 3, column 2", "'NaN'")]
    [InlineData("a,b\n1,2\n3,\"4,5\"\n5,6", "line 3, column 2", "write 4.5")]
    [InlineData("a;b\n1;2,5\n3;4.5\n5;6", "line 3, column 2", "one decimal sign")]
    [InlineData("a;b\n1;2,5\n3;1.234,5\n5;6", "line 3, column 2", "'1.234,5'")]
    public void A_cell_that_is_no_number_is_refused_with_line_and_column(string text, string place, string says)
    {
        var table = CsvTable.Parse(text);
        Assert.Equal(["a", "b"], table.NumericColumns);
        var error = Assert.Throws<DataFormatException>(() => table.Matrix());
        Assert.Equal(place, error.Place);
        Assert.Contains(says, error.Message);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_named_with_their_line()
    {
        var path = Write("latin1.csv", Encoding.Latin1.GetBytes("a,b\n1,2\nä,3\n"));
        var error = Assert.Throws<DataFormatException>(() => CsvTable.Load(path));
        Assert.Equal("line 3", error.Place);
        Assert.Contains("CSV UTF-8", error.Message);
    }

    [Fact]
    public void A_file_above_the_limit_is_refused_unread()
    {
        var path = Write("large.csv", new byte[1001]);
        var error = Assert.Throws<DataFormatException>(() => CsvTable.Load(path, new CsvOptions { MaxBytes = 1000 }));
        Assert.Contains("1001 bytes", error.Message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_answered_with_what_is()
    {
        Write("mine.csv", [1]);
        var error = Assert.Throws<FileNotFoundException>(() => CsvTable.Load(Path.Combine(folder, "mind.csv")));
        Assert.Contains("mine.csv", error.Message);
        Assert.Contains("does not exist", Assert.Throws<FileNotFoundException>(() => CsvTable.Load(Path.Combine(folder, "no", "x.csv"))).Message);
    }

    [Fact]
    public void Two_of_three_classes_become_plus_and_minus_one()
    {
        var table = CsvTable.Parse("x,kind,y\n1,a,2\n3,b,4\n5,c,6\n7,a,8");
        var (X, y) = table.TwoClasses("c", "a");
        Assert.Equal([-1, +1, -1], y);
        Assert.Equal([1, 5, 7, 2, 6, 8], X.ToColumnMajorArray());
        var (_, labels, classes) = table.Classes();
        Assert.Equal([0, 1, 2, 0], labels);
        Assert.Equal(["a", "b", "c"], classes);
    }

    [Fact]
    public void A_class_written_as_a_number_is_found_in_the_last_column()
    {
        var (X, y) = CsvTable.Parse("x,y,kind\n1,2,0\n3,4,1").TwoClasses("1", "0");
        Assert.Equal(2, X.ColumnCount);
        Assert.Equal([-1, +1], y);
    }

    [Theory]
    [InlineData("a", "z", null, "no class 'z'; its classes are 'a', 'b'")]
    [InlineData("a", "b", "sort", "no column 'sort'; its columns are 'x', 'kind'")]
    [InlineData("a", "a", null, "two different ones")]
    public void A_wrong_name_is_answered_with_the_right_ones(string plus, string minus, string? labels, string says)
    {
        var table = CsvTable.Parse("x,kind\n1,a\n3,b");
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => table.TwoClasses(plus, minus, labels)).Message);
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
