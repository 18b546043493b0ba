using System.Runtime.CompilerServices;

namespace CourseKit;

/// <summary>A function of one number, computed for all lanes of a register at once.</summary>
internal interface IVectorFunction
{
    /// <summary>The function of every lane.</summary>
    static abstract V Of<L, V>(V x)
        where L : struct, ILanes<V>
        where V : struct;
}

/// <summary>
/// The functions themselves. The coefficients are minimax fits of our own (least squares with Lawson's weights in 50 digits), for the
/// relative error of the whole function.
/// </summary>
/// <remarks>
/// Range reduction as in W. J. Cody and W. Waite, "Software Manual for the Elementary Functions" (1980): ln 2 is split in two, so that
/// a multiple of its first part has no rounding error.
/// </remarks>
internal static class Functions
{
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    /// <summary>e^x = 2^n e^r with n = round(x / ln 2) and |r| at most (ln 2)/2; e^r is a polynomial of degree 6 (3.1e-9).</summary>
    internal readonly struct Exp : IVectorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<L, V>(V x)
            where L : struct, ILanes<V>
            where V : struct
        {
            // Beyond these bounds the result is 0 or infinite anyway, and n stays within what Scale takes.
            x = L.Min(L.Broadcast(90f), L.Max(L.Broadcast(-105f), x));
            // Added to 1.5 * 2^23 a number loses its fraction, and the low bits of the sum are n.
            const float Shift = 12582912f;
            var shifted = L.MultiplyAdd(x, L.Broadcast(1.44269504f), L.Broadcast(Shift));
            var n = L.Subtract(shifted, L.Broadcast(Shift));
            var r = L.MultiplyAdd(n, L.Broadcast(-Ln2High), x);
            r = L.MultiplyAdd(n, L.Broadcast(-Ln2Low), r);
            var p = L.Broadcast(0.0013814544f);
            p = L.MultiplyAdd(p, r, L.Broadcast(0.00836878f));
            p = L.MultiplyAdd(p, r, L.Broadcast(0.041668393f));
            p = L.MultiplyAdd(p, r, L.Broadcast(0.1666652f));
            p = L.MultiplyAdd(p, r, L.Broadcast(0.49999994f));
            p = L.MultiplyAdd(p, L.Multiply(r, r), r);
            p = L.Add(p, L.Broadcast(1));
            return L.Scale(p, L.SubtractBits(shifted, 0x4B40_0000));
        }
    }

    /// <summary>
    /// ln x = e ln 2 + ln(1 + f) with 1 + f between sqrt(1/2) and sqrt(2); ln(1 + f) = f - f²/2 + f³ p(f), p of degree 7 (6e-9).
    /// </summary>
    internal readonly struct Log : IVectorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<L, V>(V x)
            where L : struct, ILanes<V>
            where V : struct
        {
            // Denormals have no leading bit to count from: they are scaled up first.
            var small = L.LessThan(x, L.Broadcast(1.17549435e-38f));
            var normal = L.Select(small, L.Multiply(x, L.Broadcast(8388608f)), x);
            var bits = L.SubtractBits(normal, 0x3F35_04F3);
            var e = L.Subtract(L.HighBits(bits), L.Select(small, L.Broadcast(23), L.Broadcast(0)));
            var f = L.Subtract(L.SubtractHighBits(normal, bits), L.Broadcast(1));

            var p = L.Broadcast(-0.07635088f);
            p = L.MultiplyAdd(p, f, L.Broadcast(0.1276963f));
            p = L.MultiplyAdd(p, f, L.Broadcast(-0.13163522f));
            p = L.MultiplyAdd(p, f, L.Broadcast(0.14200819f));
            p = L.MultiplyAdd(p, f, L.Broadcast(-0.1662295f));
            p = L.MultiplyAdd(p, f, L.Broadcast(0.20001258f));
            p = L.MultiplyAdd(p, f, L.Broadcast(-0.25000831f));
            p = L.MultiplyAdd(p, f, L.Broadcast(0.33333331f));
            var square = L.Multiply(f, f);
            var y = L.Multiply(L.Multiply(p, f), square);
            y = L.MultiplyAdd(e, L.Broadcast(Ln2Low), y);
            y = L.MultiplyAdd(square, L.Broadcast(-0.5f), y);
            y = L.MultiplyAdd(e, L.Broadcast(Ln2High), L.Add(y, f));

            // What is not a positive finite number has bits that mean nothing above.
            y = L.Select(L.LessThan(x, L.Broadcast(float.PositiveInfinity)), y, L.Add(x, L.Broadcast(float.PositiveInfinity)));
            y = L.Select(L.LessThan(x, L.Broadcast(1e-45f)), L.Broadcast(float.NegativeInfinity), y);
            return L.Select(L.LessThan(x, L.Broadcast(0)), L.Broadcast(float.NaN), y);
        }
    }

    /// <summary>tanh x = x P(x²) / Q(x²), both of degree 4 with positive coefficients, where nothing cancels (2.1e-8 on |x| up to 9.02).</summary>
    internal readonly struct Tanh : IVectorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<L, V>(V x)
            where L : struct, ILanes<V>
            where V : struct
        {
            // Beyond 9.011 the nearest float is 1.
            x = L.Min(L.Broadcast(9.02f), L.Max(L.Broadcast(-9.02f), x));
            var t = L.Multiply(x, x);
            var p = L.MultiplyAdd(t, L.Broadcast(1.3318672e-8f), L.Broadcast(2.0584028e-5f));
            p = L.MultiplyAdd(p, t, L.Broadcast(0.0034941076f));
            p = L.MultiplyAdd(p, t, L.Broadcast(0.13379794f));
            p = L.MultiplyAdd(p, t, L.Broadcast(1));
            var q = L.MultiplyAdd(t, L.Broadcast(7.7620973e-7f), L.Broadcast(0.00032831833f));
            q = L.MultiplyAdd(q, t, L.Broadcast(0.025871396f));
            q = L.MultiplyAdd(q, t, L.Broadcast(0.4671311f));
            q = L.MultiplyAdd(q, t, L.Broadcast(1));
            var y = L.Divide(L.Multiply(x, p), q);
            return L.Min(L.Broadcast(1), L.Max(L.Broadcast(-1), y));
        }
    }

    /// <summary>1 / (1 + e^-x): by the exponential, so that small results keep their relative accuracy.</summary>
    internal readonly struct Sigmoid : IVectorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<L, V>(V x)
            where L : struct, ILanes<V>
            where V : struct =>
            L.Divide(L.Broadcast(1), L.Add(L.Broadcast(1), Exp.Of<L, V>(L.Subtract(L.Broadcast(0), x))));
    }
}
