using System.Globalization;
using CourseKit.Testing;
using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Tests.Background;

/// <summary>The perceptron on Fisher's irises, as UCI distributes them.</summary>
public class IrisTests
{
    [RealDataFact("iris/iris.data")]
    public void Setosa_against_versicolor_converges_within_the_bound()
    {
        var (X, y) = Iris("Iris-setosa", "Iris-versicolor");
        var run = Perceptron.Train(X, y, T: 1000);
        Assert.True(run.Converged);
        Assert.Equal(0, run.Perceptron.CountErrors(X, y));
        Assert.InRange(run.K, 1, Novikoff.Bound(X, y));
    }

    [RealDataFact("iris/iris.data")]
    public void Versicolor_against_virginica_never_settles_because_no_hyperplane_separates_them()
    {
        var (X, y) = Iris("Iris-versicolor", "Iris-virginica");
        var run = new PerceptronAlgorithm { T = 1000, KeepTrace = false }.Run(X, y);
        Assert.Equal(PerceptronStopReason.EpochLimit, run.StopReason);
        Assert.All(run.MistakesPerEpoch, mistakes => Assert.True(mistakes > 0));
        Assert.False(Novikoff.Gamma(X, y).IsSeparable);
        var pocket = new PocketAlgorithm { Draws = 100_000, Seed = 1 }.Run(X, y);
        Assert.InRange(pocket.Errors, 1, 5);
    }

    private static (Matrix<double> X, int[] y) Iris(string plus, string minus)
    {
        var rows = File.ReadLines(Path.Combine(RepositoryPaths.RealData!, "iris", "iris.data"))
            .Select(line => line.Split(','))
            .Where(fields => fields[^1] == plus || fields[^1] == minus)
            .ToList();
        Assert.Equal(100, rows.Count);
        var X = Matrix<double>.Build.Dense(100, 4, (i, j) => double.Parse(rows[i][j], CultureInfo.InvariantCulture));
        return (X, [.. rows.Select(fields => fields[^1] == plus ? +1 : -1)]);
    }
}
