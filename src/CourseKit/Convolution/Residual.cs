namespace CourseKit;

/// <summary>A residual block: y = x + F(x), where F is some layers that keep the shape. What they learn is the difference from doing nothing.</summary>
/// <remarks>
/// The gradient goes back along both ways, dJ/dx = δ + F'(x)'δ, so it reaches the first layers however many blocks there are. Source:
/// K. He, X. Zhang, S. Ren, J. Sun, CVPR 2016, formula 1.
/// </remarks>
public sealed class Residual : Layer
{
    private readonly Layer[] layers;
    private readonly TensorBuffer outputs = new();
    private readonly TensorBuffer inputGradients = new();
    private Tensor? input;

    /// <summary>A block around some layers.</summary>
    /// <param name="layers">F, from the input to the output.</param>
    /// <exception cref="ArgumentException">There is no layer, or one stands there twice.</exception>
    public Residual(params Layer[] layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Length == 0 || layers.Distinct().Count() < layers.Length)
            throw new ArgumentException($"A residual block needs at least one layer, and each only once; {layers.Length} given.", nameof(layers));
        this.layers = [.. layers];
        Parameters = [.. layers.SelectMany(layer => layer.Parameters)];
        NamedParameters = [.. NetworkTable.Named(layers, layer => layer.NamedParameters, named => named.Name).Select(named => (named.Name, named.Item.Parameter))];
        State = [.. NetworkTable.Named(layers, layer => layer.State, state => state.Name).Select(named => (named.Name, named.Item.Value))];
    }

    /// <summary>F's layers, from the input to the output.</summary>
    public IReadOnlyList<Layer> Layers => layers;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Parameter Parameter)> NamedParameters { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> State { get; }

    /// <summary>The penalties of F's layers together.</summary>
    public override double Penalty
    {
        get
        {
            var sum = 0.0;
            foreach (var layer in layers)
                sum += layer.Penalty;
            return sum;
        }
    }

    /// <inheritdoc/>
    public override int[] OutputShape(ReadOnlySpan<int> inputShape)
    {
        var shape = inputShape.ToArray();
        foreach (var layer in layers)
            shape = layer.OutputShape(shape);
        if (!inputShape.SequenceEqual(shape))
            throw new ArgumentException($"Residual: its layers make {Tensor.Describe(shape)} of {Tensor.Describe(inputShape)}, which cannot be added to the input; the same shape is expected.");
        return shape;
    }

    /// <summary>y = x + F(x).</summary>
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, bool training = false)
    {
        this.input = input;
        var f = input;
        foreach (var layer in layers)
            f = layer.Forward(f, training);
        if (!f.HasShape(input.Shape))
            f.RequireShape("The output of the layers in Residual", input.Shape);
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
        var delta = outputGradient;
        for (var l = layers.Length - 1; l >= 0; l--)
            delta = layers[l].Backward(delta);
        System.Numerics.Tensors.TensorPrimitives.Add(inputGradient.Span, delta.Span, inputGradient.Span);
        return inputGradient;
    }

    /// <inheritdoc/>
    public override void Initialise(Initialisation initialisation, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        for (var l = 0; l < layers.Length; l++)
            layers[l].Initialise(initialisation, random.Fork(l));
    }

    /// <summary>Those of F; the way past it has no weights.</summary>
    /// <inheritdoc/>
    public override long ConnectionCount(ReadOnlySpan<int> inputShape)
    {
        var (count, shape) = (0L, inputShape.ToArray());
        foreach (var layer in layers)
        {
            count += layer.ConnectionCount(shape);
            shape = layer.OutputShape(shape);
        }

        return count;
    }

    /// <inheritdoc/>
    public override string ToString() => $"Residual around {layers.Length} layers";
}
