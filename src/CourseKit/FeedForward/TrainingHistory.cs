using System.Globalization;
using System.Text;

namespace CourseKit;

/// <summary>What happened in a training: a line each epoch, and why it ended.</summary>
public sealed class TrainingHistory
{
    private readonly List<EpochResult> epochs = [];

    /// <summary>The epochs that were completed.</summary>
    public IReadOnlyList<EpochResult> Epochs => epochs;

    /// <summary>Why training ended.</summary>
    public StopReason Reason { get; private set; }

    /// <summary>The reason in a sentence: for a divergence what happened, at which epoch and update, and what to try.</summary>
    public string Message { get; private set; } = "";

    /// <summary>The updates that were made.</summary>
    public long Updates { get; private set; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>The completed epoch with the smallest validation loss, or training loss where nothing was validated; null where none was completed.</summary>
    public EpochResult? Best => epochs.MinBy(epoch => epoch.ValidationLoss ?? epoch.Loss);

    /// <summary>The epochs, the long middle left out, and the reason for the end.</summary>
    public override string ToString()
    {
        const int edge = 5;
        var text = new StringBuilder("epoch        loss     error  validation     error   seconds\n");
        for (var i = 0; i < epochs.Count; i++)
        {
            if (epochs.Count > 2 * edge + 1 && i == edge)
            {
                text.Append("    \u2026\n");
                i = epochs.Count - edge;
            }

            var e = epochs[i];
            text.Append(CultureInfo.InvariantCulture, $"{e.Epoch,5}  {e.Loss,10:G4}  {Percent(e.Error),8}  {e.ValidationLoss,10:G4}  {Percent(e.ValidationError),8}  {e.Elapsed.TotalSeconds,8:F1}\n");
        }

        return text.Append(Message).ToString();
    }

    internal void Add(EpochResult epoch) => epochs.Add(epoch);

    internal void End(StopReason reason, string message, long updates, TimeSpan elapsed) =>
        (Reason, Message, Updates, Elapsed) = (reason, message, updates, elapsed);

    private static string Percent(double? share) => share is { } s ? (100 * s).ToString("F2", CultureInfo.InvariantCulture) + " %" : "";
}
