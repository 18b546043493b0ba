namespace CourseKit;

/// <summary>
/// The transposed convolution: every input pixel writes its value times the kernel into the output, kernels a stride apart, and where they
/// overlap they add up. It is the way back through a convolution, and makes maps larger: y_o[s i + u - p, s j + v - p] += x_c[i, j] W_co[u, v].
/// </summary>
/// <remarks>
/// For images, stride s and a border of p rows and columns cut off all around: rows become s (rows - 1) + kernel - 2 p. The layer of small
/// convolutional generators: A. Radford, L. Metz, S. Chintala, "Unsupervised representation learning with deep convolutional generative
/// adversarial networks", ICLR 2016; V. Dumoulin and F. Visin, "A guide to convolution arithmetic for deep learning" (2016), chapter 4.
/// </remarks>
public sealed class TransposedConv2D : Layer
{
    private readonly int inputs, outputs, kernel, stride, padding;
    private readonly TensorBuffer outputBuffers = new();
    private readonly TensorBuffer inputGradients = new();
    private float[] columns = [];
    private Tensor? input;
    private Tensor? output;

    /// <summary>A layer with square kernels; all weights and biases are zero: <see cref="Initialise"/> it.</summary>
    /// <param name="inputMaps">Maps in, at least 1.</param>
    /// <param name="outputMaps">Maps out, at least 1.</param>
    /// <param name="kernel">Rows and columns of a kernel, at least 1.</param>
    /// <param name="stride">How far apart neighbouring pixels write; 2 doubles the size.</param>
    /// <param name="padding">How many rows and columns are cut off on each side, less than the kernel.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public TransposedConv2D(int inputMaps, int outputMaps, int kernel, int stride = 1, int padding = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputMaps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputMaps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(padding, kernel);
        (inputs, outputs, this.kernel, this.stride, this.padding) = (inputMaps, outputMaps, kernel, stride, padding);
        W = new Parameter("W", new Tensor(inputs, outputs, kernel, kernel));
        b = new Parameter("b", new Tensor(outputs), isWeight: false);
        Parameters = [W, b];
    }

    /// <summary>The kernels: maps in x maps out x rows x columns.</summary>
    public Parameter W { get; }

    /// <summary>The biases, one a map out.</summary>
    public Parameter b { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    private int Patch => outputs * kernel * kernel;

    internal override bool IsByExample => true;

    internal override bool SharesWeights => true;

    /// <inheritdoc/>
    public override int[] OutputShape(ReadOnlySpan<int> inputShape)
    {
        if (inputShape.Length != 3 || inputShape[0] != inputs || inputShape[1] < 1 || inputShape[2] < 1)
            throw new ArgumentException($"TransposedConv2D takes {inputs} maps of rows x columns; an example of shape {Tensor.Describe(inputShape)} was given.");
        var (rows, columns) = (Extent(inputShape[1]), Extent(inputShape[2]));
        return rows >= 1 && columns >= 1
            ? [outputs, rows, columns]
            : throw new ArgumentException($"TransposedConv2D with kernel {kernel}, stride {stride} and padding {padding} leaves nothing of {inputShape[1]}x{inputShape[2]}.");
    }

    /// <summary>Each example: the columns W'x, one each input pixel, written into the output where they belong.</summary>
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, bool training = false)
    {
        if (input.Rank != 4 || input.Shape[1] != inputs || input.Shape[0] == 0)
            throw new ArgumentException($"The input of TransposedConv2D: shape {input.ShapeText} given, Nx{inputs}xHxW with at least one example expected.");
        var (n, h, w) = (input.Shape[0], input.Shape[2], input.Shape[3]);
        if (h < 1 || w < 1 || Extent(h) < 1 || Extent(w) < 1)
            OutputShape(input.Shape[1..]); // throws, with the sizes
        this.input = input;
        output = outputBuffers.Get(n, outputs, Extent(h), Extent(w));
        if (columns.Length != Patch * h * w)
            columns = new float[Patch * h * w];
        for (var i = 0; i < n; i++)
        {
            Gemm.Multiply(Patch, h * w, inputs, W.Value.Span, Patch, true, Example(input, i), h * w, false, columns, h * w);
            var y = Example(output, i);
            var plane = y.Length / outputs;
            for (var o = 0; o < outputs; o++)
                y.Slice(o * plane, plane).Fill(b.Value.Data[o]);
            Exchange(y, h, w, gather: false);
        }

        return output;
    }

    /// <summary>
    /// With the error terms δ of the output, gathered into columns as the forward pass wrote them: dJ/dW_c = Σ x_c · column, dJ/db_o = the sum
    /// of δ_o, dJ/dx = W · columns, which is the convolution that this layer is the way back of.
    /// </summary>
    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient)
    {
        Backward(outputGradient, withInput: true);
        return inputGradients.Get(input!.Shape);
    }

    /// <inheritdoc/>
    public override void BackwardParameters(Tensor outputGradient) => Backward(outputGradient, withInput: false);

    /// <inheritdoc/>
    public override void Initialise(Initialisation initialisation, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(initialisation);

        // Of the k x k numbers of a kernel, about one in s² meets a given output pixel.
        var meets = Math.Max(1, kernel * kernel / (stride * stride));
        initialisation.Fill(W.Value.Span, inputs * meets, outputs * kernel * kernel, random);
        b.Value.Span.Clear();
    }

    /// <summary>Every input pixel meets every kernel of its map; and a bias each output pixel.</summary>
    /// <inheritdoc/>
    public override long ConnectionCount(ReadOnlySpan<int> inputShape) =>
        OutputShape(inputShape) is var o ? (long)W.Value.Count * inputShape[1] * inputShape[2] + (long)o[0] * o[1] * o[2] : 0;

    /// <inheritdoc/>
    public override string ToString() => $"TransposedConv2D {inputs} \u2192 {outputs}, {kernel}x{kernel}" + (stride == 1 ? "" : $", stride {stride}");

    private int Extent(int size) => stride * (size - 1) + kernel - 2 * padding;

    private static Span<float> Example(Tensor tensor, int n) => tensor.Span.Slice(n * (tensor.Count / tensor.Shape[0]), tensor.Count / tensor.Shape[0]);

    private void Backward(Tensor outputGradient, bool withInput)
    {
        if (input is null || output is null)
            throw new InvalidOperationException("TransposedConv2D has no forward pass to go back through: call Forward first.");
        if (!outputGradient.HasShape(output.Shape))
            outputGradient.RequireShape("The output gradient of TransposedConv2D", output.Shape);
        var (n, h, w) = (input.Shape[0], input.Shape[2], input.Shape[3]);
        var inputGradient = withInput ? inputGradients.Get(input.Shape) : null;
        b.Gradient.Span.Clear();
        for (var i = 0; i < n; i++)
        {
            var delta = Example(outputGradient, i);
            var plane = delta.Length / outputs;
            for (var o = 0; o < outputs; o++)
                b.Gradient.Data[o] += System.Numerics.Tensors.TensorPrimitives.Sum<float>(delta.Slice(o * plane, plane));
            Exchange(delta, h, w, gather: true);
            if (!W.IsFrozen)
                Gemm.Multiply(inputs, Patch, h * w, Example(input, i), h * w, false, columns, h * w, true, W.Gradient.Span, Patch, beta: i == 0 ? 0 : 1);
            if (inputGradient is not null)
                Gemm.Multiply(inputs, h * w, Patch, W.Value.Span, Patch, false, columns, h * w, false, Example(inputGradient, i), h * w);
        }
    }

    /// <summary>Adds the columns to the output pixels that they belong to, or gathers those pixels into the columns; what is cut off is 0.</summary>
    private void Exchange(Span<float> y, int h, int w, bool gather)
    {
        var (rows, cols) = (Extent(h), Extent(w));
        for (var patch = 0; patch < Patch; patch++)
        {
            var (o, u, v) = (patch / (kernel * kernel), patch / kernel % kernel, patch % kernel);
            for (var r = 0; r < h; r++)
            {
                var line = columns.AsSpan((patch * h + r) * w, w);
                var row = r * stride + u - padding;
                if (row < 0 || row >= rows)
                {
                    if (gather)
                        line.Clear();
                    continue;
                }

                var target = y.Slice((o * rows + row) * cols, cols);
                for (var c = 0; c < w; c++)
                {
                    var column = c * stride + v - padding;
                    var inside = (uint)column < (uint)cols;
                    if (gather)
                        line[c] = inside ? target[column] : 0;
                    else if (inside)
                        target[column] += line[c];
                }
            }
        }
    }
}
