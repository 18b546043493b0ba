namespace CourseKit;

/// <summary>pool_max(R_k) = max over i in R_k of a_i, formula (24): whether a feature is there, not where.</summary>
/// <remarks>Going back, the gradient goes to the pixel that was the largest, the first where several were.</remarks>
public sealed class MaxPool : Pooling
{
    private int[] places = [];
    private int count;

    /// <summary>Square windows.</summary>
    /// <param name="window">Rows and columns of a window.</param>
    /// <param name="stride">From one window to the next; as the window unless given, so that they do not overlap.</param>
    /// <exception cref="ArgumentException">A size is less than 1.</exception>
    public MaxPool(int window = 2, int? stride = null)
        : base(PlaneWindows.Of(nameof(MaxPool), window, stride))
    {
    }

    /// <summary>Windows of any shape.</summary>
    /// <param name="window">Rows and columns of a window.</param>
    /// <param name="stride">From one window to the next; as the window unless given.</param>
    /// <exception cref="ArgumentException">A size is less than 1.</exception>
    public MaxPool((int Rows, int Columns) window, (int Rows, int Columns)? stride = null)
        : base(PlaneWindows.Of(nameof(MaxPool), window, stride))
    {
    }

    /// <summary>Where each output of the last forward pass was found: row times width plus column on its map, in the outputs' order.</summary>
    public ReadOnlySpan<int> Places => places.AsSpan(0, count);

    private protected override void BeforeForward(Tensor output)
    {
        count = output.Count;
        if (places.Length < count)
            places = new int[count];
    }

    private protected override void Pool(int plane, ReadOnlySpan<float> x, int width, Span<float> y, int outputWidth)
    {
        var found = places.AsSpan(plane * y.Length, y.Length);
        var (rows, columns, down, across) = (Windows.Rows, Windows.Columns, Windows.StrideRows, Windows.StrideColumns);
        for (var o = 0; o < y.Length; o++)
        {
            var (i, j) = (o / outputWidth * down, o % outputWidth * across);
            var place = i * width + j;
            var largest = x[place];
            for (var u = 0; u < rows; u++)
                for (var v = 0; v < columns; v++)
                {
                    var at = (i + u) * width + j + v;
                    if (x[at] > largest || float.IsNaN(x[at]))
                        (largest, place) = (x[at], at);
                }

            (y[o], found[o]) = (largest, place);
        }
    }

    private protected override void Spread(int plane, ReadOnlySpan<float> gradient, int outputWidth, Span<float> inputGradient, int width)
    {
        var found = places.AsSpan(plane * gradient.Length, gradient.Length);
        for (var o = 0; o < gradient.Length; o++)
            inputGradient[found[o]] += gradient[o];
    }
}
