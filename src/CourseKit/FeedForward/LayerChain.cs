namespace CourseKit;

/// <summary>Layers one behind the other, as one layer: a network, or the inside of a block in one.</summary>
/// <remarks>Each layer writes into memory of its own, so it stands in one chain only, and there once.</remarks>
public abstract class LayerChain : Layer
{
    private readonly Layer[] layers;
    private bool isHalfWay;

    /// <summary>Puts layers into a chain.</summary>
    /// <param name="layers">From the input to the output.</param>
    /// <exception cref="ArgumentException">There is no layer, or one stands there twice.</exception>
    private protected LayerChain(Layer[] layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Length == 0)
            throw new ArgumentException($"A {GetType().Name.ToLowerInvariant()} needs at least one layer.", nameof(layers));
        if (layers.Distinct().Count() < layers.Length)
            throw new ArgumentException($"The same layer stands in the {GetType().Name.ToLowerInvariant()} twice: it would write over its own memory. Make two.", nameof(layers));
        this.layers = [.. layers];
        Parameters = [.. layers.SelectMany(layer => layer.Parameters)];
        NamedParameters = [.. NetworkTable.Named(layers, layer => layer.NamedParameters, named => named.Name).Select(named => (named.Name, named.Item.Parameter))];
        State = [.. NetworkTable.Named(layers, layer => layer.State, state => state.Name).Select(named => (named.Name, named.Item.Value))];
    }

    /// <summary>The layers, from the input to the output.</summary>
    public IReadOnlyList<Layer> Layers => layers;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The parameters with names that are unique in the chain: <c>dense1.W</c>, <c>dense1.b</c>, <c>dense2.W</c>.</summary>
    public override IReadOnlyList<(string Name, Parameter Parameter)> NamedParameters { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> State { get; }

    /// <summary>The layers' penalties together.</summary>
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

    internal override bool IsByExample => layers.All(layer => layer.IsByExample);

    internal override bool SharesWeights => layers.Any(layer => layer.SharesWeights);

    /// <inheritdoc/>
    public override int[] OutputShape(ReadOnlySpan<int> inputShape)
    {
        var shape = inputShape.ToArray();
        foreach (var layer in layers)
            shape = layer.OutputShape(shape);
        return shape;
    }

    /// <summary>(8): the layers' forward passes, one after the other.</summary>
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, bool training = false)
    {
        isHalfWay = true;
        var a = input;
        foreach (var layer in layers)
            a = layer.Forward(a, training);
        isHalfWay = false;
        return a;
    }

    /// <summary>(11): the chain rule, from the last layer back to the first; each layer's gradients are written on the way.</summary>
    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient)
    {
        RequireWholePass();
        var gradient = outputGradient;
        for (var l = layers.Length - 1; l >= 0; l--)
            gradient = layers[l].Backward(gradient);
        return gradient;
    }

    /// <summary>Gives every layer its start weights; layer l draws from the l-th fork of the stream.</summary>
    /// <inheritdoc/>
    public override void Initialise(Initialisation initialisation, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        for (var l = 0; l < layers.Length; l++)
            layers[l].Initialise(initialisation, random.Fork(l));
    }

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
    public override int LeastBatch(ReadOnlySpan<int> inputShape)
    {
        var (least, shape) = (1, inputShape.ToArray());
        foreach (var layer in layers)
        {
            least = Math.Max(least, layer.LeastBatch(shape));
            shape = layer.OutputShape(shape);
        }

        return least;
    }

    /// <summary>Throws where a layer refused the last forward pass: those before it have gone on, those behind it still hold the pass before.</summary>
    private protected void RequireWholePass()
    {
        if (isHalfWay)
            throw new InvalidOperationException($"A layer of the {GetType().Name.ToLowerInvariant()} refused its last forward pass, which cannot be gone back through: call Forward first.");
    }
}
