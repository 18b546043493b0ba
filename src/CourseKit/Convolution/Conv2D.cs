namespace CourseKit;

/// <summary>
/// The convolutional layer on images, formulas (20) to (22): feature map k is X^(l,k) = f(sum over the input maps p with T_pk = 1 of
/// W^(l,k,p) ⊗ X^(l-1,p) + b^(l,k)); this layer gives the sum, and an activation behind it makes f of it.
/// </summary>
/// <remarks>
/// The kernel is not turned (cross-correlation) unless the constructor is told so: the weights are learned, and either finds the same
/// function. W holds a kernel for every one in the table: outputs x inputs x rows x columns where the table is full, else
/// <see cref="ConnectionTable.Count"/> x rows x columns, by feature map and within it by input map. What is not connected is not there.
/// </remarks>
public sealed class Conv2D : Layer
{
    private readonly ConvolutionShape shape;
    private readonly ConvolutionPass pass;
    private readonly TensorBuffer outputs = new();
    private readonly TensorBuffer inputGradients = new();
    private Tensor? input;
    private Tensor? output;

    /// <summary>A layer with square kernels; all weights and biases are zero: <see cref="Initialise"/> it.</summary>
    /// <param name="inputMaps">n_(l-1), at least 1.</param>
    /// <param name="outputMaps">n_l: feature maps, at least 1.</param>
    /// <param name="kernel">Rows and columns of a kernel, at least 1.</param>
    /// <param name="stride">How far the kernel moves from output to output, in both directions.</param>
    /// <param name="padding">Zeros around the image; a number stands for all four sides.</param>
    /// <param name="table">T of (22); every input map feeds every feature map unless given.</param>
    /// <exception cref="ArgumentException">A size is less than 1, or the table has another number of maps.</exception>
    public Conv2D(int inputMaps, int outputMaps, int kernel, int stride = 1, Padding padding = default, ConnectionTable? table = null)
        : this(
            Weights(inputMaps, outputMaps, table, kernel),
            new Tensor(outputMaps),
            (stride, stride), padding, table)
    {
    }

    /// <summary>A layer of given weights and biases; the tensors are used, not copied.</summary>
    /// <param name="W">Outputs x inputs x rows x columns; with a table that is not full, its ones x rows x columns.</param>
    /// <param name="b">A bias each feature map.</param>
    /// <param name="stride">How far the kernel moves from output to output: rows, columns; 1, 1 unless given.</param>
    /// <param name="padding">Zeros around the image.</param>
    /// <param name="table">T of (22); every input map feeds every feature map unless given.</param>
    /// <param name="turned">Whether the kernel is turned by 180 degrees first, as (16) has it: the true convolution.</param>
    /// <exception cref="ArgumentException">The shapes do not fit together; the message names both.</exception>
    public Conv2D(Tensor W, Tensor b, (int Rows, int Columns)? stride = null, Padding padding = default, ConnectionTable? table = null, bool turned = false)
    {
        ArgumentNullException.ThrowIfNull(W);
        ArgumentNullException.ThrowIfNull(b);
        Table = Convolutions.CheckedTable(nameof(Conv2D), W, b, table, 2);
        var (rows, columns) = stride ?? (1, 1);
        shape = new(nameof(Conv2D), Table, W.Shape[^2], W.Shape[^1], rows, columns, padding, turned);
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

    /// <summary>Rows and columns of a kernel.</summary>
    public (int Rows, int Columns) Kernel => (shape.KernelRows, shape.KernelColumns);

    /// <summary>How far the kernel moves from output to output.</summary>
    public (int Rows, int Columns) Stride => (shape.StrideRows, shape.StrideColumns);

    /// <summary>Zeros around the image.</summary>
    public Padding Padding => shape.Padding;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    internal override bool IsByExample => true;

    internal override bool SharesWeights => true;

    /// <summary>n_l x rows x columns: (19) and (20) have n - m + 1 of each for a stride of 1 without zeros.</summary>
    /// <inheritdoc/>
    public override int[] OutputShape(ReadOnlySpan<int> inputShape)
    {
        if (inputShape.Length != 3 || inputShape[0] != Table.Inputs)
            throw new ArgumentException($"Conv2D takes {Table.Inputs} maps of rows x columns; an example of shape {Tensor.Describe(inputShape)} was given.");
        var (rows, columns) = shape.OutputExtents(nameof(Conv2D), inputShape[1], inputShape[2]);
        return [Table.Outputs, rows, columns];
    }

    /// <summary>(22) without f: z_k = sum over p with T_pk = 1 of W_kp ⊗ x_p + b_k.</summary>
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, bool training = false)
    {
        if (input.Rank != 4 || input.Shape[1] != Table.Inputs || input.Shape[0] == 0)
            throw new ArgumentException($"The input of Conv2D: shape {input.ShapeText} given, Nx{Table.Inputs}xHxW with at least one example expected.");
        var (rows, columns) = shape.OutputExtents(nameof(Conv2D), input.Shape[2], input.Shape[3]);
        this.input = input;
        output = outputs.Get(input.Shape[0], Table.Outputs, rows, columns);
        pass.Forward(input, input.Shape[2], input.Shape[3], W.Value.Span, b.Value.Span, output);
        return output;
    }

    /// <summary>
    /// With the error terms δ_k, a map each: dJ/dW_kp = x_p correlated with δ_k (narrow); dJ/db_k = the sum of δ_k; dJ/dx_p = the sum over
    /// k of δ_k convolved with W_kp (wide, turned): every weight's share goes back the way it came.
    /// </summary>
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
        Convolutions.Initialise(Table, shape.KernelRows * shape.KernelColumns, W.Value.Span, initialisation, random);
        b.Value.Span.Clear();
    }

    /// <summary>Every output pixel of feature map k: a multiplication a weight, and the bias.</summary>
    /// <inheritdoc/>
    public override long ConnectionCount(ReadOnlySpan<int> inputShape) => OutputShape(inputShape) is var o ? (long)o[1] * o[2] * ParameterCount : 0;

    /// <inheritdoc/>
    public override string ToString() =>
        $"Conv2D {Table.Inputs} \u2192 {Table.Outputs}, {Kernel.Rows}x{Kernel.Columns}" +
        (Stride == (1, 1) ? "" : $", stride {Stride.Rows}x{Stride.Columns}") +
        (Table.IsFull ? "" : $", {Table.Count} of {Table.Inputs * Table.Outputs} connected");

    /// <summary>The same layer with other kernels and no biases.</summary>
    internal Conv2D With(Tensor kernels) => new(kernels, new Tensor(Table.Outputs), Stride, shape.Padding, Table, shape.IsTurned);

    private static Tensor Weights(int inputMaps, int outputMaps, ConnectionTable? table, int kernel)
    {
        table ??= ConnectionTable.Full(inputMaps, outputMaps);
        Convolutions.RequireTable(nameof(Conv2D), table, inputMaps, outputMaps);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        return table.IsFull ? new(table.Outputs, table.Inputs, kernel, kernel) : new(table.Count, kernel, kernel);
    }

    private void RequireGradient(Tensor outputGradient)
    {
        if (output is null)
            throw new InvalidOperationException("Conv2D has no forward pass to go back through: call Forward first.");
        if (!outputGradient.HasShape(output.Shape))
            outputGradient.RequireShape("The output gradient of Conv2D", output.Shape);
    }
}
