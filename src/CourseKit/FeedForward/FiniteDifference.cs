namespace CourseKit;

/// <summary>The derivative of a function of one number, from its values alone.</summary>
/// <remarks>
/// Central differences D(h) = (J(x + h) - J(x - h)) / 2h have an error of order h²; (4 D(h/2) - D(h)) / 3 has one of order h⁴. A large h
/// is far from the limit, a small one loses the digits of single precision, and a corner of the function within h spoils it: h is halved
/// until two estimates in a row agree, and of all estimates the one is taken that is least in doubt by their change and by rounding. Sources: L. F. Richardson, Philosophical Transactions A 226 (1927), 299-349; C. J. F. Ridders,
/// Advances in Engineering Software 4 (1982), 75-76.
/// </remarks>
internal static class FiniteDifference
{
    private const double FirstStep = 1.0 / 8;
    private const int MostHalvings = 8;
    private const double Rounding = 1.0 / (1 << 24); // of single precision, as a share of J

    /// <summary>The derivative with respect to one entry of a block, which is put back.</summary>
    /// <param name="J">The function's value at the block's present numbers.</param>
    /// <param name="block">What J depends on.</param>
    /// <param name="i">The entry.</param>
    /// <param name="wanted">The uncertainty that is small enough.</param>
    /// <returns>The estimate, how much it changed when h was halved, and what rounding may have done to it.</returns>
    public static (double Derivative, double Change, double Rounding) At(Func<double> J, Span<float> block, int i, double wanted)
    {
        var best = (Derivative: double.NaN, Change: double.PositiveInfinity, Rounding: 0.0);
        var (lastDifference, lastEstimate) = (double.NaN, double.NaN);
        var h = FirstStep * Math.Max(1, Math.Abs(block[i]));
        for (var k = 0; k < MostHalvings && !(best.Change + best.Rounding <= wanted); k++, h /= 2)
        {
            var difference = Central(J, block, i, h, out var rounding);
            var better = (4 * difference - lastDifference) / 3;
            var change = Math.Abs(better - lastEstimate);
            if (change + rounding < best.Change + best.Rounding)
                best = (better, change, rounding);
            (lastDifference, lastEstimate) = (difference, better);
        }

        return best;
    }

    private static double Central(Func<double> J, Span<float> block, int i, double h, out double rounding)
    {
        var x = block[i];
        var (above, below) = ((float)(x + h), (float)(x - h)); // the step that was really made is above - below
        double Jabove, Jbelow;
        try
        {
            block[i] = above;
            Jabove = J();
            block[i] = below;
            Jbelow = J();
        }
        finally
        {
            block[i] = x;
        }

        rounding = Rounding * (Math.Abs(Jabove) + Math.Abs(Jbelow)) / (2 * h);
        return (Jabove - Jbelow) / ((double)above - below);
    }
}
