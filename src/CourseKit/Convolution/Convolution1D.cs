namespace CourseKit;

/// <summary>
/// The convolution of a sequence with a filter, formula (15): y_t = sum_k f_k x_(t-k+1); and the cross-correlation, which runs through the
/// filter forwards instead: y_t = sum_k f_k x_(t+k-1).
/// </summary>
/// <remarks>
/// Convolve… turns the filter round, Correlate… does not: they agree for a filter that is its own mirror image. Networks learn their
/// filters, so it makes no difference to them, and their layers correlate. Wide adds m - 1 zeros at both ends and has n + m - 1 outputs,
/// narrow adds none and has n - m + 1, same has n.
/// </remarks>
public static class Convolution1D
{
    /// <summary>(15) for t = 1 … n + m - 1: wherever the turned filter touches the sequence.</summary>
    /// <param name="x">x_1 … x_n, at least one.</param>
    /// <param name="f">f_1 … f_m, at least one.</param>
    /// <returns>n + m - 1 numbers.</returns>
    /// <exception cref="ArgumentException">The sequence or the filter is empty.</exception>
    public static double[] ConvolveWide(ReadOnlySpan<double> x, ReadOnlySpan<double> f) => Slide(x, f, f.Length - 1, f.Length - 1, turned: true);

    /// <summary>(15) for t = m … n: only where the whole turned filter lies on the sequence.</summary>
    /// <param name="x">x_1 … x_n.</param>
    /// <param name="f">f_1 … f_m, at most n.</param>
    /// <returns>n - m + 1 numbers.</returns>
    /// <exception cref="ArgumentException">One is empty, or the filter is longer than the sequence; the message names both lengths.</exception>
    public static double[] ConvolveNarrow(ReadOnlySpan<double> x, ReadOnlySpan<double> f) => Slide(x, f, 0, 0, turned: true);

    /// <summary>The convolution with as many outputs as inputs: (m - 1) / 2 zeros before, m / 2 after, both rounded down.</summary>
    /// <param name="x">x_1 … x_n, at least one.</param>
    /// <param name="f">f_1 … f_m, at least one.</param>
    /// <returns>n numbers.</returns>
    /// <exception cref="ArgumentException">The sequence or the filter is empty.</exception>
    public static double[] ConvolveSame(ReadOnlySpan<double> x, ReadOnlySpan<double> f) => Slide(x, f, (f.Length - 1) / 2, f.Length / 2, turned: true);

    /// <summary>The cross-correlation wherever the filter touches the sequence.</summary>
    /// <inheritdoc cref="ConvolveWide"/>
    public static double[] CorrelateWide(ReadOnlySpan<double> x, ReadOnlySpan<double> f) => Slide(x, f, f.Length - 1, f.Length - 1, turned: false);

    /// <summary>The cross-correlation only where the whole filter lies on the sequence.</summary>
    /// <inheritdoc cref="ConvolveNarrow"/>
    public static double[] CorrelateNarrow(ReadOnlySpan<double> x, ReadOnlySpan<double> f) => Slide(x, f, 0, 0, turned: false);

    /// <summary>The cross-correlation with as many outputs as inputs: (m - 1) / 2 zeros before, m / 2 after, both rounded down.</summary>
    /// <inheritdoc cref="ConvolveSame"/>
    public static double[] CorrelateSame(ReadOnlySpan<double> x, ReadOnlySpan<double> f) => Slide(x, f, (f.Length - 1) / 2, f.Length / 2, turned: false);

    private static double[] Slide(ReadOnlySpan<double> x, ReadOnlySpan<double> f, int before, int after, bool turned)
    {
        if (x.IsEmpty || f.IsEmpty)
            throw new ArgumentException($"A sequence of {x.Length} and a filter of {f.Length} numbers given; each needs at least one.");
        var count = before + x.Length + after - f.Length + 1;
        if (count < 1)
            throw new ArgumentException($"The filter of {f.Length} numbers is longer than the sequence of {x.Length}: it fits nowhere without zeros.", nameof(f));
        var y = new double[count];
        for (var t = 0; t < count; t++)
            for (var k = 0; k < f.Length; k++)
                if (t - before + k is var at && (uint)at < (uint)x.Length)
                    y[t] += f[turned ? f.Length - 1 - k : k] * x[at];
        return y;
    }
}
