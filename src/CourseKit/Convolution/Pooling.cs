namespace CourseKit;

/// <summary>A pooling layer, formula (24): one number for each window R_k of each map, without anything to learn.</summary>
/// <remarks>Windows overlap where the stride is less than their size. What is left over at the right and the bottom is not seen.</remarks>
public abstract class Pooling : Layer
{
    private readonly TensorBuffer outputs = new();
    private readonly TensorBuffer inputGradients = new();
    private readonly PlaneWindows windows;
    private Tensor? output;

    private protected Pooling(PlaneWindows windows) => this.windows = windows;

    /// <summary>Rows and columns of a window.</summary>
    public (int Rows, int Columns) Window => (windows.Rows, windows.Columns);

    /// <summary>From one window to the next.</summary>
    public (int Rows, int Columns) Stride => (windows.StrideRows, windows.StrideColumns);

    private protected Tensor? Input { get; private set; }

    private protected PlaneWindows Windows => windows;

    internal override bool IsByExample => true;

    /// <inheritdoc/>
    public sealed override int[] OutputShape(ReadOnlySpan<int> inputShape) => windows.OutputShape(GetType().Name, inputShape);

    /// <inheritdoc/>
    public sealed override Tensor Forward(Tensor input, bool training = false)
    {
        var (rows, columns) = windows.OutputExtents(GetType().Name, input);
        Input = input;
        output = outputs.Get(input.Shape[0], input.Shape[1], rows, columns);
        BeforeForward(output);
        var work = new ForwardWork(this, output);
        Workers.Run(ref work, input.Shape[0] * input.Shape[1], 1, 4L * input.Count);
        return output;
    }

    /// <inheritdoc/>
    public sealed override Tensor Backward(Tensor outputGradient)
    {
        if (output is null || Input is null)
            throw new InvalidOperationException($"{GetType().Name} has no forward pass to go back through: call Forward first.");
        if (!outputGradient.HasShape(output.Shape))
            outputGradient.RequireShape($"The output gradient of {GetType().Name}", output.Shape);
        var inputGradient = inputGradients.Get(Input.Shape);
        var work = new BackwardWork(this, outputGradient, inputGradient);
        Workers.Run(ref work, Input.Shape[0] * Input.Shape[1], 1, 4L * Input.Count);
        return inputGradient;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name} {windows}";

    private protected virtual void BeforeForward(Tensor output)
    {
    }

    /// <summary>One map: y_k = pool(R_k).</summary>
    private protected abstract void Pool(int plane, ReadOnlySpan<float> x, int width, Span<float> y, int outputWidth);

    /// <summary>One map: adds each window's gradient to that of the pixels it came from; they are zero before.</summary>
    private protected abstract void Spread(int plane, ReadOnlySpan<float> gradient, int outputWidth, Span<float> inputGradient, int width);

    private static Span<float> Plane(Tensor tensor, int plane) => tensor.Shape[2] * tensor.Shape[3] is var size ? tensor.Span.Slice(plane * size, size) : default;

    private readonly struct ForwardWork(Pooling layer, Tensor y) : IRangeWork
    {
        public void Run(int from, int to)
        {
            for (var plane = from; plane < to; plane++)
                layer.Pool(plane, Plane(layer.Input!, plane), layer.Input!.Shape[3], Plane(y, plane), y.Shape[3]);
        }
    }

    private readonly struct BackwardWork(Pooling layer, Tensor gradient, Tensor inputGradient) : IRangeWork
    {
        public void Run(int from, int to)
        {
            for (var plane = from; plane < to; plane++)
            {
                var result = Plane(inputGradient, plane);
                result.Clear();
                layer.Spread(plane, Plane(gradient, plane), gradient.Shape[3], result, inputGradient.Shape[3]);
            }
        }
    }
}
