namespace CourseKit.Tests.FeedForward;

/// <summary>A call that is refused, and a check, leave everything as it was.</summary>
public class UndisturbedTests
{
    public static TheoryData<Loss> WithLabels => [new SoftmaxCrossEntropy(), new RadialBasisLoss()];

    [Theory]
    [MemberData(nameof(WithLabels))]
    public void A_loss_that_refuses_a_label_keeps_its_last_forward_pass(Loss loss)
    {
        var output = Tensor.From([1f, 2, 3, 0.5f, 0.1f, 0.2f], 2, 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => loss.Forward(output, (int[])[2, 7]));
        Assert.Throws<InvalidOperationException>(() => loss.Backward());
        loss.Forward(output, (int[])[2, 0]);
        var before = loss.Backward().Data.ToArray();
        Assert.Throws<ArgumentOutOfRangeException>(() => loss.Forward(Tensor.From([9f, 8, 7, 6, 5, 4], 2, 3), (int[])[1, 3]));
        Assert.Equal(before, loss.Backward().Data);
    }

    [Fact]
    public void Binary_cross_entropy_that_refuses_an_output_keeps_its_last_forward_pass()
    {
        var loss = new BinaryCrossEntropy();
        Assert.Throws<ArgumentOutOfRangeException>(() => loss.Forward(Tensor.From([0.5f, 1.5f], 2, 1), Tensor.From([1f, 0], 2, 1)));
        Assert.Throws<InvalidOperationException>(() => loss.Backward());
    }

    /// <summary>Each kind of layer with a batch it takes and one it refuses: after the first, as before it, and mostly as large.</summary>
    public static TheoryData<string, Func<Layer>, int[], int[]> Refusals => new()
    {
        { "Dense", () => new Dense(3, 2), [4, 3], [4, 4] },
        { "Reshape", () => new Reshape(2, 3), [4, 6], [3, 8] },
        { "Flatten", () => new Flatten(), [2, 3, 4], [24] },
        { "Conv1D", () => new Conv1D(1, 2, 5), [2, 1, 64], [1, 1, 3] },
        { "Conv2D", () => new Conv2D(1, 2, 5), [2, 1, 16, 16], [1, 1, 16, 3] },
        { "TransposedConv2D", () => new TransposedConv2D(1, 2, 3, padding: 2), [2, 1, 8, 8], [1, 1, 1, 1] },
        { "TransposedConv2D, nothing left", () => new TransposedConv2D(1, 2, 3, padding: 2), [2, 1, 8, 8], [1, 1, 2, 8] },
        { "Subsampling", () => new Subsampling(1), [2, 1, 4, 4], [2, 1, 3, 4] },
        { "MaxPool", () => new MaxPool(3), [2, 1, 6, 6], [2, 1, 2, 6] },
        { "AveragePool", () => new AveragePool(3), [2, 1, 6, 6], [2, 1, 2, 6] },
        { "BatchNorm", () => new BatchNorm(3), [4, 3], [1, 3] },
        { "RadialBasis", () => new RadialBasis(new Tensor(2, 3), learned: true), [4, 3], [4, 2] },
        { "L1Sparsity", () => new L1Sparsity(1), [4, 3], [12] },
        { "KLSparsity", () => new KLSparsity(1), [4, 3], [12] },
        { "ContractiveSigmoid", () => new ContractiveSigmoid(3, 2, 0.1), [4, 3], [4, 2] },
        { "Network", () => new Network(3, new Dense(3, 2), new Tanh()), [4, 3], [4, 2] },
        { "Autoencoder", () => new Autoencoder(new Network(3, new Dense(3, 2)), new Network(2, new Dense(2, 3))), [4, 3], [4, 2] },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_layer_that_refuses_a_batch_keeps_its_last_forward_pass(string name, Func<Layer> make, int[] good, int[] bad)
    {
        var layer = make();
        layer.Initialise(Initialisation.LeCunNormal, new RandomSource(1));
        var (x, other) = (new Tensor(good), new Tensor(bad));
        new RandomSource(2).FillUniform(x.Span, 0.1f, 0.9f);
        new RandomSource(3).FillUniform(other.Span, 0.1f, 0.9f);
        var upstream = new Tensor(layer.Forward(x, training: true).Shape);
        new RandomSource(4).FillNormal(upstream.Span);
        float[][] Gradients() => [layer.Backward(upstream).Data.ToArray(), .. layer.Parameters.Select(parameter => parameter.Gradient.Data.ToArray())];
        var (before, penalty) = (Gradients(), layer.Penalty);
        var state = layer.State.SelectMany(kept => kept.Value.Data).ToArray();
        Assert.True(Record.Exception(() => layer.Forward(other, training: true)) is ArgumentException, name);
        Assert.Equal(x.Shape.ToArray(), layer.Backward(upstream).Shape.ToArray());
        Assert.Equal(before, Gradients());
        Assert.Equal(penalty, layer.Penalty);
        Assert.Equal(state, layer.State.SelectMany(kept => kept.Value.Data));
    }

    [Fact]
    public void A_penalty_that_refuses_activations_keeps_its_last_batch()
    {
        var layer = new KLSparsity(1);
        layer.Forward(Tensor.From([0.2f, 0.4f, 0.6f, 0.8f], 2, 2));
        var (penalty, before) = (layer.Penalty, layer.Backward(new Tensor(2, 2)).Data.ToArray());
        Assert.Throws<ArgumentException>(() => layer.Forward(Tensor.From([0.2f, 0.4f, 0.6f, 1.8f, 0, 0], 3, 2)));
        Assert.Equal(penalty, layer.Penalty);
        Assert.Equal(before, layer.Backward(new Tensor(2, 2)).Data);
    }

    [Fact]
    public void A_pass_that_a_layer_in_the_middle_refuses_cannot_be_gone_back_through()
    {
        var network = new Network(3, new Dense(3, 3), new Residual(new Tanh(), new KLSparsity(1)), new Dense(3, 2)).Initialise(Initialisation.LeCunNormal, 1);
        var (x, upstream) = (Tensor.From([1f, 2, 3], 1, 3), Tensor.From([1f, -1], 1, 2));
        network.Parameters[0].Value.Span.Clear(); // tanh(b) is 0.76, which the penalty takes
        network.Parameters[1].Value.Span.Fill(1);
        network.Forward(x);
        var before = network.Backward(upstream).Data.ToArray();
        network.Parameters[1].Value.Span.Fill(-1);
        Assert.Throws<ArgumentException>(() => network.Forward(x));
        Assert.Contains("refused its last forward pass", Assert.Throws<InvalidOperationException>(() => network.Backward(upstream)).Message);
        Assert.Throws<InvalidOperationException>(() => network.BackwardParameters(upstream));
        Assert.Throws<InvalidOperationException>(() => network.Layers[1].Backward(new Tensor(1, 3)));
        network.Parameters[1].Value.Span.Fill(1);
        network.Forward(x);
        Assert.Equal(before, network.Backward(upstream).Data);
    }

    [Fact]
    public void An_objective_that_was_refused_has_no_pass_to_go_back_through()
    {
        var objective = new Objective(new Network(2, new Dense(2, 3)).Initialise(Initialisation.LeCunNormal, 1), new SoftmaxCrossEntropy());
        var (x, other) = (Tensor.From([1f, 2, 3, 4], 2, 2), Tensor.From([5f, 6, 7, 8], 2, 2));
        objective.Forward(x, (int[])[0, 1]);
        objective.Backward();
        Assert.Throws<ArgumentOutOfRangeException>(() => objective.Forward(other, (int[])[0, 3])); // the network has gone on, the loss has not
        Assert.Contains("call Forward first", Assert.Throws<InvalidOperationException>(objective.Backward).Message);
        Assert.Throws<InvalidOperationException>(() => objective.Output);
    }

    [Fact]
    public void A_step_in_parts_leaves_no_pass_to_go_back_through()
    {
        var network = LeNet5.Create(1);
        var trainer = new Trainer(network, new RadialBasisLoss(), new GradientDescent(0.001));
        trainer.Step(new Tensor(64, 1, 32, 32), new int[64]);
        Assert.True(trainer.Objective.Output.HasShape(64, 10));
        Assert.Throws<InvalidOperationException>(trainer.Objective.Backward); // its layers hold the last examples alone
    }

    [Fact]
    public void A_gradient_check_that_fails_puts_the_weights_back()
    {
        var dense = new Dense(2, 1);
        dense.Parameters[0].Value.Data[0] = 42;
        Assert.Throws<ArgumentException>(() => GradientCheck.Layer(dense, [3], seed: 1));
        Assert.Equal(42, dense.Parameters[0].Value.Data[0]);
    }

    [Fact]
    public void A_gradient_check_leaves_running_means_and_frozen_gradients()
    {
        var layer = new BatchNorm(2);
        Assert.True(GradientCheck.Layer(layer, [2], seed: 1, training: true).Passed);
        Assert.Equal([0, 0], layer.State[0].Value.Data);
        Assert.Equal([1, 1], layer.State[1].Value.Data);
        var dense = new Dense(2, 1);
        dense.Parameters[0].IsFrozen = true;
        Assert.True(GradientCheck.Layer(dense, [2], seed: 1).Passed);
        Assert.All(dense.Parameters[0].Gradient.Data, x => Assert.Equal(0, x));
    }

    [Fact]
    public void Every_seed_suits_every_loss()
    {
        for (var seed = 0; seed < 20; seed++)
            Assert.True(GradientCheck.Loss(new BinaryCrossEntropy(), [3, 2], seed).Passed);
    }

    [Fact]
    public void A_batch_that_is_not_finite_does_not_stay_in_the_running_means()
    {
        var layer = new BatchNorm(2);
        layer.Forward(Tensor.From([1f, float.NaN, 3, 1e30f], 2, 2), training: true);
        Assert.Equal(0.2f, layer.State[0].Value.Data[0], 1e-6f); // the other number of the batch counts
        layer.Forward(Tensor.From([0f, 3e38f, 0, -3e38f], 2, 2), training: true);
        Assert.Equal((0, 1), (layer.State[0].Value.Data[1], layer.State[1].Value.Data[1]));
    }

    /// <summary>257 examples are a batch of 256 and one of 1, which must not weigh as much.</summary>
    [Fact]
    public void The_penalty_of_a_small_last_batch_weighs_as_its_examples_do()
    {
        var network = new Network(1, new Identity(), new L1Sparsity(1));
        var x = new Tensor(257, 1);
        x.Data[256] = 257;
        var J = new Trainer(network, new HalfSquaredError(), new GradientDescent(0.1)).Evaluate(new Examples(x, x.Clone())).Loss;
        Assert.Equal(1, J, 1e-6); // the mean of |x|
    }

    [Fact]
    public void Equal_numbers_have_no_deviation_however_many_they_are()
    {
        var samples = new Tensor(60_000, 1);
        foreach (var grey in new[] { 0.1f, 73 / 255f, 254 / 255f })
        {
            samples.Span.Fill(grey);
            var standardisation = Standardisation.Of(samples, StandardiseBy.Input);
            Assert.Equal(0, standardisation.Deviation[0]);
            Assert.Equal(0.1f, standardisation.Apply(Tensor.From([grey + 0.1f], 1, 1)).Data[0], 1e-6f);
        }
    }

    [Fact]
    public void Patterns_that_differ_in_one_unit_are_fixed_points_of_the_pseudo_inverse()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var pattern = HopfieldPatterns.Random(1, 25, seed)[0];
            int[] other = [.. pattern];
            other[seed % 25] *= -1;
            var network = HopfieldNetwork.Store([pattern, other], HopfieldStorage.PseudoInverse);
            Assert.True(network.IsFixedPoint(pattern));
            Assert.True(network.IsFixedPoint(other));
            Assert.Equal(other, network.Recall(other, seed: seed).State);
        }
    }
}
