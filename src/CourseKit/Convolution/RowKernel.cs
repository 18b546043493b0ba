using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CourseKit;

/// <summary>
/// The inner loops of convolution for kernels of 5 x 5 on maps of at most 16 columns, one register a row: what is loaded for one row serves
/// all five rows of the kernel, and nothing is computed for maps that are not connected. C3 of LeNet-5 is such a layer.
/// </summary>
/// <remarks>
/// Rows are <see cref="Pitch"/> apart, zero behind the map's columns. A source is a map that feeds another: where it lies, and where its
/// kernel does in W.
/// </remarks>
internal static unsafe class RowKernel
{
    /// <summary>From one row to the next: a register of 512 bits.</summary>
    public const int Pitch = 16;

    /// <summary>Rows and columns of the kernel, and the rows that are computed at a time.</summary>
    public const int Size = 5;

    /// <summary>
    /// Five rows of one map: to[a] = bias + sum over sources, u and v of w[u * wRow + v] x[a + u], shifted by v columns in the direction of
    /// <paramref name="side"/>.
    /// </summary>
    /// <param name="sources">Pairs of offsets, into x and into w.</param>
    /// <param name="count">How many pairs.</param>
    /// <param name="x">The first of nine rows.</param>
    /// <param name="side">1 or -1 column for each v.</param>
    /// <param name="w">The weight for u = 0 and v = 0.</param>
    /// <param name="wRow">From one u to the next.</param>
    /// <param name="bias">What each sum begins with.</param>
    /// <param name="firstIsZero">Whether the first four of the nine rows are known to be zero.</param>
    /// <param name="lastIsZero">Whether the last five are.</param>
    /// <param name="to">Five rows.</param>
    public static void Sums(nint* sources, int count, float* x, nint side, float* w, nint wRow, float bias, bool firstIsZero, bool lastIsZero, float* to)
    {
        if (firstIsZero)
            Sums<Zero, Given>(sources, count, x, side, w, wRow, bias, to);
        else if (lastIsZero)
            Sums<Given, Zero>(sources, count, x, side, w, wRow, bias, to);
        else
            Sums<Given, Given>(sources, count, x, side, w, wRow, bias, to);
    }

    /// <summary>
    /// Adds to g, for every u and v, the sum over all rows i of delta[i] x[i + u], shifted by v columns; in an order of its own, which
    /// <see cref="PlaceOf"/> tells.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Products(float* delta, float* x, int rows, float* g)
    {
        var last = stackalloc Vector512<float>[Size];
        for (var v = 0; v < Size; v++, x++)
        {
            Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default;
            float* d = delta, from = x;
            for (var i = 0; i < rows; i += Size, d += Size * Pitch, from += Size * Pitch)
            {
                var x0 = Vector512.Load(from);
                var x1 = Vector512.Load(from + Pitch);
                var x2 = Vector512.Load(from + 2 * Pitch);
                var x3 = Vector512.Load(from + 3 * Pitch);
                var x4 = Vector512.Load(from + 4 * Pitch);
                Five(Vector512.Load(d), x0, x1, x2, x3, x4, ref c0, ref c1, ref c2, ref c3, ref c4);
                x0 = Vector512.Load(from + 5 * Pitch);
                Five(Vector512.Load(d + Pitch), x1, x2, x3, x4, x0, ref c0, ref c1, ref c2, ref c3, ref c4);
                x1 = Vector512.Load(from + 6 * Pitch);
                Five(Vector512.Load(d + 2 * Pitch), x2, x3, x4, x0, x1, ref c0, ref c1, ref c2, ref c3, ref c4);
                x2 = Vector512.Load(from + 7 * Pitch);
                Five(Vector512.Load(d + 3 * Pitch), x3, x4, x0, x1, x2, ref c0, ref c1, ref c2, ref c3, ref c4);
                x3 = Vector512.Load(from + 8 * Pitch);
                Five(Vector512.Load(d + 4 * Pitch), x4, x0, x1, x2, x3, ref c0, ref c1, ref c2, ref c3, ref c4);
            }

            (Vector128.Load(g + 4 * v) + Lanes512.Sum4(c0, c1, c2, c3)).Store(g + 4 * v);
            last[v] = c4;
        }

        (Vector128.Load(g + 20) + Lanes512.Sum4(last[0], last[1], last[2], last[3])).Store(g + 20);
        g[24] += Vector512.Sum(last[4]);
    }

    /// <summary>Where <see cref="Products"/> adds to for row u and column v of the kernel: summing up four registers at once makes it so.</summary>
    public static int PlaceOf(int u, int v) => u < 4 ? 4 * v + u : 20 + v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Five(
        Vector512<float> factor, Vector512<float> x0, Vector512<float> x1, Vector512<float> x2, Vector512<float> x3, Vector512<float> x4,
        ref Vector512<float> c0, ref Vector512<float> c1, ref Vector512<float> c2, ref Vector512<float> c3, ref Vector512<float> c4)
    {
        c0 = Vector512.MultiplyAddEstimate(factor, x0, c0);
        c1 = Vector512.MultiplyAddEstimate(factor, x1, c1);
        c2 = Vector512.MultiplyAddEstimate(factor, x2, c2);
        c3 = Vector512.MultiplyAddEstimate(factor, x3, c3);
        c4 = Vector512.MultiplyAddEstimate(factor, x4, c4);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sums<F, G>(nint* sources, int count, float* x, nint side, float* weights, nint wRow, float bias, float* to)
        where F : struct, IKnown
        where G : struct, IKnown
    {
        Vector512<float> c0 = Vector512.Create(bias), c1 = c0, c2 = c0, c3 = c0, c4 = c0;
        for (var s = 0; s < count; s++, sources += 2)
        {
            var from = x + sources[0];
            var w = weights + sources[1];
            for (var v = 0; v < Size; v++, from += side, w++)
            {
                var w0 = Vector512.Create(w[0]);
                var w1 = Vector512.Create(w[wRow]);
                var w2 = Vector512.Create(w[2 * wRow]);
                var w3 = Vector512.Create(w[3 * wRow]);
                var w4 = Vector512.Create(w[4 * wRow]);
                // Row r of x goes to row a of the sums with weight u = r - a.
                if (!F.IsZero)
                {
                    var x0 = Vector512.Load(from);
                    var x1 = Vector512.Load(from + Pitch);
                    var x2 = Vector512.Load(from + 2 * Pitch);
                    var x3 = Vector512.Load(from + 3 * Pitch);
                    c0 = Vector512.MultiplyAddEstimate(w0, x0, c0);
                    c1 = Vector512.MultiplyAddEstimate(w0, x1, c1);
                    c2 = Vector512.MultiplyAddEstimate(w0, x2, c2);
                    c3 = Vector512.MultiplyAddEstimate(w0, x3, c3);
                    c0 = Vector512.MultiplyAddEstimate(w1, x1, c0);
                    c1 = Vector512.MultiplyAddEstimate(w1, x2, c1);
                    c2 = Vector512.MultiplyAddEstimate(w1, x3, c2);
                    c0 = Vector512.MultiplyAddEstimate(w2, x2, c0);
                    c1 = Vector512.MultiplyAddEstimate(w2, x3, c1);
                    c0 = Vector512.MultiplyAddEstimate(w3, x3, c0);
                }

                if (G.IsZero)
                    continue;
                var y4 = Vector512.Load(from + 4 * Pitch);
                var y5 = Vector512.Load(from + 5 * Pitch);
                var y6 = Vector512.Load(from + 6 * Pitch);
                var y7 = Vector512.Load(from + 7 * Pitch);
                var y8 = Vector512.Load(from + 8 * Pitch);
                c4 = Vector512.MultiplyAddEstimate(w0, y4, c4);
                c3 = Vector512.MultiplyAddEstimate(w1, y4, c3);
                c2 = Vector512.MultiplyAddEstimate(w2, y4, c2);
                c1 = Vector512.MultiplyAddEstimate(w3, y4, c1);
                c0 = Vector512.MultiplyAddEstimate(w4, y4, c0);
                c4 = Vector512.MultiplyAddEstimate(w1, y5, c4);
                c3 = Vector512.MultiplyAddEstimate(w2, y5, c3);
                c2 = Vector512.MultiplyAddEstimate(w3, y5, c2);
                c1 = Vector512.MultiplyAddEstimate(w4, y5, c1);
                c4 = Vector512.MultiplyAddEstimate(w2, y6, c4);
                c3 = Vector512.MultiplyAddEstimate(w3, y6, c3);
                c2 = Vector512.MultiplyAddEstimate(w4, y6, c2);
                c4 = Vector512.MultiplyAddEstimate(w3, y7, c4);
                c3 = Vector512.MultiplyAddEstimate(w4, y7, c3);
                c4 = Vector512.MultiplyAddEstimate(w4, y8, c4);
            }
        }

        c0.Store(to);
        c1.Store(to + Pitch);
        c2.Store(to + 2 * Pitch);
        c3.Store(to + 3 * Pitch);
        c4.Store(to + 4 * Pitch);
    }

    /// <summary>Whether something is known to be zero when the code is compiled.</summary>
    private interface IKnown
    {
        static abstract bool IsZero { get; }
    }

    private readonly struct Zero : IKnown
    {
        public static bool IsZero => true;
    }

    private readonly struct Given : IKnown
    {
        public static bool IsZero => false;
    }
}
