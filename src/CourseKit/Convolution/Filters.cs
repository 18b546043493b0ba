namespace CourseKit;

/// <summary>Filters that people have made by hand: what a convolutional layer is left to find by itself.</summary>
public static class Filters
{
    /// <summary>f_k = 1/m: convolving with it is the moving average.</summary>
    /// <param name="m">How many numbers are averaged, at least 1.</param>
    public static double[] MovingAverage(int m)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(m, 1);
        var f = new double[m];
        f.AsSpan().Fill(1.0 / m);
        return f;
    }

    /// <summary>f_uv = 1/(mn): every pixel becomes the mean of its neighbourhood.</summary>
    /// <param name="rows">m, at least 1.</param>
    /// <param name="columns">n; as m unless given.</param>
    public static Tensor Mean(int rows, int? columns = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns ?? 1, 1, nameof(columns));
        var f = new Tensor(rows, columns ?? rows);
        f.Span.Fill(1f / f.Count);
        return f;
    }

    /// <summary>Sobel's filter for vertical edges: correlated, it is positive where the image grows lighter to the right.</summary>
    /// <remarks>
    /// A difference along the row, smoothed along the column. Source: I. Sobel and G. Feldman (1968), in R. Duda and P. Hart, "Pattern
    /// Classification and Scene Analysis" (1973), p. 271. The rows and columns count from 1 as in (16): index 1 is the top or left.
    /// </remarks>
    public static Tensor SobelAcross => Tensor.From([-1, 0, 1, -2, 0, 2, -1, 0, 1], 3, 3);

    /// <summary>Sobel's filter for horizontal edges: correlated, it is positive where the image grows lighter downwards.</summary>
    /// <remarks>A difference along the column, smoothed along the row; <see cref="SobelAcross"/> names the source.</remarks>
    public static Tensor SobelDown => Tensor.From([-1, -2, -1, 0, 0, 0, 1, 2, 1], 3, 3);

    /// <summary>A grating under a round bell, as cells of the primary visual cortex answer to; its mean is taken out.</summary>
    /// <param name="size">Rows and columns, at least 1.</param>
    /// <param name="theta">The direction across the stripes, in radians from the x axis.</param>
    /// <param name="wavelength">From one stripe to the next, in pixels, above 0.</param>
    /// <param name="sigma">The bell's deviation, in pixels, above 0.</param>
    /// <param name="phase">0: a stripe in the middle; π/2: an edge in the middle.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not above 0, or a number is not finite.</exception>
    public static Tensor Gabor(int size, double theta, double wavelength, double sigma, double phase = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(wavelength);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sigma);
        foreach (var (name, number) in new[] { (nameof(theta), theta), (nameof(wavelength), wavelength), (nameof(sigma), sigma), (nameof(phase), phase) })
            if (!double.IsFinite(number))
                throw new ArgumentOutOfRangeException(name, number, "A finite number is expected.");
        var middle = (size - 1) / 2.0;
        var pixels = new Gabor(middle, middle, theta, 1 / wavelength, sigma, sigma, phase).Draw(size);
        var mean = pixels.Average(pixel => (double)pixel);
        return Tensor.From([.. pixels.Select(pixel => (float)(pixel - mean))], size, size);
    }
}
