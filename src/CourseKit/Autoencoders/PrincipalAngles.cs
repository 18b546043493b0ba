using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>How far two subspaces are apart: the angles between their closest directions, then the closest that are left, and so on.</summary>
/// <remarks>
/// With orthonormal bases Q_A and Q_B, their cosines are the singular values of Q_A'Q_B and their sines those of what Q_B has outside A; small
/// angles are taken from the sine, which rounding spares. Source: Å. Björck and G. Golub, Mathematics of Computation 27 (1973), 579-594.
/// </remarks>
public static class PrincipalAngles
{
    /// <summary>The angles in degrees, from the smallest to the largest; all zero where the subspaces are the same.</summary>
    /// <param name="A">k x d: rows that span the one, linearly independent.</param>
    /// <param name="B">k x d: rows that span the other.</param>
    /// <exception cref="ArgumentException">The shapes differ, there are more rows than columns, or a number is not finite.</exception>
    public static double[] Degrees(Tensor A, Tensor B)
    {
        ArgumentNullException.ThrowIfNull(A);
        ArgumentNullException.ThrowIfNull(B);
        A.RequireShape("The first subspace", -1, -1);
        B.RequireShape("The second subspace", A.Shape);
        if (A.Shape[0] > A.Shape[1])
            throw new ArgumentException($"Rows of shape {A.ShapeText} given; they cannot be independent: at most as many rows as columns are expected.");
        Finiteness.Require(A, nameof(A));
        Finiteness.Require(B, nameof(B));
        var (QA, QB) = (A.ToMatrix().Transpose().GramSchmidt().Q, B.ToMatrix().Transpose().GramSchmidt().Q);
        var inside = QA.TransposeThisAndMultiply(QB);
        var cosines = inside.Svd(false).S;
        var sines = (QB - QA * inside).Svd(false).S;
        return [.. Enumerable.Range(0, A.Shape[0]).Select(i => Math.Atan2(sines[A.Shape[0] - 1 - i], cosines[i]) * 180 / Math.PI)];
    }
}
