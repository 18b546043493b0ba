using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>What one run of the perceptron algorithm did, mistake by mistake.</summary>
/// <param name="w">The final augmented weights w_K; the last number is the bias.</param>
/// <param name="StopReason">Why the run ended.</param>
/// <param name="MistakesPerEpoch">How many corrections each epoch made; their sum is K.</param>
/// <param name="Trace">Every state of the weights, from w_0 to w_K; only w_0 and w_K where the run was asked to keep no trace.</param>
public sealed record PerceptronRun(
    Vector<double> w,
    PerceptronStopReason StopReason,
    IReadOnlyList<int> MistakesPerEpoch,
    IReadOnlyList<PerceptronStep> Trace)
{
    /// <summary>K: how many corrections were made in all, the number that Novikoff's theorem bounds.</summary>
    public int K => MistakesPerEpoch.Sum();

    /// <summary>How many passes over the data were made, the last one included.</summary>
    public int Epochs => MistakesPerEpoch.Count;

    /// <summary>
    /// Whether the last epoch found nothing to correct. Under <see cref="UpdateRule.AtMostZero"/> every sample is then strictly on its own
    /// side; under <see cref="UpdateRule.BelowZero"/> it may also mean that nothing was ever learned.
    /// </summary>
    public bool Converged => StopReason == PerceptronStopReason.NothingToCorrect;

    /// <summary>The decision rule that was learned.</summary>
    public Perceptron Perceptron => Perceptron.FromAugmented(w);
}

/// <summary>The weights after the k-th correction.</summary>
/// <param name="k">How many corrections have been made; 0 is the start.</param>
/// <param name="Epoch">The epoch t in which it was made, counted from 1; 0 for the start.</param>
/// <param name="Sample">The row of X that was corrected, counted from 0; -1 for the start.</param>
/// <param name="w">The augmented weights w_k.</param>
public readonly record struct PerceptronStep(int k, int Epoch, int Sample, Vector<double> w)
{
    /// <summary>The decision rule at this moment.</summary>
    public Perceptron Perceptron => Perceptron.FromAugmented(w);
}

/// <summary>Why a run of the perceptron algorithm ended.</summary>
public enum PerceptronStopReason
{
    /// <summary>A whole epoch passed without a correction: no later epoch could change anything.</summary>
    NothingToCorrect,

    /// <summary>The T epochs were used up, and the last of them still made corrections.</summary>
    EpochLimit,
}
