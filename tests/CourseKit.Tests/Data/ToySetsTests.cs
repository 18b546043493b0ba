using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Tests.Data;

public class ToySetsTests
{
    [Theory]
    [InlineData(0.0, 2)]
    [InlineData(0.1, 2)]
    [InlineData(0.5, 7)]
    [InlineData(0.8, 1)]
    [InlineData(0.8, 40)]
    public void A_separable_set_keeps_every_sample_at_least_the_margin_away(double margin, int d)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var set = ToySets.Separable(101, margin, seed, d);
            Assert.Equal(1, set.w.SubVector(0, d).L2Norm(), 1e-12);
            var distances = CourseKit.Margin.Distances(set.w, set.X, set.y);
            Assert.True(distances.Minimum() >= margin, $"seed {seed}: {distances.Minimum():R}");
            Assert.True(CourseKit.Margin.Augmented(set.w, set.X, set.y).Minimum() >= set.Gamma * (1 - 1e-12));
            Assert.InRange(distances.Minimum(), margin, margin + 0.2); // the margin is about used, not a wider one
            Assert.Equal(51, set.y.Count(label => label == +1));
            Assert.InRange(set.X.Enumerate().Max(Math.Abs), 0, 1);
        }
    }

    [Fact]
    public void Only_the_sets_that_can_be_separated_are()
    {
        var (X, y) = ToySets.Separable(100, 0.1, seed: 3);
        Assert.True(Perceptron.Train(X, y, T: 1_000).Converged);
        TwoClassSet[] others = [ToySets.Xor(), ToySets.XorClouds(200, 1), ToySets.Moons(200, 1), ToySets.Circles(200, 1), ToySets.Spirals(200, 1)];
        foreach (var set in others)
            Assert.True(new PerceptronAlgorithm { T = 200 }.Run(set.X, set.y).Perceptron.CountErrors(set.X, set.y) > 0, set.Name);
    }

    [Fact]
    public void The_best_classifier_of_overlapping_classes_errs_as_often_as_said()
    {
        var (X, y) = ToySets.Overlapping(40_000, seed: 2, distance: 2, d: 3);
        var best = new Perceptron(Vector<double>.Build.Dense([1, 0, 0]), 0);
        Assert.Equal(0.158655, ToySets.OverlapError(2), 1e-6); // the normal distribution's tail beyond one deviation
        Assert.Equal(ToySets.OverlapError(2), best.CountErrors(X, y) / 40_000.0, 0.006); // three deviations of a share of 40,000
    }

    [Fact]
    public void Sets_without_noise_lie_on_their_curves()
    {
        var moons = ToySets.Moons(200, 1, noise: 0);
        var circles = ToySets.Circles(200, 1, inner: 0.4, noise: 0);
        var clouds = ToySets.XorClouds(200, 1, deviation: 0);
        var spirals = ToySets.Spirals(200, 1, turns: 2, noise: 0);
        for (var i = 0; i < 200; i++)
        {
            var (x, y) = (moons.X[i, 0], moons.X[i, 1]);
            Assert.Equal(1, moons.y[i] > 0 ? Math.Sqrt(x * x + y * y) : Math.Sqrt((x - 1) * (x - 1) + (y - 0.5) * (y - 0.5)), 1e-12);
            Assert.True(moons.y[i] > 0 ? y >= 0 : y <= 0.5);
            Assert.Equal(circles.y[i] > 0 ? 0.4 : 1, circles.X.Row(i).L2Norm(), 1e-12);
            Assert.Equal(clouds.y[i] > 0 ? 1 : 0, ((int)clouds.X[i, 0] + (int)clouds.X[i, 1]) % 2);
            var radius = spirals.X.Row(i).L2Norm();
            Assert.Equal(spirals.y[i] * radius * Math.Cos(4 * Math.PI * radius), spirals.X[i, 0], 1e-9);
        }
    }

    [Fact]
    public void A_set_comes_apart_into_what_models_take()
    {
        var set = ToySets.Moons(5, seed: 1, noise: 0.2);
        var (X, y) = set;
        Assert.Same(set.X, X);
        Assert.Equal([+1, -1, +1, -1, +1], y);
        Assert.Equal([1, 0, 1, 0, 1], set.Labels);
        Assert.Equal("5x2", set.Inputs.ShapeText);
        Assert.Equal((float)X[3, 1], set.Inputs[3, 1]);
        Assert.Equal([1f, 0, 1, 0, 1], set.Targets.Data);
        Assert.Equal("moons, noise 0.2: 5 samples of 2 numbers, 3 of +1, 2 of -1", set.ToString());
    }

    [Fact]
    public void The_same_seed_gives_the_same_set_and_another_seed_another()
    {
        Func<int, TwoClassSet>[] makers =
        [
            seed => ToySets.XorClouds(50, seed), seed => ToySets.Moons(50, seed), seed => ToySets.Circles(50, seed),
            seed => ToySets.Spirals(50, seed), seed => ToySets.Overlapping(50, seed), seed => ToySets.Separable(50, 0.1, seed),
        ];
        foreach (var make in makers)
        {
            Assert.Equal(make(7).X, make(7).X);
            Assert.NotEqual(make(7).X, make(8).X);
        }
    }

    [Fact]
    public void Impossible_wishes_are_refused_with_the_reason()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ToySets.Moons(0, 1));
        Assert.Contains("between 0 and 0.8", Assert.Throws<ArgumentOutOfRangeException>(() => ToySets.Separable(10, 0.9, 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => ToySets.Separable(10, double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ToySets.Moons(10, 1, noise: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ToySets.Moons(10, 1, noise: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => ToySets.Circles(10, 1, inner: 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => ToySets.Spirals(10, 1, turns: 0));
    }
}
