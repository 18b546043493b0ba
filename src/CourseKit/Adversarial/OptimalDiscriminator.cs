namespace CourseKit;

/// <summary>
/// What theory says of the game where both densities are known: for a fixed G the best D is D*(x) = p_data(x) / (p_data(x) + p_g(x)), and
/// V(D*, G) = -log 4 + 2 JSD(p_data || p_g), which is smallest, -log 4, only where p_g = p_data.
/// </summary>
/// <remarks>Source: I. Goodfellow et al., "Generative adversarial nets", NIPS 2014, proposition 1 and theorem 1.</remarks>
public static class OptimalDiscriminator
{
    /// <summary>D*(x).</summary>
    /// <param name="pData">p_data(x), at least 0.</param>
    /// <param name="pG">p_g(x), at least 0.</param>
    /// <returns>1/2 where both are 0: nothing is ever seen there, and any answer is as good.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A density is negative, infinite or not a number.</exception>
    public static double At(double pData, double pG)
    {
        RequireDensity(pData, nameof(pData));
        RequireDensity(pG, nameof(pG));
        return pData == 0 && pG == 0 ? 0.5 : pData / (pData + pG);
    }

    /// <summary>V(D, G) = ∫ p_data log D + p_g log(1 - D) dx on a line, by the midpoint rule.</summary>
    /// <param name="D">D(x), in 0 ... 1.</param>
    /// <param name="pData">p_data(x).</param>
    /// <param name="pG">p_g(x).</param>
    /// <param name="from">Where the line begins; beyond it both densities are next to nothing.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="cells">Into how many parts it is cut.</param>
    /// <returns>In nats; negative infinity where D is sure and wrong.</returns>
    /// <exception cref="ArgumentOutOfRangeException">D gives no probability, a density is negative or not finite, or the line has no length.</exception>
    public static double Value(
        Func<double, double> D, Func<double, double> pData, Func<double, double> pG, double from, double to, int cells = 4000)
    {
        ArgumentNullException.ThrowIfNull(D);
        ArgumentNullException.ThrowIfNull(pData);
        ArgumentNullException.ThrowIfNull(pG);
        return Integral(
            x =>
            {
                var (answer, p, q) = (D(x), pData(x), pG(x));
                RequireDensity(p, nameof(pData));
                RequireDensity(q, nameof(pG));
                if ((p > 0 || q > 0) && answer is not (>= 0 and <= 1)) // where nothing is ever seen any answer is as good, even none
                    throw new ArgumentOutOfRangeException(nameof(D), answer, FormattableString.Invariant($"D({x}) is a probability, from 0 to 1."));
                return Term(p, answer) + Term(q, 1 - answer);
            },
            from, to, cells);
    }

    /// <summary>JSD(p_data || p_g) = (V(D*, G) + log 4) / 2 on a line: 0 where they are equal, log 2 where they do not meet.</summary>
    /// <inheritdoc cref="Value"/>
    public static double JensenShannon(Func<double, double> pData, Func<double, double> pG, double from, double to, int cells = 4000)
    {
        ArgumentNullException.ThrowIfNull(pData);
        ArgumentNullException.ThrowIfNull(pG);

        // 1 - D* is p_g / (p_data + p_g): taken so, it is not rounded to 0 where D* is nearly 1.
        return (Integral(x => pData(x) is var p && pG(x) is var q ? Term(p, At(p, q)) + Term(q, At(q, p)) : 0, from, to, cells) + Math.Log(4)) / 2;
    }

    private static double Integral(Func<double, double> f, double from, double to, int cells)
    {
        if (!(from < to) || !double.IsFinite(to - from))
            throw new ArgumentOutOfRangeException(nameof(to), to, FormattableString.Invariant($"A line from {from} to somewhere above is expected."));
        ArgumentOutOfRangeException.ThrowIfLessThan(cells, 1);
        var (sum, width) = (0.0, (to - from) / cells);
        for (var i = 0; i < cells; i++)
            sum += f(from + (i + 0.5) * width);
        return sum * width;
    }

    /// <summary>p log q, where what never happens adds nothing.</summary>
    private static double Term(double p, double q) => p == 0 ? 0 : p * Math.Log(q);

    private static void RequireDensity(double p, string name)
    {
        if (p is not (>= 0 and <= double.MaxValue))
            throw new ArgumentOutOfRangeException(name, p, "A density is a finite number of at least 0.");
    }
}
