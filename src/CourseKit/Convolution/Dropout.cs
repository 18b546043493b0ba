namespace CourseKit;

/// <summary>
/// Dropout: while learning, each number is set to 0 with probability p, anew in every step, and the others are divided by 1 - p; otherwise
/// everything passes unchanged.
/// </summary>
/// <remarks>
/// No unit can rely on another one being there. The division keeps the expected sums what they are without dropout. Source: N. Srivastava,
/// G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov, Journal of Machine Learning Research 15 (2014), 1929-1958.
/// </remarks>
public sealed class Dropout : Layer
{
    private readonly TensorBuffer outputs = new();
    private readonly TensorBuffer masks = new();
    private readonly TensorBuffer inputGradients = new();
    private readonly RandomSource random;
    private Tensor? input;
    private Tensor? mask;

    /// <summary>A layer that draws from a stream of its own.</summary>
    /// <param name="p">The probability of being dropped, 0 up to below 1.</param>
    /// <param name="seed">The same seed drops the same units.</param>
    /// <exception cref="ArgumentOutOfRangeException">p is not in that range.</exception>
    public Dropout(double p, int seed)
    {
        P = p is >= 0 and < 1 ? p : throw new ArgumentOutOfRangeException(nameof(p), p, "The probability of being dropped lies from 0 up to below 1.");
        random = new RandomSource(seed);
    }

    /// <summary>The probability of being dropped.</summary>
    public double P { get; }

    /// <inheritdoc/>
    public override int[] OutputShape(ReadOnlySpan<int> inputShape) => inputShape.ToArray();

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, bool training = false)
    {
        this.input = input;
        mask = null;
        if (!training || P == 0)
            return input;
        mask = masks.Get(input.Shape);
        var output = outputs.Get(input.Shape);
        var kept = (float)(1 / (1 - P));
        for (var i = 0; i < mask.Count; i++)
            mask.Data[i] = random.NextDouble() < P ? 0 : kept;
        System.Numerics.Tensors.TensorPrimitives.Multiply(input.Span, mask.Span, output.Span);
        return output;
    }

    /// <summary>What was dropped has no gradient; the rest is divided by 1 - p.</summary>
    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient)
    {
        if (input is null)
            throw new InvalidOperationException("Dropout has no forward pass to go back through: call Forward first.");
        if (!outputGradient.HasShape(input.Shape))
            outputGradient.RequireShape("The output gradient of Dropout", input.Shape);
        if (mask is null)
            return outputGradient;
        var inputGradient = inputGradients.Get(input.Shape);
        System.Numerics.Tensors.TensorPrimitives.Multiply(outputGradient.Span, mask.Span, inputGradient.Span);
        return inputGradient;
    }

    /// <summary>Nothing is weighted here.</summary>
    /// <inheritdoc/>
    public override long ConnectionCount(ReadOnlySpan<int> inputShape) => 0;

    /// <inheritdoc/>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Dropout {P}");
}
