namespace CourseKit.Tests.FeedForward;

/// <summary>Demand 6 of the compute core: what is wrong is said at the door, and no network is left with weights that are not numbers.</summary>
public class BadInputTests
{
    private static Network Small() => new Network(3, new Dense(3, 4), new Tanh(), new Dense(4, 2)).Initialise(Initialisation.XavierUniform, 1);

    private static Trainer SmallTrainer(Network network, double rate = 0.1) => new(network, new SoftmaxCrossEntropy(), new GradientDescent(rate));

    private static void AssertMessage<T>(string part, Action action)
        where T : Exception => Assert.Contains(part, Assert.ThrowsAny<T>(action).Message);

    private static void AssertFinite(Network network) =>
        Assert.All(network.Parameters.SelectMany(parameter => parameter.Value.Data), value => Assert.True(float.IsFinite(value)));

    [Fact]
    public void Wrong_shapes_are_named_with_the_right_ones()
    {
        var network = Small();
        AssertMessage<ArgumentException>("The input of the network: shape 5x4 given, Nx3 expected", () => network.Forward(new Tensor(5, 4)));
        AssertMessage<ArgumentException>("shape 3 given, Nx3 expected", () => network.Forward(new Tensor(3)));
        network.Forward(new Tensor(5, 3));
        AssertMessage<ArgumentException>("shape 4x2 given, 5x2 expected", () => network.Backward(new Tensor(4, 2)));
        AssertMessage<ArgumentException>("Layer 2 (dense2) does not fit: Dense takes 5 numbers an example; an example of shape 4", () => new Network(3, new Dense(3, 4), new Dense(5, 2)));
        AssertMessage<ArgumentException>("shape 1x28x28 was given. Put a Flatten before it?", () => new Network([1, 28, 28], new Dense(784, 2)));
        AssertMessage<ArgumentException>("b of Dense: shape 3 given, 2 expected", () => new Dense(new Tensor(2, 4), new Tensor(3)));
        AssertMessage<ArgumentException>("The targets of HalfSquaredError: shape 2x3 given, 2x2 expected", () => new HalfSquaredError().Forward(new Tensor(2, 2), new Tensor(2, 3)));
        AssertMessage<ArgumentException>("holds 6 numbers, which does not fit", () => new Reshape(4, -1).OutputShape([2, 3]));
        AssertMessage<ArgumentException>("2 extents of -1 given to Reshape", () => new Reshape(-1, 2, -1));
        AssertMessage<ArgumentException>("An extent of 0 given to Reshape", () => new Reshape(0, -1));
        AssertMessage<ArgumentException>("An extent of -2 given to Reshape", () => new Reshape(-2, -3));
        AssertMessage<ArgumentException>("2 extents of -1 given; at most one", () => new Tensor(2, 3).Reshape(-1, -1));
        AssertMessage<ArgumentException>("The same layer stands in the network twice", () =>
        {
            var layer = new Dense(3, 3);
            _ = new Network(3, layer, layer);
        });
    }

    [Fact]
    public void Backward_without_forward_is_refused()
    {
        foreach (var layer in new Layer[] { new Dense(3, 2), new Tanh(), new Softmax(), new Flatten() })
            AssertMessage<InvalidOperationException>("call Forward first", () => layer.Backward(new Tensor(1, 2)));
        foreach (var loss in new Loss[] { new HalfSquaredError(), new MeanSquaredError(), new SoftmaxCrossEntropy(), new BinaryCrossEntropy(), new BinaryCrossEntropyWithLogits() })
            AssertMessage<InvalidOperationException>("call Forward first", () => loss.Backward());
    }

    [Fact]
    public void Empty_batches_are_refused()
    {
        var network = Small();
        AssertMessage<ArgumentException>("an empty batch given", () => network.Forward(new Tensor(0, 3)));
        AssertMessage<ArgumentException>("at least one example", () => new Examples(new Tensor(0, 3), new Tensor(0, 2)));
        AssertMessage<ArgumentException>("at least one example", () => new HalfSquaredError().Forward(new Tensor(0, 3), new Tensor(0, 3)));
        AssertMessage<ArgumentException>("an empty batch given", () => SmallTrainer(network).Step(new Tensor(0, 3), []));
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "+infinity")]
    [InlineData(float.NegativeInfinity, "-infinity")]
    public void Numbers_that_are_not_finite_in_the_data_are_found(float bad, string name)
    {
        var x = new Tensor(20, 3);
        x[13, 2] = bad;
        AssertMessage<ArgumentException>($"The inputs hold {name} at example 13, number 2", () => new Examples(x, new int[20]));
        AssertMessage<ArgumentException>($"The targets hold {name} at example 13, number 2", () => new Examples(new Tensor(20, 4), x));

        // A step by hand sees it in the loss, and changes nothing.
        var network = Small();
        var before = network.Parameters.Select(parameter => parameter.Value.Clone()).ToArray();
        var error = Assert.Throws<DivergedException>(() => new Trainer(network, new SoftmaxCrossEntropy(), new Adam(0.1)).Step(Tensor.From([bad, bad, bad], 1, 3), [0]));
        if (float.IsNaN(bad))
            Assert.Contains("Update 1, learning rate 0.1: the loss is NaN, and the inputs hold NaN at example 0 of the batch; no update was made.", error.Message);
        Assert.Equal(before.SelectMany(value => value.Data), network.Parameters.SelectMany(parameter => parameter.Value.Data));
    }

    [Fact]
    public void Not_a_number_passes_through_every_activation_so_that_it_is_noticed()
    {
        foreach (var layer in new Layer[] { new Sigmoid(), new Tanh(), new ScaledTanh(), new ReLU(), new LeakyReLU(), new Softplus(), new Identity(), new Softmax() })
            Assert.True(layer.Forward(Tensor.From([1, 2, float.NaN, 4, 5, 6, 7, 8, 9, float.NaN, 1], 1, 11)).Data is var y && float.IsNaN(y[2]) && float.IsNaN(y[9]), layer.ToString());
    }

    [Fact]
    public void Labels_out_of_range_are_named()
    {
        var network = Small();
        AssertMessage<ArgumentException>("The label of example 1 is -1; classes are counted from 0", () => new Examples(new Tensor(2, 3), [0, -1]));
        AssertMessage<ArgumentException>("The training label of example 1 is not one of the network's 2 classes 0 ... 1", () => SmallTrainer(network).Train(new Examples(new Tensor(2, 3), [0, 2])));
        AssertMessage<ArgumentException>("The label of example 0 is not one of the 2 classes", () => SmallTrainer(network).Step(new Tensor(1, 3), [7]));
        AssertMessage<ArgumentException>("3 labels", () => new Examples(new Tensor(2, 3), [0, 1, 0]));
        AssertMessage<ArgumentException>("3 labels given for 2 examples", () => new SoftmaxCrossEntropy().Forward(new Tensor(2, 3), [0, 1, 0]));
        AssertMessage<NotSupportedException>("OneHot.Encode", () => new HalfSquaredError().Forward(new Tensor(2, 3), [0, 1]));
        AssertMessage<ArgumentException>("The label of example 1 is not one of the 3 classes", () => OneHot.Encode([0, 3], 3));
    }

    [Fact]
    public void Targets_that_are_no_probabilities_are_named()
    {
        foreach (var loss in new Loss[] { new BinaryCrossEntropy(), new BinaryCrossEntropyWithLogits() })
        {
            var output = new Tensor(12, 3);
            output.Span.Fill(0.5f);
            loss.Forward(output, new Tensor(12, 3));
            var before = loss.Backward().Data.ToArray();
            foreach (var wrong in new[] { -0.01f, 1.01f, float.NaN })
                foreach (var at in new[] { 4, 34 }) // in a register, and behind the last
                {
                    var target = new Tensor(12, 3);
                    target.Data[at] = wrong;
                    AssertMessage<ArgumentOutOfRangeException>($"takes targets from 0 to 1, as of probabilities; that of example {at / 3}", () => loss.Forward(output, target));
                }

            Assert.Equal(before, loss.Backward().Data);
        }
    }

    [Fact]
    public void Zero_classes_and_zero_inputs_are_refused()
    {
        AssertMessage<ArgumentException>("Dense needs at least 1 of its units", () => new Dense(3, 0));
        AssertMessage<ArgumentException>("Dense needs at least 1 of its inputs", () => new Dense(0, 3));
        AssertMessage<ArgumentException>("classes", () => OneHot.Encode([], 0));
        AssertMessage<ArgumentException>("at least one layer", () => new Network(3));
        AssertMessage<ArgumentException>("at least one example with one output", () => new SoftmaxCrossEntropy().Forward(new Tensor(2, 0), [0, 1]));
    }

    [Fact]
    public void A_frozen_network_cannot_be_trained()
    {
        var network = Small();
        network.Freeze();
        AssertMessage<InvalidOperationException>("all of them are frozen", () => SmallTrainer(network).Train(new Examples(new Tensor(2, 3), [0, 1])));
        AssertMessage<InvalidOperationException>("all of them are frozen", () => SmallTrainer(network).Step(new Tensor(2, 3), [0, 1]));
        network.Freeze(false);
        Assert.Equal(StopReason.EpochLimit, SmallTrainer(network).Train(new Examples(new Tensor(2, 3), [0, 1])).Reason);
    }

    [Fact]
    public void A_frozen_layer_keeps_its_weights_while_the_others_learn()
    {
        var network = Small();
        network.Layers[0].Freeze();
        var before = network.Parameters.Select(parameter => parameter.Value.Clone()).ToArray();
        var x = new Tensor(8, 3);
        new RandomSource(1).FillNormal(x.Span);
        SmallTrainer(network).Train(new Examples(x, [0, 1, 0, 1, 0, 1, 0, 1]));
        Assert.Equal(before[0].Data, network.Parameters[0].Value.Data);
        Assert.Equal(before[1].Data, network.Parameters[1].Value.Data);
        Assert.NotEqual(before[2].Data, network.Parameters[2].Value.Data);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e3)]
    [InlineData(1e30)]
    public void A_learning_rate_that_diverges_stops_training_with_the_last_good_weights(double rate)
    {
        var (x, t) = (new Tensor(64, 3), new Tensor(64, 2));
        new RandomSource(1).FillNormal(x.Span, 0, 3);
        new RandomSource(2).FillNormal(t.Span);
        foreach (var optimiser in new Optimiser[] { new GradientDescent(rate), new Momentum(rate), new Nesterov(rate) })
        {
            var network = new Network(3, new Dense(3, 2)).Initialise(Initialisation.XavierUniform, 1);
            var history = new Trainer(network, new HalfSquaredError(), optimiser) { Epochs = 500, BatchSize = 64 }.Train(new Examples(x, t));
            Assert.Equal(StopReason.Diverged, history.Reason);
            AssertFinite(network);
            Assert.Matches(@"^Stopped in epoch \d+\. Update \d+, learning rate .*(the loss|parameters would).*Try a learning rate ten times smaller.*The weights are those (before this training|at the end of epoch \d+)\.$", history.Message);
            Assert.True(double.IsFinite(new Trainer(network, new HalfSquaredError(), new GradientDescent(1e-3)).Evaluate(new Examples(x, t)).Loss));
        }
    }

    [Fact]
    public void The_weights_after_the_very_last_update_are_tried_too()
    {
        var network = Small();
        var before = network.Parameters.Select(parameter => parameter.Value.Clone()).ToArray();
        var x = new Tensor(8, 3);
        new RandomSource(1).FillNormal(x.Span);
        var history = new Trainer(network, new HalfSquaredError(), new GradientDescent(1e30)) { Epochs = 1, BatchSize = 8 }.Train(new Examples(x, new Tensor(8, 2)));
        Assert.Equal((StopReason.Diverged, 1L, 0), (history.Reason, history.Updates, history.Epochs.Count));
        Assert.StartsWith("Stopped in epoch 1. Update 1, learning rate 1E+30: the loss after the last update is", history.Message);
        Assert.EndsWith("The weights are those before this training.", history.Message);
        Assert.Equal(before.SelectMany(value => value.Data), network.Parameters.SelectMany(parameter => parameter.Value.Data));
    }

    [Fact]
    public void Steps_by_hand_never_leave_weights_that_are_not_finite()
    {
        var x = new Tensor(64, 3);
        new RandomSource(1).FillNormal(x.Span, 0, 1e18f);
        foreach (var optimiser in new Optimiser[] { new GradientDescent(1e30), new Momentum(1e30), new Nesterov(1e30), new Adam(1e38), new RMSprop(1e38) })
        {
            var network = Small();
            var trainer = new Trainer(network, new HalfSquaredError(), optimiser);
            var error = Assert.Throws<DivergedException>(() =>
            {
                for (var i = 0; i < 100; i++)
                    trainer.Step(x, new Tensor(64, 2));
            });
            Assert.Contains("learning rate ten times smaller", error.Message);
            AssertFinite(network);
        }
    }

    [Fact]
    public void Weights_that_are_not_numbers_at_the_start_are_named()
    {
        var network = Small();
        network.Parameters[2].Value.Data[5] = float.NaN;
        AssertMessage<InvalidOperationException>("dense2.W holds NaN before training begins (number 5)", () => SmallTrainer(network).Train(new Examples(new Tensor(2, 3), [0, 1])));
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        foreach (var rate in new[] { -0.1, double.NaN, double.PositiveInfinity })
            Assert.Throws<ArgumentOutOfRangeException>(() => new GradientDescent(rate));
        foreach (var mu in new[] { -0.1f, 1, float.NaN })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new Momentum(0.1, mu));
            Assert.Throws<ArgumentOutOfRangeException>(() => new Nesterov(0.1, mu));
            Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(0.1, mu));
            Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(0.1, 0.9, mu));
            Assert.Throws<ArgumentOutOfRangeException>(() => new RMSprop(0.1, mu));
        }

        foreach (var decay in new[] { -0.1f, float.NaN, float.PositiveInfinity })
            Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(0.1) { WeightDecay = decay });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(0.1, epsilon: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RMSprop(0.1, epsilon: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Trainer(Small(), new SoftmaxCrossEntropy(), new Adam(0.1), lambda: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Trainer(Small(), new SoftmaxCrossEntropy(), new Adam(0.1)) { Epochs = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Trainer(Small(), new SoftmaxCrossEntropy(), new Adam(0.1)) { BatchSize = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Trainer(Small(), new SoftmaxCrossEntropy(), new Adam(0.1)) { Patience = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BinaryCrossEntropy().Forward(Tensor.From([1.5f], 1, 1), new Tensor(1, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initialisation.Normal(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(0.1, epsilon: float.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RMSprop(0.1, epsilon: float.PositiveInfinity));
        Assert.Throws<ArgumentNullException>(() => new Adam(0.1) { LearningRate = null! });
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientCheck.Layer(new Tanh(), [2], seed: 1, batch: 0));
        foreach (var tolerance in new[] { 0, -1, double.NaN, double.PositiveInfinity })
            Assert.Throws<ArgumentOutOfRangeException>(() => GradientCheck.Loss(new HalfSquaredError(), [2, 2], seed: 1, tolerance));
    }

    [Fact]
    public void An_optimiser_belongs_to_one_network()
    {
        var adam = new Adam(0.1);
        new Trainer(Small(), new SoftmaxCrossEntropy(), adam).Step(new Tensor(1, 3), [0]);
        AssertMessage<InvalidOperationException>("another network's", () => new Trainer(Small(), new SoftmaxCrossEntropy(), adam).Step(new Tensor(1, 3), [0]));
        adam.Reset();
        new Trainer(Small(), new SoftmaxCrossEntropy(), adam).Step(new Tensor(1, 3), [0]);
    }
}
