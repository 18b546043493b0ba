namespace CourseKit;

/// <summary>Where everything lies for one size of image: the padded maps, their taps, and the tiles of the three passes.</summary>
/// <remarks>
/// Outputs are computed at every position of the padded map, row after row without a gap, as if the rows were one long sequence: then a
/// tap is the same offset everywhere. What stands at the end of a row, where the kernel runs over into the next, and between the
/// positions of a larger stride, is computed in vain and not copied out. Going back, the error terms are laid out in the same way with
/// zeros in those places.
/// </remarks>
internal sealed class ConvolutionPlan
{
    public ConvolutionPlan(ConvolutionShape shape, int height, int width, int lanes)
    {
        Lanes = lanes;
        Height = height;
        Width = width;
        var padding = shape.Padding;
        Pitch = width + padding.Left + padding.Right;
        var outputColumns = (Pitch - shape.KernelColumns) / shape.StrideColumns + 1;
        IsByRows = lanes == 512 && Pitch <= RowKernel.Pitch && shape is { KernelRows: RowKernel.Size, KernelColumns: RowKernel.Size, StrideRows: 1, StrideColumns: 1, IsTurned: false };
        if (IsByRows)
            Pitch = RowKernel.Pitch;
        var rows = height + padding.Top + padding.Bottom;
        (OutputHeight, OutputWidth) = ((rows - shape.KernelRows) / shape.StrideRows + 1, outputColumns);
        Positions = (OutputHeight - 1) * shape.StrideRows * Pitch + (OutputWidth - 1) * shape.StrideColumns + 1;
        InputPositions = rows * Pitch;
        FirstPixel = padding.Top * Pitch + padding.Left;
        InputPlane = RoundUp(InputPositions);
        SumRow = RoundUp(Positions + Beyond);
        InputSumRow = RoundUp(InputPositions + Beyond);
        Margin = RoundUp((shape.KernelRows - 1) * Pitch + shape.KernelColumns - 1);
        DeltaPlane = Margin + RoundUp(InputPositions + Beyond);

        var table = shape.Table;
        var window = shape.KernelRows * shape.KernelColumns;
        int[][] inputs = [.. Enumerable.Range(0, table.Outputs).Select(k => table.InputsOf(k).ToArray())];
        int[][] outputs = [.. Enumerable.Range(0, table.Inputs).Select(p => Enumerable.Range(0, table.Outputs).Where(k => table[p, k]).ToArray())];
        nint Tap(int w) => w / shape.KernelColumns * Pitch + w % shape.KernelColumns;
        nint ForwardTap(int p, int w) => p * InputPlane + Tap(w);
        int Weight(int k, int p, int w) => shape.WeightOf(k, p, w);
        Forward = MapTiles.For(table.Outputs, k => inputs[k], window, ForwardTap, Weight, Registers(Positions));
        Gradient = MapTiles.For(table.Outputs, k => inputs[k], window, ForwardTap, Weight, 0);
        Backward = MapTiles.For(
            table.Inputs, p => outputs[p], window, (k, w) => k * DeltaPlane - Tap(w), (p, k, w) => Weight(k, p, w), Registers(InputPositions));
        IsProduct = OutputHeight * OutputWidth == 1 && table.IsFull && !shape.IsTurned
            && height == shape.KernelRows && width == shape.KernelColumns && padding == default;
        ForwardSources = [.. Enumerable.Range(0, table.Outputs).Select(k => inputs[k].SelectMany(p => new nint[] { p * InputPlane, Weight(k, p, 0) }).ToArray())];
        BackwardSources = [.. Enumerable.Range(0, table.Inputs).Select(p => outputs[p].SelectMany(k => new nint[] { k * DeltaPlane, Weight(k, p, 0) }).ToArray())];
    }

    /// <summary>How far behind a map's last position something may be computed or read: a few registers, or rows.</summary>
    public static int Beyond => Math.Max(TapKernel.Overrun, RowKernel.Size * RowKernel.Pitch + 16);

    /// <summary>The register width that the plan is made for, in bits.</summary>
    public int Lanes { get; }

    /// <summary>Whether <see cref="RowKernel"/> takes the place of the tiles.</summary>
    public bool IsByRows { get; }

    /// <summary>For <see cref="RowKernel"/>: each feature map's sources among the input maps.</summary>
    public nint[][] ForwardSources { get; }

    /// <summary>For <see cref="RowKernel"/>: each input map's sources among the maps of error terms.</summary>
    public nint[][] BackwardSources { get; }

    public int Height { get; }

    public int Width { get; }

    public int OutputHeight { get; }

    public int OutputWidth { get; }

    /// <summary>From one row of a padded map to the next.</summary>
    public int Pitch { get; }

    /// <summary>From the first to behind the last position with an output.</summary>
    public int Positions { get; }

    /// <summary>The padded map's size.</summary>
    public int InputPositions { get; }

    /// <summary>Where the image's first pixel lies on the padded map.</summary>
    public int FirstPixel { get; }

    /// <summary>From one padded input map to the next.</summary>
    public int InputPlane { get; }

    /// <summary>From one map's sums to the next map's.</summary>
    public int SumRow { get; }

    /// <summary>From one input map's gradients to the next map's.</summary>
    public int InputSumRow { get; }

    /// <summary>Zeros before a map of error terms.</summary>
    public int Margin { get; }

    /// <summary>From one map of error terms to the next, the margin included.</summary>
    public int DeltaPlane { get; }

    /// <summary>Tiles of feature maps, for the outputs.</summary>
    public MapTiles Forward { get; }

    /// <summary>Tiles of two feature maps, for the gradient of W.</summary>
    public MapTiles Gradient { get; }

    /// <summary>Tiles of input maps, for the gradient of the input.</summary>
    public MapTiles Backward { get; }

    /// <summary>Whether the kernel covers the image: then the layer is a matrix product, as C5 of LeNet-5 is.</summary>
    public bool IsProduct { get; }

    private static int RoundUp(int count) => (count + 15) / 16 * 16;

    private static int Registers(int positions) => (positions + 15) / 16;
}
