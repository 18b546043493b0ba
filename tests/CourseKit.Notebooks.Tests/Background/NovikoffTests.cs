using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Notebooks.Tests.Background;

/// <summary>The claims of the section "It stops, and we know when", and of the exercise on tight sets.</summary>
public class NovikoffTests
{
    [Fact]
    public void The_length_of_the_weights_stays_between_the_two_limits_and_they_cross_at_the_bound()
    {
        var (X, y) = ToySets.Separable(count: 40, margin: 0.05, seed: 3);
        var (R, γ, bound) = (Novikoff.R(X), Novikoff.Gamma(X, y).Gamma, Novikoff.Bound(X, y));
        Assert.All(Perceptron.Train(X, y).Trace.Skip(1), step =>
            Assert.InRange(step.w.L2Norm(), step.k * γ, Math.Sqrt(step.k) * R));
        Assert.Equal(bound * γ, Math.Sqrt(bound) * R, 9);
        Chapter2.Says("This one ended long before");
        Assert.True(Perceptron.Train(X, y).K < 0.1 * bound);
    }

    [Fact]
    public void No_set_of_five_hundred_lies_above_the_bound_and_a_typical_one_uses_5_percent_of_it()
    {
        Chapter2.Runs("bound-figure", "var margin = 0.5 * Math.Pow(0.02, new RandomSource(seed).NextDouble());");
        Chapter2.Runs("bound-figure", "ToySets.Separable(count: 60, margin, seed)");
        Chapter2.Says("A typical set uses about 5 % of the bound");
        Chapter2.Says("Such a set allows only about ten");
        var results = Enumerable.Range(0, 500).Select(seed =>
        {
            var margin = 0.5 * Math.Pow(0.02, new RandomSource(seed).NextDouble());
            var (X, y) = ToySets.Separable(count: 60, margin, seed);
            var run = Perceptron.Train(X, y, T: 9999);
            Assert.True(run.Converged);
            var bound = Novikoff.Bound(X, y);
            return (run.K, Bound: bound, Share: run.K / bound, X, y, run.w);
        }).OrderBy(result => result.Share).ToList();
        Assert.All(results, result => Assert.InRange(result.K, 1, result.Bound));
        Assert.InRange(results[250].Share, 0.045, 0.055);
        Assert.InRange(results[125].Share, 0.02, 0.03);
        Assert.InRange(results[375].Share, 0.08, 0.10);
        Assert.InRange(results[^1].Share, 0.3, 0.5);
        Assert.InRange(results[^1].Bound, 9, 11);
        Assert.Equal(4, results[^1].K); // "needs a handful"
        var learned = Margin.Augmented(results[^1].w, results[^1].X, results[^1].y).Min() / Novikoff.Gamma(results[^1].X, results[^1].y).Gamma;
        Assert.True(learned < 0.99); // "The learned line is not the one with the widest margin"
    }

    [Fact]
    public void Three_samples_that_do_not_see_each_other_use_nearly_the_whole_bound()
    {
        Chapter2.Says("on which the algorithm uses more than 90 % of its bound");
        var X = Matrix<double>.Build.DenseDiagonal(3, 3, 10);
        int[] y = [+1, -1, +1];
        Assert.InRange(Perceptron.Train(X, y).K / Novikoff.Bound(X, y), 0.9, 1);
    }

    [Fact]
    public void The_exercise_by_hand_stops_after_two_corrections()
    {
        var run = Perceptron.Train(Matrix<double>.Build.DenseOfArray(new double[,] { { 2, 0 }, { 0, 2 } }), [+1, -1]);
        Assert.Equal(2, run.K);
        Assert.Equal([2, -2, 0], run.w);
    }

    [Fact]
    public void Scaling_the_inputs_alone_changes_K_and_scaling_the_added_1_with_them_does_not()
    {
        Chapter2.Says(@"a third input that is always $\sqrt{99}$");
        var (X, y) = ToySets.Separable(count: 40, margin: 0.05, seed: 3);
        var lifted = (10 * X).InsertColumn(2, Vector<double>.Build.Dense(X.RowCount, Math.Sqrt(99)));
        Assert.NotEqual(Perceptron.Train(X, y).K, Perceptron.Train(10 * X, y, T: 9999).K);
        Assert.Equal(Perceptron.Train(X, y).K, Perceptron.Train(lifted, y, T: 9999).K);
    }

    [Fact]
    public void The_order_of_the_samples_changes_K()
    {
        var (X, y) = ToySets.Separable(count: 40, margin: 0.05, seed: 3);
        var counts = Enumerable.Range(0, 200).Select(seed => Perceptron.Train(X, y, T: 9999, order: SampleOrder.Shuffled, seed: seed).K).ToList();
        Assert.True(counts.Distinct().Count() > 10);
        Assert.True(counts.Max() <= Novikoff.Bound(X, y));
    }
}
