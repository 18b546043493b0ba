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
        // The smallest products take no longer than a check that spells everything out: that is left to the case that fails.
        if (a.Rank != 2 || b.Rank != 2)
        {
            a.RequireShape("A of the matrix product", -1, -1);
            b.RequireShape("B of the matrix product", -1, -1);
        }

        var shapeA = a.Shape;
        var shapeB = b.Shape;
        var shapeC = c.Shape;
        var (m, k) = transposeA ? (shapeA[1], shapeA[0]) : (shapeA[0], shapeA[1]);
        var (kOfB, n) = transposeB ? (shapeB[1], shapeB[0]) : (shapeB[0], shapeB[1]);
        if (k != kOfB)
            throw new ArgumentException(
                $"The matrix product op(A) op(B) needs equal inner extents: {m}x{k} times {kOfB}x{n} given.");
        if (shapeC.Length != 2 || shapeC[0] != m || shapeC[1] != n)
            c.RequireShape("C of the matrix product", m, n);
        if (ReferenceEquals(c.Data, a.Data) || ReferenceEquals(c.Data, b.Data))
            throw new ArgumentException("The matrix product cannot be written over one of its factors: C shares its numbers with A or B.");
        MultiplyChecked(m, n, k, a.Data, shapeA[1], transposeA, b.Data, shapeB[1], transposeB, c.Data, n, beta);
    }

    /// <summary>C = op(A) op(B) + beta C on spans with row strides: for layers, which work on parts of tensors.</summary>
    /// <param name="m">The rows of C.</param>
    /// <param name="n">The columns of C.</param>
    /// <param name="k">The length of the sums.</param>
    /// <param name="a">m x k, or k x m where <paramref name="transposeA"/>.</param>
    /// <param name="aRow">From one row of A, as it lies in memory, to the next.</param>
    /// <param name="transposeA">Whether A is taken transposed.</param>
    /// <param name="b">k x n, or n x k where <paramref name="transposeB"/>.</param>
    /// <param name="bRow">From one row of B, as it lies in memory, to the next.</param>
    /// <param name="transposeB">Whether B is taken transposed.</param>
    /// <param name="c">m x n; must not overlap A or B.</param>
    /// <param name="cRow">From one row of C to the next.</param>
    /// <param name="beta">What C is scaled by; where it is 0, C is not read.</param>
    /// <exception cref="ArgumentException">A span is too short for its extents and stride, or a stride is shorter than a row.</exception>
    internal static unsafe void Multiply(
        int m,
        int n,
        int k,
        ReadOnlySpan<float> a,
        int aRow,
        bool transposeA,
        ReadOnlySpan<float> b,
        int bRow,
        bool transposeB,
        Span<float> c,
        int cRow,
        float beta = 0)
    {
        RequireRoom(nameof(a), a.Length, transposeA ? k : m, transposeA ? m : k, aRow);
        RequireRoom(nameof(b), b.Length, transposeB ? n : k, transposeB ? k : n, bRow);
        RequireRoom(nameof(c), c.Length, m, n, cRow);
        MultiplyChecked(m, n, k, a, aRow, transposeA, b, bRow, transposeB, c, cRow, beta);
    }

    private static unsafe void MultiplyChecked(
        int m,
        int n,
        int k,
        ReadOnlySpan<float> a,
        int aRow,
        bool transposeA,
        ReadOnlySpan<float> b,
        int bRow,
        bool transposeB,
        Span<float> c,
        int cRow,
        float beta)
    {
        if (m == 0 || n == 0)
            return;
        fixed (float* pa = a, pb = b, pc = c)
            GemmPlan.Multiply(m, n, k, GemmOperand.RowMajor(pa, aRow, transposeA), GemmOperand.RowMajor(pb, bRow, transposeB), pc, cRow, beta);
    }

    private static void RequireRoom(string name, int length, int rows, int columns, int stride)
    {
        if (rows < 0 || columns < 0 || rows > 1 && stride < columns || rows > 0 && (rows - 1L) * stride + columns > length)
            throw new ArgumentException($"A span of {length} numbers given for {rows}x{columns} with rows {stride} apart.", name);
    }
}
