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

    [RealDataFact("iris/iris-fisher-seaborn.csv")]
    public void Columns_with_names_can_be_chosen()
    {
        var table = CsvTable.Load(File("iris-fisher-seaborn.csv"));
        Assert.Equal(["sepal_length", "sepal_width", "petal_length", "petal_width"], table.NumericColumns);
        var (X, y) = table.TwoClasses("setosa", "virginica", "species", "petal_length", "petal_width");
        Assert.Equal((100, 2), (X.RowCount, X.ColumnCount));
        Assert.True(Perceptron.Train(X, y, T: 1000).Converged);
    }

    private static (Matrix<double> X, int[] y) Iris(string plus, string minus)
    {
        var (X, y) = CsvTable.Load(File("iris.data")).TwoClasses(plus, minus);
        Assert.Equal((100, 4), (X.RowCount, X.ColumnCount));
        Assert.Equal(0, y.Sum());
        return (X, y);
    }

    private static string File(string name) => Path.Combine(RepositoryPaths.RealData!, "iris", name);
}
