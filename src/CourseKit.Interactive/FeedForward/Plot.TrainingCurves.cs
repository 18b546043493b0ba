namespace CourseKit.Interactive;

public static partial class Plot
{
    /// <summary>
    /// The curves of a training: J over the epochs and, for classes, the share of wrong answers beside it; over the training examples, and
    /// over those it has not seen where there were any.
    /// </summary>
    /// <param name="history">A training of at least one epoch; of none, an empty figure says so.</param>
    public static Figure TrainingCurves(TrainingHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        var epochs = history.Epochs;
        if (epochs.Count == 0)
            return Empty("No epoch was completed", "epoch", "J");
        var loss = Curves("J", epoch => epoch.Loss, epoch => epoch.ValidationLoss);
        return epochs[0].Error is null
            ? loss
            : Figure.SideBySide(loss, Curves("wrong, %", epoch => 100 * epoch.Error!.Value, epoch => 100 * epoch.ValidationError)).WithSize(360);

        Figure Curves(string title, Func<EpochResult, double> seen, Func<EpochResult, double?> unseen)
        {
            var training = ("training", epochs.Select(seen));
            return (unseen(epochs[0]) is null ? TrainingCurve(title, training) : TrainingCurve(title, training, ("unseen", epochs.Select(epoch => unseen(epoch)!.Value))))
                .WithYAxis(from: 0);
        }
    }
}
