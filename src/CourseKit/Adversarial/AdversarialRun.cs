using System.Diagnostics;

namespace CourseKit;

/// <summary>One call of Train: the iterations of Algorithm 1, the weights to go back to, and the reasons to stop.</summary>
internal sealed class AdversarialRun
{
    /// <summary>A value of the game beyond this is called a divergence, though it is still finite; it is between -2 and 0 in a sound game.</summary>
    private const double Explosion = 1e4;

    private const int SnapshotEvery = 100;

    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(100);

    private readonly GenerativeAdversarialNetwork gan;
    private readonly Action<Tensor, RandomSource> fill;
    private readonly IProgress<AdversarialProgress>? progress;
    private readonly CancellationToken cancellation;
    private readonly Tensor x;
    private readonly Tensor z;
    private GameSnapshot good;
    private GameSnapshot candidate; // weights that no iteration has tried yet
    private readonly CollapseWatch? watch;
    private readonly long start = Stopwatch.GetTimestamp();
    private int goodIteration, candidateIteration = -1;

    public AdversarialRun(GenerativeAdversarialNetwork gan, Action<Tensor, RandomSource> fill, IProgress<AdversarialProgress>? progress, CancellationToken cancellation)
    {
        (this.gan, this.fill, this.progress, this.cancellation) = (gan, fill, progress, cancellation);
        x = new Tensor([gan.BatchSize, .. gan.Generator.OutputExtents]);
        z = new Tensor([gan.BatchSize, .. gan.Generator.InputShape]);
        (good, candidate) = (new(gan), new(gan));
        watch = gan.Patience is { } patience ? new CollapseWatch(patience) : null;
    }

    public void Run(int iterations)
    {
        var history = gan.History;
        history.Expect(iterations);
        var first = history.Steps.Count;
        goodIteration = first;
        var lastReport = TimeSpan.Zero;
        for (var i = 1; i <= iterations; i++)
        {
            if (cancellation.IsCancellationRequested)
            {
                history.End(AdversarialStopReason.Cancelled, $"Cancelled after iteration {first + i - 1}; the weights are those of the last one.", Elapsed);
                return;
            }

            AdversarialStep step;
            try
            {
                step = Iterate(first + i);
            }
            catch (DivergedException e)
            {
                GoBack();
                history.End(AdversarialStopReason.Diverged, $"Stopped in iteration {first + i}. {e.Message} The weights are those after iteration {goodIteration}.", Elapsed);
                return;
            }

            history.Add(step);
            if (watch?.Look(step, gan.Logits.Span, x, gan.Samples) is { } lost)
            {
                history.End(lost.Reason, lost.Message, Elapsed);
                return;
            }

            Promote();
            if (i % SnapshotEvery == 0)
            {
                candidate.Take();
                candidateIteration = first + i;
            }

            if (progress is not null && (Elapsed - lastReport >= ReportEvery || i == iterations))
            {
                lastReport = Elapsed;
                progress.Report(new(i, iterations, step.V, lastReport, lastReport * ((double)(iterations - i) / i)));
            }
        }

        history.End(AdversarialStopReason.IterationLimit, $"All {iterations} iterations were made.", Elapsed);
    }

    private TimeSpan Elapsed => Stopwatch.GetElapsedTime(start);

    /// <summary>k updates of D, then one of G, every one on new noise.</summary>
    private AdversarialStep Iterate(int iteration)
    {
        for (var k = 0; k < gan.DiscriminatorSteps; k++)
        {
            fill(x, gan.DataStream);
            gan.FillNoise(z, gan.NoiseStream);
            gan.StepDiscriminator(x, z);
        }

        if (Math.Abs(gan.V) > Explosion)
            throw new DivergedException(gan.DiscriminatorOptimiser.Updates, gan.DiscriminatorOptimiser.LearningRate.At(gan.DiscriminatorOptimiser.Updates - 1), FormattableString.Invariant($"V is {gan.V:G3}."));
        gan.FillNoise(z, gan.NoiseStream);
        var generatorLoss = gan.StepGenerator(z);
        gan.GeneratorAverage?.Update();
        return new(iteration, gan.V, gan.DOnData, gan.DOnSamples, generatorLoss);
    }

    /// <summary>The iteration after the candidate's was sound, so its weights were.</summary>
    private void Promote()
    {
        if (candidateIteration < 0)
            return;
        (good, candidate) = (candidate, good);
        (goodIteration, candidateIteration) = (candidateIteration, -1);
    }

    private void GoBack()
    {
        good.Restore();
        gan.GeneratorOptimiser.Reset();
        gan.DiscriminatorOptimiser.Reset();
    }

    /// <summary>Both players' weights, and the average of G's.</summary>
    private sealed class GameSnapshot(GenerativeAdversarialNetwork gan)
    {
        private readonly WeightSnapshot generator = new(gan.Generator), discriminator = new(gan.Discriminator);
        private readonly WeightAverage? average = gan.GeneratorAverage?.Clone();

        public void Take()
        {
            generator.Take();
            discriminator.Take();
            average?.CopyFrom(gan.GeneratorAverage!);
        }

        public void Restore()
        {
            generator.Restore();
            discriminator.Restore();
            gan.GeneratorAverage?.CopyFrom(average!);
        }
    }
}
