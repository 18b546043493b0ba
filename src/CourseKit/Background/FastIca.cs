using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>
/// Independent component analysis: finds the filters whose answers to the samples are as independent of each other, and as sparse, as
/// linear filters can make them. On patches of natural images they look like the receptive fields of V1.
/// </summary>
/// <remarks>
/// All filters are found together: on whitened samples z, each row w of W becomes E[z g(w'z)] - E[g'(w'z)] w with g = tanh, then the rows
/// are made orthonormal by W = (W W')^(-1/2) W; until no row turns any more.
/// Sources: A. Hyvärinen, "Fast and robust fixed-point algorithms for independent component analysis", IEEE Transactions on Neural
/// Networks 10 (1999), 626-634; A. J. Bell and T. J. Sejnowski, "The 'independent components' of natural scenes are edge filters",
/// Vision Research 37 (1997), 3327-3338.
/// </remarks>
public sealed class FastIca
{
    private FastIca(Tensor filters, Tensor features, int iterations, bool converged)
    {
        Filters = filters;
        Features = features;
        Iterations = iterations;
        Converged = converged;
    }

    /// <summary>k x d: a filter a row. Its product with a sample is the strength of its component; variance 1 over the training samples.</summary>
    public Tensor Filters { get; }

    /// <summary>k x d: what each component looks like, a row each; a sample is the sum of these, each times its strength.</summary>
    public Tensor Features { get; }

    /// <summary>How many rounds were made.</summary>
    public int Iterations { get; }

    /// <summary>Whether the filters had stopped turning before the rounds were used up.</summary>
    public bool Converged { get; }

    /// <summary>Learns k filters from samples.</summary>
    /// <param name="samples">N x d, each with mean 0 (see <see cref="Patches.Sample"/>).</param>
    /// <param name="k">How many filters; as many principal components are kept by the whitening.</param>
    /// <param name="seed">The seed of the first filters.</param>
    /// <param name="maxIterations">At most this many rounds.</param>
    /// <param name="tolerance">The rounds end when no filter turns by more: 1 - |cos| of the angle.</param>
    /// <exception cref="ArgumentException">There are too few samples, they span fewer than k directions, or a number is not finite.</exception>
    public static FastIca Fit(Tensor samples, int k, int seed, int maxIterations = 200, double tolerance = 1e-4)
    {
        var whitening = Whitening.Fit(samples, k);
        var z = whitening.Apply(samples);
        var random = new Random(seed);
        var W = Orthonormal(Matrix<double>.Build.Dense(k, k, (_, _) => MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1)));
        var answers = new Tensor(z.Shape[0], k);
        var pull = new Tensor(k, k);
        var (iteration, turned) = (0, double.MaxValue);
        while (iteration < maxIterations && turned > tolerance)
        {
            iteration++;
            var next = Orthonormal(Step(z, W, answers, pull));
            turned = Enumerable.Range(0, k).Max(i => 1 - Math.Abs(next.Row(i) * W.Row(i)));
            W = next;
        }

        var (filters, features) = (new Tensor(k, samples.Shape[1]), new Tensor(k, samples.Shape[1]));
        var rotation = Tensor.FromMatrix(W);
        Gemm.Multiply(rotation, false, whitening.ToWhite, false, filters);
        Gemm.Multiply(rotation, false, whitening.ToPixels, true, features);
        return new FastIca(filters, features, iteration, turned <= tolerance);
    }

    /// <summary>E[z g(w'z)] - E[g'(w'z)] w for every row w, with g = tanh and so g' = 1 - tanh².</summary>
    private static Matrix<double> Step(Tensor z, Matrix<double> W, Tensor answers, Tensor pull)
    {
        var (count, k) = (z.Shape[0], z.Shape[1]);
        Gemm.Multiply(z, false, Tensor.FromMatrix(W), true, answers);
        TensorPrimitives.Tanh(answers.Data, answers.Data);
        Gemm.Multiply(answers, true, z, false, pull);
        var squares = new double[k];
        for (var n = 0; n < count; n++)
            for (var i = 0; i < k; i++)
                squares[i] += answers.Data[n * k + i] * answers.Data[n * k + i];
        return Matrix<double>.Build.Dense(k, k, (i, j) => pull.Data[i * k + j] / count - (1 - squares[i] / count) * W[i, j]);
    }

    /// <summary>(W W')^(-1/2) W: the nearest matrix with orthonormal rows.</summary>
    private static Matrix<double> Orthonormal(Matrix<double> W)
    {
        var svd = W.Svd();
        return svd.U * svd.VT;
    }
}
