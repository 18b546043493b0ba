using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Tests.History;

public class OjaRuleTests
{
    /// <summary>A turned, stretched cloud in d dimensions with mean 0; its spreads fall as 2, 1.6, 1.28 ...</summary>
    private static Matrix<double> Cloud(int seed, int count = 500, int d = 5)
    {
        var random = new RandomSource(seed);
        var turn = Matrix<double>.Build.Dense(d, d, (_, _) => random.NextNormal()).QR().Q;
        var cloud = Matrix<double>.Build.Dense(count, d, (_, j) => 2 * Math.Pow(0.8, j) * random.NextNormal()) * turn;
        var mean = cloud.ColumnSums() / count;
        return Matrix<double>.Build.DenseOfRowVectors(cloud.EnumerateRows().Select(x => x - mean));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Oja_finds_the_first_principal_component(int seed)
    {
        var X = Cloud(seed + 10);
        var run = new OjaRule().Run(X, seed);
        var component = X.Svd().VT.Row(0);
        Assert.InRange(Math.Abs(run.w * component) / run.w.L2Norm(), 0.99, 1 + 1e-12);
        Assert.InRange(run.w.L2Norm(), 0.97, 1.03);
        Assert.True(Math.Abs(run.Trace[0] * component) < 0.95, "The start must not already be the component.");
    }

    [Fact]
    public void Hebb_grows_without_bound_along_the_first_component()
    {
        var X = Cloud(1);
        var rule = new HebbRule { LearningRate = 0.002, Epochs = 1_000 };
        var run = rule.Run(X, seed: 1);
        Assert.True(run.LeftTheLimit);
        Assert.True(run.w.L2Norm() > 1e12);
        var svd = X.Svd();
        Assert.InRange(Math.Abs(run.w * svd.VT.Row(0)) / run.w.L2Norm(), 0.99, 1 + 1e-12);

        // The last epochs before the limit: the logarithm grows by about N ln(1 + eta lambda_1) in each.
        var norms = run.Trace.Select(w => Math.Log(w.L2Norm())).ToArray();
        var lambda = svd.S[0] * svd.S[0] / X.RowCount;
        Assert.InRange((norms[^2] - norms[^5]) / 3 / (X.RowCount * Math.Log(1 + 0.002 * lambda)), 0.9, 1.1);
    }

    [Fact]
    public void A_step_is_the_formula()
    {
        var (w, x) = (Vector<double>.Build.Dense([1.0, 2]), Vector<double>.Build.Dense([3.0, -1]));
        Assert.Equal([1.3, 1.9], HebbRule.Step(w, x, 0.1)); // y = 1
        Assert.Equal([1.2, 1.7], OjaRule.Step(w, x, 0.1).Select(value => Math.Round(value, 12)));
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_bad_input_is_refused()
    {
        var X = Cloud(4);
        Assert.Equal(new OjaRule().Run(X, 7).w, new OjaRule().Run(X, 7).w);
        Assert.NotEqual(new OjaRule().Run(X, 7).w, new OjaRule().Run(X, 8).w);
        Assert.Contains("take less than", Assert.Throws<InvalidOperationException>(() => new OjaRule { LearningRate = 5 }.Run(X, 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new OjaRule { LearningRate = 0 }.Run(X, 1));
        Assert.Contains("2 numbers given, but there are 3 weights", Assert.Throws<ArgumentException>(
            () => OjaRule.Step(Vector<double>.Build.Dense(3), Vector<double>.Build.Dense(2), 0.1)).Message);
        X[0, 0] = double.NaN;
        Assert.Throws<ArgumentException>(() => new HebbRule().Run(X, 1));
    }
}
