namespace CourseKit;

/// <summary>
/// The convolutional layer on sequences, formulas (17) and (18): z_i = sum_j w_j a_(i-m+j) + b, the same m weights at every place; with
/// several maps as (22). Over time it is a time-delay network.
/// </summary>
/// <remarks>
/// The kernel is not turned (cross-correlation) unless the constructor is told so. W is outputs x inputs x length where the table is
/// full, else a kernel for every one in the table. Source: A. Waibel and others, IEEE Transactions on Acoustics, Speech, and Signal
/// Processing 37 (1989), 328-339.
/// </remarks>
public sealed class Conv1D : Layer
{
    private readonly ConvolutionShape shape;
    private readonly ConvolutionPass pass;
    private readonly TensorBuffer outputs = new();
    private readonly TensorBuffer inputGradients = new();
    private Tensor? input;
    private Tensor? output;

    /// <summary>A layer with all weights and biases zero: <see cref="Initialise"/> it.</summary>
    /// <param name="inputMaps">n_(l-1), at least 1.</param>
    /// <param name="outputMaps">n_l: feature maps, at least 1.</param>
    /// <param name="kernel">m, at least 1.</param>
    /// <param name="stride">How far the kernel moves from output to output.</param>
    /// <param name="padding">Zeros before and behind the sequence.</param>
    /// <param name="table">T of (22); every input map feeds every feature map unless given.</param>
    /// <exception cref="ArgumentException">A size is less than 1, or the table has another number of maps.</exception>
    public Conv1D(int inputMaps, int outputMaps, int kernel, int stride = 1, (int Left, int Right) padding = default, ConnectionTable? table = null)
        : this(
            Weights(inputMaps, outputMaps, table, kernel),
            new Tensor(outputMaps),
            stride, padding, table)
    {
    }

    /// <summary>A layer of given weights and biases; the tensors are used, not copied.</summary>
    /// <param name="W">Outputs x inputs x length; with a table that is not full, its ones x length.</param>
    /// <param name="b">A bias each feature map.</param>
    /// <param name="stride">How far the kernel moves from output to output.</param>
    /// <param name="padding">Zeros before and behind the sequence.</param>
    /// <param name="table">T of (22); every input map feeds every feature map unless given.</param>
    /// <param name="turned">Whether the kernel is turned round first, as (15) has it: the true convolution.</param>
    /// <exception cref="ArgumentException">The shapes do not fit together; the message names both.</exception>
    public Conv1D(Tensor W, Tensor b, int stride = 1, (int Left, int Right) padding = default, ConnectionTable? table = null, bool turned = false)
    {
        ArgumentNullException.ThrowIfNull(W);
        ArgumentNullException.ThrowIfNull(b);
        Table = Convolutions.CheckedTable(nameof(Conv1D), W, b, table, 1);
        shape = new(nameof(Conv1D), Table, 1, W.Shape[^1], 1, stride, new(0, 0, padding.Left, padding.Right), turned);
        pass = new(shape);
        this.W = new Parameter("W", W);
        this.b = new Parameter("b", b, isWeight: false);
        Parameters = [this.W, this.b];
    }

    /// <summary>T of (22).</summary>
    public ConnectionTable Table { get; }

    /// <summary>The kernels.</summary>
    public Parameter W { get; }

    /// <summary>The biases, one a feature map.</summary>
    public Parameter b { get; }

    /// <summary>m, the kernel's length.</summary>
    public int Kernel => shape.KernelColumns;

    /// <summary>How far the kernel moves from output to output.</summary>
    public int Stride => shape.StrideColumns;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    internal override bool IsByExample => true;

    internal override bool SharesWeights => true;

    /// <summary>n_l maps, each of n - m + 1 for a stride of 1 without zeros.</summary>
    /// <inheritdoc/>
    public override int[] OutputShape(ReadOnlySpan<int> inputShape)
    {
        if (inputShape.Length != 2 || inputShape[0] != Table.Inputs)
            throw new ArgumentException($"Conv1D takes {Table.Inputs} maps of a length; an example of shape {Tensor.Describe(inputShape)} was given.");
        return [Table.Outputs, shape.OutputExtents(nameof(Conv1D), 1, inputShape[1]).Columns];
    }

    /// <summary>(18) without f: z_k = sum over p with T_pk = 1 of W_kp ⊗ x_p + b_k.</summary>
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, bool training = false)
    {
        if (input.Rank != 3 || input.Shape[1] != Table.Inputs || input.Shape[0] == 0)
            throw new ArgumentException($"The input of Conv1D: shape {input.ShapeText} given, Nx{Table.Inputs}xT with at least one example expected.");
        var columns = shape.OutputExtents(nameof(Conv1D), 1, input.Shape[2]).Columns;
        this.input = input;
        output = outputs.Get(input.Shape[0], Table.Outputs, columns);
        pass.Forward(input, 1, input.Shape[2], W.Value.Span, b.Value.Span, output);
        return output;
    }

    /// <summary>As in two dimensions: x_p correlated with δ_k, the sum of δ_k, and δ_k convolved with W_kp, wide.</summary>
    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient)
    {
        RequireGradient(outputGradient);
        var inputGradient = inputGradients.Get(input!.Shape);
        pass.Backward(outputGradient, W.Value.Span, W.Gradient.Span, b.Gradient.Span, inputGradient);
        return inputGradient;
    }

    /// <inheritdoc/>
    public override void BackwardParameters(Tensor outputGradient)
    {
        RequireGradient(outputGradient);
        pass.Backward(outputGradient, W.Value.Span, W.Gradient.Span, b.Gradient.Span, null);
    }

    /// <inheritdoc/>
    public override void Initialise(Initialisation initialisation, RandomSource random)
    {
        Convolutions.Initialise(Table, Kernel, W.Value.Span, initialisation, random);
        b.Value.Span.Clear();
    }

    /// <inheritdoc/>
    public override long ConnectionCount(ReadOnlySpan<int> inputShape) => OutputShape(inputShape)[1] * ParameterCount;

    /// <inheritdoc/>
    public override string ToString() =>
        $"Conv1D {Table.Inputs} \u2192 {Table.Outputs}, {Kernel}" + (Stride == 1 ? "" : $", stride {Stride}") +
        (Table.IsFull ? "" : $", {Table.Count} of {Table.Inputs * Table.Outputs} connected");

    /// <summary>The same layer with other kernels and no biases.</summary>
    internal Conv1D With(Tensor kernels) => new(kernels, new Tensor(Table.Outputs), Stride, (shape.Padding.Left, shape.Padding.Right), Table, shape.IsTurned);

    private static Tensor Weights(int inputMaps, int outputMaps, ConnectionTable? table, int kernel)
    {
        table ??= ConnectionTable.Full(inputMaps, outputMaps);
        Convolutions.RequireTable(nameof(Conv1D), table, inputMaps, outputMaps);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        return table.IsFull ? new(table.Outputs, table.Inputs, kernel) : new(table.Count, kernel);
    }

    private void RequireGradient(Tensor outputGradient)
    {
        if (output is null)
            throw new InvalidOperationException("Conv1D has no forward pass to go back through: call Forward first.");
        if (!outputGradient.HasShape(output.Shape))
            outputGradient.RequireShape("The output gradient of Conv1D", output.Shape);
    }
}
