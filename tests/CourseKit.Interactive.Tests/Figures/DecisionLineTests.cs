using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Interactive.Tests;

public class DecisionLineTests
{
    [Theory]
    [InlineData(1, 1, -1)]
    [InlineData(1, 0, -0.5)]
    [InlineData(0, -2, 1)]
    [InlineData(-3, 0.1, 1)]
    public void Its_ends_lie_on_the_line_and_on_the_border(double w1, double w2, double b)
    {
        var (x, y) = DecisionLine.Within(new Perceptron(Vector<double>.Build.Dense([w1, w2]), b), -1, 2, -1, 3);

        Assert.Equal(2, x.Length);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(0, w1 * x[i] + w2 * y[i] + b, 1e-9);
            Assert.Equal(0, Math.Min(Math.Min(Math.Abs(x[i] + 1), Math.Abs(x[i] - 2)), Math.Min(Math.Abs(y[i] + 1), Math.Abs(y[i] - 3))), 1e-9);
        }
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 1, 100)]
    [InlineData(1, 0, 100)]
    public void There_is_none_where_w_is_zero_or_the_line_passes_outside(double w1, double w2, double b)
    {
        Assert.Empty(DecisionLine.Within(new Perceptron(Vector<double>.Build.Dense([w1, w2]), b), -1, 2, -1, 3).X);
    }

    [Fact]
    public void A_figure_without_ranges_and_a_perceptron_in_space_are_refused()
    {
        var plane = new Perceptron(Vector<double>.Build.Dense([1, 1]), 0);
        var space = new Perceptron(Vector<double>.Build.Dense([1, 1, 1]), 0);

        Assert.Throws<InvalidOperationException>(() => new Figure().AddDecisionLine(plane));
        Assert.Throws<ArgumentException>(() => new Figure().WithXAxis(from: 0, to: 1).WithYAxis(from: 0, to: 1).AddDecisionLine(space));
    }
}
