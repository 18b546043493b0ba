namespace CourseKit;

/// <summary>pool_avg(R_k) = the mean over i in R_k of a_i, formula (24).</summary>
public sealed class AveragePool : Pooling
{
    /// <summary>Square windows.</summary>
    /// <param name="window">Rows and columns of a window.</param>
    /// <param name="stride">From one window to the next; as the window unless given, so that they do not overlap.</param>
    /// <exception cref="ArgumentException">A size is less than 1.</exception>
    public AveragePool(int window = 2, int? stride = null)
        : base(PlaneWindows.Of(nameof(AveragePool), window, stride))
    {
    }

    /// <summary>Windows of any shape.</summary>
    /// <param name="window">Rows and columns of a window.</param>
    /// <param name="stride">From one window to the next; as the window unless given.</param>
    /// <exception cref="ArgumentException">A size is less than 1.</exception>
    public AveragePool((int Rows, int Columns) window, (int Rows, int Columns)? stride = null)
        : base(PlaneWindows.Of(nameof(AveragePool), window, stride))
    {
    }

    private protected override void Pool(int plane, ReadOnlySpan<float> x, int width, Span<float> y, int outputWidth)
    {
        var (rows, columns, down, across) = (Windows.Rows, Windows.Columns, Windows.StrideRows, Windows.StrideColumns);
        var share = 1f / (rows * columns);
        for (var o = 0; o < y.Length; o++)
        {
            var first = o / outputWidth * down * width + o % outputWidth * across;
            var sum = 0f;
            for (var u = 0; u < rows; u++)
                foreach (var pixel in x.Slice(first + u * width, columns))
                    sum += pixel;
            y[o] = sum * share;
        }
    }

    private protected override void Spread(int plane, ReadOnlySpan<float> gradient, int outputWidth, Span<float> inputGradient, int width)
    {
        var (rows, columns, down, across) = (Windows.Rows, Windows.Columns, Windows.StrideRows, Windows.StrideColumns);
        var share = 1f / (rows * columns);
        for (var o = 0; o < gradient.Length; o++)
        {
            var first = o / outputWidth * down * width + o % outputWidth * across;
            for (var u = 0; u < rows; u++)
                foreach (ref var pixel in inputGradient.Slice(first + u * width, columns))
                    pixel += gradient[o] * share;
        }
    }
}
