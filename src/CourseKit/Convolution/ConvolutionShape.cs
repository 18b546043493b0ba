namespace CourseKit;

/// <summary>A convolution's sizes, whatever the image's: kernel, stride, zeros, table, and whether the kernel is turned.</summary>
internal sealed class ConvolutionShape
{
    private readonly int[][] filters;

    public ConvolutionShape(string layer, ConnectionTable table, int kernelRows, int kernelColumns, int strideRows, int strideColumns, Padding padding, bool isTurned)
    {
        if (kernelRows < 1 || kernelColumns < 1)
            throw new ArgumentException($"{layer}: a kernel of {kernelRows}x{kernelColumns} given, at least 1x1 expected.");
        if (strideRows < 1 || strideColumns < 1)
            throw new ArgumentException($"{layer}: a stride of {strideRows}x{strideColumns} given, at least 1x1 expected.");
        if (padding.Top < 0 || padding.Bottom < 0 || padding.Left < 0 || padding.Right < 0)
            throw new ArgumentException($"{layer}: {padding} given; no number of zeros is negative.");
        (Table, KernelRows, KernelColumns, StrideRows, StrideColumns, Padding, IsTurned) =
            (table, kernelRows, kernelColumns, strideRows, strideColumns, padding, isTurned);
        filters = new int[table.Outputs][];
        var filter = 0;
        for (var k = 0; k < table.Outputs; k++)
        {
            filters[k] = [.. Enumerable.Repeat(-1, table.Inputs)];
            foreach (var p in table.InputsOf(k))
                filters[k][p] = filter++;
        }
    }

    public ConnectionTable Table { get; }

    public int KernelRows { get; }

    public int KernelColumns { get; }

    public int StrideRows { get; }

    public int StrideColumns { get; }

    public Padding Padding { get; }

    public bool IsTurned { get; }

    /// <summary>The place in W of what map k multiplies tap w of input map p by.</summary>
    public int WeightOf(int k, int p, int w)
    {
        var window = KernelRows * KernelColumns;
        return filters[k][p] * window + (IsTurned ? window - 1 - w : w);
    }

    /// <summary>Output rows and columns for an image; throws where the kernel is larger than it, zeros included.</summary>
    public (int Rows, int Columns) OutputExtents(string layer, int height, int width)
    {
        var (rows, columns) = (height + Padding.Top + Padding.Bottom, width + Padding.Left + Padding.Right);
        if (rows < KernelRows || columns < KernelColumns)
            throw new ArgumentException(
                $"{layer}: the kernel of {KernelRows}x{KernelColumns} is larger than the image of {height}x{width}" +
                (Padding == default ? "." : $", which is {rows}x{columns} with its zeros."));
        return ((rows - KernelRows) / StrideRows + 1, (columns - KernelColumns) / StrideColumns + 1);
    }
}
