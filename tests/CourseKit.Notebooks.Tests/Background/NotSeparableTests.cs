using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Notebooks.Tests.Background;

/// <summary>The claims of the section "Where it breaks".</summary>
public class NotSeparableTests
{
    [Fact]
    public void On_XOR_every_fourth_correction_brings_the_weights_back_to_the_start()
    {
        Chapter2.Runs("xor", "Perceptron.Train(X4, y4, T: 20)");
        Chapter2.Says("after every fourth correction the weights are back at the start");
        var (X, y) = ToySets.Xor();
        var never = Perceptron.Train(X, y, T: 20);
        Assert.False(never.Converged);
        Assert.All(never.MistakesPerEpoch, mistakes => Assert.Equal(4, mistakes));
        Assert.All(never.Trace.Where(step => step.k % 4 == 0), step => Assert.Equal([0, 0, 0], step.w));
    }

    [Fact]
    public void The_four_signed_samples_of_XOR_sum_to_zero()
    {
        var (X, y) = ToySets.Xor();
        var sum = Enumerable.Range(0, 4).Aggregate(Vector<double>.Build.Dense(3), (s, i) => s + y[i] * Perceptron.Augment(X.Row(i)));
        Assert.Equal([0, 0, 0], sum);
    }

    [Fact]
    public void The_pocket_never_rises_the_perceptron_wanders_and_the_best_line_is_wrong_on_16_percent()
    {
        Chapter2.Runs("pocket", "ToySets.Overlapping(count: 200, seed: 3)");
        Chapter2.Runs("pocket", "new PocketAlgorithm { Draws = 1_500, Seed = 1 }");
        Chapter2.Says("even the best line is wrong on about 16 %");
        Chapter2.Says("it ends at 33 errors of 200");
        var (X, y) = ToySets.Overlapping(count: 200, seed: 3);
        var pocket = new PocketAlgorithm { Draws = 1_500, Seed = 1 }.Run(X, y);
        var pairs = pocket.Trace.Zip(pocket.Trace.Skip(1)).ToList();
        Assert.All(pairs, pair => Assert.True(pair.Second.PocketErrors <= pair.First.PocketErrors));
        Assert.Equal(33, pocket.Errors);
        Assert.Contains(pairs, pair => pair.Second.CurrentErrors > pair.First.CurrentErrors + 50); // "from a good line to a bad one"
        Assert.Equal(0.16, ToySets.OverlapError(2), 0.005);
        Assert.False(Novikoff.Gamma(X, y).IsSeparable);
    }

    [Fact]
    public void With_seed_4_the_pocket_misses_weights_that_were_better_than_its_own()
    {
        Chapter2.Says("take seed 4. Now the grey curve dips below the green one");
        var (X, y) = ToySets.Overlapping(count: 200, seed: 4);
        var pocket = new PocketAlgorithm { Draws = 1_500, Seed = 1 }.Run(X, y);
        Assert.Contains(pocket.Trace, step => step.CurrentErrors < step.PocketErrors);
        Assert.True(pocket.Trace.Min(step => step.CurrentErrors) < pocket.Errors);
    }
}
