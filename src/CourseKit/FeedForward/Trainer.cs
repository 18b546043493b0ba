namespace CourseKit;

/// <summary>
/// The lecture's three steps, over and over: forward through all layers, backward through all error terms, then change every parameter
/// by its gradient; on batches drawn in a random order.
/// </summary>
/// <remarks>
/// A training that meets a loss or an update that is not finite stops, says where, and puts the weights of the last good epoch back. The
/// same seed gives the same weights, bit for bit. A step allocates nothing once its buffers are made.
/// </remarks>
public sealed class Trainer
{
    private const int EvaluationBatch = 256;

    private readonly Objective objective;
    private readonly MiniBatch evaluationBatch = new();

    /// <summary>Brings together what a training needs.</summary>
    /// <param name="network">What learns.</param>
    /// <param name="loss">ℓ of (9).</param>
    /// <param name="optimiser">The rule of the update; it belongs to this network from the first step on.</param>
    /// <param name="lambda">λ of (9): the L2 term is part of the loss that is reported, and of the gradient.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative or not finite.</exception>
    public Trainer(Network network, Loss loss, Optimiser optimiser, float lambda = 0)
    {
        ArgumentNullException.ThrowIfNull(optimiser);
        objective = new Objective(network, loss, lambda);
        Optimiser = optimiser;
    }

    /// <summary>What learns.</summary>
    public Network Network => objective.Network;

    /// <summary>J of (9).</summary>
    public Objective Objective => objective;

    /// <summary>The rule of the update.</summary>
    public Optimiser Optimiser { get; }

    /// <summary>How many passes over the training examples are made, at least 1.</summary>
    public int Epochs { get; init => field = AtLeastOne(value, nameof(Epochs)); } = 10;

    /// <summary>How many examples are in a batch, at least 1; the last of an epoch may be smaller.</summary>
    public int BatchSize { get; init => field = AtLeastOne(value, nameof(BatchSize)); } = 32;

    /// <summary>The seed of the order of the examples; each epoch has an order of its own.</summary>
    public int Seed { get; init; }

    /// <summary>Whether the examples are put into a random order for each epoch, or come as they are given.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// Early stopping: after how many epochs without a smaller validation loss training ends. The weights of the best epoch are then
    /// kept, also where all epochs were run. Null: no early stopping.
    /// </summary>
    public int? Patience { get; init => field = value is { } p ? AtLeastOne(p, nameof(Patience)) : null; }

    /// <summary>What the progress display calls the training.</summary>
    public string What { get; init; } = "Training";

    /// <summary>Called after each epoch; the network may be looked at, drawn, or saved.</summary>
    public Action<EpochResult>? EpochEnded { get; init; }

    /// <summary>Called after each step with the update's number, counted from 1, and its J.</summary>
    public Action<long, double>? StepEnded { get; init; }

    /// <summary>The epochs run so far, over all calls of <see cref="Train"/>.</summary>
    public int EpochsRun { get; internal set; }

    /// <summary>One step on one batch with targets.</summary>
    /// <param name="x">The inputs, an example a row.</param>
    /// <param name="target">What the outputs should be.</param>
    /// <returns>J before the update.</returns>
    /// <exception cref="ArgumentException">A shape does not fit, or the batch is empty.</exception>
    /// <exception cref="DivergedException">J or an update is not finite; the weights still are.</exception>
    public double Step(Tensor x, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return Update(objective.ForwardBackward(x, target, []), x);
    }

    /// <summary>One step on one batch with class labels.</summary>
    /// <param name="x">The inputs, an example a row.</param>
    /// <param name="labels">The classes, counted from 0.</param>
    /// <returns>J before the update.</returns>
    /// <exception cref="ArgumentException">A shape does not fit, the batch is empty, or a label is out of range.</exception>
    /// <exception cref="DivergedException">J or an update is not finite; the weights still are.</exception>
    public double Step(Tensor x, ReadOnlySpan<int> labels) => Update(objective.ForwardBackward(x, null, labels), x);

    /// <summary>Trains for <see cref="Epochs"/> epochs, or until something ends it. Called again, it goes on from there.</summary>
    /// <param name="training">What is learned from.</param>
    /// <param name="validation">What is looked at after each epoch, never learned from.</param>
    /// <param name="progress">Told a few times a second how far it is.</param>
    /// <param name="cancellation">Ends the training after the present step; the network stays usable.</param>
    /// <returns>A line each epoch, and why it ended: by divergence, too.</returns>
    /// <exception cref="ArgumentException">The examples do not fit the network, or the last batch is too small for a layer (<see cref="Layer.LeastBatch"/>).</exception>
    /// <exception cref="NotSupportedException">The loss takes targets and was given labels, or the other way round.</exception>
    /// <exception cref="InvalidOperationException">
    /// Nothing can be learned (all parameters are frozen), a parameter is not finite at the start, or <see cref="Patience"/> has no
    /// validation examples to go by.
    /// </exception>
    public TrainingHistory Train(
        Examples training, Examples? validation = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        RequireLearnable();
        RequireFit(training, "training");
        if (validation is not null)
            RequireFit(validation, "validation");
        else if (Patience is not null)
            throw new InvalidOperationException("Early stopping goes by the validation loss: give validation examples, or no Patience.");
        var least = Network.LeastBatch(Network.InputShape);
        var last = training.Count % BatchSize is > 0 and var rest ? rest : BatchSize;
        if (last < least)
            throw new ArgumentException($"{training.Count} examples in batches of {BatchSize} leave {last} for the last one, and a layer of the network needs {least} to learn from: choose another BatchSize.", nameof(training));
        return new TrainingRun(this, training, validation, progress, cancellation).Run();
    }

    /// <summary>J and the error over some examples; nothing is learned.</summary>
    /// <exception cref="ArgumentException">The examples do not fit the network.</exception>
    /// <exception cref="NotSupportedException">The loss takes targets and was given labels, or the other way round.</exception>
    public Evaluation Evaluate(Examples examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        RequireFit(examples, "evaluation");
        var mean = new MeanObjective();
        Span<int> numbers = stackalloc int[EvaluationBatch];
        for (var from = 0; from < examples.Count; from += EvaluationBatch)
        {
            var batch = numbers[..Math.Min(EvaluationBatch, examples.Count - from)];
            for (var n = 0; n < batch.Length; n++)
                batch[n] = from + n;
            evaluationBatch.Gather(examples, batch);
            Forward(evaluationBatch, training: false);
            mean.Add(objective, evaluationBatch.Labels);
        }

        return new Evaluation(mean.Loss(objective.Loss.Reduction), examples.Labels is null ? null : mean.Error);
    }

    /// <summary>One step on a gathered batch.</summary>
    internal double Step(MiniBatch batch) => Update(objective.ForwardBackward(batch.Inputs, batch.Targets, batch.Labels), batch.Inputs);

    /// <summary>J of a gathered batch.</summary>
    internal double Forward(MiniBatch batch, bool training) =>
        batch.Targets is { } targets
            ? objective.Forward(batch.Inputs, targets, training)
            : objective.Forward(batch.Inputs, batch.Labels, training);

    private double Update(double J, Tensor x)
    {
        if (!double.IsFinite(J))
        {
            var wrong = Finiteness.FirstNonFinite(x.Span);
            var cause = wrong < 0 ? "" : $", and the inputs hold {Finiteness.Describe(x.Data[wrong])} at example {wrong / (x.Count / x.Shape[0])} of the batch";
            throw new DivergedException(
                Optimiser.Updates + 1, Optimiser.LearningRate.At(Optimiser.Updates), $"the loss is {Finiteness.Describe(J)}{cause}; no update was made.");
        }

        Optimiser.Step(Network.Parameters);
        return J;
    }

    private void RequireLearnable()
    {
        if (Network.Parameters.All(parameter => parameter.IsFrozen))
            throw new InvalidOperationException("There is nothing to learn: the network has no parameters, or all of them are frozen.");
        foreach (var (name, parameter) in Network.NamedParameters)
            if (Finiteness.FirstNonFinite(parameter.Value.Span) is var i and >= 0)
                throw new InvalidOperationException($"{name} holds {Finiteness.Describe(parameter.Value.Data[i])} before training begins (number {i}): initialise the network.");
    }

    private void RequireFit(Examples examples, string what)
    {
        examples.Inputs.RequireShape($"The {what} inputs", [-1, .. Network.InputShape]);
        if (examples.Labels is null)
        {
            examples.Targets!.RequireShape($"The {what} targets", [-1, .. Network.OutputExtents]);
            return;
        }

        var classes = Network.OutputExtents[^1];
        var outside = Array.FindIndex(examples.Labels, label => label >= classes);
        if (outside >= 0)
            throw new ArgumentOutOfRangeException(nameof(examples), examples.Labels[outside], $"The {what} label of example {outside} is not one of the network's {classes} classes 0 ... {classes - 1}.");
    }

    private static int AtLeastOne(int value, string name) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is at least 1.");
}
