using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>ℓ = 1/2 sum_j (y_j - t_j)²: the error term of a linear output is then just y - t.</summary>
public sealed class HalfSquaredError : Loss
{
    private readonly TensorBuffer differences = new();
    private Tensor? difference;

    internal override bool IsByExample => true;

    /// <inheritdoc/>
    public override double Forward(Tensor output, Tensor target)
    {
        RequireTargets(output, target);
        difference = differences.Get(output.Shape);
        TensorPrimitives.Subtract(output.Span, target.Span, difference.Span);
        return 0.5 * Scale(output) * SumOfSquares(difference);
    }

    /// <summary>dℓ/dy = y - t, scaled by the reduction.</summary>
    /// <inheritdoc/>
    public override Tensor Backward()
    {
        if (difference is null)
            throw NoForwardPass();
        var gradient = GradientBuffer(difference);
        TensorPrimitives.Multiply(difference.Span, (float)Scale(difference), gradient.Span);
        return gradient;
    }

    /// <summary>The sum in double precision over parts short enough for single precision.</summary>
    internal static double SumOfSquares(Tensor tensor)
    {
        const int part = 1024;
        var sum = 0.0;
        for (var i = 0; i < tensor.Count; i += part)
            sum += TensorPrimitives.SumOfSquares<float>(tensor.Span.Slice(i, Math.Min(part, tensor.Count - i)));
        return sum;
    }
}
