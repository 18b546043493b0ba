namespace CourseKit.Interactive;

/// <summary>Training that can be watched, and stopped without losing the network.</summary>
public static class LiveTraining
{
    /// <summary>
    /// <see cref="Trainer.Train"/> with curves that grow while the network learns, how far it is, the loss and the time left; in the end the
    /// curves stay as a figure (<see cref="Plot.TrainingCurves"/>).
    /// </summary>
    /// <remarks>
    /// The notebook's stop button ends the training and not the cell: the network keeps what it has learned, the history says
    /// <see cref="StopReason.Cancelled"/>, and the cells after it can go on. In a console program the progress is written a line at a time.
    /// </remarks>
    /// <param name="trainer">What trains.</param>
    /// <param name="training">What is learned from.</param>
    /// <param name="validation">What is looked at after each epoch, never learned from.</param>
    /// <param name="cancellation">Another way to stop.</param>
    /// <inheritdoc cref="Trainer.Train" path="/returns|/exception"/>
    public static TrainingHistory TrainLive(this Trainer trainer, Examples training, Examples? validation = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return TrainLive(trainer, training, validation, Live.Show, CourseKitHost.Find(), InteractiveHost.Find(), cancellation);
    }

    /// <summary>The same in given hosts.</summary>
    internal static TrainingHistory TrainLive(
        Trainer trainer, Examples training, Examples? validation, Func<object, ILiveDisplay> show, CourseKitHost? courseKit, InteractiveHost? interactive, CancellationToken cancellation)
    {
        using var stop = new LiveStop(courseKit, interactive, cancellation);
        var watch = new Watch(show);
        var history = trainer.Train(training, validation, watch, stop.Token);
        watch.Show(Plot.TrainingCurves(history).WithTitle(End(trainer, history)));
        return history;
    }

    private static string End(Trainer trainer, TrainingHistory history)
    {
        var end = history.Reason switch
        {
            StopReason.EpochLimit => FormattableString.Invariant($"{trainer.Epochs} epochs in {history.Elapsed.TotalSeconds:0.0} s"),
            StopReason.Cancelled => FormattableString.Invariant(
                $"stopped in epoch {history.Epochs.Count + 1} of {trainer.Epochs}, after {history.Elapsed.TotalSeconds:0.0} s; the network keeps what it has learned"),
            _ => history.Message,
        };
        var error = history.Epochs.LastOrDefault()?.ValidationError;
        return $"{trainer.What}: {end}" + (error is { } wrong ? FormattableString.Invariant($"; {100 * (1 - wrong):0.00} % of the unseen right") : "");
    }

    /// <summary>Shows each progress in the place of the one before, a few times a second; nothing until the first.</summary>
    private sealed class Watch(Func<object, ILiveDisplay> show) : IProgress<TrainingProgress>
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
        private ILiveDisplay? display;
        private TimeSpan next;

        public void Report(TrainingProgress value)
        {
            if (value.Elapsed < next)
                return;
            next = value.Elapsed + Pause;
            Show(new TrainingView(value));
        }

        public void Show(object value)
        {
            if (display is null)
                display = show(value);
            else
                display.Update(value);
        }
    }
}
