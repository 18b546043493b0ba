using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Tests;

public class TensorTests
{
    [Fact]
    public void A_matrix_survives_the_way_there_and_back()
    {
        var matrix = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        var tensor = Tensor.FromMatrix(matrix);
        Assert.Equal([1f, 2, 3, 4, 5, 6], tensor.Data);
        Assert.Equal(matrix, tensor.ToMatrix());
    }

    [Fact]
    public void Wrapping_an_array_of_the_wrong_length_names_both_counts()
    {
        var error = Assert.Throws<ArgumentException>(() => Tensor.From(new float[5], 2, 3));
        Assert.Contains("5 numbers given", error.Message);
        Assert.Contains("2x3 holds 6", error.Message);
    }

    [Fact]
    public void Required_shapes_are_named_with_the_given_ones()
    {
        var error = Assert.Throws<ArgumentException>(() => new Tensor(3, 4).RequireShape("The input", -1, 3));
        Assert.Equal("The input: shape 3x4 given, Nx3 expected.", error.Message);
    }

    [Fact]
    public void Long_rows_are_shortened_in_the_middle_when_printed()
    {
        var tensor = new Tensor(2, 20);
        for (var i = 0; i < tensor.Count; i++)
            tensor.Data[i] = i;
        Assert.Equal(
            "Tensor 2x20 [[0, 1, 2, 3, \u2026, 16, 17, 18, 19], [20, 21, 22, 23, \u2026, 36, 37, 38, 39]]", tensor.ToString());
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(100_000, 100_000)]
    public void Absurd_shapes_are_refused_before_any_allocation(int rows, int columns) =>
        Assert.Throws<ArgumentException>(() => new Tensor(rows, columns));
}
