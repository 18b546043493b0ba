namespace CourseKit;

/// <summary>
/// The convolution of an image with a filter, formula (16): y_ij = sum_u sum_v f_uv X_(i-u+1, j-v+1); and the cross-correlation, which does
/// not turn the filter: y_ij = sum_u sum_v f_uv X_(i+u-1, j+v-1).
/// </summary>
/// <remarks>
/// Convolve… turns the filter by 180 degrees, Correlate… does not. For an image of M x N and a filter of m x n, wide gives
/// (M + m - 1) x (N + n - 1), narrow (M - m + 1) x (N - n + 1) and same M x N numbers.
/// </remarks>
public static class Convolution2D
{
    /// <summary>(16) wherever the turned filter touches the image.</summary>
    /// <param name="X">The image, M x N, at least one pixel.</param>
    /// <param name="f">The filter, m x n, at least one number.</param>
    /// <returns>(M + m - 1) x (N + n - 1).</returns>
    /// <exception cref="ArgumentException">One is no matrix, or empty.</exception>
    public static Tensor ConvolveWide(Tensor X, Tensor f) => Slide(X, f, Extent.Wide, turned: true);

    /// <summary>(16) only where the whole turned filter lies on the image.</summary>
    /// <param name="X">The image, M x N.</param>
    /// <param name="f">The filter, m x n, no larger than the image.</param>
    /// <returns>(M - m + 1) x (N - n + 1).</returns>
    /// <exception cref="ArgumentException">One is no matrix or empty, or the filter is larger than the image; the message names both sizes.</exception>
    public static Tensor ConvolveNarrow(Tensor X, Tensor f) => Slide(X, f, Extent.Narrow, turned: true);

    /// <summary>The convolution as large as the image; where the zeros cannot be the same on both sides, the odd one is below and right.</summary>
    /// <param name="X">The image, M x N, at least one pixel.</param>
    /// <param name="f">The filter, m x n, at least one number.</param>
    /// <returns>M x N.</returns>
    /// <exception cref="ArgumentException">One is no matrix, or empty.</exception>
    public static Tensor ConvolveSame(Tensor X, Tensor f) => Slide(X, f, Extent.Same, turned: true);

    /// <summary>The cross-correlation wherever the filter touches the image.</summary>
    /// <inheritdoc cref="ConvolveWide"/>
    public static Tensor CorrelateWide(Tensor X, Tensor f) => Slide(X, f, Extent.Wide, turned: false);

    /// <summary>The cross-correlation only where the whole filter lies on the image.</summary>
    /// <inheritdoc cref="ConvolveNarrow"/>
    public static Tensor CorrelateNarrow(Tensor X, Tensor f) => Slide(X, f, Extent.Narrow, turned: false);

    /// <summary>The cross-correlation as large as the image; the odd zero is below and right.</summary>
    /// <inheritdoc cref="ConvolveSame"/>
    public static Tensor CorrelateSame(Tensor X, Tensor f) => Slide(X, f, Extent.Same, turned: false);

    private enum Extent
    {
        Wide,
        Narrow,
        Same,
    }

    private static Tensor Slide(Tensor X, Tensor f, Extent extent, bool turned)
    {
        ArgumentNullException.ThrowIfNull(X);
        ArgumentNullException.ThrowIfNull(f);
        X.RequireShape("The image", -1, -1);
        f.RequireShape("The filter", -1, -1);
        if (X.Count == 0 || f.Count == 0)
            throw new ArgumentException($"An image of {X.ShapeText} and a filter of {f.ShapeText} given; each needs at least one number.");
        var (M, N, m, n) = (X.Shape[0], X.Shape[1], f.Shape[0], f.Shape[1]);
        var (top, bottom) = Zeros(m, extent);
        var (left, right) = Zeros(n, extent);
        var (rows, columns) = (M + top + bottom - m + 1, N + left + right - n + 1);
        if (rows < 1 || columns < 1)
            throw new ArgumentException($"The filter of {f.ShapeText} is larger than the image of {X.ShapeText}: it fits nowhere without zeros.", nameof(f));
        var y = new Tensor(rows, columns);
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++)
            {
                var sum = 0.0;
                for (var u = Math.Max(0, top - i); u < Math.Min(m, M + top - i); u++)
                    for (var v = Math.Max(0, left - j); v < Math.Min(n, N + left - j); v++)
                        sum += (double)f.Data[turned ? f.Count - 1 - (u * n + v) : u * n + v] * X.Data[(i - top + u) * N + j - left + v];
                y.Data[i * columns + j] = (float)sum;
            }

        return y;
    }

    private static (int Before, int After) Zeros(int size, Extent extent) => extent switch
    {
        Extent.Wide => (size - 1, size - 1),
        Extent.Same => ((size - 1) / 2, size / 2),
        _ => (0, 0),
    };
}
