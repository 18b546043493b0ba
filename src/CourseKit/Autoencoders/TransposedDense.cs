namespace CourseKit;

/// <summary>
/// The way back through a <see cref="Dense"/> layer by the same weights: z = W'a + c, with a bias of its own. Half of a pair of tied
/// layers; W is learned once, from both places.
/// </summary>
/// <remarks>
/// Tied weights halve the number of parameters, and keep a code from shrinking towards zero while the decoder's weights grow. Made by
/// <see cref="Autoencoder.Mirrored"/>; <see cref="Autoencoder"/> adds the two gradients of W. Source: P. Vincent, H. Larochelle, I. Lajoie,
/// Y. Bengio, P.-A. Manzagol, Journal of Machine Learning Research 11 (2010), section 2.2.
/// </remarks>
public sealed class TransposedDense : Layer
{
    private readonly TensorBuffer outputs = new();
    private readonly TensorBuffer inputGradients = new();
    private Tensor? lastInput;
    private Tensor? lastGradient;

    /// <summary>The way back through a layer.</summary>
    /// <param name="of">The layer of the encoder.</param>
    /// <param name="bias">c, as long as that layer's inputs; used, not copied. Null: zeros.</param>
    internal TransposedDense(Dense of, Tensor? bias = null)
    {
        Of = of;
        c = new Parameter("c", bias ?? new Tensor(of.Inputs), isWeight: false);
        Parameters = [c];
    }

    /// <summary>The layer whose W is used, transposed.</summary>
    public Dense Of { get; }

    /// <summary>The biases, one for each of that layer's inputs.</summary>
    public Parameter c { get; }

    /// <summary>The bias alone: W is the other layer's.</summary>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override int[] OutputShape(ReadOnlySpan<int> inputShape) =>
        inputShape.Length == 1 && inputShape[0] == Of.Outputs
            ? [Of.Inputs]
            : throw new ArgumentException($"{this} takes {Of.Outputs} numbers an example; an example of shape {Tensor.Describe(inputShape)} was given.");

    /// <summary>Z = A W + c for a batch: row n is z = W'a_n + c.</summary>
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, bool training = false)
    {
        input.RequireShape("The input of TransposedDense", -1, Of.Outputs);
        lastInput = input;
        lastGradient = null;
        var z = outputs.Get(input.Shape[0], Of.Inputs);
        RowMath.Repeat(c.Value.Span, z.Span);
        Gemm.Multiply(input, false, Of.W.Value, false, z, beta: 1);
        return z;
    }

    /// <summary>dJ/dc = the sum of δ; the layer below gets δ W'. What W gets from here, A'δ, is added when the encoder has written its part.</summary>
    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient)
    {
        var a = lastInput ?? throw new InvalidOperationException("TransposedDense has no forward pass to go back through: call Forward first.");
        outputGradient.RequireShape("The output gradient of TransposedDense", a.Shape[0], Of.Inputs);
        lastGradient = outputGradient;
        if (!c.IsFrozen)
            RowMath.Sum(outputGradient.Span, c.Gradient.Span);
        var inputGradient = inputGradients.Get(a.Shape);
        Gemm.Multiply(outputGradient, false, Of.W.Value, true, inputGradient);
        return inputGradient;
    }

    /// <inheritdoc/>
    public override void Initialise(Initialisation initialisation, RandomSource random) => c.Value.Span.Clear();

    /// <inheritdoc/>
    public override long ConnectionCount(ReadOnlySpan<int> inputShape) => Of.W.Value.Count + c.Value.Count;

    /// <inheritdoc/>
    public override string ToString() => $"TransposedDense {Of.Outputs} → {Of.Inputs}";

    /// <summary>Adds A'δ to the gradient that the encoder's layer has written.</summary>
    internal void AddWeightGradient()
    {
        if (!Of.W.IsFrozen)
            Gemm.Multiply(lastInput!, true, lastGradient!, false, Of.W.Gradient, beta: 1);
    }
}
