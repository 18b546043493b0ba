using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>
/// An autoencoder: an encoder makes a code h = f(x) of its input, a decoder makes a reconstruction x̂ = g(h) of the code, and both are
/// learned by making the reconstruction error ‖x̂ - x‖² small. Nobody has to say what an input shows.
/// </summary>
/// <remarks>
/// It is a layer whose target is its own input, so <see cref="Trainer"/> trains its <see cref="Network"/> as any other network:
/// <c>new Trainer(autoencoder.Network, new HalfSquaredError(), new Adam(0.001)).Train(new Examples(x, x))</c>. What makes a variant of it
/// is a layer, too: <see cref="Corruption"/> at the encoder's front makes it a denoising one, <see cref="L1Sparsity"/> or
/// <see cref="KLSparsity"/> at its end a sparse one, <see cref="ContractiveSigmoid"/> in it a contractive one.
/// Source: G. E. Hinton and R. R. Salakhutdinov, "Reducing the dimensionality of data with neural networks", Science 313 (2006), 504-507.
/// </remarks>
public sealed class Autoencoder : Layer
{
    private readonly TransposedDense[] tied;

    /// <summary>Joins an encoder and a decoder.</summary>
    /// <param name="encoder">From the input to the code.</param>
    /// <param name="decoder">From the code back to the input's shape.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or the decoder is tied to weights of another encoder.</exception>
    public Autoencoder(Network encoder, Network decoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(decoder);
        if (!decoder.InputShape.SequenceEqual(encoder.OutputExtents))
            throw new ArgumentException($"The encoder gives codes of shape {Tensor.Describe(encoder.OutputExtents)}, but the decoder takes {Tensor.Describe(decoder.InputShape)}.", nameof(decoder));
        if (!decoder.OutputExtents.SequenceEqual(encoder.InputShape))
            throw new ArgumentException($"The encoder takes inputs of shape {Tensor.Describe(encoder.InputShape)}, but the decoder gives {Tensor.Describe(decoder.OutputExtents)}: a reconstruction has the input's shape.", nameof(decoder));
        tied = [.. decoder.Layers.OfType<TransposedDense>()];
        if (tied.Any(layer => !encoder.Layers.Contains(layer.Of)))
            throw new ArgumentException("The decoder is tied to a Dense layer that is not one of this encoder's.", nameof(decoder));
        (Encoder, Decoder) = (encoder, decoder);
        Parameters = [.. encoder.Parameters, .. decoder.Parameters];
        NamedParameters = [.. Named(encoder.NamedParameters, decoder.NamedParameters)];
        State = [.. Named(encoder.State, decoder.State)];
        Network = new Network(encoder.InputShape.ToArray(), this);
    }

    /// <summary>f: from the input to the code.</summary>
    public Network Encoder { get; }

    /// <summary>g: from the code to the reconstruction.</summary>
    public Network Decoder { get; }

    /// <summary>The network of this one layer, x → x̂: what a <see cref="Trainer"/> takes.</summary>
    public Network Network { get; }

    /// <summary>
    /// What makes a reconstruction of the decoder's outputs where the loss works on scores: a <see cref="Sigmoid"/> beside
    /// <see cref="BinaryCrossEntropyWithLogits"/>. Null: the outputs are the reconstruction.
    /// </summary>
    public Activation? Readout { get; init; }

    /// <summary>Whether the decoder's weights are the encoder's, transposed.</summary>
    public bool IsTied => tied.Length > 0;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Parameter Parameter)> NamedParameters { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> State { get; }

    /// <inheritdoc/>
    public override double Penalty => Encoder.Penalty + Decoder.Penalty;

    /// <summary>A decoder that mirrors the encoder, with weights of its own or the encoder's transposed.</summary>
    /// <param name="sizes">n_0 … n_L: the numbers in an input, in each hidden layer, in the code.</param>
    /// <param name="hidden">Makes the activation of a hidden layer, on both sides.</param>
    /// <param name="code">The code's activation; null leaves it linear.</param>
    /// <param name="output">The activation of the reconstruction; null leaves it linear.</param>
    /// <param name="tied">Whether the decoder uses the encoder's weights, transposed: half as many to learn.</param>
    /// <exception cref="ArgumentException">There are fewer than two sizes.</exception>
    public static Autoencoder Mirrored(IReadOnlyList<int> sizes, Func<Activation> hidden, Activation? code = null, Activation? output = null, bool tied = false)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(hidden);
        if (sizes.Count < 2)
            throw new ArgumentException($"{sizes.Count} sizes given; the input's and the code's are expected at least.", nameof(sizes));
        Dense[] dense = [.. sizes.Zip(sizes.Skip(1), (inputs, outputs) => new Dense(inputs, outputs))];
        Layer[] back = [.. dense.Reverse().Select(Layer (layer) => tied ? new TransposedDense(layer) : new Dense(layer.Outputs, layer.Inputs))];
        return new(
            new Network(sizes[0], Alternating(dense, hidden, code)),
            new Network(sizes[^1], Alternating(back, hidden, output)));
    }

    /// <inheritdoc/>
    public override int[] OutputShape(ReadOnlySpan<int> inputShape) => Decoder.OutputShape(Encoder.OutputShape(inputShape));

    /// <summary>x̂ = g(f(x)); scores where there is a <see cref="Readout"/>.</summary>
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, bool training = false) => Decoder.Forward(Encoder.Forward(input, training), training);

    /// <summary>
    /// (11) through the decoder, then the encoder. A weight that both use has two gradients, one from each place: they are added.
    /// </summary>
    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient)
    {
        var inputGradient = Encoder.Backward(Decoder.Backward(outputGradient));
        AddTied();
        return inputGradient;
    }

    /// <inheritdoc/>
    public override void BackwardParameters(Tensor outputGradient)
    {
        Encoder.BackwardParameters(Decoder.Backward(outputGradient));
        AddTied();
    }

    /// <inheritdoc/>
    public override void Initialise(Initialisation initialisation, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Encoder.Initialise(initialisation, random.Fork(0));
        Decoder.Initialise(initialisation, random.Fork(1));
    }

    /// <summary>Gives every layer its start weights.</summary>
    /// <param name="initialisation">The distribution, the same for all layers.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <returns>This autoencoder.</returns>
    public Autoencoder Initialise(Initialisation initialisation, int seed)
    {
        Initialise(initialisation, new RandomSource(seed));
        return this;
    }

    /// <inheritdoc/>
    public override long ConnectionCount(ReadOnlySpan<int> inputShape) =>
        Encoder.ConnectionCount(inputShape) + Decoder.ConnectionCount(Encoder.OutputShape(inputShape));

    /// <inheritdoc/>
    public override int LeastBatch(ReadOnlySpan<int> inputShape) =>
        Math.Max(Encoder.LeastBatch(inputShape), Decoder.LeastBatch(Encoder.OutputShape(inputShape)));

    /// <summary>The codes h = f(x) of any number of inputs, in a tensor of their own.</summary>
    /// <param name="x">Inputs, batch first.</param>
    public Tensor Encode(Tensor x) => InBatches.Forward(Encoder, x);

    /// <summary>The reconstructions x̂ = g(h) of any number of codes, in a tensor of their own.</summary>
    /// <param name="codes">Codes, batch first.</param>
    public Tensor Decode(Tensor codes)
    {
        var outputs = InBatches.Forward(Decoder, codes);
        return Readout is null ? outputs : Readout.Forward(outputs).Clone();
    }

    /// <summary>x̂ = g(f(x)) of any number of inputs, in a tensor of their own.</summary>
    /// <param name="x">Inputs, batch first.</param>
    public Tensor Reconstruct(Tensor x) => Decode(Encode(x));

    /// <summary>The mean over the inputs of Σ_j (x̂_j - x_j)²: Hinton and Salakhutdinov's squared error per image.</summary>
    /// <param name="x">Inputs, batch first.</param>
    public double SquaredError(Tensor x) => InBatches.SquaredError(Reconstruct(x), x);

    /// <summary>Both halves in a line.</summary>
    public override string ToString() =>
        $"Autoencoder {Tensor.Describe(Encoder.InputShape)} → {Tensor.Describe(Encoder.OutputExtents)} → {Tensor.Describe(Decoder.OutputExtents)}{(IsTied ? ", tied weights" : "")}";

    private void AddTied()
    {
        foreach (var layer in tied)
            layer.AddWeightGradient();
    }

    private static Layer[] Alternating(Layer[] layers, Func<Activation> hidden, Activation? last) =>
    [
        .. layers.SelectMany((layer, l) => (Layer[])(l < layers.Length - 1 ? [layer, hidden()] : last is null ? [layer] : [layer, last])),
    ];

    private static IEnumerable<(string Name, T Item)> Named<T>(IEnumerable<(string Name, T Item)> encoder, IEnumerable<(string Name, T Item)> decoder) =>
        encoder.Select(named => ($"encoder.{named.Name}", named.Item)).Concat(decoder.Select(named => ($"decoder.{named.Name}", named.Item)));
}
