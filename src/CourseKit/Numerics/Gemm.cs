namespace CourseKit;

/// <summary>The general matrix product C = op(A) op(B) + beta C, where op(X) is X or its transpose.</summary>
public static class Gemm
{
    /// <summary>C = op(A) op(B) + beta C for matrices of rank 2, all row-major.</summary>
    /// <param name="a">m x k, or k x m where <paramref name="transposeA"/>.</param>
    /// <param name="transposeA">Whether A is taken transposed.</param>
    /// <param name="b">k x n, or n x k where <paramref name="transposeB"/>.</param>
    /// <param name="transposeB">Whether B is taken transposed.</param>
    /// <param name="c">m x n; written over where <paramref name="beta"/> is 0, added to where it is 1.</param>
    /// <param name="beta">What C is scaled by before the product is added.</param>
    /// <exception cref="ArgumentException">The shapes do not fit; the message names them.</exception>
    public static void Multiply(Tensor a, bool transposeA, Tensor b, bool transposeB, Tensor c, float beta = 0)
    {
        a.RequireShape("A of the matrix product", -1, -1);
        b.RequireShape("B of the matrix product", -1, -1);
        var (m, k) = transposeA ? (a.Shape[1], a.Shape[0]) : (a.Shape[0], a.Shape[1]);
        var (kOfB, n) = transposeB ? (b.Shape[1], b.Shape[0]) : (b.Shape[0], b.Shape[1]);
        if (k != kOfB)
            throw new ArgumentException(
                $"The matrix product op(A) op(B) needs equal inner extents: {m}x{k} times {kOfB}x{n} given.");
        c.RequireShape("C of the matrix product", m, n);

        for (var i = 0; i < m; i++)
            for (var j = 0; j < n; j++)
            {
                var sum = 0f;
                for (var p = 0; p < k; p++)
                    sum += (transposeA ? a.Data[p * m + i] : a.Data[i * k + p]) * (transposeB ? b.Data[j * k + p] : b.Data[p * n + j]);
                c.Data[i * n + j] = sum + (beta == 0 ? 0 : beta * c.Data[i * n + j]);
            }
    }
}
