using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>J and the share of wrong classes over many batches, one added after the other.</summary>
internal struct MeanObjective
{
    private double weighted, sum, penalty;
    private int examples, wrong;

    /// <summary>Adds the objective's last forward pass.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="labels">The batch's classes; empty where it has targets.</param>
    public void Add(Objective objective, ReadOnlySpan<int> labels)
    {
        var output = objective.Output;
        weighted += objective.LossValue * output.Shape[0];
        sum += objective.LossValue;
        penalty += objective.PenaltyValue * output.Shape[0];
        examples += output.Shape[0];
        var classes = output.Count / output.Shape[0];
        for (var n = 0; n < labels.Length; n++)
        {
            var row = output.Span.Slice(n * classes, classes);
            var answer = objective.Loss.SmallestIsChosen ? TensorPrimitives.IndexOfMin<float>(row) : TensorPrimitives.IndexOfMax<float>(row);
            if (answer != labels[n])
                wrong++;
        }
    }

    /// <summary>J over all that was added: the mean, or the sum where the loss sums over its examples.</summary>
    public readonly double Loss(Reduction reduction) =>
        (reduction == Reduction.Sum ? sum : weighted / examples) + penalty / examples;

    /// <summary>The share of examples whose answer, the largest output or the smallest as the loss has it, was not their class.</summary>
    public readonly double Error => (double)wrong / examples;
}
