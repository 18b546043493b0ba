using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>
/// Instance noise: while learning, a random number of deviation σ is added to every number, anew in every step; otherwise everything passes
/// unchanged. As D's first layer it blurs data and samples alike.
/// </summary>
/// <remarks>
/// Where data and samples lie on thin sheets that hardly meet, D is sure of everything and tells G nothing; blurred, the two densities meet,
/// and they are still equal only where p_g = p_data. The numbers are sums of four uniform ones, scaled: bell-shaped, ended at ±3.46 σ, and
/// ten times cheaper than normal ones. Sources: M. Arjovsky and L. Bottou, "Towards principled methods for training generative adversarial
/// networks", ICLR 2017, section 3; C. Kaae Sønderby et al., "Amortised MAP inference for image super-resolution", ICLR 2017, section 3.2.
/// </remarks>
public sealed class InstanceNoise : Layer
{
    private readonly TensorBuffer outputs = new();
    private readonly RandomSource random;
    private Tensor? input;

    /// <summary>A layer that draws from a stream of its own.</summary>
    /// <param name="sigma">σ, at least 0.</param>
    /// <param name="seed">The same seed adds the same noise.</param>
    /// <exception cref="ArgumentOutOfRangeException">σ is negative or not finite.</exception>
    public InstanceNoise(float sigma, int seed)
    {
        Sigma = sigma;
        random = new RandomSource(seed);
    }

    /// <summary>σ. May be changed between two steps: some let it fall to 0 in the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public float Sigma
    {
        get;
        set => field = value is >= 0 and <= float.MaxValue ? value : throw new ArgumentOutOfRangeException(nameof(Sigma), value, "The deviation of the noise is a finite number of at least 0.");
    }

    /// <inheritdoc/>
    public override int[] OutputShape(ReadOnlySpan<int> inputShape) => inputShape.ToArray();

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, bool training = false)
    {
        this.input = input;
        if (!training || Sigma == 0)
            return input;
        var output = outputs.Get(input.Shape);

        // Four 16-bit pieces of one number, each uniform with variance 2^32 / 12 about its middle; together their deviation is 2^16 / √3.
        const float middle = 2 * 65535f, deviation = 65536f / 1.7320508f;
        foreach (ref var value in output.Span)
        {
            var bits = random.NextUInt64();
            value = (bits & 0xffff) + (bits >> 16 & 0xffff) + (bits >> 32 & 0xffff) + (bits >> 48);
        }

        TensorPrimitives.Subtract(output.Span, middle, output.Span);
        TensorPrimitives.MultiplyAdd(output.Span, Sigma / deviation, input.Span, output.Span);
        return output;
    }

    /// <summary>What was added does not depend on the input: the gradient passes unchanged.</summary>
    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient)
    {
        if (input is null)
            throw new InvalidOperationException("InstanceNoise has no forward pass to go back through: call Forward first.");
        if (!outputGradient.HasShape(input.Shape))
            outputGradient.RequireShape("The output gradient of InstanceNoise", input.Shape);
        return outputGradient;
    }

    /// <summary>Nothing is weighted here.</summary>
    /// <inheritdoc/>
    public override long ConnectionCount(ReadOnlySpan<int> inputShape) => 0;

    /// <inheritdoc/>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"InstanceNoise {Sigma}");
}
