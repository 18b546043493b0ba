namespace CourseKit;

/// <summary>
/// A feed-forward network: layers one after the other, each taking the output of the one before,
/// x = a^(0) → z^(1) → a^(1) → … → z^(L) → a^(L) = y, formula (8).
/// </summary>
/// <remarks>
/// A network is itself a layer, so that an encoder and a decoder make an autoencoder. Its buffers are made at the first batch of a
/// size and used again; what <see cref="Forward"/> returns is written over by the next call.
/// </remarks>
public sealed class Network : LayerChain
{
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
        : base(layers)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        this.inputShape = [.. inputShape];
        Rows = NetworkTable.Rows(this.inputShape, layers);
        var first = Array.FindIndex(layers, layer => layer.Parameters.Count > 0);
        firstLearning = first < 0 ? layers.Length : first;
    }

    /// <summary>One example's shape, without the batch.</summary>
    public ReadOnlySpan<int> InputShape => inputShape;

    /// <summary>One example's output shape, without the batch.</summary>
    public ReadOnlySpan<int> OutputExtents => Rows[^1].OutputShape;

    /// <summary>The table that <see cref="ToString"/> prints, a row each layer.</summary>
    public IReadOnlyList<NetworkRow> Rows { get; }

    /// <summary>(8): the layers' forward passes, one after the other.</summary>
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, bool training = false)
    {
        RequireBatch(input);
        return base.Forward(input, training);
    }

    /// <inheritdoc/>
    public override void BackwardParameters(Tensor outputGradient)
    {
        RequireWholePass();
        var gradient = outputGradient;
        for (var l = Layers.Count - 1; l > firstLearning; l--)
            gradient = Layers[l].Backward(gradient);
        if (firstLearning < Layers.Count)
            Layers[firstLearning].BackwardParameters(gradient);
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
