namespace CourseKit.Interactive;

public static partial class Plot
{
    /// <summary>Pictures in a grid, drawn as one, pixels square and sharp.</summary>
    /// <param name="images">N x C x H x W (every channel becomes a picture), N x H x W, or N x d with d a square number.</param>
    /// <param name="columns">How many pictures in a row.</param>
    /// <param name="titles">A short text above each picture; null for none.</param>
    /// <param name="range">The numbers that are black and white; null takes the smallest and the largest of all pictures.</param>
    /// <param name="signed">For filters and weights: vermilion below zero, white at zero, blue above.</param>
    /// <param name="eachOwnRange">Whether every picture uses the whole scale on its own, as filters of different strength want.</param>
    /// <param name="scale">How large a pixel is on the screen, about; null chooses.</param>
    /// <exception cref="ArgumentException">The tensor holds no picture, its shape is another one, or there are not as many titles as pictures.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is less than 1.</exception>
    public static Figure Images(
        Tensor images,
        int columns = 10,
        IReadOnlyList<string>? titles = null,
        (double Low, double High)? range = null,
        bool signed = false,
        bool eachOwnRange = false,
        double? scale = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        var (count, height, width) = PictureSizes(images);
        if (titles is not null && titles.Count != count)
            throw new ArgumentException($"{titles.Count} titles given, but there are {count} pictures.", nameof(titles));
        columns = Math.Min(columns, count);
        var rows = (count + columns - 1) / columns;
        var gap = Math.Max(1, Math.Max(height, width) / 14);
        var head = titles is null ? 0 : Math.Max(gap, (int)Math.Ceiling(0.3 * height));
        var (stepY, stepX) = (height + gap + head, width + gap);
        var (allRows, allColumns) = (rows * stepY - gap, columns * stepX - gap);
        var pixels = new byte[allRows * allColumns];
        Array.Fill(pixels, signed ? (byte)128 : (byte)255);
        var common = range ?? Extent(images.Span);
        for (var n = 0; n < count; n++)
        {
            var source = images.Span.Slice(n * height * width, height * width);
            var (low, high) = eachOwnRange ? Extent(source) : common;
            if (signed)
                (low, high) = (-Math.Max(Math.Abs(low), Math.Abs(high)), Math.Max(Math.Abs(low), Math.Abs(high)));
            var (top, left) = (n / columns * stepY + head, n % columns * stepX);
            for (var i = 0; i < height; i++)
                for (var j = 0; j < width; j++)
                    pixels[(top + i) * allColumns + left + j] = Byte(source[i * width + j], low, high);
        }

        var zoom = scale ?? Math.Clamp(720.0 / allColumns, 1, Math.Min(12, 90.0 / Math.Min(height, width) * 1.2));

        // The margins of a figure without axes, and room for a title.
        var figure = new Figure { Width = (int)Math.Max(240, allColumns * zoom + 20), Height = (int)Math.Max(120, allRows * zoom + 52) }
            .Add(new PictureTrace(pixels, allRows, allColumns) { Scale = signed ? ColorScale.Diverging : ColorScale.Grey, InLegend = false });
        (figure.X.IsVisible, figure.Y.IsVisible) = (false, false);
        (figure.X.From, figure.X.To) = (-0.5, allColumns - 0.5);
        (figure.Y.From, figure.Y.To) = (allRows - 0.5, -0.5);
        figure.Panels[0].HasEqualAspect = true;
        for (var n = 0; n < count && titles is not null; n++)
            figure.Add(new TextMark(n % columns * stepX + (width - 1) / 2.0, n / columns * stepY + head / 2.0, titles[n]) { Side = TextSide.Centre, Size = 12 });
        return figure;

        static byte Byte(float value, double low, double high) =>
            double.IsNaN(value) || !(high > low) ? (byte)0 : (byte)Math.Round(255 * Math.Clamp((value - low) / (high - low), 0, 1));
    }

    /// <summary>Pictures that change, one moment after the other, with a slider; all moments share one range.</summary>
    /// <param name="moments">The pictures at each moment, all of one shape, and what the slider shows for it.</param>
    /// <param name="columns">How many pictures in a row.</param>
    /// <param name="range">The numbers that are black and white; null takes the smallest and the largest of all moments.</param>
    /// <param name="signed">For filters and weights: vermilion below zero, white at zero, blue above.</param>
    /// <exception cref="ArgumentException">There is no moment, or the shapes differ.</exception>
    public static Figure ImagesChanging(
        IReadOnlyList<(string Name, Tensor Images)> moments, int columns = 10, (double Low, double High)? range = null, bool signed = false)
    {
        ArgumentNullException.ThrowIfNull(moments);
        if (moments.Count == 0)
            throw new ArgumentException("No moment given; at least one is expected.", nameof(moments));
        foreach (var (_, images) in moments)
            images.RequireShape("the pictures of a moment", moments[0].Images.Shape);
        var extents = moments.Select(moment => Extent(moment.Images.Span)).ToArray();
        range ??= (extents.Min(extent => extent.Low), extents.Max(extent => extent.High));
        var figure = Images(moments[0].Images, columns, range: range, signed: signed);
        foreach (var (name, images) in moments)
            figure.Add(new FigureFrame(name) { Replacements = [(figure.Traces[0], Images(images, columns, range: range, signed: signed).Traces[0])] });
        figure.Width = Math.Max(figure.Width ?? 0, 420);
        return figure;
    }

    /// <summary>One picture.</summary>
    /// <param name="image">H x W numbers.</param>
    /// <param name="range">The numbers that are black and white; null takes the smallest and the largest. Pictures to be compared want the same.</param>
    /// <exception cref="ArgumentException">The matrix is empty.</exception>
    public static Figure Image(MathNet.Numerics.LinearAlgebra.Matrix<double> image, (double Low, double High)? range = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Images(Tensor.FromMatrix(image).Reshape(1, image.RowCount, image.ColumnCount), 1, range: range);
    }

    private static (int Count, int Height, int Width) PictureSizes(Tensor images)
    {
        var shape = images.Shape;
        var side = images.Rank == 2 ? (int)Math.Round(Math.Sqrt(shape[1])) : 0;
        var sizes = images.Rank switch
        {
            4 => (shape[0] * shape[1], shape[2], shape[3]),
            3 => (shape[0], shape[1], shape[2]),
            2 when side * side == shape[1] => (shape[0], side, side),
            _ => throw new ArgumentException(
                $"A tensor of shape {images.ShapeText} given; pictures are NxCxHxW, NxHxW, or Nxd with d a square number.", nameof(images)),
        };
        return images.Count > 0 ? sizes : throw new ArgumentException($"A tensor of shape {images.ShapeText} given; it holds no picture.", nameof(images));
    }

    private static (double Low, double High) Extent(ReadOnlySpan<float> values)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
            if (float.IsFinite(value))
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
        return low <= high ? (low, high) : (0, 1);
    }
}
