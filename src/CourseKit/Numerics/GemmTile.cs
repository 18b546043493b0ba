using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace CourseKit;

/// <summary>
/// The heart of the matrix product: a tile of C, at most 6 rows high and two registers wide, is kept in registers while k runs.
/// </summary>
/// <remarks>
/// 12 accumulators hide the latency of the multiply-add, and each step loads 2 registers of B and 6 numbers of A for 12 instructions of
/// arithmetic. A is read through two strides and B through one, so packed copies and the matrices themselves, transposed or not, take
/// the same code. The row and column counts are types: the compiler drops what a smaller tile does not need.
/// Source: K. Goto and R. A. van de Geijn, "Anatomy of high-performance matrix multiplication", ACM Transactions on Mathematical Software
/// 34 (2008), article 12; F. G. Van Zee and R. A. van de Geijn, "BLIS: a framework for rapidly instantiating BLAS functionality", ibid. 41
/// (2015), article 14.
/// </remarks>
internal static unsafe class GemmTile
{
    /// <summary>The height of a full tile.</summary>
    public const int Rows = 6;

    /// <summary>C = A B + beta C for one tile, <paramref name="rows"/> x (1 or 2 registers).</summary>
    /// <param name="rows">From 1 to 6.</param>
    /// <param name="wide">Whether the tile is two registers wide, not one.</param>
    /// <param name="k">The length of the reduction, at least 0.</param>
    /// <param name="a">Element (0, 0) of A.</param>
    /// <param name="aRow">From one row of A to the next.</param>
    /// <param name="aStep">From one k to the next in A.</param>
    /// <param name="b">Element (0, 0) of B; neighbouring columns are neighbours in memory.</param>
    /// <param name="bStep">From one k to the next in B.</param>
    /// <param name="c">Element (0, 0) of C.</param>
    /// <param name="cRow">From one row of C to the next.</param>
    /// <param name="beta">What C is scaled by; where it is 0, C is not read.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<L, V>(
        int rows, bool wide, nint k, float* a, nint aRow, nint aStep, float* b, nint bStep, float* c, nint cRow, float beta)
        where L : struct, ILanes<V>
        where V : struct
    {
        switch (wide ? rows : rows + 6)
        {
            case 6: Run<L, V, N6, N2>(k, a, aRow, aStep, b, bStep, c, cRow, beta); break;
            case 5: Run<L, V, N5, N2>(k, a, aRow, aStep, b, bStep, c, cRow, beta); break;
            case 4: Run<L, V, N4, N2>(k, a, aRow, aStep, b, bStep, c, cRow, beta); break;
            case 3: Run<L, V, N3, N2>(k, a, aRow, aStep, b, bStep, c, cRow, beta); break;
            case 2: Run<L, V, N2, N2>(k, a, aRow, aStep, b, bStep, c, cRow, beta); break;
            case 1: Run<L, V, N1, N2>(k, a, aRow, aStep, b, bStep, c, cRow, beta); break;
            case 12: Run<L, V, N6, N1>(k, a, aRow, aStep, b, bStep, c, cRow, beta); break;
            case 11: Run<L, V, N5, N1>(k, a, aRow, aStep, b, bStep, c, cRow, beta); break;
            case 10: Run<L, V, N4, N1>(k, a, aRow, aStep, b, bStep, c, cRow, beta); break;
            case 9: Run<L, V, N3, N1>(k, a, aRow, aStep, b, bStep, c, cRow, beta); break;
            case 8: Run<L, V, N2, N1>(k, a, aRow, aStep, b, bStep, c, cRow, beta); break;
            case 7: Run<L, V, N1, N1>(k, a, aRow, aStep, b, bStep, c, cRow, beta); break;
            default: throw new ArgumentOutOfRangeException(nameof(rows), rows, "A tile has 1 to 6 rows.");
        }
    }

    // Without AggressiveOptimization the first calls would run unoptimised code that keeps every accumulator in memory.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<L, V, M, N>(nint k, float* a, nint aRow, nint aStep, float* b, nint bStep, float* c, nint cRow, float beta)
        where L : struct, ILanes<V>
        where V : struct
        where M : struct, INumber
        where N : struct, INumber
    {
        V c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        V c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        if (Sse.IsSupported)
            for (var i = 0; i < M.Value; i++)
            {
                // C is needed last; until then it comes up from the slower caches.
                Sse.Prefetch0(c + i * cRow);
                if (N.Value > 1)
                    Sse.Prefetch0(c + i * cRow + L.Count);
            }

        var aRow2 = 2 * aRow;
        var a3 = a + 3 * aRow;
        for (; k > 0; k--)
        {
            var b0 = L.Load(b);
            var b1 = N.Value > 1 ? L.Load(b + L.Count) : b0;
            b += bStep;

            var x = L.Broadcast(a[0]);
            c00 = L.MultiplyAdd(x, b0, c00);
            if (N.Value > 1)
                c01 = L.MultiplyAdd(x, b1, c01);
            if (M.Value > 1)
            {
                x = L.Broadcast(a[aRow]);
                c10 = L.MultiplyAdd(x, b0, c10);
                if (N.Value > 1)
                    c11 = L.MultiplyAdd(x, b1, c11);
            }

            if (M.Value > 2)
            {
                x = L.Broadcast(a[aRow2]);
                c20 = L.MultiplyAdd(x, b0, c20);
                if (N.Value > 1)
                    c21 = L.MultiplyAdd(x, b1, c21);
            }

            if (M.Value > 3)
            {
                x = L.Broadcast(a3[0]);
                c30 = L.MultiplyAdd(x, b0, c30);
                if (N.Value > 1)
                    c31 = L.MultiplyAdd(x, b1, c31);
            }

            if (M.Value > 4)
            {
                x = L.Broadcast(a3[aRow]);
                c40 = L.MultiplyAdd(x, b0, c40);
                if (N.Value > 1)
                    c41 = L.MultiplyAdd(x, b1, c41);
            }

            if (M.Value > 5)
            {
                x = L.Broadcast(a3[aRow2]);
                c50 = L.MultiplyAdd(x, b0, c50);
                if (N.Value > 1)
                    c51 = L.MultiplyAdd(x, b1, c51);
            }

            a += aStep;
            a3 += aStep;
        }

        Finish<L, V, N>(c00, c01, c, beta);
        if (M.Value > 1)
            Finish<L, V, N>(c10, c11, c + cRow, beta);
        if (M.Value > 2)
            Finish<L, V, N>(c20, c21, c + 2 * cRow, beta);
        if (M.Value > 3)
            Finish<L, V, N>(c30, c31, c + 3 * cRow, beta);
        if (M.Value > 4)
            Finish<L, V, N>(c40, c41, c + 4 * cRow, beta);
        if (M.Value > 5)
            Finish<L, V, N>(c50, c51, c + 5 * cRow, beta);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<L, V, N>(V c0, V c1, float* c, float beta)
        where L : struct, ILanes<V>
        where V : struct
        where N : struct, INumber
    {
        // A product of 0 and what stood in C would let a NaN through.
        if (beta != 0)
        {
            var scale = L.Broadcast(beta);
            c0 = L.MultiplyAdd(scale, L.Load(c), c0);
            if (N.Value > 1)
                c1 = L.MultiplyAdd(scale, L.Load(c + L.Count), c1);
        }

        L.Store(c0, c);
        if (N.Value > 1)
            L.Store(c1, c + L.Count);
    }

    /// <summary>A number as a type.</summary>
    private interface INumber
    {
        static abstract int Value { get; }
    }

    private readonly struct N1 : INumber
    {
        public static int Value => 1;
    }

    private readonly struct N2 : INumber
    {
        public static int Value => 2;
    }

    private readonly struct N3 : INumber
    {
        public static int Value => 3;
    }

    private readonly struct N4 : INumber
    {
        public static int Value => 4;
    }

    private readonly struct N5 : INumber
    {
        public static int Value => 5;
    }

    private readonly struct N6 : INumber
    {
        public static int Value => 6;
    }
}
