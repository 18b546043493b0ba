using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CourseKit;

/// <summary>Copies of parts of A and B in the order in which the tiles read them, so that they lie densely in the cache.</summary>
internal static unsafe class GemmPacking
{
    /// <summary>How many panels of six are copied side by side: three whole lines.</summary>
    private const int Beside = 8;

    /// <summary>
    /// Packs rows x k of a matrix into panels of <paramref name="height"/> rows: within a panel, k runs slowest. Rows that are missing in
    /// the last panel are zero.
    /// </summary>
    /// <param name="source">The matrix; for B its transpose is given.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="k">How many columns there are.</param>
    /// <param name="height">How many rows a panel has.</param>
    /// <param name="to">Where the panels go: ceil(rows / height) * height * k numbers.</param>
    public static void Pack(GemmOperand source, nint rows, nint k, nint height, float* to)
    {
        nint row = 0;
        if (source.Row == 1 && height == GemmTile.Rows)
            for (; row + Beside * height <= rows; row += Beside * height)
                CopyBeside(source.Pointer + row, source.Column, k, to + row * k);
        for (; row < rows; row += height)
        {
            var count = nint.Min(height, rows - row);
            var panel = to + row * k;
            if (count < height)
                new Span<float>(panel, checked((int)(height * k))).Clear();
            if (source.Row == 1)
                Copy(source.Pointer + row, source.Column, count, k, height, panel);
            else if (source.Column == 1)
                Transpose(source.Pointer + row * source.Row, source.Row, count, k, height, panel);
            else
                throw new ArgumentException($"One stride of a matrix must be 1; {source.Row} and {source.Column} given.");
        }
    }

    /// <summary>Several panels at once: a panel's six numbers are less than half a line of the cache, which would come up once a panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyBeside(float* from, nint stride, nint k, float* to)
    {
        var panel = GemmTile.Rows * k;
        for (; k > 0; k--, from += stride, to += GemmTile.Rows)
            for (nint i = 0; i < Beside; i++)
                CopySix(from + i * GemmTile.Rows, to + i * panel);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopySix(float* from, float* to)
    {
        Vector128.Load(from).Store(to);
        *(long*)(to + 4) = *(long*)(from + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy(float* from, nint stride, nint count, nint k, nint height, float* to)
    {
        if (count == 16)
        {
            for (; k > 0; k--, from += stride, to += height)
            {
                Vector256.Load(from).Store(to);
                Vector256.Load(from + 8).Store(to + 8);
            }
        }
        else if (count == 32)
        {
            for (; k > 0; k--, from += stride, to += height)
            {
                Vector256.Load(from).Store(to);
                Vector256.Load(from + 8).Store(to + 8);
                Vector256.Load(from + 16).Store(to + 16);
                Vector256.Load(from + 24).Store(to + 24);
            }
        }
        else if (count == GemmTile.Rows)
        {
            for (; k > 0; k--, from += stride, to += height)
                CopySix(from, to);
        }
        else
        {
            for (; k > 0; k--, from += stride, to += height)
                for (nint i = 0; i < count; i++)
                    to[i] = from[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(float* from, nint stride, nint count, nint k, nint height, float* to)
    {
        nint i = 0;
        if (Avx.IsSupported && count == GemmTile.Rows && height == GemmTile.Rows)
        {
            // Each column's store writes two numbers too many; the last ones are left to the narrow code below.
            nint p = 0;
            for (; p + 8 < k; p += 8)
                Transpose6x8(from + p, stride, to + p * height);
            from += p;
            to += p * height;
            k -= p;
        }

        if (Avx.IsSupported)
            for (; i + 8 <= count; i += 8)
            {
                nint p = 0;
                for (; p + 8 <= k; p += 8)
                    Transpose8x8(from + i * stride + p, stride, to + p * height + i, height);
                for (; p < k; p++)
                    for (nint j = i; j < i + 8; j++)
                        to[p * height + j] = from[j * stride + p];
            }

        if (Sse.IsSupported)
            for (; i + 4 <= count; i += 4)
            {
                nint p = 0;
                for (; p + 4 <= k; p += 4)
                    Transpose4x4(from + i * stride + p, stride, to + p * height + i, height);
                for (; p < k; p++)
                    for (nint j = i; j < i + 4; j++)
                        to[p * height + j] = from[j * stride + p];
            }

        for (; i + 2 <= count; i += 2)
            for (nint p = 0; p < k; p++)
            {
                to[p * height + i] = from[i * stride + p];
                to[p * height + i + 1] = from[(i + 1) * stride + p];
            }

        for (; i < count; i++)
            for (nint p = 0; p < k; p++)
                to[p * height + i] = from[i * stride + p];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose8x8(float* from, nint stride, float* to, nint height)
    {
        // Half rows i and i + 4 share a register: then one round of unpacking and one of shuffling is all that is left to do.
        var r0 = Vector256.Create(Vector128.Load(from), Vector128.Load(from + 4 * stride));
        var r1 = Vector256.Create(Vector128.Load(from + stride), Vector128.Load(from + 5 * stride));
        var r2 = Vector256.Create(Vector128.Load(from + 2 * stride), Vector128.Load(from + 6 * stride));
        var r3 = Vector256.Create(Vector128.Load(from + 3 * stride), Vector128.Load(from + 7 * stride));
        Quarter(r0, r1, r2, r3, to, height);
        from += 4;
        r0 = Vector256.Create(Vector128.Load(from), Vector128.Load(from + 4 * stride));
        r1 = Vector256.Create(Vector128.Load(from + stride), Vector128.Load(from + 5 * stride));
        r2 = Vector256.Create(Vector128.Load(from + 2 * stride), Vector128.Load(from + 6 * stride));
        r3 = Vector256.Create(Vector128.Load(from + 3 * stride), Vector128.Load(from + 7 * stride));
        Quarter(r0, r1, r2, r3, to + 4 * height, height);
    }

    /// <summary>Six rows of eight columns; each column's store writes two numbers more, which the next one covers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose6x8(float* from, nint stride, float* to)
    {
        for (var half = 0; half < 2; half++, from += 4, to += 4 * GemmTile.Rows)
        {
            var r0 = Vector256.Create(Vector128.Load(from), Vector128.Load(from + 4 * stride));
            var r1 = Vector256.Create(Vector128.Load(from + stride), Vector128.Load(from + 5 * stride));
            var r2 = Vector128.Load(from + 2 * stride).ToVector256Unsafe();
            var r3 = Vector128.Load(from + 3 * stride).ToVector256Unsafe();
            Quarter(r0, r1, r2, r3, to, GemmTile.Rows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarter(Vector256<float> r0, Vector256<float> r1, Vector256<float> r2, Vector256<float> r3, float* to, nint height)
    {
        var low01 = Avx.UnpackLow(r0, r1);
        var low23 = Avx.UnpackLow(r2, r3);
        var high01 = Avx.UnpackHigh(r0, r1);
        var high23 = Avx.UnpackHigh(r2, r3);
        Avx.Shuffle(low01, low23, 0b01_00_01_00).Store(to);
        Avx.Shuffle(low01, low23, 0b11_10_11_10).Store(to + height);
        Avx.Shuffle(high01, high23, 0b01_00_01_00).Store(to + 2 * height);
        Avx.Shuffle(high01, high23, 0b11_10_11_10).Store(to + 3 * height);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4x4(float* from, nint stride, float* to, nint height)
    {
        var r0 = Vector128.Load(from);
        var r1 = Vector128.Load(from + stride);
        var r2 = Vector128.Load(from + 2 * stride);
        var r3 = Vector128.Load(from + 3 * stride);
        var low01 = Sse.UnpackLow(r0, r1);
        var low23 = Sse.UnpackLow(r2, r3);
        var high01 = Sse.UnpackHigh(r0, r1);
        var high23 = Sse.UnpackHigh(r2, r3);
        Sse.Shuffle(low01, low23, 0b01_00_01_00).Store(to);
        Sse.Shuffle(low01, low23, 0b11_10_11_10).Store(to + height);
        Sse.Shuffle(high01, high23, 0b01_00_01_00).Store(to + 2 * height);
        Sse.Shuffle(high01, high23, 0b11_10_11_10).Store(to + 3 * height);
    }
}
