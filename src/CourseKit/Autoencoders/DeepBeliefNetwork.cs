namespace CourseKit;

/// <summary>
/// A deep belief net: restricted Boltzmann machines learned one after the other, each on the hidden probabilities of the one below. The
/// start of Hinton's deep autoencoder and of his classifier of 2006, and a model that can dream up inputs.
/// </summary>
/// <remarks>
/// Adding a machine can only raise a bound on the likelihood of the data, as long as its weights start as those of the one below,
/// transposed; here, as in practice, they start small. Sources: G. E. Hinton, S. Osindero, Y.-W. Teh, "A fast learning algorithm for deep
/// belief nets", Neural Computation 18 (2006), 1527-1554; G. E. Hinton and R. R. Salakhutdinov, Science 313 (2006), 504-507.
/// </remarks>
public sealed class DeepBeliefNetwork
{
    private readonly RestrictedBoltzmannMachine[] machines;
    private readonly int seed;

    /// <summary>A stack of machines with small random weights.</summary>
    /// <param name="sizes">n_0 … n_L: the visible units, then each layer's hidden ones.</param>
    /// <param name="seed">The seed of weights, order and sampling.</param>
    /// <param name="visibleUnits">What the visible units of the first machine are.</param>
    /// <param name="codeUnits">What the hidden units of the last machine are: Gaussian ones for a linear code.</param>
    /// <exception cref="ArgumentException">There are fewer than two sizes, or one is less than 1.</exception>
    public DeepBeliefNetwork(IReadOnlyList<int> sizes, int seed, UnitKind visibleUnits = UnitKind.Binary, UnitKind codeUnits = UnitKind.Binary)
    {
        var n = Unrolled.Sizes(sizes);
        this.seed = seed;
        machines =
        [
            .. Enumerable.Range(1, n.Length - 1).Select(l => new RestrictedBoltzmannMachine(
                n[l - 1], n[l], unchecked(seed + l),
                l == 1 ? visibleUnits : UnitKind.Binary,
                l == n.Length - 1 ? codeUnits : UnitKind.Binary)),
        ];
    }

    /// <summary>The machines, from the inputs up.</summary>
    public IReadOnlyList<RestrictedBoltzmannMachine> Machines => machines;

    /// <summary>Makes a machine's optimiser. Gaussian units want a rate some hundred times smaller than binary ones.</summary>
    public Func<RestrictedBoltzmannMachine, Optimiser> Optimiser { get; init; } = machine =>
        new Momentum(machine.HiddenUnits == UnitKind.Gaussian || machine.VisibleUnits == UnitKind.Gaussian ? 0.0005 : 0.05) { WeightDecay = 2e-4f };

    /// <summary>How many epochs each machine learns.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>How many examples are in a batch.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>Told of each epoch: the machine, counted from 1, the epoch, from 1, and its squared error of reconstruction.</summary>
    public Action<int, int, double>? EpochEnded { get; init; }

    /// <summary>Learns all machines, from the inputs up. No label is looked at.</summary>
    /// <param name="x">N x n_0.</param>
    /// <returns>For each machine, its squared error of reconstruction in every epoch.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, or a binary unit is given a number outside 0 … 1.</exception>
    public IReadOnlyList<IReadOnlyList<double>> Pretrain(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var errors = new List<IReadOnlyList<double>>();
        for (var l = 1; l <= machines.Length; l++)
        {
            var (machine, number) = (machines[l - 1], l);
            errors.Add(machine.Train(x, Optimiser(machine), Epochs, BatchSize, unchecked(seed + l), (epoch, error) => EpochEnded?.Invoke(number, epoch, error)));
            if (l < machines.Length)
                x = machine.Up(x);
        }

        return errors;
    }

    /// <summary>The hidden probabilities of a layer, for any number of inputs.</summary>
    /// <param name="x">N x n_0.</param>
    /// <param name="layer">Which layer's, 1 … L; null: the last one's.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public Tensor Encode(Tensor x, int? layer = null)
    {
        var last = layer ?? machines.Length;
        if (last < 1 || last > machines.Length)
            throw new ArgumentOutOfRangeException(nameof(layer), layer, $"The net has the layers 1 … {machines.Length}.");
        foreach (var machine in machines[..last])
            x = machine.Up(x);
        return x;
    }

    /// <summary>
    /// Inputs that the net believes in: the last machine goes up and down many times, starting from the codes of given inputs, and the
    /// rest leads down once.
    /// </summary>
    /// <param name="x">N x n_0, where the chains start.</param>
    /// <param name="steps">How many steps the last machine makes.</param>
    /// <returns>N x n_0: probabilities, or means of Gaussian units.</returns>
    public Tensor Dream(Tensor x, int steps)
    {
        foreach (var machine in machines[..^1])
            x = machine.Up(x);
        x = machines[^1].Gibbs(x, steps);
        foreach (var machine in machines[..^1].Reverse())
            x = machine.Down(x);
        return x;
    }

    /// <summary>The deep autoencoder of all machines and, behind them, their transposes, with weights of its own: fine-tune it as a whole.</summary>
    public Autoencoder Unroll() => Unrolled.Autoencoder(
        Pairs(), () => new Sigmoid(), Units(machines[^1].HiddenUnits), Units(machines[0].VisibleUnits));

    /// <summary>The machines as layers with class scores on top, with weights of its own: fine-tune it with labels.</summary>
    /// <param name="classes">How many classes, at least 2.</param>
    /// <param name="dropout">The share of each code that is dropped while learning; 0: none.</param>
    /// <param name="inputDropout">The share of the input that is dropped while learning; 0: none.</param>
    public Network Classifier(int classes, double dropout = 0, double inputDropout = 0) => Unrolled.Classifier(
        Pairs(), () => new Sigmoid(), Units(machines[^1].HiddenUnits), classes, seed, dropout, inputDropout);

    private Unrolled.Pair[] Pairs() =>
        [.. machines.Select(machine => new Unrolled.Pair(machine.W.Value, machine.c.Value, Unrolled.Transposed(machine.W.Value), machine.b.Value))];

    private static Func<Activation> Units(UnitKind kind) => kind == UnitKind.Binary ? () => new Sigmoid() : () => new Identity();
}
