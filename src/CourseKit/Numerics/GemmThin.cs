using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CourseKit;

/// <summary>Products with one row, or with one or two steps of reduction: what a batch of one example asks for. They live on memory bandwidth.</summary>
internal static unsafe class GemmThin
{
    /// <summary>One row c = a B + beta c; the columns of B are neighbours in memory.</summary>
    public static void MultiplyRow(int width, nint n, nint k, GemmOperand a, GemmOperand b, float* c, float beta)
    {
        switch (width)
        {
            case 512: MultiplyRow<Lanes512, Vector512<float>>(n, k, a.Pointer, a.Column, b.Pointer, b.Row, c, beta); break;
            case 256: MultiplyRow<Lanes256, Vector256<float>>(n, k, a.Pointer, a.Column, b.Pointer, b.Row, c, beta); break;
            default: MultiplyRow<Lanes128, Vector128<float>>(n, k, a.Pointer, a.Column, b.Pointer, b.Row, c, beta); break;
        }
    }

    /// <summary>C = A B + beta C with k of 1 or 2; the columns of B are neighbours in memory.</summary>
    public static void AddOuter(int width, nint m, nint n, nint k, GemmOperand a, GemmOperand b, float* c, nint cRow, float beta)
    {
        for (nint i = 0; i < m; i++, c += cRow)
        {
            var x = a.Pointer + i * a.Row;
            var (x0, x1) = (x[0], k > 1 ? x[a.Column] : 0);
            var b1 = k > 1 ? b.Pointer + b.Row : null;
            switch (width)
            {
                case 512: AddOuterRow<Lanes512, Vector512<float>>(n, x0, b.Pointer, x1, b1, c, beta); break;
                case 256: AddOuterRow<Lanes256, Vector256<float>>(n, x0, b.Pointer, x1, b1, c, beta); break;
                default: AddOuterRow<Lanes128, Vector128<float>>(n, x0, b.Pointer, x1, b1, c, beta); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyRow<L, V>(nint n, nint k, float* a, nint aStep, float* b, nint bStep, float* c, float beta)
        where L : struct, ILanes<V>
        where V : struct
    {
        var columns = n;
        // Eight registers wide, a row of the strip is some lines of memory, and the sums do not wait for each other.
        for (; n >= 8 * L.Count; n -= 8 * L.Count, b += 8 * L.Count, c += 8 * L.Count)
        {
            V c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
            var x = a;
            var y = b;
            for (var p = k; p > 0; p--, x += aStep, y += bStep)
            {
                var factor = L.Broadcast(*x);
                c0 = L.MultiplyAdd(factor, L.Load(y), c0);
                c1 = L.MultiplyAdd(factor, L.Load(y + L.Count), c1);
                c2 = L.MultiplyAdd(factor, L.Load(y + 2 * L.Count), c2);
                c3 = L.MultiplyAdd(factor, L.Load(y + 3 * L.Count), c3);
                c4 = L.MultiplyAdd(factor, L.Load(y + 4 * L.Count), c4);
                c5 = L.MultiplyAdd(factor, L.Load(y + 5 * L.Count), c5);
                c6 = L.MultiplyAdd(factor, L.Load(y + 6 * L.Count), c6);
                c7 = L.MultiplyAdd(factor, L.Load(y + 7 * L.Count), c7);
            }

            Finish<L, V>(c0, c, beta);
            Finish<L, V>(c1, c + L.Count, beta);
            Finish<L, V>(c2, c + 2 * L.Count, beta);
            Finish<L, V>(c3, c + 3 * L.Count, beta);
            Finish<L, V>(c4, c + 4 * L.Count, beta);
            Finish<L, V>(c5, c + 5 * L.Count, beta);
            Finish<L, V>(c6, c + 6 * L.Count, beta);
            Finish<L, V>(c7, c + 7 * L.Count, beta);
        }

        for (; n >= 2 * L.Count; n -= 2 * L.Count, b += 2 * L.Count, c += 2 * L.Count)
        {
            V c0 = default, c1 = default;
            var x = a;
            var y = b;
            for (var p = k; p > 0; p--, x += aStep, y += bStep)
            {
                var factor = L.Broadcast(*x);
                c0 = L.MultiplyAdd(factor, L.Load(y), c0);
                c1 = L.MultiplyAdd(factor, L.Load(y + L.Count), c1);
            }

            Finish<L, V>(c0, c, beta);
            Finish<L, V>(c1, c + L.Count, beta);
        }

        for (; n >= L.Count; n -= L.Count, b += L.Count, c += L.Count)
        {
            V c0 = default;
            var x = a;
            var y = b;
            for (var p = k; p > 0; p--, x += aStep, y += bStep)
                c0 = L.MultiplyAdd(L.Broadcast(*x), L.Load(y), c0);
            Finish<L, V>(c0, c, beta);
        }

        // Every column is summed in the same order here and above: its bits do not depend on where the row is cut.
        if (n > 0 && columns >= L.Count)
        {
            V c0 = default;
            var x = a;
            var y = b - (L.Count - n);
            for (var p = k; p > 0; p--, x += aStep, y += bStep)
                c0 = L.MultiplyAdd(L.Broadcast(*x), L.Load(y), c0);
            var edge = stackalloc float[L.Count];
            L.Store(c0, edge);
            for (nint j = 0; j < n; j++)
                FinishOne(edge[L.Count - n + j], c + j, beta);
            return;
        }

        for (; n > 0; n--, b++, c++)
        {
            var sum = 0f;
            var x = a;
            var y = b;
            for (var p = k; p > 0; p--, x += aStep, y += bStep)
                sum = float.MultiplyAddEstimate(*x, *y, sum);
            FinishOne(sum, c, beta);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FinishOne(float sum, float* c, float beta) => *c = beta == 0 ? sum : float.MultiplyAddEstimate(beta, *c, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<L, V>(V sum, float* c, float beta)
        where L : struct, ILanes<V>
        where V : struct =>
        L.Store(beta == 0 ? sum : L.MultiplyAdd(L.Broadcast(beta), L.Load(c), sum), c);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddOuterRow<L, V>(nint n, float x0, float* b0, float x1, float* b1, float* c, float beta)
        where L : struct, ILanes<V>
        where V : struct
    {
        var (v0, v1, scale) = (L.Broadcast(x0), L.Broadcast(x1), L.Broadcast(beta));
        nint j = 0;
        if (b1 == null && beta == 0)
        {
            for (; j + 2 * L.Count <= n; j += 2 * L.Count)
            {
                L.Store(L.Multiply(v0, L.Load(b0 + j)), c + j);
                L.Store(L.Multiply(v0, L.Load(b0 + j + L.Count)), c + j + L.Count);
            }
        }

        for (; j + L.Count <= n; j += L.Count)
        {
            var sum = L.Multiply(v0, L.Load(b0 + j));
            if (b1 != null)
                sum = L.MultiplyAdd(v1, L.Load(b1 + j), sum);
            if (beta != 0)
                sum = L.MultiplyAdd(scale, L.Load(c + j), sum);
            L.Store(sum, c + j);
        }

        for (; j < n; j++)
        {
            var sum = x0 * b0[j];
            if (b1 != null)
                sum = float.MultiplyAddEstimate(x1, b1[j], sum);
            c[j] = beta == 0 ? sum : float.MultiplyAddEstimate(beta, c[j], sum);
        }
    }
}
