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
