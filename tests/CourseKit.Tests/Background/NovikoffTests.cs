using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Tests.Background;

public class NovikoffTests
{
    private static readonly MatrixBuilder<double> M = Matrix<double>.Build;

    [Fact]
    public void Gamma_of_two_points_is_found_by_hand()
    {
        // Augmented and signed: (1, 1) and (1, -1) for x = +1 and x = -1 on a line. Their hull is nearest to the origin at (1, 0).
        var margin = Novikoff.Gamma(M.DenseOfArray(new double[,] { { 1 }, { -1 } }), [+1, -1]);
        Assert.Equal(1, margin.Gamma, 12);
        Assert.Equal([1, 0], margin.w!);
        Assert.Equal([(0, 0.5), (1, 0.5)], margin.Support);
        Assert.Equal(Math.Sqrt(2), Novikoff.R(M.DenseOfArray(new double[,] { { 1 }, { -1 } })), 12);
        Assert.Equal(2, Novikoff.Bound(M.DenseOfArray(new double[,] { { 1 }, { -1 } }), [+1, -1]), 12);
    }

    [Fact]
    public void Gamma_is_the_best_of_all_directions_of_the_circle()
    {
        // One input: the augmented space is a plane, and every hyperplane through the origin is an angle.
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            double[] x = [.. Enumerable.Range(0, 12).Select(i => (i % 2 == 0 ? 0.3 : -1.3) + random.NextDouble())];
            int[] y = [.. Enumerable.Range(0, 12).Select(i => i % 2 == 0 ? +1 : -1)];
            const int angles = 20_000;
            var best = Enumerable.Range(0, angles).Max(a =>
            {
                var (sin, cos) = Math.SinCos(2 * Math.PI * a / angles);
                return x.Zip(y).Min(s => s.Second * (cos * s.First + sin));
            });
            var gamma = Novikoff.Gamma(M.Dense(12, 1, x), y).Gamma;
            Assert.InRange(gamma - best, 0, 1e-3);
        }
    }

    [Fact]
    public void Gamma_carries_its_own_proof_on_a_thousand_sets()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var (X, y) = RandomSets.Separable(seed);
            var margin = Novikoff.Gamma(X, y);
            Assert.True(margin.IsSeparable);
            Assert.Equal(1, margin.w!.L2Norm(), 12);
            Assert.Equal(margin.Gamma, Margin.Augmented(margin.w, X, y).Min(), 12);
            Assert.InRange(margin.UpperLimit / margin.Gamma - 1, -1e-12, 1e-9);
            Assert.Equal(1, margin.Support.Sum(part => part.Share), 9);
            Assert.All(margin.Support, part => Assert.True(part.Share > 0));
        }
    }

    [Fact]
    public void Mistakes_never_exceed_the_bound_on_a_thousand_random_sets()
    {
        var tightest = 0.0;
        var total = 0;
        for (var seed = 0; seed < 1000; seed++)
        {
            var (X, y) = RandomSets.Separable(seed);
            var margin = Novikoff.Gamma(X, y);
            var bound = Math.Pow(Novikoff.R(X) / margin.UpperLimit, 2);
            var run = new PerceptronAlgorithm { T = 1_000_000, KeepTrace = false, Order = SampleOrder.Shuffled, Seed = seed }.Run(X, y);
            Assert.True(run.Converged);
            Assert.InRange(run.K, 1, bound);
            Assert.Equal(0, run.Perceptron.CountErrors(X, y));
            tightest = Math.Max(tightest, run.K / bound);
            total += run.K;
        }

        // The bound must be tested, not met with nothing: the sets ask for thousands of corrections, and one comes near it.
        Assert.True(total > 10_000, $"{total} corrections in all");
        Assert.InRange(tightest, 0.05, 1);
    }

    [Fact]
    public void The_bound_is_reached_by_one_sample()
    {
        // One sample: R = gamma = ||x||, so the bound is 1, and the one correction is made.
        var (X, y) = (M.DenseOfArray(new double[,] { { 3, 4 } }), new[] { +1 });
        Assert.Equal(1, Novikoff.Bound(X, y), 12);
        Assert.Equal(1, Perceptron.Train(X, y).K);
    }

    [Fact]
    public void The_bound_does_not_change_when_all_samples_are_scaled_in_the_augmented_space()
    {
        // Two signed samples (a, 1) and (-a, -1): the ratio R/gamma only knows the angle.
        var near = Novikoff.Gamma(M.DenseOfArray(new double[,] { { 0.1 }, { -0.1 } }), [+1, -1]);
        Assert.Equal(0.1, near.Gamma, 12);
        Assert.Equal((1 + 0.01) / 0.01, Novikoff.Bound(M.DenseOfArray(new double[,] { { 0.1 }, { -0.1 } }), [+1, -1]), 8);
    }

    [Fact]
    public void A_set_that_no_line_separates_comes_with_the_mixture_that_proves_it()
    {
        int[] y = [-1, +1, +1, -1];
        var X = M.DenseOfArray(new double[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } });
        var margin = Novikoff.Gamma(X, y);
        Assert.False(margin.IsSeparable);
        Assert.Equal(0, margin.Gamma);
        Assert.Null(margin.w);
        Assert.Equal(double.PositiveInfinity, Novikoff.Bound(X, y));
        var mixture = margin.Support.Select(part => part.Share * y[part.Sample] * Perceptron.Augment(X.Row(part.Sample))).Aggregate((a, b) => a + b);
        Assert.True(mixture.L2Norm() < 1e-12);
        Assert.All(margin.Support, part => Assert.Equal(0.25, part.Share, 12));
    }

    [Fact]
    public void A_very_small_margin_is_still_told_from_none()
    {
        var separable = M.DenseOfArray(new double[,] { { 1e-6 }, { -1e-6 } });
        Assert.Equal(1e-6, Novikoff.Gamma(separable, [+1, -1]).Gamma, 1e-15);
        Assert.False(Novikoff.Gamma(M.DenseOfArray(new double[,] { { 0.5 }, { 0.5 } }), [+1, -1]).IsSeparable);
    }

    [Fact]
    public void Overlapping_clouds_are_never_called_separable()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var (X, y) = RandomSets.Overlapping(seed, perClass: 40);
            var margin = Novikoff.Gamma(X, y);
            Assert.False(margin.IsSeparable);
            var mixture = margin.Support.Select(part => part.Share * y[part.Sample] * Perceptron.Augment(X.Row(part.Sample))).Aggregate((a, b) => a + b);
            Assert.True(mixture.L2Norm() < 1e-9, $"seed {seed}: {mixture.L2Norm()}");
        }
    }
}
