using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Tests.Background;

public class PocketAlgorithmTests
{
    [Fact]
    public void The_pocket_never_gets_worse_and_the_perceptron_does()
    {
        var (X, y) = RandomSets.Overlapping(seed: 1, perClass: 50);
        var run = new PocketAlgorithm { Draws = 5_000, Seed = 1 }.Run(X, y);
        var steps = run.Trace.Zip(run.Trace.Skip(1)).ToList();
        Assert.All(steps, pair => Assert.True(pair.Second.PocketErrors <= pair.First.PocketErrors));
        Assert.Contains(steps, pair => pair.Second.CurrentErrors > pair.First.CurrentErrors);
        Assert.Equal(run.Errors, run.Trace[^1].PocketErrors);
        Assert.Equal(run.Errors, Margin.Augmented(run.w, X, y).Count(m => m <= 0));
        Assert.True(run.Trace.Skip(100).Max(step => step.CurrentErrors) > run.Errors + 10);
    }

    [Fact]
    public void The_pocket_comes_within_two_errors_of_the_best_of_all_lines()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var (X, y) = RandomSets.Overlapping(seed, perClass: 15);
            var best = FewestErrorsOfAnyLine(X, y);
            var run = new PocketAlgorithm { Draws = 20_000, Seed = seed }.Run(X, y);
            Assert.InRange(run.Errors, best, best + 2);
        }
    }

    [Fact]
    public void The_pocket_stops_without_an_error_where_a_line_separates()
    {
        var (X, y) = RandomSets.Separable(seed: 4);
        var run = new PocketAlgorithm { Draws = 1_000_000, Seed = 4 }.Run(X, y);
        Assert.Equal(0, run.Errors);
        Assert.Equal(0, run.Perceptron.CountErrors(X, y));
    }

    [Fact]
    public void The_same_seed_gives_the_same_pocket()
    {
        var (X, y) = RandomSets.Overlapping(seed: 2, perClass: 20);
        Assert.Equal(new PocketAlgorithm { Seed = 5 }.Run(X, y).w, new PocketAlgorithm { Seed = 5 }.Run(X, y).w);
        Assert.NotEqual(new PocketAlgorithm { Seed = 5 }.Run(X, y).LastW, new PocketAlgorithm { Seed = 6 }.Run(X, y).LastW);
    }

    /// <summary>
    /// By exhaustion: a line can be moved until it touches two samples without another sample changing sides, and the two touched ones can
    /// then be put on any of the four combinations of sides by a small turn or shift.
    /// </summary>
    private static int FewestErrorsOfAnyLine(Matrix<double> X, int[] y)
    {
        var best = y.Length;
        for (var a = 0; a < y.Length; a++)
            for (var b = a + 1; b < y.Length; b++)
                foreach (var side in new[] { +1, -1 })
                {
                    var errors = 0;
                    for (var i = 0; i < y.Length; i++)
                        if (i != a && i != b)
                        {
                            var area = (X[b, 0] - X[a, 0]) * (X[i, 1] - X[a, 1]) - (X[b, 1] - X[a, 1]) * (X[i, 0] - X[a, 0]);
                            errors += area * side * y[i] <= 0 ? 1 : 0;
                        }

                    best = Math.Min(best, errors);
                }

        return best;
    }
}
