using System.Globalization;

namespace CourseKit;

/// <summary>How far a training is.</summary>
/// <param name="What">What is being trained, in the caller's words.</param>
/// <param name="Epoch">The present epoch, counted from 1.</param>
/// <param name="Epochs">How many there will be at most.</param>
/// <param name="Fraction">The share of all steps that is done, 0 ... 1.</param>
/// <param name="Loss">The mean loss of the epoch so far.</param>
/// <param name="Elapsed">Since training began.</param>
/// <param name="Left">What is left at the present speed.</param>
public readonly record struct TrainingProgress(
    string What, int Epoch, int Epochs, double Fraction, double Loss, TimeSpan Elapsed, TimeSpan Left)
{
    /// <summary>The epochs that are over; the list grows with the training.</summary>
    public IReadOnlyList<EpochResult> Completed { get => field ?? []; init; }

    /// <summary>The progress in a line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{What}: epoch {Epoch} of {Epochs}, {100 * Fraction:F0} %, loss {Loss:G4}, {Left.TotalSeconds:F0} s left");
}
