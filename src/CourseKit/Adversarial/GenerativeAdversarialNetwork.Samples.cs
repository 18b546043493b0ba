namespace CourseKit;

/// <content>What the two players give once they have learned: samples of noise, and an opinion of samples.</content>
public sealed partial class GenerativeAdversarialNetwork
{
    /// <summary>Draws noise from p_z.</summary>
    /// <param name="count">How many samples of it.</param>
    /// <param name="seed">The same seed gives the same noise.</param>
    /// <returns>count x the generator's input.</returns>
    public Tensor Noise(int count, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var z = new Tensor([count, .. Generator.InputShape]);
        FillNoise(z, new RandomSource(seed));
        return z;
    }

    /// <summary>G(z), a sample each row of z; nothing is learned.</summary>
    /// <param name="z">Noise, batch first.</param>
    /// <param name="averaged">Whether G has the average of its weights for this, <see cref="GeneratorAverage"/>.</param>
    /// <returns>The samples, a tensor of the caller's own.</returns>
    /// <exception cref="ArgumentException">The shape does not fit.</exception>
    /// <exception cref="InvalidOperationException">The average is asked for, and none was taken.</exception>
    public Tensor Generate(Tensor z, bool averaged = false)
    {
        ArgumentNullException.ThrowIfNull(z);
        if (!averaged)
            return InBatches.Forward(Generator, z);
        var average = GeneratorAverage ?? throw new InvalidOperationException("No average of G's weights was taken: give the network a GeneratorAverage.");
        average.Swap();
        try
        {
            return InBatches.Forward(Generator, z);
        }
        finally
        {
            average.Swap();
        }
    }

    /// <summary>Samples of p_g: G of new noise.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The same seed gives the same noise.</param>
    /// <param name="averaged">As in <see cref="Generate"/>.</param>
    public Tensor Sample(int count, int seed, bool averaged = false) => Generate(Noise(count, seed), averaged);

    /// <summary>D(x), the probability that x is from the data, for each row.</summary>
    /// <param name="x">Samples, batch first.</param>
    /// <returns>A number in 0 ... 1 for each.</returns>
    /// <exception cref="ArgumentException">The shape does not fit.</exception>
    public float[] Discriminate(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var D = InBatches.Forward(Discriminator, x).Data;
        VectorMath.Sigmoid(D, D);
        return D;
    }

    internal void FillNoise(Tensor z, RandomSource random)
    {
        if (Prior == NoisePrior.Normal)
            random.FillNormal(z.Span);
        else
            random.FillUniform(z.Span, -1, 1);
    }
}
