namespace CourseKit.Tests.Adversarial;

public class DensityModelTests
{
    private static readonly MixtureDensity Two = MixtureDensity.OnTheLine("two clouds", (1, -2, 0.5), (3, 1, 1));

    [Fact]
    public void A_histogram_has_area_1_and_the_densitys_heights()
    {
        var histogram = new HistogramDensity(Two.Sample(100_000, 1), -6, 6, 60);
        Assert.Equal(100_000, histogram.Counts.Sum());
        Assert.Equal(1, histogram.Densities.Sum() * histogram.Width, 1e-9);
        Assert.All(histogram.Centres, x => Assert.InRange(histogram.Density(x), Two.Density(x) - 0.02, Two.Density(x) + 0.02));
        Assert.Equal(0, histogram.Density(7));
        Assert.True(double.IsNegativeInfinity(histogram.LogLikelihood(Games.Column([0, 7])).Mean));
        Assert.Throws<ArgumentException>(() => new HistogramDensity(new Tensor(3, 2), 0, 1, 5));
        Assert.Throws<ArgumentException>(() => new HistogramDensity(new Tensor(0, 1), 0, 1, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HistogramDensity(new Tensor(3, 1), 1, 1, 5));
    }

    [Fact]
    public void Expectation_and_maximisation_never_lowers_the_likelihood_and_finds_the_clouds()
    {
        var fit = ExpectationMaximisation.Fit(Two.Sample(4000, 2), 2, seed: 1);
        for (var round = 1; round < fit.LogLikelihoods.Count; round++)
            Assert.True(fit.LogLikelihoods[round] >= fit.LogLikelihoods[round - 1] - 1e-9);
        var left = fit.Mixture.Means[0, 0] < fit.Mixture.Means[1, 0] ? 0 : 1;
        Assert.InRange(fit.Mixture.Means[left, 0], -2.1, -1.9);
        Assert.InRange(fit.Mixture.Means[1 - left, 0], 0.85, 1.15);
        Assert.InRange(fit.Mixture.Weights[left], 0.22, 0.28);
        Assert.InRange(fit.Mixture.Deviations[left], 0.42, 0.58);
        Assert.InRange(fit.Mixture.Deviations[1 - left], 0.9, 1.1);
    }

    [Fact]
    public void Expectation_and_maximisation_finds_all_eight_clouds_of_the_ring()
    {
        var ring = MixtureDensity.Ring();
        var fit = ExpectationMaximisation.Fit(ring.Sample(2000, 1), 8, seed: 2);
        Assert.Equal(8, ModeCoverage.Of(fit.Mixture.Sample(2000, 3), ring).Covered);
    }

    [Fact]
    public void Fitting_answers_bad_input()
    {
        Assert.Throws<ArgumentException>(() => ExpectationMaximisation.Fit(new Tensor(1, 1), 2, 1));
        Assert.Throws<ArgumentException>(() => ExpectationMaximisation.Fit(new Tensor(5, 1), 2, 1));
        Assert.Throws<ArgumentException>(() => ExpectationMaximisation.Fit(Games.Column([1, double.NaN, 2]), 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExpectationMaximisation.Fit(Games.Column([1, 2]), 0, 1));
    }

    [Fact]
    public void Parzen_windows_log_density_is_that_of_the_written_out_sum()
    {
        var (samples, x) = (MixtureDensity.Ring().Sample(50, 1), MixtureDensity.Ring().Sample(300, 2));
        var window = new ParzenWindow(samples, 0.3);
        var logs = window.LogDensities(x);
        for (var i = 0; i < logs.Length; i++)
        {
            var sum = Enumerable.Range(0, 50).Sum(k => Math.Exp(
                -(Math.Pow(x[i, 0] - samples[k, 0], 2) + Math.Pow(x[i, 1] - samples[k, 1], 2)) / (2 * 0.09)) / (2 * Math.PI * 0.09) / 50);
            Assert.Equal(Math.Log(sum), logs[i], 1e-4);
        }

        var each = window.LogLikelihood(x);
        Assert.Equal(logs.Average(), each.Mean, 1e-9);
        Assert.Equal(Math.Sqrt(logs.Sum(log => Math.Pow(log - logs.Average(), 2)) / 299 / 300), each.StandardError, 1e-9);
        Assert.Equal(Math.Exp(logs[0]), window.Density(x[0, 0], x[0, 1]), 1e-6);
    }

    [Fact]
    public void Parzen_window_neither_underflows_nor_loses_digits_far_from_the_origin()
    {
        var window = new ParzenWindow(Games.Column([1000, 1001]), 0.001);
        Assert.Equal(-0.5 * Math.Pow(0.5 / 0.001, 2) - Math.Log(0.001 * Math.Sqrt(2 * Math.PI)), window.LogDensities(Games.Column([1000.5]))[0], 1);
        var wide = new Tensor(3, 784);
        new RandomSource(1).FillUniform(wide.Span);
        Assert.All(new ParzenWindow(wide, 1e-3).LogDensities(new Tensor(5, 784)), log => Assert.True(double.IsFinite(log) && log < -1e6));
    }

    [Fact]
    public void Sigma_is_the_one_that_a_validation_set_likes_best()
    {
        var (samples, validation) = (Two.Sample(500, 1), Two.Sample(500, 2));
        double[] sigmas = [0.01, 0.1, 0.3, 1, 3];
        var chosen = ParzenWindow.Choose(samples, validation, sigmas);
        var scores = ParzenWindow.Scores(samples, validation, sigmas);
        Assert.Equal(scores.Max(score => score.Mean), chosen.LogLikelihood(validation).Mean, 1e-9);
        Assert.Equal(0.3, chosen.Sigma);

        // And the density that it then has is near the true one.
        for (var x = -3.5; x < 4; x += 0.25)
            Assert.InRange(chosen.Density(x), Two.Density(x) - 0.06, Two.Density(x) + 0.06);
        Assert.Equal(0.1, ParzenWindow.Sigmas()[0]);
        Assert.Equal(1, ParzenWindow.Sigmas()[^1], 1e-12);
    }

    [Fact]
    public void Parzen_window_answers_bad_input()
    {
        var samples = new Tensor(5, 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParzenWindow(samples, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParzenWindow(samples, double.NaN));
        Assert.Throws<ArgumentException>(() => new ParzenWindow(new Tensor(0, 3), 1));
        Assert.Throws<ArgumentException>(() => new ParzenWindow(Tensor.From([1, float.NaN], 2, 1), 1));
        Assert.Throws<ArgumentException>(() => new ParzenWindow(samples, 1).LogDensities(new Tensor(2, 4)));
        Assert.Throws<ArgumentException>(() => ParzenWindow.Choose(samples, samples, []));
    }

    [Fact]
    public void The_nearest_example_is_found_and_a_copy_is_at_distance_0()
    {
        var examples = new Tensor(400, 30);
        new RandomSource(1).FillUniform(examples.Span);
        var samples = new Tensor(200, 30);
        new RandomSource(2).FillUniform(samples.Span);
        examples.Span.Slice(30 * 17, 30).CopyTo(samples.Span[(30 * 5)..]);
        var nearest = NearestExamples.Find(samples, examples);
        Assert.Equal(17, nearest[5].Example);
        Assert.InRange(nearest[5].Distance, 0, 2e-3);
        for (var n = 0; n < 200; n++)
        {
            double Distance(int k) => Math.Sqrt(Enumerable.Range(0, 30).Sum(j => Math.Pow(samples[n, j] - examples[k, j], 2)));
            var best = Enumerable.Range(0, 400).Min(Distance);
            Assert.Equal(best, nearest[n].Distance, 2e-3);
        }

        Assert.Throws<ArgumentException>(() => NearestExamples.Find(new Tensor(2, 29), examples));
        Assert.Throws<ArgumentException>(() => NearestExamples.Find(samples, new Tensor(0, 30)));
    }

    [Fact]
    public void Walks_begin_and_end_where_they_should_and_an_arc_keeps_its_distance()
    {
        float[] a = [3, 0, 0], b = [0, 3, 0];
        var line = LatentWalk.Line(a, b, 5);
        Assert.Equal([1.5f, 1.5f, 0], line.Data[6..9]);
        var arc = LatentWalk.Arc(a, b, 5);
        Assert.True(arc.HasShape(5, 3));
        for (var i = 0; i < 5; i++)
            Assert.Equal(3, Math.Sqrt(Math.Pow(arc[i, 0], 2) + Math.Pow(arc[i, 1], 2) + Math.Pow(arc[i, 2], 2)), 1e-5);
        Assert.Equal(line.Data[..3], arc.Data[..3]);
        Assert.Equal(3, arc[4, 1], 1e-5);
        Assert.Equal(LatentWalk.Line(a, [6, 0, 0], 4).Data, LatentWalk.Arc(a, [6, 0, 0], 4).Data);
        var corners = Tensor.From([1, 0, 0, 1, 0, -1, -1, 0], 4, 2);
        var square = LatentWalk.Square(corners, 3);
        Assert.True(square.HasShape(9, 2));
        Assert.Equal(corners.Data[..2], square.Data[..2]);
        Assert.Throws<ArgumentException>(() => LatentWalk.Line(a, [1], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => LatentWalk.Line(a, b, 1));
        Assert.Throws<ArgumentException>(() => LatentWalk.Square(new Tensor(3, 2), 3));
    }
}
