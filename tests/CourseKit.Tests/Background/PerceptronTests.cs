using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Tests.Background;

public class PerceptronTests
{
    private static readonly VectorBuilder<double> V = Vector<double>.Build;
    private static readonly MatrixBuilder<double> M = Matrix<double>.Build;

    /// <summary>AND: only the last corner of the square is +1.</summary>
    private static (Matrix<double> X, int[] y) And => (M.DenseOfArray(new double[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }), [-1, -1, -1, +1]);

    [Theory]
    [InlineData(3, 0, +1)]
    [InlineData(0, 0, -1)]
    [InlineData(1, 1, +1)]
    [InlineData(0.5, 0.5, -1)]
    [InlineData(1, 0.5, +1)]
    public void Formula_01_answers_plus_one_only_above_zero(double x1, double x2, int expected)
    {
        var perceptron = new Perceptron(V.Dense([2.0, -1.0]), b: -0.5);
        Assert.Equal(expected, perceptron.Predict(V.Dense([x1, x2])));
    }

    [Fact]
    public void Formula_01_puts_a_sample_on_the_line_itself_on_the_minus_side()
    {
        var perceptron = new Perceptron(V.Dense([1.0, 1.0]), b: -1);
        Assert.Equal(-1, perceptron.Predict(V.Dense([0.25, 0.75])));
        Assert.Equal(+1, perceptron.Predict(V.Dense([0.25, 0.75 + 1e-15])));
    }

    [Fact]
    public void Formula_02_answers_as_formula_01_on_ten_thousand_random_samples()
    {
        var random = new Random(1);
        var plus = 0;
        for (var n = 0; n < 10_000; n++)
        {
            var perceptron = new Perceptron(V.Dense(3, _ => random.Next(-4, 5)), random.Next(-4, 5));
            var x = V.Dense(3, _ => random.Next(-4, 5));
            var answer = Perceptron.Predict(perceptron.w, Perceptron.Augment(x));
            Assert.Equal(perceptron.Predict(x), answer);
            plus += answer == +1 ? 1 : 0;
        }

        Assert.InRange(plus, 4_000, 6_000);
    }

    [Fact]
    public void Formula_02_carries_the_bias_as_the_last_weight()
    {
        var perceptron = new Perceptron(V.Dense([2.0, -3.0]), b: 5);
        Assert.Equal([2, -3, 5], perceptron.w);
        Assert.Equal([7, 8, 1], Perceptron.Augment(V.Dense([7.0, 8.0])));
        Assert.Equal(5, Perceptron.FromAugmented(perceptron.w).b);
        Assert.Equal([2, -3], Perceptron.FromAugmented(perceptron.w).omega);
    }

    [Fact]
    public void The_algorithm_box_learns_AND_with_the_weights_found_by_hand()
    {
        // By hand, samples in turn (x1, x2, 1): epoch 1 corrects (0,0)- and (1,1)+: w = (0,0,-1), then (1,1,0). Epoch 2 corrects
        // (0,0)- : (1,1,-1), (0,1)- : (1,0,-2), leaves (1,0)-, corrects (1,1)+ : (2,1,-1). And so on to (2,1,-2) in the third.
        var (X, y) = And;
        var run = Perceptron.Train(X, y);
        Assert.Equal(PerceptronStopReason.NothingToCorrect, run.StopReason);
        Assert.Equal([0, 0, -1], run.Trace[1].w);
        Assert.Equal([1, 1, 0], run.Trace[2].w);
        Assert.Equal([1, 1, -1], run.Trace[3].w);
        Assert.Equal([1, 0, -2], run.Trace[4].w);
        Assert.Equal([2, 1, -1], run.Trace[5].w);
        Assert.Equal(0, run.Perceptron.CountErrors(X, y));
        Assert.Equal(run.K, run.Trace.Count - 1);
        Assert.Equal(0, run.MistakesPerEpoch[^1]);
    }

    [Fact]
    public void Every_step_of_the_trace_adds_one_misjudged_sample()
    {
        var (X, y) = RandomSets.Separable(seed: 7);
        var run = Perceptron.Train(X, y, T: 1000, order: SampleOrder.Shuffled, seed: 3);
        Assert.True(run.K > 3);
        foreach (var (before, after) in run.Trace.Zip(run.Trace.Skip(1)))
        {
            var yx = y[after.Sample] * Perceptron.Augment(X.Row(after.Sample));
            Assert.True(before.w * yx <= 0);
            Assert.Equal(before.w + yx, after.w);
            Assert.Equal(before.k + 1, after.k);
        }
    }

    [Fact]
    public void The_printed_rule_never_updates_from_zero()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var (X, y) = RandomSets.Separable(seed);
            var printed = Perceptron.Train(X, y, rule: UpdateRule.BelowZero, order: SampleOrder.Shuffled, seed: seed);
            Assert.Equal(0, printed.K);
            Assert.All(printed.w, weight => Assert.Equal(0, weight));
            Assert.Equal(1, printed.Epochs);
            Assert.Equal(y.Count(label => label == +1), printed.Perceptron.CountErrors(X, y));
        }
    }

    [Fact]
    public void The_printed_rule_learns_from_other_start_weights()
    {
        var (X, y) = RandomSets.Separable(seed: 5);
        var start = V.Dense(X.ColumnCount + 1, 0.01);
        var run = new PerceptronAlgorithm { T = 10_000, Rule = UpdateRule.BelowZero, w0 = start }.Run(X, y);
        Assert.True(run.Converged);
        Assert.True(run.K > 0);
        Assert.Equal(0, run.Perceptron.CountErrors(X, y));
        Assert.Equal(start, run.Trace[0].w);
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_and_another_seed_another_one()
    {
        var (X, y) = RandomSets.Separable(seed: 11);
        PerceptronRun Train(int seed) => Perceptron.Train(X, y, T: 1000, order: SampleOrder.Shuffled, seed: seed);
        Assert.Equal(Train(1).Trace.Select(step => step.Sample), Train(1).Trace.Select(step => step.Sample));
        Assert.NotEqual(Train(1).Trace.Select(step => step.Sample), Train(2).Trace.Select(step => step.Sample));
    }

    [Fact]
    public void A_run_that_keeps_no_trace_ends_with_the_same_weights()
    {
        var (X, y) = RandomSets.Separable(seed: 2);
        var full = new PerceptronAlgorithm { T = 1000 }.Run(X, y);
        var brief = new PerceptronAlgorithm { T = 1000, KeepTrace = false }.Run(X, y);
        Assert.Equal(full.w, brief.w);
        Assert.Equal(full.MistakesPerEpoch, brief.MistakesPerEpoch);
        Assert.Equal([0, full.K], brief.Trace.Select(step => step.k));
    }

    [Fact]
    public void The_epoch_limit_stops_a_run_on_XOR()
    {
        var (X, _) = And;
        int[] y = [-1, +1, +1, -1];
        var run = Perceptron.Train(X, y, T: 50);
        Assert.Equal(PerceptronStopReason.EpochLimit, run.StopReason);
        Assert.Equal(50, run.Epochs);
        Assert.True(run.K >= 50);
        Assert.False(run.Converged);
    }

    [Fact]
    public void Bad_input_is_answered_with_what_was_given_and_what_is_expected()
    {
        var (X, y) = And;
        Assert.Contains("4 samples (rows of X) given, but 3 labels", Assert.Throws<ArgumentException>(() => Perceptron.Train(X, [1, 1, -1])).Message);
        Assert.Contains("Label 0 of sample 1", Assert.Throws<ArgumentException>(() => Perceptron.Train(X, [1, 0, 1, 0])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Perceptron.Train(X, y, T: 0));
        var broken = X.Clone();
        broken[2, 1] = double.NaN;
        Assert.Contains("X[2, 1] is NaN", Assert.Throws<ArgumentException>(() => Perceptron.Train(broken, y)).Message);
        Assert.Contains("A sample of 3 numbers given, but the weights ask for 2", Assert.Throws<ArgumentException>(
            () => new Perceptron(V.Dense(2), 0).Predict(V.Dense(3))).Message);
        Assert.Contains("w0 has 2 numbers", Assert.Throws<ArgumentException>(() => new PerceptronAlgorithm { w0 = V.Dense(2) }.Run(X, y)).Message);
    }

    [Fact]
    public void The_rule_reads_as_a_formula()
    {
        Assert.Equal("+1 where 2 x1 - 1 x2 + 0.5 > 0", new Perceptron(V.Dense([2.0, -1.0]), 0.5).ToString());
    }
}
