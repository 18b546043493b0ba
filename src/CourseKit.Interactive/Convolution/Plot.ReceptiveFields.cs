namespace CourseKit.Interactive;

public static partial class Plot
{
    /// <summary>An image with the window on it that one unit of each layer sees, the deepest layer's the largest.</summary>
    /// <param name="image">M x N.</param>
    /// <param name="fields">What each window is called, and its first row and column and its size.</param>
    /// <exception cref="ArgumentException">The image is no matrix, there is no window, or one does not lie on the image.</exception>
    public static Figure ReceptiveFields(Tensor image, params IReadOnlyList<(string Name, int Row, int Column, int Size)> fields)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(fields);
        image.RequireShape("The image", -1, -1);
        if (fields.Count == 0)
            throw new ArgumentException("No window given; at least one is expected.", nameof(fields));
        string[] colors = [FigureColors.Green, FigureColors.Purple, FigureColors.Orange, FigureColors.SkyBlue, FigureColors.Vermilion]; // those that are seen on black
        var figure = Images(image.Reshape(1, image.Shape[0], image.Shape[1]), 1).WithSize(440, 440);
        foreach (var (i, (name, row, column, size)) in fields.Index())
        {
            if (size < 1 || row < 0 || column < 0 || row + size > image.Shape[0] || column + size > image.Shape[1])
                throw new ArgumentException($"The window of {name}, {size}x{size} from row {row} and column {column}, does not lie on an image of {image.ShapeText}.", nameof(fields));
            var color = colors[i % colors.Length];
            figure.Add(new BoxMark(column - 0.5, row - 0.5, column + size - 0.5, row + size - 0.5) { Color = color, Width = 3 });
            figure.Add(new TextMark(column - 0.3, row > 1 ? row - 1.4 : row + 0.8, $"<b>{name}</b>") { Color = color, Size = 13, Fill = "#000000" });
        }

        return figure;
    }
}
