using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Interactive;

public static partial class Plot
{
    /// <summary>A matrix as coloured cells, its first row on top; numbers with both signs get a scale with white at zero.</summary>
    /// <param name="matrix">The numbers.</param>
    /// <param name="rowLabels">What each row stands for.</param>
    /// <param name="columnLabels">What each column stands for.</param>
    /// <param name="showValues">Whether each number is written in its cell; null does so up to 15 x 15.</param>
    /// <exception cref="ArgumentException">The matrix is empty, or a list of labels has another length.</exception>
    public static Figure Heatmap(
        Matrix<double> matrix, IReadOnlyList<string>? rowLabels = null, IReadOnlyList<string>? columnLabels = null, bool? showValues = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (rowLabels is not null && rowLabels.Count != matrix.RowCount)
            throw new ArgumentException($"{rowLabels.Count} row labels given, but there are {matrix.RowCount} rows.", nameof(rowLabels));
        if (columnLabels is not null && columnLabels.Count != matrix.ColumnCount)
            throw new ArgumentException($"{columnLabels.Count} column labels given, but there are {matrix.ColumnCount} columns.", nameof(columnLabels));
        var z = matrix.ToRowMajorArray();
        var (low, high) = FieldRange(z);
        var figure = new Figure().Add(new HeatmapTrace(z, matrix.RowCount, matrix.ColumnCount)
        {
            Low = low,
            High = high,
            Scale = low < 0 ? ColorScale.Diverging : ColorScale.LightToDark,
            ShowValues = showValues ?? (matrix.RowCount <= 15 && matrix.ColumnCount <= 15),
        });
        (figure.X.From, figure.X.To) = (-0.5, matrix.ColumnCount - 0.5);
        (figure.Y.From, figure.Y.To) = (matrix.RowCount - 0.5, -0.5);
        Label(figure.X, columnLabels);
        Label(figure.Y, rowLabels);
        figure.Panels[0].HasEqualAspect = true;

        // The page's room in the matrix's proportions, so that the scale stands close to it.
        figure.Width = (int)Math.Clamp((figure.Height - 90) * (double)matrix.ColumnCount / matrix.RowCount + 150, 300, 900);
        return figure;

        static void Label(FigureAxis axis, IReadOnlyList<string>? labels)
        {
            if (labels is not null)
                (axis.Ticks, axis.TickLabels) = ([.. Enumerable.Range(0, labels.Count).Select(i => (double)i)], labels);
        }
    }

    /// <summary>A tensor of rank 2 as coloured cells.</summary>
    /// <inheritdoc cref="Heatmap(Matrix{double}, IReadOnlyList{string}, IReadOnlyList{string}, bool?)"/>
    public static Figure Heatmap(
        Tensor matrix, IReadOnlyList<string>? rowLabels = null, IReadOnlyList<string>? columnLabels = null, bool? showValues = null)
    {
        matrix.RequireShape("a heat map", -1, -1);
        return Heatmap(matrix.ToMatrix(), rowLabels, columnLabels, showValues);
    }

    /// <summary>A function of two variables as lines of equal height over coloured bands.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is less than 2.</exception>
    public static Figure Contour(
        Func<double, double, double> f, (double From, double To) x, (double From, double To) y, int resolution = 80)
    {
        var (z, xs, ys) = Sample(f, x, y, resolution);
        return new Figure()
            .Add(new ContourTrace(z, resolution, resolution) { X = xs, Y = ys, Filled = true })
            .WithXAxis("x<sub>1</sub>", x.From, x.To).WithYAxis("x<sub>2</sub>", y.From, y.To);
    }

    /// <summary>A function of two variables as a surface in space.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is less than 2.</exception>
    public static Figure Surface(
        Func<double, double, double> f, (double From, double To) x, (double From, double To) y, int resolution = 50)
    {
        var (z, xs, ys) = Sample(f, x, y, resolution);
        return new Figure { Height = 520 }
            .Add(new SurfaceTrace(z, resolution, resolution) { X = xs, Y = ys })
            .WithXAxis("x<sub>1</sub>").WithYAxis("x<sub>2</sub>");
    }

    /// <summary>Which answer a classifier gives where: tints for the sign of f, a line where f is the threshold, the samples on top.</summary>
    /// <param name="f">The classifier's output at (x_1, x_2); above the threshold means +1.</param>
    /// <param name="X">The samples, N x 2.</param>
    /// <param name="y">Their labels.</param>
    /// <param name="threshold">Where the decision lies: 0 for outputs with a sign, 0.5 for a probability.</param>
    /// <param name="resolution">How many places along each axis f is asked at.</param>
    /// <exception cref="ArgumentException">X has not two columns, or does not fit y.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is less than 2.</exception>
    public static Figure DecisionRegions(
        Func<double, double, double> f, Matrix<double> X, IReadOnlyList<int> y, double threshold = 0, int resolution = 100)
    {
        ArgumentNullException.ThrowIfNull(f);
        var figure = Scatter(X, y);
        figure.Traces.Insert(0, Regions(f, figure, threshold, resolution));
        return figure;
    }

    /// <summary>The same as it changes: one moment for each classifier, with a slider.</summary>
    /// <param name="moments">The classifier at each moment, and what the slider shows for it.</param>
    /// <param name="X">The samples, N x 2.</param>
    /// <param name="y">Their labels.</param>
    /// <param name="threshold">Where the decision lies.</param>
    /// <param name="resolution">How many places along each axis f is asked at.</param>
    /// <exception cref="ArgumentException">There is no moment, X has not two columns, or does not fit y.</exception>
    public static Figure DecisionRegionsLearning(
        IReadOnlyList<(string Name, Func<double, double, double> f)> moments,
        Matrix<double> X,
        IReadOnlyList<int> y,
        double threshold = 0,
        int resolution = 60)
    {
        ArgumentNullException.ThrowIfNull(moments);
        if (moments.Count == 0)
            throw new ArgumentException("No moment given; at least one is expected.", nameof(moments));
        var figure = DecisionRegions(moments[0].f, X, y, threshold, resolution);
        var regions = figure.Traces[0];
        foreach (var (name, f) in moments)
            figure.Add(new FigureFrame(name) { Replacements = [(regions, Regions(f, figure, threshold, resolution))] });
        return figure;
    }

    private static ContourTrace Regions(Func<double, double, double> f, Figure figure, double threshold, int resolution)
    {
        var (z, xs, ys) = Sample(
            f, (figure.X.From!.Value, figure.X.To!.Value), (figure.Y.From!.Value, figure.Y.To!.Value), resolution);
        return Regions(z, xs, ys, threshold);
    }

    private static ContourTrace Regions(double[] z, double[] xs, double[] ys, double threshold)
    {
        var reach = z.Where(double.IsFinite).Select(value => Math.Abs(value - threshold)).DefaultIfEmpty(1).Max();
        reach = reach > 0 ? reach : 1;
        return new ContourTrace(z, ys.Length, xs.Length)
        {
            X = xs,
            Y = ys,
            Level = threshold,
            Filled = true,
            Scale = ColorScale.DivergingLight,
            Low = threshold - reach,
            High = threshold + reach,
            Width = 2.5,
            Color = FigureColors.Ink,
            ShowScale = false,
            Name = "decision",
            InLegend = false,
        };
    }

    private static (double[] Z, double[] X, double[] Y) Sample(
        Func<double, double, double> f, (double From, double To) x, (double From, double To) y, int resolution)
    {
        ArgumentNullException.ThrowIfNull(f);
        var (xs, ys) = (Numbers.Evenly(x.From, x.To, resolution), Numbers.Evenly(y.From, y.To, resolution));
        var z = new double[resolution * resolution];
        for (var i = 0; i < resolution; i++)
            for (var j = 0; j < resolution; j++)
                z[i * resolution + j] = f(xs[j], ys[i]);
        return (z, xs, ys);
    }

    private static (double Low, double High) FieldRange(double[] z)
    {
        var finite = z.Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (low, high) = (finite.Min(), finite.Max());
        if (low < 0)
            (low, high) = (-Math.Max(-low, high), Math.Max(-low, high));
        return high > low ? (low, high) : (low, low + 1);
    }
}
