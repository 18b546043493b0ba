using System.Diagnostics;

namespace CourseKit;

/// <summary>One call of <see cref="Trainer.Train"/>: the epochs, the snapshots to go back to, and the reasons to stop.</summary>
internal sealed class TrainingRun
{
    /// <summary>A mean loss this many times its first value is called a divergence, though it is still finite.</summary>
    private const double Explosion = 1e6;

    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(100);

    private readonly Trainer trainer;
    private readonly Examples training;
    private readonly Examples? validation;
    private readonly IProgress<TrainingProgress>? progress;
    private readonly CancellationToken cancellation;
    private readonly TrainingHistory history = new();
    private readonly MiniBatch batch = new();
    private readonly int[] order;
    private readonly long startTime = Stopwatch.GetTimestamp();
    private readonly WeightSnapshot good; // the weights at the start, or at the end of the last epoch: their loss was seen to be finite
    private long updates;
    private TimeSpan lastReport;
    private double firstLoss = double.NaN;

    public TrainingRun(Trainer trainer, Examples training, Examples? validation, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        (this.trainer, this.training, this.validation, this.progress, this.cancellation) = (trainer, training, validation, progress, cancellation);
        order = new int[training.Count];
        good = new WeightSnapshot(trainer.Network);
    }

    public TrainingHistory Run()
    {
        var best = trainer.Patience is null ? null : new WeightSnapshot(trainer.Network);
        var (bestLoss, bestEpoch) = (double.PositiveInfinity, 0);
        var reason = StopReason.EpochLimit;
        var message = $"All {trainer.Epochs} epochs were run.";
        for (var epoch = 1; epoch <= trainer.Epochs; epoch++)
        {
            EpochResult? result;
            try
            {
                result = RunEpoch(epoch);
            }
            catch (DivergedException e)
            {
                good.Restore();
                trainer.Optimiser.Reset();
                reason = StopReason.Diverged;
                message = $"Stopped in epoch {epoch}. {e.Message} The weights are {(epoch == 1 ? "those before this training" : $"those at the end of epoch {epoch - 1}")}.";
                break;
            }

            if (result is null)
            {
                (reason, message) = (StopReason.Cancelled, $"Cancelled in epoch {epoch}; the weights are those of the last step.");
                break;
            }

            history.Add(result);
            good.Take();
            trainer.EpochEnded?.Invoke(result);
            if (result.ValidationLoss < bestLoss)
            {
                (bestLoss, bestEpoch) = (result.ValidationLoss.Value, epoch);
                best?.Take();
            }
            else if (epoch - bestEpoch >= trainer.Patience)
            {
                (reason, message) = (StopReason.EarlyStopping, $"Stopped after epoch {epoch}: the validation loss had not fallen for {trainer.Patience} epochs.");
                break;
            }
        }

        if (best is not null && bestEpoch > 0 && reason is StopReason.EpochLimit or StopReason.EarlyStopping)
        {
            best.Restore();
            message += $" The weights are those of epoch {bestEpoch}, the best.";
        }

        history.End(reason, message, updates, Elapsed);
        if (reason is StopReason.EpochLimit or StopReason.EarlyStopping)
            Report(history.Epochs.Count, 1, history.Epochs[^1].Loss);
        return history;
    }

    private TimeSpan Elapsed => Stopwatch.GetElapsedTime(startTime);

    /// <summary>One pass over all examples; null where it was cancelled.</summary>
    private EpochResult? RunEpoch(int epoch)
    {
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        if (trainer.Shuffle)
            new RandomSource(trainer.Seed).Fork(trainer.EpochsRun).Shuffle<int>(order);
        var mean = new MeanObjective();
        for (var from = 0; from < order.Length; from += trainer.BatchSize)
        {
            if (cancellation.IsCancellationRequested)
                return null;
            batch.Gather(training, order.AsSpan(from, Math.Min(trainer.BatchSize, order.Length - from)));
            var J = trainer.Step(batch);
            updates++;
            mean.Add(trainer.Objective, batch.Labels);
            trainer.StepEnded?.Invoke(trainer.Optimiser.Updates, J);
            if (double.IsNaN(firstLoss))
                firstLoss = J;
            if (progress is not null && Elapsed - lastReport >= ReportEvery)
                Report(epoch, (epoch - 1 + (double)(from + trainer.BatchSize) / order.Length) / trainer.Epochs, mean.Loss(trainer.Objective.Loss.Reduction));
        }

        trainer.EpochsRun++;
        return Judge(epoch, mean.Loss(trainer.Objective.Loss.Reduction), training.Labels is null ? null : mean.Error);
    }

    private EpochResult Judge(int epoch, double loss, double? error)
    {
        var rate = trainer.Optimiser.LearningRate.At(trainer.Optimiser.Updates - 1);
        var evaluation = validation is null ? null : trainer.Evaluate(validation);
        RequireSound(loss, "loss");
        RequireSound(evaluation?.Loss ?? trainer.Forward(batch, training: false), validation is null ? "loss after the last update" : "validation loss");
        return new EpochResult(epoch, loss, error, evaluation?.Loss, evaluation?.Error, rate, Elapsed);
    }

    /// <summary>Each loss but the last was looked at in its step; the weights after the last update have not been tried yet.</summary>
    private void RequireSound(double loss, string what)
    {
        if (double.IsFinite(loss) && loss <= Explosion * Math.Max(1, firstLoss))
            return;
        var rate = trainer.Optimiser.LearningRate.At(trainer.Optimiser.Updates - 1);
        var became = double.IsFinite(loss) ? FormattableString.Invariant($"{loss:G3}, from {firstLoss:G3} at first") : Finiteness.Describe(loss);
        throw new DivergedException(trainer.Optimiser.Updates, rate, $"the {what} is {became}.");
    }

    private void Report(int epoch, double fraction, double loss)
    {
        if (progress is null)
            return;
        lastReport = Elapsed;
        fraction = Math.Min(fraction, 1);
        var left = fraction > 0 ? lastReport * ((1 - fraction) / fraction) : TimeSpan.Zero;
        progress.Report(new TrainingProgress(trainer.What, epoch, trainer.Epochs, fraction, loss, lastReport, left) { Completed = history.Epochs });
    }
}
