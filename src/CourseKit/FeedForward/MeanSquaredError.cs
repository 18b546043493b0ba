using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>ℓ = sum_j (y_j - t_j)², by default as the mean over all examples and outputs: what other libraries call the MSE.</summary>
/// <remarks>For one output it is twice <see cref="HalfSquaredError"/>, so half the learning rate makes the same steps.</remarks>
public sealed class MeanSquaredError : Loss
{
    private readonly TensorBuffer differences = new();
    private Tensor? difference;

    /// <summary>The mean over all numbers, unless another reduction is chosen.</summary>
    public MeanSquaredError() => Reduction = Reduction.ElementMean;

    internal override bool IsByExample => true;

    /// <inheritdoc/>
    public override double Forward(Tensor output, Tensor target)
    {
        RequireTargets(output, target);
        difference = differences.Get(output.Shape);
        TensorPrimitives.Subtract(output.Span, target.Span, difference.Span);
        return Scale(output) * HalfSquaredError.SumOfSquares(difference);
    }

    /// <summary>dℓ/dy = 2 (y - t), scaled by the reduction.</summary>
    /// <inheritdoc/>
    public override Tensor Backward()
    {
        if (difference is null)
            throw NoForwardPass();
        var gradient = GradientBuffer(difference);
        TensorPrimitives.Multiply(difference.Span, (float)(2 * Scale(difference)), gradient.Span);
        return gradient;
    }
}
