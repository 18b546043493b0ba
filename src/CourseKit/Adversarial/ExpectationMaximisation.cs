using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>
/// A mixture of K round normal clouds fitted to samples by expectation and maximisation: every cloud takes a share
/// r_nk = π_k N(x_n; μ_k, σ_k²) / Σ_j π_j N(x_n; μ_j, σ_j²) of each sample, then π, μ and σ become the shares' own; again and again. The
/// likelihood never falls.
/// </summary>
/// <remarks>
/// Starts from K of the samples, each but the first drawn with a chance in proportion to its squared distance from those before (k-means++).
/// A cloud is not let shrink below a thousandth of the data's deviation: on a single sample the likelihood would grow without end.
/// Sources: A. Dempster, N. Laird, D. Rubin, Journal of the Royal Statistical Society B 39 (1977), 1-38; D. Arthur and S. Vassilvitskii,
/// SODA 2007.
/// </remarks>
/// <param name="Mixture">The mixture.</param>
/// <param name="LogLikelihoods">The mean of ln p over the samples before each round of updates, and after the last.</param>
public sealed record ExpectationMaximisation(MixtureDensity Mixture, IReadOnlyList<double> LogLikelihoods)
{
    private const double LeastDeviation = 1e-3;

    /// <summary>Fits a mixture.</summary>
    /// <param name="samples">n x d.</param>
    /// <param name="clouds">K, from 1 to n.</param>
    /// <param name="seed">The seed of the start.</param>
    /// <param name="rounds">How many rounds of updates at most, at least 1.</param>
    /// <param name="tolerance">Ends where the mean log-likelihood grows by less, in nats.</param>
    /// <exception cref="ArgumentException">The shape is another one, a number is not finite, the samples are all the same, or there are too few.</exception>
    public static ExpectationMaximisation Fit(Tensor samples, int clouds, int seed, int rounds = 200, double tolerance = 1e-6)
    {
        ArgumentNullException.ThrowIfNull(samples);
        samples.RequireShape("The samples of a mixture", -1, -1);
        var (n, d) = (samples.Shape[0], samples.Shape[1]);
        ArgumentOutOfRangeException.ThrowIfLessThan(clouds, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        if (n < clouds || d < 1)
            throw new ArgumentException($"Samples of shape {samples.ShapeText} given for {clouds} clouds; at least as many samples are expected.", nameof(samples));
        Finiteness.Require(samples, nameof(samples));
        var X = samples.ToMatrix();
        var spread = Deviation(X);
        if (spread == 0)
            throw new ArgumentException("The samples are all the same point; a mixture needs at least two.", nameof(samples));
        var mixture = new MixtureDensity(
            Name(clouds), [.. Enumerable.Repeat(1.0, clouds)], Start(X, clouds, new RandomSource(seed)), [.. Enumerable.Repeat(spread / clouds, clouds)]);
        var likelihoods = new List<double>();
        for (var round = 0; ; round++)
        {
            var shares = Expect(X, mixture, out var likelihood);
            likelihoods.Add(likelihood);
            if (round == rounds || round > 0 && likelihood - likelihoods[^2] < tolerance)
                return new(mixture, likelihoods);
            mixture = Maximise(X, shares, mixture, LeastDeviation * spread);
        }
    }

    /// <summary>r_nk, a row each sample, and the mean log-likelihood.</summary>
    private static Matrix<double> Expect(Matrix<double> X, MixtureDensity mixture, out double likelihood)
    {
        var shares = Matrix<double>.Build.Dense(X.RowCount, mixture.Weights.Count);
        likelihood = 0;
        for (var n = 0; n < X.RowCount; n++)
        {
            var x = X.Row(n).AsArray() ?? X.Row(n).ToArray();
            var p = mixture.LogDensity(x);
            likelihood += p / X.RowCount;
            for (var k = 0; k < shares.ColumnCount; k++)
            {
                var (sigma, square) = (mixture.Deviations[k], SquaredDistance(x, mixture.Means, k));
                shares[n, k] = Math.Exp(Math.Log(mixture.Weights[k]) - X.ColumnCount * Math.Log(sigma * Math.Sqrt(Math.Tau)) - square / (2 * sigma * sigma) - p);
            }
        }

        return shares;
    }

    private static MixtureDensity Maximise(Matrix<double> X, Matrix<double> shares, MixtureDensity before, double least)
    {
        var (N, d, K) = (shares.ColumnSums(), X.ColumnCount, shares.ColumnCount);
        var means = before.Means.Clone();
        var deviations = before.Deviations.ToArray();
        for (var k = 0; k < K; k++)
        {
            if (N[k] < 1e-9) // nobody's cloud stays where it is
                continue;
            means.SetRow(k, shares.Column(k) * X / N[k]);
            var square = 0.0;
            for (var n = 0; n < X.RowCount; n++)
                square += shares[n, k] * SquaredDistance(X.Row(n).ToArray(), means, k);
            deviations[k] = Math.Max(least, Math.Sqrt(square / (d * N[k])));
        }

        return new(Name(K), [.. N.Select(share => Math.Max(share, 1e-12))], means, deviations);
    }

    private static Matrix<double> Start(Matrix<double> X, int clouds, RandomSource random)
    {
        var means = Matrix<double>.Build.Dense(clouds, X.ColumnCount);
        var nearest = Enumerable.Repeat(1.0, X.RowCount).ToArray();
        for (var k = 0; k < clouds; k++)
        {
            var (left, n) = (random.NextDouble() * nearest.Sum(), 0);
            while (n < nearest.Length - 1 && left >= nearest[n])
                left -= nearest[n++];
            means.SetRow(k, X.Row(n));
            for (n = 0; n < nearest.Length; n++)
                nearest[n] = SquaredDistance(X.Row(n).ToArray(), means, k) is var square && k == 0 ? square : Math.Min(nearest[n], square);
        }

        return means;
    }

    private static double Deviation(Matrix<double> X)
    {
        var mean = X.ColumnSums() / X.RowCount;
        return Math.Sqrt(X.EnumerateRows().Sum(row => (row - mean).DotProduct(row - mean)) / X.RowCount / X.ColumnCount);
    }

    private static double SquaredDistance(double[] x, Matrix<double> means, int k)
    {
        var sum = 0.0;
        for (var j = 0; j < x.Length; j++)
            sum += (x[j] - means[k, j]) * (x[j] - means[k, j]);
        return sum;
    }

    private static string Name(int clouds) => $"mixture of {clouds}";
}
