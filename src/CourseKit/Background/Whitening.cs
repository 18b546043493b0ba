using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>
/// Turns samples into ones whose numbers are uncorrelated and have variance 1: rotates them onto their principal components and divides
/// each by its spread.
/// </summary>
/// <remarks>
/// Neighbouring pixels are nearly equal, and as long as that drowns everything else, nothing finer can be learned. Components with little
/// variance are left out: they are mostly noise, which whitening would blow up.
/// </remarks>
public sealed class Whitening
{
    private Whitening(Tensor toWhite, Tensor toPixels)
    {
        ToWhite = toWhite;
        ToPixels = toPixels;
    }

    /// <summary>k x d: a row for each component kept; its product with a sample is a whitened number.</summary>
    public Tensor ToWhite { get; }

    /// <summary>d x k: the way back, a column for each component kept.</summary>
    public Tensor ToPixels { get; }

    /// <summary>Learns the rotation and the scales from samples whose mean is (close to) zero.</summary>
    /// <param name="samples">N x d, N larger than the number kept.</param>
    /// <param name="keep">How many principal components are kept, the ones of largest variance.</param>
    /// <exception cref="ArgumentException">There are too few samples, they span fewer than <paramref name="keep"/> directions, or a number is not finite.</exception>
    public static Whitening Fit(Tensor samples, int keep)
    {
        ArgumentNullException.ThrowIfNull(samples);
        samples.RequireShape("The samples of Whitening", -1, -1);
        var (count, d) = (samples.Shape[0], samples.Shape[1]);
        if (keep < 1 || keep > d || count <= keep)
            throw new ArgumentException($"{keep} components asked for of {samples.ShapeText} samples; at most {d}, and fewer than the samples.", nameof(keep));
        Finiteness.Require(samples, nameof(samples));
        var covariance = new Tensor(d, d);
        Gemm.Multiply(samples, true, samples, false, covariance);
        var eigen = (covariance.ToMatrix() / count).Evd(Symmetricity.Symmetric);
        int[] largest = [.. Enumerable.Range(0, d).OrderByDescending(j => eigen.EigenValues[j].Real).Take(keep)];
        double Variance(int j) => eigen.EigenValues[j].Real;
        if (Variance(largest[^1]) <= 1e-7 * Variance(largest[0]))
            throw new ArgumentException($"The samples span fewer than {keep} directions; keep fewer components.", nameof(keep));
        var columns = largest.Select(j => eigen.EigenVectors.Column(j));
        var directions = Matrix<double>.Build.DenseOfColumnVectors(columns);
        var scales = Matrix<double>.Build.DenseDiagonal(keep, keep, k => Math.Sqrt(Variance(largest[k])));
        return new Whitening(
            Tensor.FromMatrix(scales.Inverse() * directions.Transpose()), Tensor.FromMatrix(directions * scales));
    }

    /// <summary>Whitens samples.</summary>
    /// <param name="samples">N x d.</param>
    /// <returns>N x k.</returns>
    public Tensor Apply(Tensor samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        samples.RequireShape("The samples of Whitening", -1, ToWhite.Shape[1]);
        var white = new Tensor(samples.Shape[0], ToWhite.Shape[0]);
        Gemm.Multiply(samples, false, ToWhite, true, white);
        return white;
    }
}
