namespace CourseKit;

/// <summary>
/// Makes an autoencoder a denoising one: while learning, the input is damaged on its way into the encoder, anew in every step, and the
/// target stays the clean input. Otherwise everything passes unchanged.
/// </summary>
/// <remarks>
/// Copying its input no longer helps such a network: it must know how the numbers of an input hang together to put back what is missing.
/// Source: P. Vincent, H. Larochelle, I. Lajoie, Y. Bengio, P.-A. Manzagol, "Stacked denoising autoencoders", Journal of Machine Learning
/// Research 11 (2010), 3371-3408, section 3.
/// </remarks>
public sealed class Corruption : Layer
{
    private readonly TensorBuffer outputs = new();
    private readonly TensorBuffer inputGradients = new();
    private readonly RandomSource random;
    private Tensor? input;
    private Tensor? output;
    private bool[] kept = [];

    /// <summary>A layer that draws from a stream of its own.</summary>
    /// <param name="kind">What is done.</param>
    /// <param name="amount">The probability of being damaged, 0 … 1; for <see cref="CorruptionKind.Gaussian"/> the standard deviation, at least 0.</param>
    /// <param name="seed">The same seed does the same damage.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount is not in its range.</exception>
    public Corruption(CorruptionKind kind, double amount, int seed)
    {
        if (!(amount >= 0) || amount > (kind == CorruptionKind.Gaussian ? float.MaxValue : 1))
            throw new ArgumentOutOfRangeException(nameof(amount), amount, kind == CorruptionKind.Gaussian
                ? "The standard deviation of the noise is a finite number, not negative."
                : "The probability of being damaged lies from 0 to 1.");
        (Kind, Amount) = (kind, amount);
        random = new RandomSource(seed);
    }

    /// <summary>What is done.</summary>
    public CorruptionKind Kind { get; }

    /// <summary>The probability of being damaged, or the standard deviation of the noise.</summary>
    public double Amount { get; }

    /// <inheritdoc/>
    public override int[] OutputShape(ReadOnlySpan<int> inputShape) => inputShape.ToArray();

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, bool training = false)
    {
        (this.input, output) = (input, input);
        if (!training || Amount == 0)
            return input;
        output = outputs.Get(input.Shape);
        if (kept.Length < input.Count)
            kept = new bool[input.Count];
        Damage(input.Span, output.Span, kept);
        return output;
    }

    /// <summary>What was overwritten has no gradient, even where it was that number before; noise that is added lets it pass.</summary>
    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient)
    {
        if (input is null || output is null)
            throw new InvalidOperationException("Corruption has no forward pass to go back through: call Forward first.");
        if (!outputGradient.HasShape(input.Shape))
            outputGradient.RequireShape("The output gradient of Corruption", input.Shape);
        if (ReferenceEquals(input, output) || Kind == CorruptionKind.Gaussian)
            return outputGradient;
        var inputGradient = inputGradients.Get(input.Shape);
        for (var i = 0; i < input.Count; i++)
            inputGradient.Data[i] = kept[i] ? outputGradient.Data[i] : 0;
        return inputGradient;
    }

    /// <summary>A damaged copy, as the encoder sees it while learning.</summary>
    /// <param name="x">Any numbers.</param>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var damaged = x.Clone();
        Damage(x.Span, damaged.Span, new bool[x.Count]);
        return damaged;
    }

    /// <summary>Nothing is weighted here.</summary>
    /// <inheritdoc/>
    public override long ConnectionCount(ReadOnlySpan<int> inputShape) => 0;

    /// <inheritdoc/>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Corruption ({Kind}, {Amount})");

    private void Damage(ReadOnlySpan<float> x, Span<float> y, Span<bool> kept)
    {
        var amount = (float)Amount;
        switch (Kind)
        {
            case CorruptionKind.Masking:
                for (var i = 0; i < y.Length; i++)
                    y[i] = (kept[i] = random.NextSingle() >= amount) ? x[i] : 0;
                break;
            case CorruptionKind.SaltAndPepper:
                for (var i = 0; i < y.Length; i++)
                    y[i] = random.NextSingle() is var u && (kept[i] = u >= amount) ? x[i] : u < amount / 2 ? 0 : 1;
                break;
            case CorruptionKind.Gaussian:
                for (var i = 0; i < y.Length; i++)
                    y[i] = x[i] + amount * (float)random.NextNormal();
                break;
        }
    }
}
