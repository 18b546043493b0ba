using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Tests.Background;

public class MarginTests
{
    private static readonly Matrix<double> X = Matrix<double>.Build.DenseOfArray(new double[,] { { 5, 0 }, { 0, 0 }, { 3, 4 } });
    private static readonly int[] y = [+1, -1, -1];
    private static readonly Vector<double> w = Vector<double>.Build.Dense([3.0, 4.0, -12.0]);

    [Fact]
    public void Distances_are_measured_from_the_line_in_the_units_of_the_inputs()
    {
        // The line 3 x1 + 4 x2 = 12 lies 12/5 from the origin.
        Assert.Equal([3 / 5.0, 12 / 5.0, -13 / 5.0], Margin.Distances(w, X, y).Select(m => Math.Round(m, 12)));
    }

    [Fact]
    public void Augmented_margins_are_measured_with_the_bias_in_the_norm()
    {
        Assert.Equal([3 / 13.0, 12 / 13.0, -1], Margin.Augmented(w, X, y), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Weights_that_give_no_line_are_refused()
    {
        var flat = Vector<double>.Build.Dense([0.0, 0.0, 1.0]);
        Assert.Throws<ArgumentException>(() => Margin.Distances(flat, X, y));
        Assert.Equal(1, Margin.Augmented(flat, X, y)[0]);
        Assert.Contains("w has 2 numbers", Assert.Throws<ArgumentException>(() => Margin.Augmented(w.SubVector(0, 2), X, y)).Message);
    }
}
