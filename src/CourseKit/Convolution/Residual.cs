namespace CourseKit;

/// <summary>A residual block: y = x + F(x), where F is some layers that keep the shape. What they learn is the difference from doing nothing.</summary>
/// <remarks>
/// The gradient goes back along both ways, dJ/dx = δ + F'(x)'δ, so it reaches the first layers however many blocks there are. Source:
/// K. He, X. Zhang, S. Ren, J. Sun, CVPR 2016, formula 1.
/// </remarks>
public sealed class Residual : LayerChain
{
    private readonly TensorBuffer outputs = new();
    private readonly TensorBuffer inputGradients = new();
    private Tensor? input;

    /// <summary>A block around some layers.</summary>
    /// <param name="layers">F, from the input to the output.</param>
    /// <exception cref="ArgumentException">There is no layer, or one stands there twice.</exception>
    public Residual(params Layer[] layers)
        : base(layers)
    {
    }

    /// <inheritdoc/>
    public override int[] OutputShape(ReadOnlySpan<int> inputShape)
    {
        var shape = base.OutputShape(inputShape);
        if (!inputShape.SequenceEqual(shape))
            throw new ArgumentException($"Residual: its layers make {Tensor.Describe(shape)} of {Tensor.Describe(inputShape)}, which cannot be added to the input; the same shape is expected.");
        return shape;
    }

    /// <summary>y = x + F(x).</summary>
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, bool training = false)
    {
        var f = base.Forward(input, training);
        if (!f.HasShape(input.Shape))
            f.RequireShape("The output of the layers in Residual", input.Shape);
        this.input = input;
        var output = outputs.Get(input.Shape);
        System.Numerics.Tensors.TensorPrimitives.Add(input.Span, f.Span, output.Span);
        return output;
    }

    /// <summary>dJ/dx = δ + what comes back through F.</summary>
    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient)
    {
        if (input is null)
            throw new InvalidOperationException("Residual has no forward pass to go back through: call Forward first.");
        if (!outputGradient.HasShape(input.Shape))
            outputGradient.RequireShape("The output gradient of Residual", input.Shape);
        var inputGradient = inputGradients.Get(input.Shape);
        outputGradient.Span.CopyTo(inputGradient.Span);
        var delta = base.Backward(outputGradient);
        System.Numerics.Tensors.TensorPrimitives.Add(inputGradient.Span, delta.Span, inputGradient.Span);
        return inputGradient;
    }

    /// <inheritdoc/>
    public override string ToString() => $"Residual around {Layers.Count} layers";
}
