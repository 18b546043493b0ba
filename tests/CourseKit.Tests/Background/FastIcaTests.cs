namespace CourseKit.Tests.Background;

public class FastIcaTests
{
    [Fact]
    public void Three_mixed_sources_are_found_again()
    {
        // Sparse sources (Laplace), mixed by a matrix that is not orthogonal.
        var random = new Random(4);
        double[,] mixing = { { 1, 0.6, -0.4 }, { 0.2, 1, 0.8 }, { -0.5, 0.3, 1 }, { 0.7, -0.9, 0.1 } };
        var samples = new Tensor(5_000, 4);
        var sources = new float[5_000, 3];
        for (var n = 0; n < 5_000; n++)
            for (var s = 0; s < 3; s++)
            {
                sources[n, s] = (float)(Math.Sign(random.NextDouble() - 0.5) * -Math.Log(1 - random.NextDouble()));
                for (var j = 0; j < 4; j++)
                    samples[n, j] += (float)mixing[j, s] * sources[n, s];
            }

        var ica = FastIca.Fit(samples, k: 3, seed: 1);
        Assert.True(ica.Converged);
        var answers = new Tensor(5_000, 3);
        Gemm.Multiply(samples, false, ica.Filters, true, answers);
        for (var s = 0; s < 3; s++)
        {
            var best = Enumerable.Range(0, 3).Max(i => Math.Abs(MathNet.Numerics.Statistics.Correlation.Pearson(
                Enumerable.Range(0, 5_000).Select(n => (double)answers[n, i]), Enumerable.Range(0, 5_000).Select(n => (double)sources[n, s]))));
            Assert.InRange(best, 0.995, 1);
        }
    }

    [Fact]
    public void Whitened_samples_are_uncorrelated_with_variance_one()
    {
        var random = new Random(5);
        var samples = new Tensor(2_000, 5);
        for (var n = 0; n < 2_000; n++)
        {
            var common = random.NextSingle() - 0.5f;
            for (var j = 0; j < 5; j++)
                samples[n, j] = common + 0.3f * j * (random.NextSingle() - 0.5f);
        }

        var white = Whitening.Fit(samples, keep: 4).Apply(samples);
        var covariance = new Tensor(4, 4);
        Gemm.Multiply(white, true, white, false, covariance);
        for (var i = 0; i < 4; i++)
            for (var j = 0; j < 4; j++)
                Assert.Equal(i == j ? 1 : 0, covariance[i, j] / 2_000, 1e-4);
    }

    [Fact]
    public void More_filters_than_the_samples_have_directions_are_refused()
    {
        var samples = new Tensor(100, 3);
        for (var n = 0; n < 100; n++)
            (samples[n, 0], samples[n, 1]) = (n % 7 - 3, n % 5 - 2);
        Assert.Contains("span fewer than 3 directions", Assert.Throws<ArgumentException>(() => FastIca.Fit(samples, 3, seed: 1)).Message);
        Assert.Throws<ArgumentException>(() => FastIca.Fit(samples, 4, seed: 1));
    }
}
