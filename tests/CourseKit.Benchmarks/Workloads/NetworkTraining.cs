namespace CourseKit.Benchmarks;

/// <summary>A network of ours, trained on batches in turn, as a student trains it.</summary>
internal sealed class NetworkTraining(Trainer trainer, IReadOnlyList<Tensor> inputs, Func<Trainer, int, double> learn) : ITraining
{
    private int step;

    /// <summary>Batches with targets.</summary>
    public static NetworkTraining On(Trainer trainer, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> targets) =>
        new(trainer, inputs, (trainer, i) => trainer.Step(inputs[i], targets[i]));

    /// <summary>Batches with class labels.</summary>
    public static NetworkTraining On(Trainer trainer, IReadOnlyList<Tensor> inputs, IReadOnlyList<int[]> labels) =>
        new(trainer, inputs, (trainer, i) => trainer.Step(inputs[i], labels[i]));

    public double Step(bool readLoss) => learn(trainer, step++ % inputs.Count);

    public void Dispose()
    {
    }
}
