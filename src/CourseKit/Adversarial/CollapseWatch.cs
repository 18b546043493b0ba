using System.Globalization;
using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>Watches a game for the ways in which one side is lost, and says which it was.</summary>
internal sealed class CollapseWatch(int patience)
{
    /// <summary>A mean D(G(z)) below this, with D(x) as near to 1, is D without a doubt.</summary>
    private const double Certain = 1e-3;

    /// <summary>Logits that differ by less over the whole batch are the same answer to everything.</summary>
    private const double SameAnswer = 1e-6;

    /// <summary>Samples whose variance is less than this share of the data's are one point.</summary>
    private const double OnePoint = 1e-4;

    /// <summary>The variances are looked at this often.</summary>
    private const int Every = 25;

    private float[] mean = [];
    private int certain, same, point, seen;

    /// <summary>Looks at one iteration.</summary>
    /// <param name="step">Its figures.</param>
    /// <param name="logits">D's answers to the data, then to the samples.</param>
    /// <param name="x">The data.</param>
    /// <param name="samples">G(z).</param>
    /// <returns>Why the game is lost, or null.</returns>
    public (AdversarialStopReason Reason, string Message)? Look(in AdversarialStep step, ReadOnlySpan<float> logits, Tensor x, Tensor samples)
    {
        certain = step.DOnSamples < Certain && step.DOnData > 1 - Certain ? certain + 1 : 0;
        same = TensorPrimitives.Max(logits) - TensorPrimitives.Min(logits) < SameAnswer ? same + 1 : 0;
        if (seen++ % Every == 0)
            point = samples.Shape[0] > 1 && Variance(samples) < OnePoint * Variance(x) ? point + Every : 0;
        return
            certain >= patience ? (AdversarialStopReason.DiscriminatorWon, Text(
                step, $"The discriminator has won: for {patience} iterations D(x) was above {1 - Certain} and D(G(z)) below {Certain}. Try the non-saturating loss, a smaller learning rate for D, or label smoothing."))
            : point >= patience ? (AdversarialStopReason.GeneratorCollapsed, Text(
                step, $"The generator makes the same sample of every z: for {patience} iterations their variance was below {OnePoint} of the data's. Try a smaller learning rate for G, other start weights, or larger batches."))
            : same >= patience ? (AdversarialStopReason.DiscriminatorCollapsed, Text(
                step, $"The discriminator gives the same answer to everything: for {patience} iterations its logits differed by less than {SameAnswer}. Try a smaller learning rate for D, LeakyReLU in place of ReLU, or other start weights."))
            : null;
    }

    private static string Text(in AdversarialStep step, FormattableString message) =>
        string.Create(CultureInfo.InvariantCulture, $"Stopped at iteration {step.Iteration}. {message.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>The sum of all numbers' variances over the batch.</summary>
    private double Variance(Tensor batch)
    {
        var size = batch.Count / batch.Shape[0];
        if (mean.Length != size)
            mean = new float[size];
        RowMath.Sum(batch.Span, mean);
        TensorPrimitives.Divide(mean, batch.Shape[0], mean);
        var sum = 0.0;
        for (var from = 0; from < batch.Count; from += size)
        {
            var distance = TensorPrimitives.Distance(batch.Data.AsSpan(from, size), mean);
            sum += (double)distance * distance;
        }

        return sum / batch.Shape[0];
    }
}
