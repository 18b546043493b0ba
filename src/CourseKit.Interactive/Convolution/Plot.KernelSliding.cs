using System.Globalization;

namespace CourseKit.Interactive;

public static partial class Plot
{
    private const int MostKernelMoments = 400;

    /// <summary>
    /// A kernel sliding over an image, narrow, as a layer does it (the kernel is not turned): the window on the image, the products of window
    /// and kernel, and their sum as the next pixel of the output, with a slider.
    /// </summary>
    /// <param name="image">M x N.</param>
    /// <param name="kernel">m x n, no larger than the image.</param>
    /// <param name="stride">How far the kernel moves, in both directions.</param>
    /// <exception cref="ArgumentException">One is no matrix, the kernel is larger than the image, or there are more than 400 places.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The stride is less than 1.</exception>
    public static Figure KernelSliding(Tensor image, Tensor kernel, int stride = 1)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        image.RequireShape("The image", -1, -1);
        kernel.RequireShape("The kernel", -1, -1);
        var whole = Convolution2D.CorrelateNarrow(image, kernel);
        var (rows, columns) = ((whole.Shape[0] - 1) / stride + 1, (whole.Shape[1] - 1) / stride + 1);
        if (rows * columns > MostKernelMoments)
            throw new ArgumentException($"A kernel of {kernel.ShapeText} has {rows * columns} places on an image of {image.ShapeText}; the film shows at most {MostKernelMoments}.", nameof(image));
        var (m, n) = (kernel.Shape[0], kernel.Shape[1]);
        var reach = whole.Data.Max(Math.Abs) is > 0 and var most ? most : 1;
        var part = Enumerable.Range(0, whole.Count).Max(at => Products(at / whole.Shape[1], at % whole.Shape[1]).Max(Math.Abs)) is > 0 and var largest ? largest : 1;

        // Until it is played, the whole output, and the window where the answer is strongest.
        var strongest = Enumerable.Range(0, rows * columns).MaxBy(k => Math.Abs(Output(k)));
        var figures = new[]
        {
            Cells([.. image.Data.Select(pixel => (double)pixel)], image.Shape[0], image.Shape[1], image.Data.Max(Math.Abs), image.Data.Min() < 0, false, "image, and the window on it"),
            Cells(Products(strongest / columns * stride, strongest % columns * stride), m, n, part, true, m * n <= 25, "window \u2299 kernel"),
            Cells([.. Enumerable.Range(0, rows * columns).Select(Output)], rows, columns, reach, true, false, "output: their sum, place by place"),
        };
        var figure = Figure.SideBySide(figures).WithSize(360);
        figure.FrameMilliseconds = 120;
        figure.FramePrefix = "row, column = ";
        foreach (var (panel, height, breadth) in new[] { (figure.Panels[1], m, n), (figure.Panels[2], rows, columns) })
            panel.Marks.Add(new BoxMark(-0.5, -0.5, breadth - 0.5, height - 0.5) { Width = 1, Color = "#bbbbbb" });

        figure.Add(Moment("all", strongest, rows * columns));
        for (var k = 0; k < rows * columns; k++)
            figure.Add(Moment($"{k / columns + 1}, {k % columns + 1}", k, k + 1));
        figure.Title = figure.Frames[0].Title;
        foreach (var mark in figure.Frames[0].Marks!)
            figure.Add(mark);
        return figure;

        double Output(int k) => whole[k / columns * stride, k % columns * stride];

        FigureFrame Moment(string name, int k, int done)
        {
            var (i, j) = (k / columns * stride, k % columns * stride);
            return new FigureFrame(name)
            {
                Title = string.Create(CultureInfo.InvariantCulture, $"y = {whole[i, j]:0.00}, the sum of the products"),
                Marks = [new BoxMark(j - 0.5, i - 0.5, j + n - 0.5, i + m - 0.5) { Width = 3, Color = FigureColors.Orange }],
                Replacements =
                [
                    (figures[1].Traces[0], (HeatmapTrace)figures[1].Traces[0] with { Z = Products(i, j) }),
                    (figures[2].Traces[0], (HeatmapTrace)figures[2].Traces[0] with { Z = [.. Enumerable.Range(0, rows * columns).Select(at => at < done ? Output(at) : double.NaN)] }),
                ],
            };
        }

        double[] Products(int i, int j) => [.. Enumerable.Range(0, m * n).Select(at => (double)kernel.Data[at] * image[i + at / n, j + at % n])];
    }

    /// <summary>A matrix of cells without a scale, the first row on top.</summary>
    private static Figure Cells(double[] z, int rows, int columns, double reach, bool signed, bool values, string title)
    {
        var figure = new Figure { Title = title }.Add(new HeatmapTrace(z, rows, columns)
        {
            Low = signed ? -reach : 0,
            High = reach,
            Scale = signed ? ColorScale.Diverging : ColorScale.Grey,
            ShowScale = false,
            ShowValues = values,
        });
        (figure.X.IsVisible, figure.Y.IsVisible) = (false, false);
        (figure.X.From, figure.X.To) = (-0.5, columns - 0.5);
        (figure.Y.From, figure.Y.To) = (rows - 0.5, -0.5);
        return figure.WithEqualAspect();
    }
}
