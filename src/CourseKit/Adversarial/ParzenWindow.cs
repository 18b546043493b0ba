using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>
/// The Parzen window estimate: a normal cloud on each of n samples, p(x) = (1/n) Σ_i N(x; μ_i, σ² I). With the generator's samples as μ_i it
/// gives the log-likelihood of test data under a model that has no density of its own to ask.
/// </summary>
/// <remarks>
/// ln p(x) = ln Σ_i exp(-||x - μ_i||² / 2σ²) - ln n - (d/2) ln 2πσ², the largest term taken out of the sum first, so that nothing underflows.
/// The estimate favours models that repeat the data, and in many dimensions it is rough: see L. Theis, A. van den Oord, M. Bethge, "A note on
/// the evaluation of generative models", ICLR 2016. Sources: E. Parzen, Annals of Mathematical Statistics 33 (1962), 1065-1076; the protocol
/// (10,000 samples, σ by validation): I. Goodfellow et al., "Generative adversarial nets", NIPS 2014, table 1.
/// </remarks>
public sealed class ParzenWindow
{
    private readonly SquaredDistances distances;

    /// <summary>Puts a cloud on every sample.</summary>
    /// <param name="samples">n x d, or of any shape with the samples first: a picture is as many numbers as it has pixels.</param>
    /// <param name="sigma">σ: the standard deviation of a cloud in every direction.</param>
    /// <exception cref="ArgumentException">There is no sample, or a number is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">σ is not positive and finite.</exception>
    public ParzenWindow(Tensor samples, double sigma)
        : this(new SquaredDistances(Checked(samples, "The samples of a Parzen window")), sigma)
    {
    }

    private ParzenWindow(SquaredDistances distances, double sigma)
    {
        this.distances = distances;
        Sigma = CheckedSigma(sigma);
    }

    /// <summary>σ.</summary>
    public double Sigma { get; }

    /// <summary>n: the clouds.</summary>
    public int Count => distances.Centres;

    /// <summary>d: the numbers in a sample.</summary>
    public int Dimension => distances.Dimension;

    /// <summary>Deviations evenly spaced on a logarithmic scale, to choose among.</summary>
    /// <param name="from">The first, above 0.</param>
    /// <param name="to">The last.</param>
    /// <param name="count">How many, at least 2. The paper's authors used 10 from 0.1 to 1.</param>
    public static double[] Sigmas(double from = 0.1, double to = 1, int count = 10)
    {
        CheckedSigma(from);
        CheckedSigma(to);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        return [.. Enumerable.Range(0, count).Select(i => from * Math.Pow(to / from, i / (count - 1.0)))];
    }

    /// <summary>The window whose σ gives a validation set the largest log-likelihood.</summary>
    /// <param name="samples">The samples that clouds are put on.</param>
    /// <param name="validation">What σ is judged by: neither the samples nor the test set.</param>
    /// <param name="sigmas">The deviations to choose among; those of <see cref="Sigmas"/> unless given.</param>
    /// <exception cref="ArgumentException">A shape does not fit, something is empty, or a number is not finite.</exception>
    public static ParzenWindow Choose(Tensor samples, Tensor validation, IReadOnlyList<double>? sigmas = null)
    {
        sigmas ??= Sigmas();
        var scores = Scores(samples, validation, sigmas, out var distances);
        var best = Enumerable.Range(0, sigmas.Count).MaxBy(i => scores[i].Mean);
        return new ParzenWindow(distances, sigmas[best]);
    }

    /// <summary>The log-likelihood of a set for each of several σ; the distances, which take the time, are computed once.</summary>
    /// <inheritdoc cref="Choose"/>
    /// <returns>One for each σ, in the order given.</returns>
    public static LogLikelihood[] Scores(Tensor samples, Tensor validation, IReadOnlyList<double> sigmas) => Scores(samples, validation, sigmas, out _);

    /// <summary>ln p of every row.</summary>
    /// <param name="x">The rows, in the samples' shape.</param>
    /// <returns>In nats, one each.</returns>
    /// <exception cref="ArgumentException">The rows have another size, or a number is not finite.</exception>
    public double[] LogDensities(Tensor x) => LogDensities(distances, Rows(distances, x), [Sigma])[0];

    /// <summary>The mean of ln p over a set, with its standard error.</summary>
    /// <inheritdoc cref="LogDensities(Tensor)"/>
    public LogLikelihood LogLikelihood(Tensor x) => CourseKit.LogLikelihood.Of(LogDensities(x));

    /// <summary>p(x).</summary>
    /// <param name="x">d numbers.</param>
    /// <exception cref="ArgumentException">There are not d of them.</exception>
    public double Density(params ReadOnlySpan<double> x)
    {
        var row = new Tensor(1, x.Length);
        for (var j = 0; j < x.Length; j++)
            row.Data[j] = (float)x[j];
        return Math.Exp(LogDensities(row)[0]);
    }

    private static LogLikelihood[] Scores(Tensor samples, Tensor validation, IReadOnlyList<double> sigmas, out SquaredDistances distances)
    {
        ArgumentNullException.ThrowIfNull(sigmas);
        if (sigmas.Count == 0)
            throw new ArgumentException("No σ given; at least one is expected.", nameof(sigmas));
        distances = new(Checked(samples, "The samples of a Parzen window"));
        var logs = LogDensities(distances, Rows(distances, validation), [.. sigmas.Select(CheckedSigma)]);
        return [.. logs.Select(each => CourseKit.LogLikelihood.Of(each))];
    }

    /// <summary>ln p of every row (second index) for every σ (first).</summary>
    private static double[][] LogDensities(SquaredDistances distances, Tensor x, double[] sigmas)
    {
        var logs = sigmas.Select(_ => new double[x.Shape[0]]).ToArray();
        for (var from = 0; from < x.Shape[0]; from += SquaredDistances.Block)
        {
            var count = Math.Min(SquaredDistances.Block, x.Shape[0] - from);
            var work = new RowWork(distances.Of(x, from, count), distances.Dimension, sigmas, logs, from);
            Workers.Run(ref work, count, 1, (long)count * distances.Centres * sigmas.Length * 8);
        }

        return logs;
    }

    private static Tensor Rows(SquaredDistances distances, Tensor x)
    {
        var rows = Checked(x, "The points of a Parzen window");
        rows.RequireShape("The points of a Parzen window", -1, distances.Dimension);
        return rows;
    }

    private static Tensor Checked(Tensor tensor, string what)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Rank < 2 || tensor.Count == 0)
            throw new ArgumentException($"{what}: shape {tensor.ShapeText} given, at least one sample a row is expected.");
        if (Finiteness.FirstNonFinite(tensor.Span) is var i and >= 0)
            throw new ArgumentException($"{what} hold {Finiteness.Describe(tensor.Data[i])} in row {i / (tensor.Count / tensor.Shape[0])}; finite numbers are expected.");
        return tensor.Reshape(tensor.Shape[0], -1);
    }

    private static double CheckedSigma(double sigma) =>
        sigma is > 0 and <= double.MaxValue ? sigma : throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "σ is a finite number above 0.");

    private readonly struct RowWork(Tensor squares, int d, double[] sigmas, double[][] logs, int first) : IRangeWork
    {
        public void Run(int from, int to)
        {
            var n = squares.Shape[1];
            var terms = new float[n];
            for (var i = from; i < to; i++)
            {
                var row = squares.Span.Slice(i * n, n);
                var nearest = TensorPrimitives.Min<float>(row);
                TensorPrimitives.Subtract(row, nearest, row); // the largest term is taken out in full precision, whatever σ
                for (var s = 0; s < sigmas.Length; s++)
                {
                    var variance = sigmas[s] * sigmas[s];
                    TensorPrimitives.Multiply(row, (float)Math.Clamp(-0.5 / variance, -float.MaxValue, 0), terms);
                    logs[s][first + i] = VectorMath.LogSumExp(terms) - nearest / (2 * variance) - Math.Log(n) - 0.5 * d * Math.Log(Math.Tau * variance);
                }
            }
        }
    }
}
