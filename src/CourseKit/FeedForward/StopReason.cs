namespace CourseKit;

/// <summary>Why training ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were run.</summary>
    EpochLimit,

    /// <summary>The validation loss had not fallen for as many epochs as the patience allows; the weights are those of the best epoch.</summary>
    EarlyStopping,

    /// <summary>The caller cancelled; the weights are those of the last step.</summary>
    Cancelled,

    /// <summary>The loss or an update was infinite, not a number, or beyond all measure; the weights are those of the last good epoch.</summary>
    Diverged,
}
