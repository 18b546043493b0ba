using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CourseKit;

/// <summary>
/// The two inner loops of convolution, on maps whose positions lie next to each other: sums of taps, and products of two maps summed
/// over all positions.
/// </summary>
/// <remarks>
/// A tap is an offset from the position that is computed to a number that it uses: a table of them takes the place of the copies that a
/// matrix product would need (im2col). Each position is summed in the order of the taps, whatever the register width.
/// </remarks>
internal static unsafe class TapKernel
{
    /// <summary>Positions may be computed up to this many beyond the last: so much room must lie behind every map.</summary>
    public const int Overrun = 48;

    /// <summary>Taps that <see cref="Products"/> takes at a time.</summary>
    public const int TapsAtOnce = 5;

    /// <summary>
    /// to[r][j] = bias[r] + sum over taps of w[tap][r] from[taps[tap] + j], for j = 0 … count - 1 and 6 or 2 maps r, of which so many as are
    /// used are written.
    /// </summary>
    public static void Sums(int width, int rows, int used, nint* taps, nint tapCount, float* w, float* bias, float* from, float* to, nint toRow, nint count)
    {
        switch (width)
        {
            case 512: Sums<Lanes512, Vector512<float>>(rows, used, taps, tapCount, w, bias, from, to, toRow, count); break;
            case 256: Sums<Lanes256, Vector256<float>>(rows, used, taps, tapCount, w, bias, from, to, toRow, count); break;
            default: Sums<Lanes128, Vector128<float>>(rows, used, taps, tapCount, w, bias, from, to, toRow, count); break;
        }
    }

    /// <summary>g[tap][r] += sum over j = 0 … count - 1 of delta[r][j] from[taps[tap] + j], for two maps r; delta is zero behind count.</summary>
    public static void Products(int width, nint* taps, nint tapCount, float* first, float* second, float* from, nint count, float* g)
    {
        switch (width)
        {
            case 512: Products<Lanes512, Vector512<float>>(taps, tapCount, first, second, from, count, g); break;
            case 256: Products<Lanes256, Vector256<float>>(taps, tapCount, first, second, from, count, g); break;
            default: Products<Lanes128, Vector128<float>>(taps, tapCount, first, second, from, count, g); break;
        }
    }

    private static void Sums<L, V>(int rows, int used, nint* taps, nint tapCount, float* w, float* bias, float* from, float* to, nint toRow, nint count)
        where L : struct, ILanes<V>
        where V : struct
    {
        if (rows == 6)
            Six<L, V>(used, taps, tapCount, w, bias, from, to, toRow, count);
        else
            Two<L, V>(used, taps, tapCount, w, bias, from, to, toRow, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Six<L, V>(int used, nint* taps, nint tapCount, float* weights, float* bias, float* from, float* to, nint toRow, nint count)
        where L : struct, ILanes<V>
        where V : struct
    {
        for (nint j = 0; j < count; j += 2 * L.Count)
        {
            V c00 = L.Broadcast(bias[0]), c10 = L.Broadcast(bias[1]), c20 = L.Broadcast(bias[2]);
            V c30 = L.Broadcast(bias[3]), c40 = L.Broadcast(bias[4]), c50 = L.Broadcast(bias[5]);
            V c01 = c00, c11 = c10, c21 = c20, c31 = c30, c41 = c40, c51 = c50;
            var x = from + j;
            var w = weights;
            for (nint p = 0; p < tapCount; p++, w += 6)
            {
                var at = x + taps[p];
                var x0 = L.Load(at);
                var x1 = L.Load(at + L.Count);
                var wr = L.Broadcast(w[0]);
                c00 = L.MultiplyAdd(wr, x0, c00);
                c01 = L.MultiplyAdd(wr, x1, c01);
                wr = L.Broadcast(w[1]);
                c10 = L.MultiplyAdd(wr, x0, c10);
                c11 = L.MultiplyAdd(wr, x1, c11);
                wr = L.Broadcast(w[2]);
                c20 = L.MultiplyAdd(wr, x0, c20);
                c21 = L.MultiplyAdd(wr, x1, c21);
                wr = L.Broadcast(w[3]);
                c30 = L.MultiplyAdd(wr, x0, c30);
                c31 = L.MultiplyAdd(wr, x1, c31);
                wr = L.Broadcast(w[4]);
                c40 = L.MultiplyAdd(wr, x0, c40);
                c41 = L.MultiplyAdd(wr, x1, c41);
                wr = L.Broadcast(w[5]);
                c50 = L.MultiplyAdd(wr, x0, c50);
                c51 = L.MultiplyAdd(wr, x1, c51);
            }

            Store<L, V>(c00, c01, to + j);
            if (used > 1)
                Store<L, V>(c10, c11, to + toRow + j);
            if (used > 2)
                Store<L, V>(c20, c21, to + 2 * toRow + j);
            if (used > 3)
                Store<L, V>(c30, c31, to + 3 * toRow + j);
            if (used > 4)
                Store<L, V>(c40, c41, to + 4 * toRow + j);
            if (used > 5)
                Store<L, V>(c50, c51, to + 5 * toRow + j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<L, V>(V first, V second, float* to)
        where L : struct, ILanes<V>
        where V : struct
    {
        L.Store(first, to);
        L.Store(second, to + L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two<L, V>(int used, nint* taps, nint tapCount, float* weights, float* bias, float* from, float* to, nint toRow, nint count)
        where L : struct, ILanes<V>
        where V : struct
    {
        for (nint j = 0; j < count; j += 3 * L.Count)
        {
            V c00 = L.Broadcast(bias[0]), c10 = L.Broadcast(bias[1]);
            V c01 = c00, c02 = c00, c11 = c10, c12 = c10;
            var x = from + j;
            var w = weights;
            for (nint p = 0; p < tapCount; p++, w += 2)
            {
                var at = x + taps[p];
                var x0 = L.Load(at);
                var x1 = L.Load(at + L.Count);
                var x2 = L.Load(at + 2 * L.Count);
                var wr = L.Broadcast(w[0]);
                c00 = L.MultiplyAdd(wr, x0, c00);
                c01 = L.MultiplyAdd(wr, x1, c01);
                c02 = L.MultiplyAdd(wr, x2, c02);
                wr = L.Broadcast(w[1]);
                c10 = L.MultiplyAdd(wr, x0, c10);
                c11 = L.MultiplyAdd(wr, x1, c11);
                c12 = L.MultiplyAdd(wr, x2, c12);
            }

            Store<L, V>(c00, c01, to + j);
            L.Store(c02, to + j + 2 * L.Count);
            if (used < 2)
                continue;
            Store<L, V>(c10, c11, to + toRow + j);
            L.Store(c12, to + toRow + j + 2 * L.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Products<L, V>(nint* taps, nint tapCount, float* first, float* second, float* from, nint count, float* g)
        where L : struct, ILanes<V>
        where V : struct
    {
        for (nint p = 0; p < tapCount; p += TapsAtOnce)
        {
            // The last tap stands in for those that are missing; what it gives there is not kept.
            var last = tapCount - 1;
            var x0 = from + taps[p];
            var x1 = from + taps[nint.Min(p + 1, last)];
            var x2 = from + taps[nint.Min(p + 2, last)];
            var x3 = from + taps[nint.Min(p + 3, last)];
            var x4 = from + taps[nint.Min(p + 4, last)];
            V c00 = L.Broadcast(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00, c40 = c00, c41 = c00;
            for (nint j = 0; j < count; j += L.Count)
            {
                var d0 = L.Load(first + j);
                var d1 = L.Load(second + j);
                var x = L.Load(x0 + j);
                c00 = L.MultiplyAdd(d0, x, c00);
                c01 = L.MultiplyAdd(d1, x, c01);
                x = L.Load(x1 + j);
                c10 = L.MultiplyAdd(d0, x, c10);
                c11 = L.MultiplyAdd(d1, x, c11);
                x = L.Load(x2 + j);
                c20 = L.MultiplyAdd(d0, x, c20);
                c21 = L.MultiplyAdd(d1, x, c21);
                x = L.Load(x3 + j);
                c30 = L.MultiplyAdd(d0, x, c30);
                c31 = L.MultiplyAdd(d1, x, c31);
                x = L.Load(x4 + j);
                c40 = L.MultiplyAdd(d0, x, c40);
                c41 = L.MultiplyAdd(d1, x, c41);
            }

            var to = g + 2 * p;
            var left = tapCount - p;
            var sums = L.Sum4(c00, c01, c10, c11);
            if (left >= TapsAtOnce)
            {
                (Vector128.Load(to) + sums).Store(to);
                (Vector128.Load(to + 4) + L.Sum4(c20, c21, c30, c31)).Store(to + 4);
                to[8] += L.Sum(c40);
                to[9] += L.Sum(c41);
                continue;
            }

            var more = L.Sum4(c20, c21, c30, c31);
            for (var i = 0; i < 2 * left; i++)
                to[i] += i < 4 ? sums[i] : more[i - 4];
        }
    }
}
