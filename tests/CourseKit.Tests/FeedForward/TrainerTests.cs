namespace CourseKit.Tests.FeedForward;

public class TrainerTests
{
    private static readonly Examples Xor = new(Tensor.From([0, 0, 0, 1, 1, 0, 1, 1], 4, 2), Tensor.From([0, 1, 1, 0], 4, 1));

    private static Network XorNetwork(int seed) =>
        new Network(2, new Dense(2, 4), new Tanh(), new Dense(4, 1), new Sigmoid()).Initialise(Initialisation.XavierNormal, seed);

    /// <summary>Three clouds in ten dimensions.</summary>
    private static Examples Clouds(int seed, int count, double spread = 0.6)
    {
        var (centres, random) = (new Tensor(3, 10), new RandomSource(seed));
        new RandomSource(99).FillNormal(centres.Span);
        var (x, labels) = (new Tensor(count, 10), new int[count]);
        for (var n = 0; n < count; n++)
        {
            labels[n] = random.NextInt(3);
            for (var j = 0; j < 10; j++)
                x[n, j] = (float)(centres[labels[n], j] + spread * random.NextNormal());
        }

        return new Examples(x, labels);
    }

    private static Network CloudNetwork(int seed) =>
        new Network(10, new Dense(10, 16), new ReLU(), new Dense(16, 3)).Initialise(Initialisation.HeNormal, seed);

    private static float[] Weights(Network network) => [.. network.Parameters.SelectMany(parameter => parameter.Value.Data)];

    [Fact]
    public void Xor_is_learned_by_two_four_one_from_at_least_95_of_100_seeds()
    {
        var solved = 0;
        for (var seed = 1; seed <= 100; seed++)
        {
            var network = XorNetwork(seed);
            new Trainer(network, new HalfSquaredError(), new GradientDescent(1)) { Epochs = 1000, BatchSize = 4 }.Train(Xor);
            var y = network.Forward(Xor.Inputs);
            solved += Enumerable.Range(0, 4).All(n => Math.Abs(y.Data[n] - Xor.Targets!.Data[n]) < 0.2f) ? 1 : 0;
        }

        Assert.InRange(solved, 95, 100);
    }

    [Fact]
    public void Clouds_are_told_apart_and_the_history_says_how()
    {
        var network = CloudNetwork(1);
        var trainer = new Trainer(network, new SoftmaxCrossEntropy(), new Adam(0.01)) { Epochs = 8 };
        var history = trainer.Train(Clouds(1, 600), Clouds(2, 300));
        Assert.Equal(StopReason.EpochLimit, history.Reason);
        Assert.Equal(8, history.Epochs.Count);
        Assert.Equal(8 * 19, history.Updates); // 600 examples in batches of 32: the last has 24
        Assert.True(history.Epochs[^1].Loss < history.Epochs[0].Loss / 3);
        Assert.InRange(history.Epochs[^1].ValidationError!.Value, 0, 0.06);
        var evaluation = trainer.Evaluate(Clouds(2, 300));
        Assert.Equal(history.Epochs[^1].ValidationLoss!.Value, evaluation.Loss);
        Assert.Contains("All 8 epochs were run.", history.ToString());
    }

    [Fact]
    public void An_evaluation_is_the_mean_over_the_examples_whatever_the_batches()
    {
        var (network, examples) = (CloudNetwork(1), Clouds(3, 600)); // batches of 256, 256, 88
        var loss = new SoftmaxCrossEntropy();
        var wanted = loss.Forward(network.Forward(examples.Inputs), examples.Labels!);
        Assert.Equal(wanted, new Trainer(network, new SoftmaxCrossEntropy(), new GradientDescent(1)).Evaluate(examples).Loss, 1e-6);
        var sum = new Trainer(network, new SoftmaxCrossEntropy { Reduction = Reduction.Sum }, new GradientDescent(1)).Evaluate(examples).Loss;
        Assert.Equal(600 * wanted, sum, 1e-3);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_does_not()
    {
        float[] Learn(int seed)
        {
            var network = CloudNetwork(1);
            new Trainer(network, new SoftmaxCrossEntropy(), new Momentum(0.05)) { Epochs = 3, Seed = seed }.Train(Clouds(1, 300));
            return Weights(network);
        }

        Assert.Equal(Learn(1), Learn(1));
        Assert.NotEqual(Learn(1), Learn(2));
    }

    [Fact]
    public void Training_in_two_parts_is_training_in_one()
    {
        float[] Learn(params int[] epochs)
        {
            var network = CloudNetwork(1);
            var optimiser = new Adam(0.01);
            var first = new Trainer(network, new SoftmaxCrossEntropy(), optimiser) { Epochs = 2 };
            foreach (var _ in epochs)
                first.Train(Clouds(1, 100));
            return Weights(network);
        }

        var network = CloudNetwork(1);
        new Trainer(network, new SoftmaxCrossEntropy(), new Adam(0.01)) { Epochs = 4 }.Train(Clouds(1, 100));
        Assert.Equal(Weights(network), Learn(2, 2));
    }

    [Fact]
    public void A_step_allocates_nothing_whatever_the_batch()
    {
        var network = new Network([1, 4, 4], new Flatten(), new Dense(16, 24), new Tanh(), new Dense(24, 12), new ReLU(), new Dense(12, 8), new ScaledTanh(), new Dense(8, 5));
        network.Initialise(Initialisation.XavierUniform, 1);
        var random = new RandomSource(1);
        var batches = new[] { 1, 32, 7 }.Select(n =>
        {
            var x = new Tensor(n, 1, 4, 4);
            random.FillNormal(x.Span);
            return (x, labels: Enumerable.Range(0, n).Select(i => i % 5).ToArray(), t: OneHot.Encode([.. Enumerable.Range(0, n).Select(i => i % 5)], 5));
        }).ToArray();
        foreach (var optimiser in new Optimiser[]
        {
            new GradientDescent(0.01), new Momentum(0.01), new Nesterov(0.01), new Adam(0.001), new RMSprop(0.001),
            new Momentum(LearningRate.Cosine(0.01, 1000).WithWarmUp(10)) { WeightDecay = 1e-4f },
        })
            foreach (var loss in new Loss[] { new SoftmaxCrossEntropy(), new HalfSquaredError(), new MeanSquaredError(), new BinaryCrossEntropyWithLogits() })
            {
                optimiser.Reset();
                var trainer = new Trainer(network, loss, optimiser, lambda: 1e-4f);
                void Round()
                {
                    foreach (var (x, labels, t) in batches)
                    {
                        trainer.Step(x, t);
                        if (loss is SoftmaxCrossEntropy)
                            trainer.Step(x, labels);
                    }
                }

                Round();
                AssertAllocatesNothing(Round);
            }
    }

    /// <summary>
    /// Twenty times in a row. The runtime may allocate a little once, where it compiles a method anew for speed: hence a second try, which
    /// a step that allocates would fail as it failed the first.
    /// </summary>
    internal static void AssertAllocatesNothing(Action step)
    {
        long allocated;
        var tries = 0;
        do
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 20; i++)
                step();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        while (allocated > 0 && ++tries < 5);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void An_epoch_allocates_only_for_itself_not_for_its_steps()
    {
        long Allocated(int count)
        {
            var network = CloudNetwork(1);
            var examples = Clouds(1, count);
            var trainer = new Trainer(network, new SoftmaxCrossEntropy(), new Momentum(0.01)) { Epochs = 1, BatchSize = 10 };
            trainer.Train(examples);
            var before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Train(examples);
            return GC.GetAllocatedBytesForCurrentThread() - before - count * sizeof(int); // the order of the examples
        }

        Allocated(105);
        Assert.InRange(Allocated(2005) - Allocated(105), -64, 64);
    }

    [Fact]
    public void Early_stopping_keeps_the_best_weights()
    {
        var network = CloudNetwork(1);
        var validation = Clouds(2, 200, spread: 1.5);
        var trainer = new Trainer(network, new SoftmaxCrossEntropy(), new Adam(0.03)) { Epochs = 400, Patience = 4, BatchSize = 8 };
        var history = trainer.Train(Clouds(1, 60, spread: 1.5), validation);
        Assert.Equal(StopReason.EarlyStopping, history.Reason);
        Assert.True(history.Epochs.Count < 400);
        Assert.Equal(history.Best!.Epoch + 4, history.Epochs[^1].Epoch);
        Assert.Equal(history.Best.ValidationLoss!.Value, trainer.Evaluate(validation).Loss);
        Assert.Contains($"those of epoch {history.Best.Epoch}, the best", history.Message);
    }

    [Fact]
    public void Patience_without_validation_is_refused()
    {
        var trainer = new Trainer(CloudNetwork(1), new SoftmaxCrossEntropy(), new Adam(0.01)) { Patience = 2 };
        Assert.Contains("validation examples", Assert.Throws<InvalidOperationException>(() => trainer.Train(Clouds(1, 10))).Message);
    }

    [Fact]
    public void Cancelling_leaves_a_usable_network()
    {
        using var source = new CancellationTokenSource();
        var network = CloudNetwork(1);
        var trainer = new Trainer(network, new SoftmaxCrossEntropy(), new Adam(0.01))
        {
            Epochs = 1000,
            StepEnded = (update, _) =>
            {
                if (update == 57)
                    source.Cancel();
            },
        };
        var history = trainer.Train(Clouds(1, 640), cancellation: source.Token);
        Assert.Equal((StopReason.Cancelled, 57L, 2), (history.Reason, history.Updates, history.Epochs.Count));
        Assert.Contains("Cancelled in epoch 3", history.Message);
        Assert.InRange(trainer.Evaluate(Clouds(2, 300)).Error!.Value, 0, 0.15);
        Assert.Equal(StopReason.EpochLimit, new Trainer(network, new SoftmaxCrossEntropy(), new Adam(0.01)) { Epochs = 1 }.Train(Clouds(1, 640)).Reason);
    }

    [Fact]
    public void Progress_says_what_how_far_and_how_long()
    {
        var reports = new List<TrainingProgress>();
        var trainer = new Trainer(CloudNetwork(1), new SoftmaxCrossEntropy(), new Adam(0.01))
        {
            Epochs = 3,
            What = "Clouds",
            StepEnded = (_, _) => Thread.Sleep(8),
        };
        trainer.Train(Clouds(1, 640), progress: new Immediately(reports.Add));
        Assert.True(reports.Count >= 3);
        Assert.All(reports, report => Assert.Equal(("Clouds", 3), (report.What, report.Epochs)));
        Assert.Equal(reports.Select(report => report.Fraction).Order(), reports.Select(report => report.Fraction));
        Assert.InRange(reports[0].Fraction, 0.01, 0.9);
        Assert.True(reports[0].Left > TimeSpan.Zero && double.IsFinite(reports[0].Loss));
        Assert.Equal((1.0, TimeSpan.Zero), (reports[^1].Fraction, reports[^1].Left));
        Assert.StartsWith("Clouds: epoch 3 of 3, 100 %, loss ", reports[^1].ToString());
    }

    [Fact]
    public void A_callback_sees_each_epochs_network()
    {
        var errors = new List<double>();
        var network = CloudNetwork(1);
        Trainer? trainer = null;
        trainer = new Trainer(network, new SoftmaxCrossEntropy(), new Adam(0.01)) { Epochs = 4, EpochEnded = _ => errors.Add(trainer!.Evaluate(Clouds(2, 100)).Loss) };
        var history = trainer.Train(Clouds(1, 300), Clouds(2, 100));
        Assert.Equal(history.Epochs.Select(epoch => epoch.ValidationLoss!.Value), errors);
    }

    private sealed class Immediately(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
