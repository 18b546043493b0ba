using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>
/// Principal component analysis: the k orthogonal directions in which samples vary most, the eigenvectors of their covariance. Of all
/// linear codes of k numbers, h = U(x - μ) with x̂ = μ + U'h loses least: what a linear autoencoder can reach, and no more.
/// </summary>
/// <remarks>
/// The eigenvectors come from MathNet; for 784 pixels it takes a second or two. Sources: K. Pearson, Philosophical Magazine 2 (1901), 559-572;
/// H. Bourlard and Y. Kamp, Biological Cybernetics 59 (1988), 291-294, for the autoencoder.
/// </remarks>
public sealed class PrincipalComponents
{
    private PrincipalComponents(Tensor mean, Tensor directions, double[] variances, double totalVariance) =>
        (Mean, Directions, Variances, TotalVariance) = (mean, directions, variances, totalVariance);

    /// <summary>μ: d numbers.</summary>
    public Tensor Mean { get; }

    /// <summary>U, k x d: an orthonormal direction a row, the one of largest variance first; its largest entry is positive.</summary>
    public Tensor Directions { get; }

    /// <summary>The variance along each direction, falling.</summary>
    public IReadOnlyList<double> Variances { get; }

    /// <summary>The variance along all d directions together.</summary>
    public double TotalVariance { get; }

    /// <summary>Finds the directions.</summary>
    /// <param name="x">N x d, at least 2 samples.</param>
    /// <param name="components">k, 1 … d.</param>
    /// <exception cref="ArgumentException">There are too few samples, or a number is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">k is not in its range.</exception>
    public static PrincipalComponents Fit(Tensor x, int components)
    {
        ArgumentNullException.ThrowIfNull(x);
        x.RequireShape("The samples of PrincipalComponents", -1, -1);
        var (count, d) = (x.Shape[0], x.Shape[1]);
        if (count < 2)
            throw new ArgumentException($"Samples of shape {x.ShapeText} given; at least 2 are expected.", nameof(x));
        if (components < 1 || components > d)
            throw new ArgumentOutOfRangeException(nameof(components), components, $"The samples have {d} numbers: 1 to {d} components are expected.");
        Finiteness.Require(x, nameof(x));
        var mean = new Tensor(d);
        RowMath.Sum(x.Span, mean.Span);
        System.Numerics.Tensors.TensorPrimitives.Divide(mean.Span, count, mean.Span);
        var centred = Centred(x, mean);
        var covariance = new Tensor(d, d);
        Gemm.Multiply(centred, true, centred, false, covariance);
        System.Numerics.Tensors.TensorPrimitives.Divide(covariance.Span, count, covariance.Span);
        var total = 0.0;
        for (var j = 0; j < d; j++)
            total += covariance[j, j];
        var (directions, variances) = Largest(covariance.ToMatrix(), components);
        return new(mean, Tensor.FromMatrix(directions.Transpose()), variances, total);
    }

    /// <summary>h = U(x - μ).</summary>
    /// <param name="x">N x d.</param>
    /// <returns>N x k.</returns>
    public Tensor Encode(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        x.RequireShape("The samples of PrincipalComponents", -1, Mean.Count);
        var h = new Tensor(x.Shape[0], Directions.Shape[0]);
        Gemm.Multiply(Centred(x, Mean), false, Directions, true, h);
        return h;
    }

    /// <summary>x̂ = μ + U'h.</summary>
    /// <param name="codes">N x k.</param>
    /// <returns>N x d.</returns>
    public Tensor Decode(Tensor codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        codes.RequireShape("The codes of PrincipalComponents", -1, Directions.Shape[0]);
        var x = new Tensor(codes.Shape[0], Mean.Count);
        RowMath.Repeat(Mean.Span, x.Span);
        Gemm.Multiply(codes, false, Directions, false, x, beta: 1);
        return x;
    }

    /// <summary>The samples as their codes show them.</summary>
    /// <param name="x">N x d.</param>
    public Tensor Reconstruct(Tensor x) => Decode(Encode(x));

    /// <summary>The mean over the samples of ‖x̂ - x‖².</summary>
    /// <param name="x">N x d.</param>
    public double SquaredError(Tensor x) => InBatches.SquaredError(Reconstruct(x), x);

    private static Tensor Centred(Tensor x, Tensor mean)
    {
        var centred = x.Clone();
        for (var n = 0; n < x.Shape[0]; n++)
        {
            var row = centred.Span.Slice(n * mean.Count, mean.Count);
            System.Numerics.Tensors.TensorPrimitives.Subtract(row, mean.Span, row);
        }

        return centred;
    }

    private static (Matrix<double> Directions, double[] Variances) Largest(Matrix<double> symmetric, int count)
    {
        var eigen = symmetric.Evd(Symmetricity.Symmetric);
        int[] order = [.. Enumerable.Range(0, symmetric.RowCount).OrderByDescending(j => eigen.EigenValues[j].Real).Take(count)];
        var directions = Matrix<double>.Build.DenseOfColumnVectors(order.Select(j => Turned(eigen.EigenVectors.Column(j))));
        return (directions, [.. order.Select(j => Math.Max(0, eigen.EigenValues[j].Real))]);
    }

    /// <summary>The direction or its opposite, whichever has its largest entry positive.</summary>
    private static Vector<double> Turned(Vector<double> direction) =>
        direction[direction.AbsoluteMaximumIndex()] < 0 ? -direction : direction;
}
