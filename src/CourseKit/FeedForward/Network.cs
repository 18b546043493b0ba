namespace CourseKit;

/// <summary>
/// A feed-forward network: layers one after the other, each taking the output of the one before,
/// x = a^(0) → z^(1) → a^(1) → … → z^(L) → a^(L) = y, formula (8).
/// </summary>
/// <remarks>
/// A network is itself a layer, so that an encoder and a decoder make an autoencoder. Its buffers are made at the first batch of a
/// size and used again; what <see cref="Forward"/> returns is written over by the next call.
/// </remarks>
public sealed class Network : Layer
{
    private readonly Layer[] layers;
    private readonly int[] inputShape;
    private readonly int firstLearning;

    /// <summary>A network on vectors.</summary>
    /// <param name="inputs">The numbers in each example.</param>
    /// <param name="layers">From the input to the output; each is used by this network alone.</param>
    /// <exception cref="ArgumentException">A layer cannot take what the one before it gives; the message names both.</exception>
    public Network(int inputs, params Layer[] layers)
        : this([inputs], layers)
    {
    }

    /// <summary>A network on examples of any shape.</summary>
    /// <param name="inputShape">One example's shape without the batch: <c>[1, 28, 28]</c>.</param>
    /// <param name="layers">From the input to the output; each is used by this network alone.</param>
    /// <exception cref="ArgumentException">
    /// There is no layer, a layer stands there twice, or one cannot take what the one before it gives; the message names both.
    /// </exception>
    public Network(int[] inputShape, params Layer[] layers)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Length == 0)
            throw new ArgumentException("A network needs at least one layer.", nameof(layers));
        if (layers.Distinct().Count() < layers.Length)
            throw new ArgumentException("The same layer stands in the network twice: it would write over its own memory. Make two.", nameof(layers));
        this.inputShape = [.. inputShape];
        this.layers = [.. layers];
        Rows = NetworkTable.Rows(this.inputShape, layers);
        Parameters = [.. layers.SelectMany(layer => layer.Parameters)];
        State = [.. NetworkTable.Named(layers, layer => layer.State, state => state.Name).Select(named => (named.Name, named.Item.Value))];
        NamedParameters = [.. NetworkTable.Named(layers, layer => layer.NamedParameters, named => named.Name).Select(named => (named.Name, named.Item.Parameter))];
        var first = Array.FindIndex(layers, layer => layer.Parameters.Count > 0);
        firstLearning = first < 0 ? layers.Length : first;
    }

    /// <summary>The layers, from the input to the output.</summary>
    public IReadOnlyList<Layer> Layers => layers;

    /// <summary>One example's shape, without the batch.</summary>
    public ReadOnlySpan<int> InputShape => inputShape;

    /// <summary>One example's output shape, without the batch.</summary>
    public ReadOnlySpan<int> OutputExtents => Rows[^1].OutputShape;

    /// <summary>The table that <see cref="ToString"/> prints, a row each layer.</summary>
    public IReadOnlyList<NetworkRow> Rows { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

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

    /// <summary>The parameters with names that are unique in the network: <c>dense1.W</c>, <c>dense1.b</c>, <c>dense2.W</c>.</summary>
    public override IReadOnlyList<(string Name, Parameter Parameter)> NamedParameters { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> State { get; }

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
        RequireBatch(input);
        var a = input;
        foreach (var layer in layers)
            a = layer.Forward(a, training);
        return a;
    }

    /// <summary>(11): the chain rule, from the last layer back to the first; each layer's gradients are written on the way.</summary>
    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient)
    {
        var gradient = outputGradient;
        for (var l = layers.Length - 1; l >= 0; l--)
            gradient = layers[l].Backward(gradient);
        return gradient;
    }

    /// <inheritdoc/>
    public override void BackwardParameters(Tensor outputGradient)
    {
        var gradient = outputGradient;
        for (var l = layers.Length - 1; l > firstLearning; l--)
            gradient = layers[l].Backward(gradient);
        if (firstLearning < layers.Length)
            layers[firstLearning].BackwardParameters(gradient);
    }

    /// <summary>Gives every layer its start weights; layer l draws from the l-th fork of the seed's stream.</summary>
    /// <param name="initialisation">The distribution, the same for all layers.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <returns>This network.</returns>
    public Network Initialise(Initialisation initialisation, int seed)
    {
        Initialise(initialisation, new RandomSource(seed));
        return this;
    }

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

    /// <summary>The network as a table: layer, output shape, parameters and connections.</summary>
    public override string ToString() => NetworkTable.Format(inputShape, Rows);

    private void RequireBatch(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var fits = input.Rank == inputShape.Length + 1 && input.Shape[1..].SequenceEqual(inputShape);
        if (!fits)
            input.RequireShape("The input of the network", [-1, .. inputShape]);
        if (input.Shape[0] == 0)
            throw new ArgumentException("The input of the network: an empty batch given, at least one example expected.", nameof(input));
    }
}
