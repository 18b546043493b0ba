namespace CourseKit;

/// <summary>
/// Euclidean radial basis units: y_k = sum_i (x_i - w_ki)², how far the input is from the centre of class k. The smallest output is the
/// answer. LeNet-5 ends in ten of them.
/// </summary>
/// <remarks>
/// y_k is, but for constants, the negative logarithm of a normal density around w_k. In LeNet-5 the centres are pictures of the digits, set
/// by hand and not learned: they are then no parameters, but are saved with the network. Source: LeCun, Bottou, Bengio and Haffner (1998),
/// formula 7.
/// </remarks>
public sealed class RadialBasis : Layer
{
    private readonly TensorBuffer outputs = new();
    private readonly TensorBuffer inputGradients = new();
    private Tensor? input;

    /// <summary>Units around given centres.</summary>
    /// <param name="W">The centres, classes x inputs; used, not copied.</param>
    /// <param name="learned">Whether the centres are learned.</param>
    /// <exception cref="ArgumentException">W is no matrix, or empty.</exception>
    public RadialBasis(Tensor W, bool learned = false)
    {
        ArgumentNullException.ThrowIfNull(W);
        W.RequireShape("W of RadialBasis", -1, -1);
        if (W.Count == 0)
            throw new ArgumentException($"W of RadialBasis: shape {W.ShapeText} given, at least one class of one input expected.", nameof(W));
        this.W = new Parameter("W", W);
        IsLearned = learned;
        Parameters = learned ? [this.W] : [];
        State = learned ? [] : [("W", W)];
    }

    /// <summary>The centres, classes x inputs.</summary>
    public Parameter W { get; }

    /// <summary>Whether the centres are learned.</summary>
    public bool IsLearned { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> State { get; }

    internal override bool IsByExample => true;

    /// <inheritdoc/>
    public override int[] OutputShape(ReadOnlySpan<int> inputShape) =>
        inputShape.Length == 1 && inputShape[0] == W.Value.Shape[1]
            ? [W.Value.Shape[0]]
            : throw new ArgumentException($"RadialBasis takes {W.Value.Shape[1]} numbers an example; an example of shape {Tensor.Describe(inputShape)} was given.");

    /// <summary>y_k = sum_i (x_i - w_ki)².</summary>
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, bool training = false)
    {
        var (classes, d) = (W.Value.Shape[0], W.Value.Shape[1]);
        if (input.Rank != 2 || input.Shape[1] != d)
            input.RequireShape("The input of RadialBasis", -1, d);
        this.input = input;
        var y = outputs.Get(input.Shape[0], classes);
        for (var n = 0; n < input.Shape[0]; n++)
            for (var k = 0; k < classes; k++)
            {
                var distance = System.Numerics.Tensors.TensorPrimitives.Distance<float>(input.Span.Slice(n * d, d), W.Value.Span.Slice(k * d, d));
                y.Data[n * classes + k] = distance * distance;
            }

        return y;
    }

    /// <summary>dJ/dx_i = sum_k 2 (x_i - w_ki) dJ/dy_k; where the centres learn, dJ/dw_ki = -2 sum over the batch of (x_i - w_ki) dJ/dy_k.</summary>
    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient)
    {
        if (input is null)
            throw new InvalidOperationException("RadialBasis has no forward pass to go back through: call Forward first.");
        var (count, classes, d) = (input.Shape[0], W.Value.Shape[0], W.Value.Shape[1]);
        if (!outputGradient.HasShape(count, classes))
            outputGradient.RequireShape("The output gradient of RadialBasis", count, classes);
        var inputGradient = inputGradients.Get(count, d);
        inputGradient.Span.Clear();
        if (IsLearned)
            W.Gradient.Span.Clear();
        for (var n = 0; n < count; n++)
            for (var k = 0; k < classes; k++)
                Add(2 * outputGradient.Data[n * classes + k], input.Span.Slice(n * d, d), k, inputGradient.Span.Slice(n * d, d));
        return inputGradient;
    }

    /// <summary>A connection each input and unit.</summary>
    /// <inheritdoc/>
    public override long ConnectionCount(ReadOnlySpan<int> inputShape) => W.Value.Count;

    /// <inheritdoc/>
    public override string ToString() => $"RadialBasis {W.Value.Shape[1]} \u2192 {W.Value.Shape[0]}" + (IsLearned ? "" : ", fixed centres");

    private void Add(float factor, ReadOnlySpan<float> x, int k, Span<float> inputGradient)
    {
        var centre = W.Value.Span.Slice(k * x.Length, x.Length);
        var gradient = W.Gradient.Span.Slice(k * x.Length, x.Length);
        for (var i = 0; i < x.Length; i++)
        {
            var share = factor * (x[i] - centre[i]);
            inputGradient[i] += share;
            if (IsLearned)
                gradient[i] -= share;
        }
    }
}
