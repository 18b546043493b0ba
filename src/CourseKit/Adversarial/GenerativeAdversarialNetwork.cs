using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>
/// Two networks that play the lecture's game, min over G, max over D of V(D, G) = E_x[log D(x)] + E_z[log(1 - D(G(z)))]: the generator
/// makes samples of noise, the discriminator tells them from the data. <see cref="Train(Tensor, int, IProgress{AdversarialProgress}?, CancellationToken)"/> is Algorithm 1.
/// </summary>
/// <remarks>
/// The discriminator's network ends in one number without an activation, the logit s; D(x) = 1 / (1 + exp(-s)) is applied here, where the
/// logarithms are taken, so that nothing is lost where D is sure. It sees data and samples of an update as one batch of 2m. The same seed
/// gives the same weights, bit for bit. A step allocates nothing once its buffers are made.
/// Source: I. Goodfellow, J. Pouget-Abadie, M. Mirza, B. Xu, D. Warde-Farley, S. Ozair, A. Courville, Y. Bengio, "Generative adversarial
/// nets", NIPS 2014; label smoothing: T. Salimans et al., "Improved techniques for training GANs", NIPS 2016, section 3.4.
/// </remarks>
public sealed partial class GenerativeAdversarialNetwork
{
    private readonly BinaryCrossEntropyWithLogits discriminatorLoss = new();
    private readonly BinaryCrossEntropyWithLogits generatorLoss = new();
    private readonly TensorBuffer pairs = new();
    private readonly TensorBuffer targets = new();
    private readonly TensorBuffer probabilities = new();
    private readonly Parameter[] discriminatorParameters; // arrays, because going through a list by its interface allocates
    private readonly bool[] wasFrozen;
    private readonly int[] pairShape;
    private readonly RandomSource?[] streams = new RandomSource?[2];
    private ShuffledExamples? shuffled;
    private Tensor? samples;
    private Tensor? logits;

    /// <summary>Brings the two players together.</summary>
    /// <param name="generator">G: noise in, samples out, in the data's shape.</param>
    /// <param name="discriminator">D without its last sigmoid: samples in, one logit out.</param>
    /// <param name="generatorOptimiser">The rule of G's updates; it belongs to G from the first step on.</param>
    /// <param name="discriminatorOptimiser">The rule of D's updates; another one than G's.</param>
    /// <exception cref="ArgumentException">
    /// G's output does not fit D's input, D has not one output or ends in a sigmoid, or the two optimisers are the same; the message names what
    /// was given.
    /// </exception>
    public GenerativeAdversarialNetwork(Network generator, Network discriminator, Optimiser generatorOptimiser, Optimiser discriminatorOptimiser)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(discriminator);
        ArgumentNullException.ThrowIfNull(generatorOptimiser);
        ArgumentNullException.ThrowIfNull(discriminatorOptimiser);
        if (ReferenceEquals(generatorOptimiser, discriminatorOptimiser))
            throw new ArgumentException("One optimiser given for both players; each needs its own, which remembers its own gradients.", nameof(discriminatorOptimiser));
        if (generator.Parameters.Intersect(discriminator.Parameters).Any())
            throw new ArgumentException("The generator and the discriminator share a parameter; each needs its own.", nameof(discriminator));
        if (!generator.OutputExtents.SequenceEqual(discriminator.InputShape))
            throw new ArgumentException($"The generator makes samples of shape {Tensor.Describe(generator.OutputExtents)}, the discriminator takes {Tensor.Describe(discriminator.InputShape)}; both must be the data's.", nameof(discriminator));
        if (!discriminator.OutputExtents.SequenceEqual([1]))
            throw new ArgumentException($"The discriminator's output has shape {Tensor.Describe(discriminator.OutputExtents)}; one number, the logit, is expected.", nameof(discriminator));
        if (discriminator.Layers[^1] is Sigmoid)
            throw new ArgumentException("The discriminator ends in a Sigmoid: leave it out. Its last layer gives the logit s, and D(x) = 1 / (1 + exp(-s)) is applied here.", nameof(discriminator));
        (Generator, Discriminator) = (generator, discriminator);
        (GeneratorOptimiser, DiscriminatorOptimiser) = (generatorOptimiser, discriminatorOptimiser);
        discriminatorParameters = [.. discriminator.Parameters];
        wasFrozen = new bool[discriminatorParameters.Length];
        pairShape = [0, .. discriminator.InputShape];
    }

    /// <summary>G: noise in, samples out.</summary>
    public Network Generator { get; }

    /// <summary>D's network: samples in, one logit out. <see cref="Discriminate"/> gives D(x).</summary>
    public Network Discriminator { get; }

    /// <summary>The rule of G's updates.</summary>
    public Optimiser GeneratorOptimiser { get; }

    /// <summary>The rule of D's updates.</summary>
    public Optimiser DiscriminatorOptimiser { get; }

    /// <summary>k of Algorithm 1: updates of D for each one of G, at least 1.</summary>
    public int DiscriminatorSteps { get; init => field = AtLeastOne(value, nameof(DiscriminatorSteps)); } = 1;

    /// <summary>m of Algorithm 1: examples, and noise samples, in a minibatch.</summary>
    public int BatchSize { get; init => field = AtLeastOne(value, nameof(BatchSize)); } = 100;

    /// <summary>What G makes small; the paper recommends the non-saturating loss for practice.</summary>
    public GeneratorLoss Loss { get; init; } = GeneratorLoss.NonSaturating;

    /// <summary>p_z.</summary>
    public NoisePrior Prior { get; init; } = NoisePrior.Normal;

    /// <summary>
    /// ε of one-sided label smoothing: D learns 1 - ε for the data, so that it never grows sure; 0 leaves it out. The best D is then
    /// (1 - ε) p_data / (p_data + p_g). V is reported without it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 up to below 1.</exception>
    public float LabelSmoothing
    {
        get;
        init => field = value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(LabelSmoothing), value, "The label smoothing lies from 0 up to below 1.");
    }

    /// <summary>The seed of the minibatches and of the noise.</summary>
    public int Seed { get; init; }

    /// <summary>How many iterations in a row, within one call of Train, a side must be lost until training stops; null never stops for it.</summary>
    public int? Patience { get; init => field = value is { } p ? AtLeastOne(p, nameof(Patience)) : null; } = 500;

    /// <summary>The running average of G's weights, taken after each iteration; null where none is wanted.</summary>
    /// <exception cref="ArgumentException">It is another network's: its samples would be those of G as it stands.</exception>
    public WeightAverage? GeneratorAverage
    {
        get;
        init => field = value is null || value.IsOf(Generator)
            ? value
            : throw new ArgumentException("The average is of another network's weights; that of the generator's is expected.", nameof(GeneratorAverage));
    }

    /// <summary>V, D(x), D(G(z)) and G's loss of all iterations that <see cref="Train(Tensor, int, IProgress{AdversarialProgress}?, CancellationToken)"/> made.</summary>
    public AdversarialHistory History { get; } = new();

    internal double V { get; private set; }

    internal double DOnData { get; private set; }

    internal double DOnSamples { get; private set; }

    /// <summary>D's logits in its last update: of the data, then of the samples.</summary>
    internal Tensor Logits => logits!;

    /// <summary>G(z) of D's last update, or of G's where that was later.</summary>
    internal Tensor Samples => samples!;

    internal RandomSource DataStream => streams[0] ??= new RandomSource(Seed).Fork(0);

    internal RandomSource NoiseStream => streams[1] ??= new RandomSource(Seed).Fork(1);

    /// <summary>
    /// One of the k updates of D in Algorithm 1: up the gradient of (1/m) Σ [log D(x_i) + log(1 - D(G(z_i)))], as a step down that of its
    /// negative.
    /// </summary>
    /// <param name="x">m examples, in the shape of G's output.</param>
    /// <param name="z">m noise samples.</param>
    /// <returns>The loss before the update: -V of this minibatch, where labels are not smoothed.</returns>
    /// <exception cref="ArgumentException">A shape does not fit, or the counts differ.</exception>
    /// <exception cref="DivergedException">The loss or an update is not finite; the weights still are.</exception>
    public double StepDiscriminator(Tensor x, Tensor z)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(z);
        samples = Generator.Forward(z, training: true);
        if (!x.HasShape(samples.Shape))
            x.RequireShape("The data of an update of D, as many as noise samples", samples.Shape);
        var m = x.Shape[0];
        pairShape[0] = 2 * m;
        var pair = pairs.Get(pairShape);
        x.Span.CopyTo(pair.Span);
        samples.Span.CopyTo(pair.Span[x.Count..]);
        logits = Discriminator.Forward(pair, training: true);
        var wanted = targets.Get(2 * m, 1);
        wanted.Span[..m].Fill(1 - LabelSmoothing);
        wanted.Span[m..].Clear();
        var loss = 2 * discriminatorLoss.Forward(logits, wanted); // the loss's mean is over 2m, Algorithm 1's over m
        RequireFinite(loss, DiscriminatorOptimiser, "D's loss");
        Observe(loss, m);
        var gradient = discriminatorLoss.Backward();
        TensorPrimitives.Multiply(gradient.Span, 2, gradient.Span);
        Discriminator.BackwardParameters(gradient);
        DiscriminatorOptimiser.Step(Discriminator.Parameters);
        return loss;
    }

    /// <summary>The update of G in Algorithm 1: down the gradient of (1/m) Σ log(1 - D(G(z_i))), or of the non-saturating loss.</summary>
    /// <param name="z">m noise samples.</param>
    /// <returns>The loss before the update.</returns>
    /// <exception cref="ArgumentException">The shape does not fit.</exception>
    /// <exception cref="DivergedException">The loss or an update is not finite; the weights still are.</exception>
    public double StepGenerator(Tensor z)
    {
        ArgumentNullException.ThrowIfNull(z);
        samples = Generator.Forward(z, training: true);
        var s = Discriminator.Forward(samples, training: true);

        // The cross-entropy against 1 is -log D; against 0 it is -log(1 - D), whose negative the saturating loss is.
        var sign = Loss == GeneratorLoss.NonSaturating ? 1 : -1;
        var wanted = targets.Get(z.Shape[0], 1);
        wanted.Span.Fill(Loss == GeneratorLoss.NonSaturating ? 1 : 0);
        var loss = sign * generatorLoss.Forward(s, wanted);
        RequireFinite(loss, GeneratorOptimiser, "G's loss");
        var gradient = generatorLoss.Backward();
        TensorPrimitives.Multiply(gradient.Span, sign, gradient.Span);
        Generator.BackwardParameters(BackThroughDiscriminator(gradient));
        GeneratorOptimiser.Step(Generator.Parameters);
        return loss;
    }

    /// <summary>Algorithm 1 on examples: each minibatch takes the next m of them, in a new random order for every pass.</summary>
    /// <param name="data">The examples, batch first, in the shape of G's output.</param>
    /// <param name="iterations">How many, at least 1: k updates of D and one of G each. Called again, it goes on from there.</param>
    /// <param name="progress">Told a few times a second how far it is.</param>
    /// <param name="cancellation">Ends the training after the present iteration; the networks stay usable.</param>
    /// <returns><see cref="History"/>, with the reason for the end: of a collapse or a divergence, too.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, there is no example, or a number is not finite.</exception>
    public AdversarialHistory Train(Tensor data, int iterations, IProgress<AdversarialProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        data.RequireShape("The data", [-1, .. Generator.OutputExtents]);
        if (data.Shape[0] == 0)
            throw new ArgumentException("The data: no example given, at least one expected.", nameof(data));
        if (Finiteness.FirstNonFinite(data.Span) is var i and >= 0)
            throw new ArgumentException($"The data hold {Finiteness.Describe(data.Data[i])} in example {i / (data.Count / data.Shape[0])}; finite numbers are expected.", nameof(data));
        if (shuffled is null || !ReferenceEquals(shuffled.Examples, data))
            shuffled = new ShuffledExamples(data);
        return Run(shuffled.Fill, iterations, progress, cancellation);
    }

    /// <summary>Algorithm 1 on a density: each minibatch is drawn anew.</summary>
    /// <param name="data">p_data, over as many numbers as G's output has.</param>
    /// <param name="iterations">How many, at least 1: k updates of D and one of G each. Called again, it goes on from there.</param>
    /// <param name="progress">Told a few times a second how far it is.</param>
    /// <param name="cancellation">Ends the training after the present iteration; the networks stay usable.</param>
    /// <returns><see cref="History"/>, with the reason for the end.</returns>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    public AdversarialHistory Train(MixtureDensity data, int iterations, IProgress<AdversarialProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!Generator.OutputExtents.SequenceEqual([data.Dimension]))
            throw new ArgumentException($"{data.Name} has samples of {data.Dimension} numbers, the generator's have shape {Tensor.Describe(Generator.OutputExtents)}.", nameof(data));
        return Run(data.Fill, iterations, progress, cancellation);
    }

    private AdversarialHistory Run(Action<Tensor, RandomSource> fill, int iterations, IProgress<AdversarialProgress>? progress, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        new AdversarialRun(this, fill, progress, cancellation).Run(iterations);
        return History;
    }

    /// <summary>D's part of backpropagation when G learns: D's own gradients are not wanted, and without them it is a third shorter.</summary>
    private Tensor BackThroughDiscriminator(Tensor gradient)
    {
        for (var i = 0; i < discriminatorParameters.Length; i++)
            (wasFrozen[i], discriminatorParameters[i].IsFrozen) = (discriminatorParameters[i].IsFrozen, true);
        try
        {
            return Discriminator.Backward(gradient);
        }
        finally
        {
            for (var i = 0; i < discriminatorParameters.Length; i++)
                discriminatorParameters[i].IsFrozen = wasFrozen[i];
        }
    }

    private void Observe(double loss, int m)
    {
        // ℓ(s, 1 - ε) = ℓ(s, 1) + ε s: what smoothing added is taken away again.
        V = -(loss - LabelSmoothing * TensorPrimitives.Sum(logits!.Span[..m]) / m);
        var D = probabilities.Get(2 * m, 1);
        VectorMath.Sigmoid(logits.Span, D.Span);
        DOnData = TensorPrimitives.Sum(D.Span[..m]) / m;
        DOnSamples = TensorPrimitives.Sum(D.Span[m..]) / m;
    }

    private static void RequireFinite(double loss, Optimiser optimiser, string what)
    {
        if (!double.IsFinite(loss))
            throw new DivergedException(optimiser.Updates + 1, optimiser.LearningRate.At(optimiser.Updates), $"{what} is {Finiteness.Describe(loss)}; no update was made.");
    }

    private static int AtLeastOne(int value, string name) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is at least 1.");
}
