using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CourseKit.Benchmarks;

/// <summary>What the machine can do at most: multiply-adds in registers alone, and a triad over memory.</summary>
internal static class Peak
{
    private static float sink;

    /// <summary>The floating-point operations of one <see cref="MultiplyAdds"/>.</summary>
    public const double Operations = 20_000 * 12 * 8 * 2.0;

    /// <summary>Keeps both multiply-add units busy for some 40 microseconds: 12 independent chains, of 512 bits where the machine has them.</summary>
    public static void MultiplyAdds()
    {
        if (Vector512.IsHardwareAccelerated)
            Wide();
        else
            Narrow();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow()
    {
        var (x, y) = (Vector256.Create(0.5f), Vector256.Create(0.25f));
        Vector256<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (var n = 0; n < 20_000; n++)
        {
            a = Vector256.MultiplyAddEstimate(a, x, y);
            b = Vector256.MultiplyAddEstimate(b, x, y);
            c = Vector256.MultiplyAddEstimate(c, x, y);
            d = Vector256.MultiplyAddEstimate(d, x, y);
            e = Vector256.MultiplyAddEstimate(e, x, y);
            f = Vector256.MultiplyAddEstimate(f, x, y);
            g = Vector256.MultiplyAddEstimate(g, x, y);
            h = Vector256.MultiplyAddEstimate(h, x, y);
            i = Vector256.MultiplyAddEstimate(i, x, y);
            j = Vector256.MultiplyAddEstimate(j, x, y);
            k = Vector256.MultiplyAddEstimate(k, x, y);
            l = Vector256.MultiplyAddEstimate(l, x, y);
        }

        sink = Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wide()
    {
        var (x, y) = (Vector512.Create(0.5f), Vector512.Create(0.25f));
        Vector512<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (var n = 0; n < 10_000; n++)
        {
            a = Vector512.MultiplyAddEstimate(a, x, y);
            b = Vector512.MultiplyAddEstimate(b, x, y);
            c = Vector512.MultiplyAddEstimate(c, x, y);
            d = Vector512.MultiplyAddEstimate(d, x, y);
            e = Vector512.MultiplyAddEstimate(e, x, y);
            f = Vector512.MultiplyAddEstimate(f, x, y);
            g = Vector512.MultiplyAddEstimate(g, x, y);
            h = Vector512.MultiplyAddEstimate(h, x, y);
            i = Vector512.MultiplyAddEstimate(i, x, y);
            j = Vector512.MultiplyAddEstimate(j, x, y);
            k = Vector512.MultiplyAddEstimate(k, x, y);
            l = Vector512.MultiplyAddEstimate(l, x, y);
        }

        sink = Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    /// <summary>a = 3 c + b over a part of arrays that no cache holds; moves 3 floats an element.</summary>
    public static void Triad(Span<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c) =>
        System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(c, 3f, b, a);
}
