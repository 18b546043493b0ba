namespace CourseKit.Tests;

public class RowMathTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 1000)]
    [InlineData(3, 50)]
    [InlineData(8, 9)]
    [InlineData(300, 32)]
    [InlineData(5000, 3)]
    [InlineData(7, 0)]
    public void Rows_are_repeated_and_summed_up(int width, int count)
    {
        var row = Enumerable.Range(1, width).Select(j => (float)j).ToArray();
        var rows = new float[width * count];
        RowMath.Repeat(row, rows);
        for (var i = 0; i < rows.Length; i++)
            Assert.Equal(row[i % width], rows[i]);
        for (var i = 0; i < rows.Length; i++)
            rows[i] *= i / width % 3; // small whole numbers: every order of the sum is exact
        var sum = new float[width];
        Array.Fill(sum, float.NaN);
        RowMath.Sum(rows, sum);
        var factor = Enumerable.Range(0, count).Sum(n => n % 3);
        Assert.Equal(row.Select(x => x * factor), sum);
    }
}
