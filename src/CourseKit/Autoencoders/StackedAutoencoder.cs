namespace CourseKit;

/// <summary>
/// Layers that are learned one after the other, each as an autoencoder of the codes of the one before: greedy layer-wise training. What
/// comes of it can be unrolled into one deep autoencoder, or get a classifier on top; both are then fine-tuned as a whole.
/// </summary>
/// <remarks>
/// Before <see cref="Pretrain"/> the layers have random start weights, so <see cref="Unroll"/> and <see cref="Classifier"/> give the same
/// networks without the pre-training, for comparison. Sources: G. E. Hinton and R. R. Salakhutdinov, Science 313 (2006), 504-507;
/// Y. Bengio, P. Lamblin, D. Popovici, H. Larochelle, "Greedy layer-wise training of deep networks", NIPS 2006 (2007), 153-160; P. Vincent et
/// al., Journal of Machine Learning Research 11 (2010), 3371-3408, for the denoising ones.
/// </remarks>
public sealed class StackedAutoencoder
{
    private readonly int[] sizes;
    private readonly int seed;
    private readonly List<Unrolled.Pair> pairs = [];

    /// <summary>A stack with random start weights.</summary>
    /// <param name="sizes">n_0 … n_L: the numbers in an input, then in each layer's code.</param>
    /// <param name="seed">The seed of the start weights, of the order of the examples, and of the damage.</param>
    /// <exception cref="ArgumentException">There are fewer than two sizes, or one is less than 1.</exception>
    public StackedAutoencoder(IReadOnlyList<int> sizes, int seed)
    {
        this.sizes = Unrolled.Sizes(sizes);
        this.seed = seed;
    }

    /// <summary>n_0 … n_L.</summary>
    public IReadOnlyList<int> Sizes => sizes;

    /// <summary>Makes the activation of every layer but the last.</summary>
    public Func<Activation> Hidden { get; init; } = () => new Sigmoid();

    /// <summary>Makes the last code's activation; null takes <see cref="Hidden"/>.</summary>
    public Func<Activation>? Code { get; init; }

    /// <summary>Makes the activation of the reconstructed input.</summary>
    public Func<Activation> Output { get; init; } = () => new Sigmoid();

    /// <summary>Makes the layer behind a code that adds a penalty on it; null: none.</summary>
    public Func<ActivityPenalty>? Sparsity { get; init; }

    /// <summary>What part of each layer's input is set to 0 while it learns, 0 … 1: above 0, the stack is a denoising one.</summary>
    public double Masking
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Masking), value, "The probability that a number is masked lies from 0 to 1.");
    }

    /// <summary>Whether a layer decodes by its own weights, transposed.</summary>
    public bool IsTied { get; init; } = true;

    /// <summary>Makes the loss of a layer's training.</summary>
    public Func<Loss> Loss { get; init; } = () => new HalfSquaredError();

    /// <summary>Makes the optimiser of a layer's training.</summary>
    public Func<Optimiser> Optimiser { get; init; } = () => new Adam(0.001);

    /// <summary>The distribution of the start weights.</summary>
    public Initialisation Start { get; init; } = Initialisation.XavierUniform;

    /// <summary>How many epochs each layer learns.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>How many examples are in a batch.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>Told of each epoch in a layer's training: the layer, counted from 1, and what came out.</summary>
    public Action<int, EpochResult>? EpochEnded { get; init; }

    /// <summary>Learns all layers, the first from the inputs, every other from the codes of the one before. No label is looked at.</summary>
    /// <param name="x">N x n_0.</param>
    /// <returns>Each layer's training.</returns>
    /// <exception cref="ArgumentException">The shape does not fit.</exception>
    public IReadOnlyList<TrainingHistory> Pretrain(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        x.RequireShape("The inputs of the stack", -1, sizes[0]);
        Prepare();
        var histories = new List<TrainingHistory>();
        for (var l = 1; l < sizes.Length; l++)
        {
            var layer = Layer(l);
            var number = l;
            histories.Add(new Trainer(layer.Network, Loss(), Optimiser())
            {
                Epochs = Epochs,
                BatchSize = BatchSize,
                Seed = unchecked(seed + l),
                What = $"Layer {l}",
                EpochEnded = result => EpochEnded?.Invoke(number, result),
            }.Train(new Examples(x, x)));
            pairs[l - 1] = PairOf(layer);
            if (l < sizes.Length - 1)
                x = layer.Encode(x);
        }

        return histories;
    }

    /// <summary>One layer as it stands, with its way back, as an autoencoder of its own: what <see cref="Pretrain"/> trains.</summary>
    /// <param name="l">The layer, 1 … L.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public Autoencoder Layer(int l)
    {
        RequireLayer(l);
        Prepare();
        var pair = pairs[l - 1];
        var dense = new Dense(pair.W.Clone(), pair.b.Clone());
        var encoder = new List<Layer> { dense, Activation(l) };
        if (Masking > 0)
            encoder.Insert(0, new Corruption(CorruptionKind.Masking, Masking, unchecked(seed + 100 * l)));
        if (Sparsity is not null)
            encoder.Add(Sparsity());
        Layer back = IsTied ? new TransposedDense(dense, pair.c.Clone()) : new Dense(pair.back.Clone(), pair.c.Clone());
        return new(new Network(sizes[l - 1], [.. encoder]), new Network(sizes[l], back, l == 1 ? Output() : Hidden()));
    }

    /// <summary>The codes of a layer, for any number of inputs.</summary>
    /// <param name="x">N x n_0.</param>
    /// <param name="layer">Which layer's code, 1 … L; null: the last one's.</param>
    public Tensor Encode(Tensor x, int? layer = null)
    {
        var last = layer ?? sizes.Length - 1;
        RequireLayer(last);
        for (var l = 1; l <= last; l++)
            x = Layer(l).Encode(x);
        return x;
    }

    /// <summary>The deep autoencoder n_0 … n_L … n_0 of all layers and their ways back, with weights of its own: fine-tune it as a whole.</summary>
    public Autoencoder Unroll()
    {
        Prepare();
        return Unrolled.Autoencoder(pairs, Hidden, Code ?? Hidden, Output);
    }

    /// <summary>The encoder with a layer of class scores on the last code, with weights of its own: fine-tune it with labels.</summary>
    /// <param name="classes">How many classes, at least 2.</param>
    /// <param name="dropout">The share of each code that is dropped while learning; 0: none.</param>
    /// <param name="inputDropout">The share of the input that is dropped while learning; 0: none.</param>
    public Network Classifier(int classes, double dropout = 0, double inputDropout = 0)
    {
        Prepare();
        return Unrolled.Classifier(pairs, Hidden, Code ?? Hidden, classes, seed, dropout, inputDropout);
    }

    private Activation Activation(int l) => l < sizes.Length - 1 ? Hidden() : (Code ?? Hidden)();

    private void Prepare()
    {
        if (pairs.Count > 0)
            return;
        var random = new RandomSource(seed);
        for (var l = 1; l < sizes.Length; l++)
        {
            var (encoder, decoder) = (new Dense(sizes[l - 1], sizes[l]), new Dense(sizes[l], sizes[l - 1]));
            encoder.Initialise(Start, random.Fork(2 * l));
            decoder.Initialise(Start, random.Fork(2 * l + 1));
            pairs.Add(new(encoder.W.Value, encoder.b.Value, IsTied ? Unrolled.Transposed(encoder.W.Value) : decoder.W.Value, decoder.b.Value));
        }
    }

    private Unrolled.Pair PairOf(Autoencoder layer)
    {
        var dense = layer.Encoder.Layers.OfType<Dense>().Single();
        return layer.Decoder.Layers[0] is Dense back
            ? new(dense.W.Value, dense.b.Value, back.W.Value, back.b.Value)
            : new(dense.W.Value, dense.b.Value, Unrolled.Transposed(dense.W.Value), ((TransposedDense)layer.Decoder.Layers[0]).c.Value);
    }

    private void RequireLayer(int l)
    {
        if (l < 1 || l >= sizes.Length)
            throw new ArgumentOutOfRangeException(nameof(l), l, $"The stack has the layers 1 … {sizes.Length - 1}.");
    }
}
