namespace CourseKit;

/// <summary>
/// ℓ(f(x), y) of formula (9): how wrong a batch of outputs is, and the gradient that backpropagation starts from.
/// </summary>
/// <remarks>
/// The lecture sums over the examples; here the mean over the batch is the default, and <see cref="Reduction"/> chooses. The tensor
/// that <see cref="Backward"/> returns belongs to the loss and is written over by its next call.
/// </remarks>
public abstract class Loss
{
    private readonly TensorBuffer gradients = new();

    /// <summary>Mean over the batch, or sum.</summary>
    public Reduction Reduction { get; init; } = Reduction.BatchMean;

    /// <summary>Whether the class with the smallest output is the network's answer, as with distances; else the largest.</summary>
    public virtual bool SmallestIsChosen => false;

    /// <summary>
    /// Whether it sums over examples as <see cref="Reduction"/> says, so that a batch may be taken in parts. A loss of one's own is taken not to.
    /// </summary>
    internal virtual bool IsByExample => false;

    /// <summary>The loss of a batch.</summary>
    /// <param name="output">The network's outputs, an example a row.</param>
    /// <param name="target">What they should be; the same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ, or the batch is empty.</exception>
    public abstract double Forward(Tensor output, Tensor target);

    /// <summary>The loss of a batch with a class for each example.</summary>
    /// <param name="output">The network's outputs, an example a row.</param>
    /// <param name="labels">The classes, counted from 0.</param>
    /// <exception cref="ArgumentException">The counts differ, the batch is empty, or a label is out of range.</exception>
    /// <exception cref="NotSupportedException">This loss takes targets only.</exception>
    public virtual double Forward(Tensor output, ReadOnlySpan<int> labels) =>
        throw new NotSupportedException($"{GetType().Name} takes a tensor of targets, not class labels: OneHot.Encode turns labels into targets.");

    /// <summary>The gradient of the last <see cref="Forward(Tensor, Tensor)"/>'s value with respect to the outputs.</summary>
    /// <exception cref="InvalidOperationException">There was no forward pass before.</exception>
    public abstract Tensor Backward();

    /// <summary>What the sum over examples and outputs is multiplied by.</summary>
    protected double Scale(Tensor output) => Reduction switch
    {
        Reduction.BatchMean => 1.0 / output.Shape[0],
        Reduction.Sum => 1,
        Reduction.ElementMean => 1.0 / output.Count,
        _ => throw new InvalidOperationException($"There is no reduction {Reduction}."),
    };

    /// <summary>The loss's own gradient tensor of this shape.</summary>
    protected Tensor GradientBuffer(Tensor output) => gradients.Get(output.Shape);

    /// <summary>Throws where outputs and targets are of different shapes, or empty.</summary>
    protected void RequireTargets(Tensor output, Tensor target)
    {
        RequireBatch(output);
        if (!target.HasShape(output.Shape))
            target.RequireShape($"The targets of {GetType().Name}", output.Shape);
    }

    /// <summary>Throws where the outputs hold no example.</summary>
    protected void RequireBatch(Tensor output)
    {
        if (output.Rank < 1 || output.Count == 0)
            throw new ArgumentException($"{GetType().Name}: outputs of shape {output.ShapeText} given, at least one example with one output expected.");
    }

    /// <summary>Throws where a label is no class, before anything of the last forward pass is written over.</summary>
    private protected static void RequireLabels(ReadOnlySpan<int> labels, int classes)
    {
        for (var n = 0; n < labels.Length; n++)
            if ((uint)labels[n] >= (uint)classes)
                throw new ArgumentOutOfRangeException(nameof(labels), labels[n], $"The label of example {n} is not one of the {classes} classes 0 ... {classes - 1}.");
    }

    /// <summary>Throws where a target is no probability, before anything of the last forward pass is written over.</summary>
    private protected void RequireProbabilities(Tensor target)
    {
        if (Finiteness.FirstOutside(target.Span, 0, 1) is var i and >= 0)
            throw new ArgumentOutOfRangeException(nameof(target), target.Data[i], $"{GetType().Name} takes targets from 0 to 1, as of probabilities; that of example {i / (target.Count / target.Shape[0])} is none.");
    }

    /// <summary>What <see cref="Backward"/> throws before any forward pass.</summary>
    protected InvalidOperationException NoForwardPass() => new($"{GetType().Name} has no forward pass to go back through: call Forward first.");
}
