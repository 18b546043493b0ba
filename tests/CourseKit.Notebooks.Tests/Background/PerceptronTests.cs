using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Notebooks.Tests.Background;

/// <summary>The claims of the sections "The perceptron", "One letter less", "How it learns" and "The slide's slip".</summary>
public class PerceptronTests
{
    private static readonly VectorBuilder<double> V = Vector<double>.Build;

    [Fact]
    public void The_weights_stand_at_a_right_angle_to_the_border_and_the_border_belongs_to_minus_one()
    {
        Chapter2.Runs("formula-1", "var ω = Vector<double>.Build.Dense([1, 2]);");
        Chapter2.Says("The border is the line $x_1 + 2 x_2 = 2$");
        var perceptron = new Perceptron(V.Dense([1, 2]), -2);
        var along = V.Dense([2, -1]);
        Assert.Equal(0, perceptron.omega * along);
        for (var t = -2.0; t <= 2; t += 0.5)
        {
            var onTheBorder = V.Dense([0, 1]) + t * along;
            Assert.Equal(-1, perceptron.Predict(onTheBorder));
            Assert.Equal(+1, perceptron.Predict(onTheBorder + 1e-9 * perceptron.omega));
        }
    }

    [Fact]
    public void Formulas_1_and_2_agree_on_all_of_ten_thousand_points()
    {
        var random = new RandomSource(1);
        var (ω, b) = (V.Dense([1, 2]), -2.0);
        var w = new Perceptron(ω, b).w;
        for (var n = 0; n < 10_000; n++)
        {
            var x = V.Dense(2, _ => 6 * random.NextDouble() - 3);
            Assert.Equal(ω * x + b > 0 ? +1 : -1, Perceptron.Predict(w, Perceptron.Augment(x)));
        }
    }

    [Fact]
    public void The_augmented_border_meets_the_height_1_above_the_old_threshold()
    {
        Chapter2.Runs("augmented-figure", "Vector<double>.Build.Dense([2, -1])");
        Assert.Equal(0, V.Dense([2, -1]) * V.Dense([0.5, 1]));
        Assert.Equal(0, V.Dense([2, -1]) * V.Dense([0, 0]));
    }

    [Fact]
    public void The_ten_lines_of_the_box_are_what_the_library_runs()
    {
        var (X, y) = Learned();
        var w = V.Dense(3);
        var k = 0;
        for (var t = 1; t <= 100; t++)
            for (var i = 0; i < X.RowCount; i++)
            {
                var yx = y[i] * Perceptron.Augment(X.Row(i));
                if (w * yx <= 0)
                {
                    w += yx;
                    k++;
                }
            }

        var run = Perceptron.Train(X, y);
        Assert.Equal(w, run.w);
        Assert.Equal((14, 14), (k, run.K));
        Assert.True(run.Converged);
        Assert.Equal(0, run.Perceptron.CountErrors(X, y));
    }

    [Fact]
    public void The_number_of_wrong_samples_goes_up_as_well_as_down_and_early_corrections_turn_the_line_further()
    {
        Chapter2.Says("the number in the title goes up as well as down");
        var (X, y) = Learned();
        var trace = Perceptron.Train(X, y).Trace;
        int[] wrong = [.. trace.Select(step => step.Perceptron.CountErrors(X, y))];
        Assert.Contains(wrong.Zip(wrong.Skip(1)), pair => pair.Second > pair.First);
        Assert.Contains(wrong.Zip(wrong.Skip(1)), pair => pair.Second < pair.First);
        double[] turns = [.. trace.Skip(1).Zip(trace.Skip(2)).Select(pair => Angle(pair.First.Perceptron.omega, pair.Second.Perceptron.omega))];
        Chapter2.Says("Early corrections turn the line further");
        Assert.True(turns[..6].Average() > 1.5 * turns[^6..].Average(), string.Join(" ", turns));
    }

    [Fact]
    public void The_counts_of_the_passes_do_not_fall_steadily()
    {
        Chapter2.Says("The counts need not fall steadily");
        var (X, y) = Learned();
        Assert.Equal([4, 6, 4, 0], Perceptron.Train(X, y).MistakesPerEpoch);
    }

    [Fact]
    public void With_seed_6_six_samples_near_the_gap_keep_the_line_busy_for_16_passes()
    {
        Chapter2.Says("where do the six samples lie that keep the line busy for 16 passes?");
        var (X, y) = ToySets.Separable(count: 40, margin: 0.05, seed: 6);
        var run = Perceptron.Train(X, y);
        var late = run.Trace.Where(step => step.Epoch > 2).ToList();
        Assert.Equal(16, run.Epochs);
        int[] busy = [.. late.Select(step => step.Sample).Distinct()];
        Assert.Equal(6, busy.Length);
        var distances = Margin.Distances(Novikoff.Gamma(X, y).w!, X, y);
        Assert.True(busy.Max(i => distances[i]) < distances.OrderBy(d => d).ElementAt(20)); // all in the nearer half
    }

    [Fact]
    public void The_printed_rule_corrects_nothing_and_is_wrong_on_every_sample_of_class_plus_one()
    {
        Chapter2.Runs("slip-run", "Perceptron.Train(X, y, T: 1000, rule)");
        var (X, y) = Learned();
        var printed = Perceptron.Train(X, y, T: 1000, UpdateRule.BelowZero);
        Assert.Equal(0, printed.K);
        Assert.Equal([0, 0, 0], printed.w);
        Assert.All(printed.Perceptron.Predict(X), answer => Assert.Equal(-1, answer));
        Assert.Equal(y.Count(label => label == +1), printed.Perceptron.CountErrors(X, y));
    }

    private static TwoClassSet Learned()
    {
        Chapter2.Runs("algorithm", "ToySets.Separable(count: 40, margin: 0.05, seed: 3)");
        return ToySets.Separable(count: 40, margin: 0.05, seed: 3);
    }

    private static double Angle(Vector<double> a, Vector<double> b) =>
        Math.Acos(Math.Clamp(a * b / (a.L2Norm() * b.L2Norm()), -1, 1));
}
