namespace CourseKit;

/// <summary>
/// LeNet-5's own rule, the stochastic diagonal Levenberg-Marquardt method: every weight has a step size of its own, small where the loss
/// bends sharply along it: θ_k ← θ_k - ε / (μ + h_k) (g_k + λθ_k).
/// </summary>
/// <remarks>
/// h_k is <see cref="DiagonalCurvature"/>'s, estimated on some examples before the first step and, as the paper does on 500, again before
/// each epoch: call <see cref="Estimate"/>. μ keeps the steps bounded where the loss is flat. The paper's ε goes from 5e-4 (two epochs)
/// over 2e-4 and 1e-4 (three each) and 5e-5 (four) to 1e-5, with a step after each example; small batches bear a little more. Source: LeCun, Bottou, Bengio and Haffner (1998), section III.B and appendix C.
/// </remarks>
/// <param name="learningRate">ε, with its schedule over the updates.</param>
/// <param name="mu">μ, above 0; the paper's is 0.02.</param>
public sealed class DiagonalLevenbergMarquardt(LearningRate learningRate, float mu = 0.02f) : Optimiser(learningRate, memories: 1)
{
    private float epsilon;
    private float[][] estimates = [];
    private int[][] shapes = [];

    /// <summary>μ.</summary>
    public float Mu { get; } = mu > 0 && float.IsFinite(mu) ? mu : throw new ArgumentOutOfRangeException(nameof(mu), mu, "μ is a finite number above 0.");

    /// <summary>1 / (μ + h_k) for each of the network's parameters, in their order: what ε and the gradient are multiplied by.</summary>
    public IReadOnlyList<Tensor> StepSizes => [.. estimates.Zip(shapes, (h, shape) => Tensor.From([.. h.Select(bend => 1 / (Mu + bend))], shape))];

    /// <summary>Measures h_k on some examples; the steps that follow go by it.</summary>
    /// <param name="network">The network that learns.</param>
    /// <param name="loss">What it learns by.</param>
    /// <param name="x">Inputs of training examples, batch first; a few hundred are enough.</param>
    /// <exception cref="NotSupportedException">There is no rule for a layer, or for the loss.</exception>
    /// <exception cref="ArgumentException">The shape of x does not fit the network, there is no example, or a number is not finite.</exception>
    /// <exception cref="InvalidOperationException">The optimiser belongs to another network, or a second derivative is not finite.</exception>
    public void Estimate(Network network, Loss loss, Tensor x)
    {
        var h = DiagonalCurvature.Of(network, loss, x);
        for (var i = 0; i < h.Count; i++)
            if (Finiteness.FirstNonFinite(h[i].Span) is var at and >= 0)
                throw new InvalidOperationException($"The second derivative along number {at} of {network.NamedParameters[i].Name} is {Finiteness.Describe(h[i].Data[at])}.");
        Attach(network.Parameters);
        estimates = [.. h.Select((_, i) => MemoryOf(i, 0))];
        shapes = [.. h.Select(tensor => tensor.Shape.ToArray())];
        for (var i = 0; i < h.Count; i++)
            h[i].Data.CopyTo(estimates[i], 0);
    }

    /// <inheritdoc/>
    protected override void BeginStep(float rate, long update)
    {
        // After a Reset the memories are new ones, and what was estimated is forgotten.
        if (estimates.Length == 0 || !ReferenceEquals(estimates[0], MemoryOf(0, 0)))
            throw new InvalidOperationException("No second derivatives have been estimated yet: call Estimate before the first step.");
        epsilon = rate;
    }

    /// <inheritdoc/>
    protected override bool Update(Span<float> theta, ReadOnlySpan<float> g, Span<float> first, Span<float> second, float decay)
    {
        var finite = true;
        for (var i = 0; i < theta.Length; i++)
            theta[i] = Finite(theta[i] - epsilon / (Mu + first[i]) * (g[i] + decay * theta[i]), theta[i], ref finite);
        return finite;
    }
}
