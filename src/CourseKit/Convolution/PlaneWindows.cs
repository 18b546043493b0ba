namespace CourseKit;

/// <summary>The windows R_k of formulas (23) and (24) on a map: their size, and how far from one to the next.</summary>
internal readonly record struct PlaneWindows(int Rows, int Columns, int StrideRows, int StrideColumns)
{
    public static PlaneWindows Of(string layer, int window, int? stride) => Of(layer, (window, window), stride is { } s ? (s, s) : null);

    public static PlaneWindows Of(string layer, (int Rows, int Columns) window, (int Rows, int Columns)? stride)
    {
        var (rows, columns) = stride ?? window;
        if (window.Rows < 1 || window.Columns < 1 || rows < 1 || columns < 1)
            throw new ArgumentException($"{layer}: windows of {window.Rows}x{window.Columns}, {rows}x{columns} apart given; at least 1x1 expected.");
        return new(window.Rows, window.Columns, rows, columns);
    }

    /// <summary>One example's output shape: as many windows as lie wholly on the map.</summary>
    public int[] OutputShape(string layer, ReadOnlySpan<int> inputShape)
    {
        if (inputShape.Length != 3)
            throw new ArgumentException($"{layer} takes maps x rows x columns; an example of shape {Tensor.Describe(inputShape)} was given.");
        if (inputShape[1] < Rows || inputShape[2] < Columns)
            throw new ArgumentException($"{layer}: the window of {Rows}x{Columns} is larger than the map of {inputShape[1]}x{inputShape[2]}.");
        return [inputShape[0], (inputShape[1] - Rows) / StrideRows + 1, (inputShape[2] - Columns) / StrideColumns + 1];
    }

    /// <summary>Throws where the input is no batch of maps that the windows fit on; the output's rows and columns.</summary>
    public (int Rows, int Columns) OutputExtents(string layer, Tensor input)
    {
        if (input.Rank != 4 || input.Shape[0] == 0)
            throw new ArgumentException($"The input of {layer}: shape {input.ShapeText} given, NxCxHxW with at least one example expected.");
        var (height, width) = (input.Shape[2], input.Shape[3]);
        if (height < Rows || width < Columns)
            OutputShape(layer, input.Shape[1..]);
        return ((height - Rows) / StrideRows + 1, (width - Columns) / StrideColumns + 1);
    }

    public override string ToString() => $"{Rows}x{Columns}" + (StrideRows == Rows && StrideColumns == Columns ? "" : $", stride {StrideRows}x{StrideColumns}");
}
