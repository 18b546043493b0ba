namespace CourseKit;

/// <summary>
/// The fully connected layer: z = W a + b, formula (6), for each example of a batch; with one output it is the neuron of formula (3).
/// </summary>
/// <remarks>
/// W has a row for each unit: outputs x inputs, the lecture's W^(l) in R^(n_l x n_(l-1)). The slides then write W'a, which does not fit
/// that shape: read (6) and (7) without the transpose. A batch holds an example a row, hence Z = A W' + b in the code below.
/// The layer gives z; the activation f that makes a = f(z) of it is a layer of its own behind this one.
/// </remarks>
public sealed class Dense : Layer
{
    private readonly TensorBuffer outputs = new();
    private readonly TensorBuffer inputGradients = new();
    private Tensor? lastInput;

    /// <summary>A layer with all weights and biases zero: <see cref="Initialise"/> it, or set <see cref="W"/> and <see cref="b"/>.</summary>
    /// <param name="inputs">n_(l-1): numbers in each example, at least 1.</param>
    /// <param name="outputs">n_l: units, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1.</exception>
    public Dense(int inputs, int outputs)
        : this(new Tensor(AtLeastOne(outputs, "units"), AtLeastOne(inputs, "inputs")), new Tensor(outputs))
    {
    }

    /// <summary>A layer of given weights and biases; the tensors are used, not copied.</summary>
    /// <param name="W">outputs x inputs.</param>
    /// <param name="b">outputs.</param>
    /// <exception cref="ArgumentException">The shapes do not fit together; the message names both.</exception>
    public Dense(Tensor W, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(W);
        ArgumentNullException.ThrowIfNull(b);
        W.RequireShape("W of Dense", -1, -1);
        b.RequireShape("b of Dense", AtLeastOne(W.Shape[0], "units"));
        (Outputs, Inputs) = (W.Shape[0], AtLeastOne(W.Shape[1], "inputs"));
        this.W = new Parameter("W", W);
        this.b = new Parameter("b", b, isWeight: false);
        Parameters = [this.W, this.b];
    }

    /// <summary>n_(l-1): the numbers in each example.</summary>
    public int Inputs { get; }

    /// <summary>n_l: the units.</summary>
    public int Outputs { get; }

    /// <summary>The weights, outputs x inputs.</summary>
    public Parameter W { get; }

    /// <summary>The biases, one a unit.</summary>
    public Parameter b { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    internal override bool IsByExample => true;

    /// <inheritdoc/>
    public override int[] OutputShape(ReadOnlySpan<int> inputShape) =>
        inputShape.Length == 1 && inputShape[0] == Inputs
            ? [Outputs]
            : throw new ArgumentException($"Dense takes {Inputs} numbers an example; an example of shape {Tensor.Describe(inputShape)} was given. Put a Flatten before it?");

    /// <summary>Z = A W' + b, formula (6) for a batch: row n is z = W a_n + b.</summary>
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, bool training = false)
    {
        input.RequireShape("The input of Dense", -1, Inputs);
        lastInput = input;
        var z = outputs.Get(input.Shape[0], Outputs);
        RowMath.Repeat(b.Value.Span, z.Span);
        Gemm.Multiply(input, false, W.Value, true, z, beta: 1);
        return z;
    }

    /// <summary>
    /// With the error terms delta, a row each example: dJ/dW = delta' A, formulas (12) and (13); dJ/db = the sum of delta, (14); and
    /// what the layer below multiplies by f'(z) to have its own error term, delta W, the backpropagation step after (14).
    /// </summary>
    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient)
    {
        BackwardParameters(outputGradient);
        var delta = outputGradient;
        var inputGradient = inputGradients.Get(lastInput!.Shape);
        Gemm.Multiply(delta, false, W.Value, false, inputGradient);
        return inputGradient;
    }

    /// <inheritdoc/>
    public override void BackwardParameters(Tensor outputGradient)
    {
        var a = lastInput ?? throw new InvalidOperationException("Dense has no forward pass to go back through: call Forward first.");
        var delta = outputGradient;
        delta.RequireShape("The output gradient of Dense", a.Shape[0], Outputs);
        if (!W.IsFrozen)
            Gemm.Multiply(delta, true, a, false, W.Gradient);
        if (!b.IsFrozen)
            RowMath.Sum(delta.Span, b.Gradient.Span);
    }

    /// <inheritdoc/>
    public override void Initialise(Initialisation initialisation, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(initialisation);
        initialisation.Fill(W.Value.Span, Inputs, Outputs, random);
        b.Value.Span.Clear();
    }

    /// <inheritdoc/>
    public override string ToString() => $"Dense {Inputs} \u2192 {Outputs}";

    private static int AtLeastOne(int count, string what) =>
        count >= 1 ? count : throw new ArgumentOutOfRangeException(nameof(count), count, $"Dense needs at least 1 of its {what}.");
}
