using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CourseKit;

/// <summary>
/// Products of which both factors lie along the reduction (a layer's A W'): dot products of rows with rows. For few rows that is cheaper than
/// packing the larger factor for the tiles.
/// </summary>
internal static unsafe class GemmDots
{
    /// <summary>C = A B + beta C with A's rows and B's columns contiguous, and k at least 16; C may have any strides.</summary>
    public static void Multiply(int width, nint m, nint n, nint k, GemmOperand a, GemmOperand b, float* c, nint cRow, nint cColumn, float beta)
    {
        switch (width)
        {
            case 512: Multiply<Lanes512, Vector512<float>>(m, n, k, a.Pointer, a.Row, b.Pointer, b.Column, c, cRow, cColumn, beta); break;
            case 256: Multiply<Lanes256, Vector256<float>>(m, n, k, a.Pointer, a.Row, b.Pointer, b.Column, c, cRow, cColumn, beta); break;
            default: Multiply<Lanes128, Vector128<float>>(m, n, k, a.Pointer, a.Row, b.Pointer, b.Column, c, cRow, cColumn, beta); break;
        }
    }

    private static void Multiply<L, V>(nint m, nint n, nint k, float* a, nint aRow, float* b, nint bRow, float* c, nint cRow, nint cColumn, float beta)
        where L : struct, ILanes<V>
        where V : struct
    {
        // Four rows of B stay in the first cache while the rows of A pass by.
        for (nint j = 0; j < n; j += 4)
        {
            var columns = (int)nint.Min(4, n - j);
            // Where B ends, its last row is read again and the sum is not kept.
            var b0 = b + j * bRow;
            var b1 = b0 + (columns > 1 ? bRow : 0);
            var b2 = b1 + (columns > 2 ? bRow : 0);
            var b3 = b2 + (columns > 3 ? bRow : 0);
            var to = c + j * cColumn;
            nint i = 0;
            for (; i + 3 <= m; i += 3)
                Three<L, V>(k, a + i * aRow, aRow, b0, b1, b2, b3, to + i * cRow, cRow, cColumn, columns, beta);
            for (; i < m; i++)
                One<L, V>(k, a + i * aRow, b0, b1, b2, b3, to + i * cRow, cColumn, columns, beta);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Three<L, V>(
        nint k, float* a, nint aRow, float* b0, float* b1, float* b2, float* b3, float* c, nint cRow, nint cColumn, int columns, float beta)
        where L : struct, ILanes<V>
        where V : struct
    {
        V c00 = default, c01 = default, c02 = default, c03 = default;
        V c10 = default, c11 = default, c12 = default, c13 = default;
        V c20 = default, c21 = default, c22 = default, c23 = default;
        var a0 = a;
        var a1 = a + aRow;
        var a2 = a1 + aRow;
        nint p = 0;
        for (; p + L.Count <= k; p += L.Count)
        {
            var (x0, x1, x2) = (L.Load(a0 + p), L.Load(a1 + p), L.Load(a2 + p));
            var y = L.Load(b0 + p);
            c00 = L.MultiplyAdd(x0, y, c00);
            c10 = L.MultiplyAdd(x1, y, c10);
            c20 = L.MultiplyAdd(x2, y, c20);
            y = L.Load(b1 + p);
            c01 = L.MultiplyAdd(x0, y, c01);
            c11 = L.MultiplyAdd(x1, y, c11);
            c21 = L.MultiplyAdd(x2, y, c21);
            y = L.Load(b2 + p);
            c02 = L.MultiplyAdd(x0, y, c02);
            c12 = L.MultiplyAdd(x1, y, c12);
            c22 = L.MultiplyAdd(x2, y, c22);
            y = L.Load(b3 + p);
            c03 = L.MultiplyAdd(x0, y, c03);
            c13 = L.MultiplyAdd(x1, y, c13);
            c23 = L.MultiplyAdd(x2, y, c23);
        }

        if (p < k)
        {
            // The last register ends with the rows; what it repeats is taken out of both factors, for 0 times infinity is not 0.
            var left = (int)(k - p);
            p = k - L.Count;
            var (x0, x1, x2) = (L.KeepLast(L.Load(a0 + p), left), L.KeepLast(L.Load(a1 + p), left), L.KeepLast(L.Load(a2 + p), left));
            var y = L.KeepLast(L.Load(b0 + p), left);
            c00 = L.MultiplyAdd(x0, y, c00);
            c10 = L.MultiplyAdd(x1, y, c10);
            c20 = L.MultiplyAdd(x2, y, c20);
            y = L.KeepLast(L.Load(b1 + p), left);
            c01 = L.MultiplyAdd(x0, y, c01);
            c11 = L.MultiplyAdd(x1, y, c11);
            c21 = L.MultiplyAdd(x2, y, c21);
            y = L.KeepLast(L.Load(b2 + p), left);
            c02 = L.MultiplyAdd(x0, y, c02);
            c12 = L.MultiplyAdd(x1, y, c12);
            c22 = L.MultiplyAdd(x2, y, c22);
            y = L.KeepLast(L.Load(b3 + p), left);
            c03 = L.MultiplyAdd(x0, y, c03);
            c13 = L.MultiplyAdd(x1, y, c13);
            c23 = L.MultiplyAdd(x2, y, c23);
        }

        Finish(L.Sum4(c00, c01, c02, c03), c, cColumn, columns, beta);
        Finish(L.Sum4(c10, c11, c12, c13), c + cRow, cColumn, columns, beta);
        Finish(L.Sum4(c20, c21, c22, c23), c + 2 * cRow, cColumn, columns, beta);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One<L, V>(nint k, float* a, float* b0, float* b1, float* b2, float* b3, float* c, nint cColumn, int columns, float beta)
        where L : struct, ILanes<V>
        where V : struct
    {
        V c0 = default, c1 = default, c2 = default, c3 = default;
        nint p = 0;
        for (; p + L.Count <= k; p += L.Count)
        {
            var x = L.Load(a + p);
            c0 = L.MultiplyAdd(x, L.Load(b0 + p), c0);
            c1 = L.MultiplyAdd(x, L.Load(b1 + p), c1);
            c2 = L.MultiplyAdd(x, L.Load(b2 + p), c2);
            c3 = L.MultiplyAdd(x, L.Load(b3 + p), c3);
        }

        if (p < k)
        {
            var left = (int)(k - p);
            p = k - L.Count;
            var x = L.KeepLast(L.Load(a + p), left);
            c0 = L.MultiplyAdd(x, L.KeepLast(L.Load(b0 + p), left), c0);
            c1 = L.MultiplyAdd(x, L.KeepLast(L.Load(b1 + p), left), c1);
            c2 = L.MultiplyAdd(x, L.KeepLast(L.Load(b2 + p), left), c2);
            c3 = L.MultiplyAdd(x, L.KeepLast(L.Load(b3 + p), left), c3);
        }

        Finish(L.Sum4(c0, c1, c2, c3), c, cColumn, columns, beta);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(Vector128<float> sums, float* c, nint cColumn, int columns, float beta)
    {
        if (columns == 4 && cColumn == 1)
        {
            if (beta != 0)
                sums = Vector128.MultiplyAddEstimate(Vector128.Create(beta), Vector128.Load(c), sums);
            sums.Store(c);
            return;
        }

        for (var j = 0; j < columns; j++, c += cColumn)
            *c = beta == 0 ? sums.GetElement(j) : float.MultiplyAddEstimate(beta, *c, sums.GetElement(j));
    }
}
