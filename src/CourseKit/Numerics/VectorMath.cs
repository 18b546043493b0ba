using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CourseKit;

/// <summary>
/// The functions that networks are made of, on whole spans: exp, log, tanh, the logistic sigmoid, softmax and log-sum-exp.
/// </summary>
/// <remarks>
/// Computed by polynomials and rational functions of our own in vector registers; see <see cref="Functions"/> for how. The result
/// of an element depends on that element alone, not on where it stands. The stated errors are against the exact value, over all floats.
/// The result may be written over the argument (the same span); spans that overlap in any other way are refused.
/// </remarks>
public static unsafe class VectorMath
{
    /// <summary>y = e^x. Relative error at most 1.5e-7; among the denormals (x below -87.3) at most 1.5e-45 absolute.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the spans overlap without being the same.</exception>
    public static void Exp(ReadOnlySpan<float> x, Span<float> y) => Map<Functions.Exp>(x, y);

    /// <summary>
    /// y = ln x. Error at most 1.5e-7 relative, denormals included; -infinity at 0, NaN below it.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths differ, or the spans overlap without being the same.</exception>
    public static void Log(ReadOnlySpan<float> x, Span<float> y) => Map<Functions.Log>(x, y);

    /// <summary>y = tanh x. Relative error at most 4e-7; never above 1 or below -1.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the spans overlap without being the same.</exception>
    public static void Tanh(ReadOnlySpan<float> x, Span<float> y) => Map<Functions.Tanh>(x, y);

    /// <summary>
    /// y = 1 / (1 + e^-x). Relative error at most 3e-7 where x is at least -87, so that its logarithm may be taken; below, at most 1.2e-38
    /// absolute.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths differ, or the spans overlap without being the same.</exception>
    public static void Sigmoid(ReadOnlySpan<float> x, Span<float> y) => Map<Functions.Sigmoid>(x, y);

    /// <summary>
    /// y_j = e^(x_j) / sum_i e^(x_i), for one row; the largest x is subtracted first, so that no finite x is too large. NaN throughout
    /// where an x is NaN or +infinity, or all are -infinity.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths differ, or the spans overlap without being the same.</exception>
    public static void SoftMax(ReadOnlySpan<float> x, Span<float> y)
    {
        RequirePair(x, y);
        var largest = Max(x);
        fixed (float* from = x, to = y)
        {
            var sum = SumExp(from, to, x.Length, largest);
            System.Numerics.Tensors.TensorPrimitives.Multiply(y, 1 / sum, y);
        }
    }

    /// <summary>
    /// ln sum_i e^(x_i), for one row; the largest x is subtracted first. -infinity for an empty row; NaN where an x is.
    /// </summary>
    public static float LogSumExp(ReadOnlySpan<float> x)
    {
        var largest = Max(x);
        if (!float.IsFinite(largest))
            return largest; // the sum is 0 or infinite, or there is a NaN among the terms
        fixed (float* from = x)
            return largest + MathF.Log(SumExp(from, null, x.Length, largest));
    }

    /// <summary>The largest number; NaN where there is one, -infinity where there is none at all.</summary>
    internal static float Max(ReadOnlySpan<float> x) =>
        x.IsEmpty ? float.NegativeInfinity : System.Numerics.Tensors.TensorPrimitives.Max(x);

    /// <summary>to_i = e^(from_i - shift), and the sum of them; where to is null, only the sum.</summary>
    private static float SumExp(float* from, float* to, nint count, float shift) => LaneWidth.Current switch
    {
        512 => SumExp<Lanes512, Vector512<float>>(from, to, count, shift),
        256 => SumExp<Lanes256, Vector256<float>>(from, to, count, shift),
        _ => SumExp<Lanes128, Vector128<float>>(from, to, count, shift),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float SumExp<L, V>(float* from, float* to, nint count, float shift)
        where L : struct, ILanes<V>
        where V : struct
    {
        var edge = stackalloc float[L.Count];
        var sum = L.Broadcast(0);
        for (nint i = 0; i < count; i += L.Count)
        {
            var left = count - i;
            if (left >= L.Count)
            {
                var e = Functions.Exp.Of<L, V>(L.Subtract(L.Load(from + i), L.Broadcast(shift)));
                sum = L.Add(sum, e);
                if (to != null)
                    L.Store(e, to + i);
            }
            else
            {
                // -infinity adds nothing to the sum.
                for (nint j = 0; j < L.Count; j++)
                    edge[j] = j < left ? from[i + j] - shift : float.NegativeInfinity;
                var e = Functions.Exp.Of<L, V>(L.Load(edge));
                sum = L.Add(sum, e);
                L.Store(e, edge);
                for (nint j = 0; to != null && j < left; j++)
                    to[i + j] = edge[j];
            }
        }

        return L.Sum(sum);
    }

    private static void Map<F>(ReadOnlySpan<float> x, Span<float> y)
        where F : struct, IVectorFunction
    {
        RequirePair(x, y);
        fixed (float* from = x, to = y)
            MapRange<F>(from, to, x.Length);
    }

    private static void MapRange<F>(float* from, float* to, nint count)
        where F : struct, IVectorFunction
    {
        switch (LaneWidth.Current)
        {
            case 512: Map<Lanes512, Vector512<float>, F>(from, to, count); break;
            case 256: Map<Lanes256, Vector256<float>, F>(from, to, count); break;
            default: Map<Lanes128, Vector128<float>, F>(from, to, count); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Map<L, V, F>(float* from, float* to, nint count)
        where L : struct, ILanes<V>
        where V : struct
        where F : struct, IVectorFunction
    {
        nint i = 0;
        for (; i + 2 * L.Count <= count; i += 2 * L.Count)
        {
            // Two at a time: the chains of one fill the gaps of the other.
            var first = F.Of<L, V>(L.Load(from + i));
            var second = F.Of<L, V>(L.Load(from + i + L.Count));
            L.Store(first, to + i);
            L.Store(second, to + i + L.Count);
        }

        for (; i + L.Count <= count; i += L.Count)
            L.Store(F.Of<L, V>(L.Load(from + i)), to + i);
        if (i == count)
            return;
        var edge = stackalloc float[L.Count];
        L.Store(L.Broadcast(0), edge);
        for (nint j = 0; j < count - i; j++)
            edge[j] = from[i + j];
        L.Store(F.Of<L, V>(L.Load(edge)), edge);
        for (nint j = 0; j < count - i; j++)
            to[i + j] = edge[j];
    }

    private static void RequirePair(ReadOnlySpan<float> x, Span<float> y)
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"{x.Length} numbers given with room for {y.Length}; the lengths must be equal.", nameof(y));
        if (x.Overlaps(y, out var offset) && offset != 0)
            throw new ArgumentException("The result overlaps the numbers it is computed from; give the same span, or one apart.", nameof(y));
    }
}
