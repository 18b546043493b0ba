using CourseKit.Tests.FeedForward;

namespace CourseKit.Tests.Convolution;

/// <summary>A step on a large batch goes through a convolutional network in parts, and nobody can tell by its result.</summary>
public class BatchPartsTests
{
    private static (Tensor X, int[] Labels) Batch(int count)
    {
        var x = new Tensor(count, 1, 32, 32);
        new RandomSource(3).FillNormal(x.Span);
        return (x, [.. Enumerable.Range(0, count).Select(n => n * 7 % 10)]);
    }

    [Theory]
    [InlineData(Reduction.BatchMean)]
    [InlineData(Reduction.Sum)]
    [InlineData(Reduction.ElementMean)]
    public void The_gradients_of_a_step_are_those_of_the_whole_batch(Reduction reduction)
    {
        var (x, labels) = Batch(101); // no multiple of any part
        Network network = LeNet5.Create(seed: 1), other = LeNet5.Create(seed: 1);
        var (loss, whole) = (new RadialBasisLoss { Reduction = reduction }, new Objective(other, new RadialBasisLoss { Reduction = reduction }, 0.01f));
        Assert.InRange(BatchParts.For(network)!.Size, 2, 50);
        var J = whole.Forward(x, labels);
        whole.Backward();
        var trainer = new Trainer(network, loss, new GradientDescent(1e-12), 0.01f);
        Assert.Equal(J, trainer.Step(x, labels), 1e-5 * J);
        Assert.Equal(whole.LossValue, trainer.Objective.LossValue, 1e-5 * J);
        foreach (var (a, b) in network.Parameters.Zip(other.Parameters))
        {
            var largest = b.Gradient.Data.Max(Math.Abs);
            Assert.True(largest > 0);
            Assert.All(a.Gradient.Data.Zip(b.Gradient.Data), pair => Assert.Equal(pair.Second, pair.First, 1e-4f * largest));
        }

        Assert.All(trainer.Objective.Output.Data.Zip(whole.Output.Data), pair => Assert.Equal(pair.Second, pair.First, 1e-3f)); // distances of about 80
    }

    [Fact]
    public void Targets_are_taken_in_parts_too()
    {
        var (x, _) = Batch(70);
        Network Create() => new Network([1, 32, 32], new Conv2D(1, 16, 5), new Tanh(), new MaxPool(4), new Flatten(), new Dense(16 * 49, 3)).Initialise(Initialisation.XavierNormal, 1);
        var target = new Tensor(70, 3);
        new RandomSource(4).FillNormal(target.Span);
        var (network, whole) = (Create(), new Objective(Create(), new HalfSquaredError()));
        Assert.InRange(BatchParts.For(network)!.Size, 2, 35);
        var J = whole.Forward(x, target);
        whole.Backward();
        Assert.Equal(J, new Trainer(network, new HalfSquaredError(), new GradientDescent(1e-12)).Step(x, target), 1e-5 * J);
        Assert.All(network.Parameters[0].Gradient.Data.Zip(whole.Network.Parameters[0].Gradient.Data), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
    }

    [Fact]
    public void Layers_that_look_at_the_whole_batch_or_draw_get_it_whole()
    {
        Assert.Null(BatchParts.For(new Network([1, 8, 8], new Conv2D(1, 2, 3), new BatchNorm(2), new Flatten(), new Dense(72, 2))));
        Assert.Null(BatchParts.For(new Network([1, 8, 8], new Conv2D(1, 2, 3), new Dropout(0.5, seed: 1), new Flatten(), new Dense(72, 2))));
        Assert.Null(BatchParts.For(new Network([1, 8, 8], new Conv2D(1, 2, 3), new OwnLayer(), new Flatten(), new Dense(72, 2))));
        Assert.Null(BatchParts.For(new Network([1, 8, 8], new Conv2D(1, 2, 3), new OwnActivation(), new Flatten(), new Dense(72, 2))));
        Assert.Null(BatchParts.For(new Network(784, new Dense(784, 10), new Tanh(), new Dense(10, 10)))); // its weights are loaded once a batch
    }

    [Fact]
    public void A_loss_of_ones_own_gets_the_batch_whole()
    {
        var (x, _) = Batch(70);
        Network Create() => new Network([1, 32, 32], new Conv2D(1, 16, 5), new Tanh(), new MaxPool(4), new Flatten(), new Dense(16 * 49, 3)).Initialise(Initialisation.XavierNormal, 1);
        Assert.NotNull(BatchParts.For(Create()));
        var whole = new Objective(Create(), new LargestOfAll()).Forward(x, new Tensor(70, 3));
        Assert.Equal(whole, new Trainer(Create(), new LargestOfAll(), new GradientDescent(1e-12)).Step(x, new Tensor(70, 3)));
    }

    [Fact]
    public void The_gradient_of_a_frozen_layer_stays_what_it_was()
    {
        var (x, labels) = Batch(101);
        var network = LeNet5.Create(seed: 1);
        var trainer = new Trainer(network, new RadialBasisLoss { Reduction = Reduction.Sum }, new GradientDescent(1e-12));
        trainer.Step(x, labels);
        var dense = network.Layers.OfType<Dense>().First();
        dense.Freeze();
        var before = dense.W.Gradient.Clone();
        trainer.Step(x, labels);
        Assert.Equal(before.Data, dense.W.Gradient.Data);
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_the_numbers_of_the_whole_batch()
    {
        var (x, labels) = Batch(64);
        var trainer = new Trainer(LeNet5.Create(seed: 1), new RadialBasisLoss(), new Momentum(0.001));
        labels[63] = 10;
        Assert.Contains("example 63", Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Step(x, labels)).Message, StringComparison.Ordinal);
        Assert.Contains("63 labels given for 64", Assert.Throws<ArgumentException>(() => trainer.Step(x, labels[..63])).Message, StringComparison.Ordinal);
        Assert.Contains("64x1x32x31", Assert.Throws<ArgumentException>(() => trainer.Step(new Tensor(64, 1, 32, 31), labels)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_in_parts_allocates_nothing()
    {
        var (x, labels) = Batch(128);
        var trainer = new Trainer(LeNet5.Create(seed: 1), new RadialBasisLoss(), new Momentum(0.001));
        for (var warm = 0; warm < 3; warm++)
            trainer.Step(x, labels);
        TrainerTests.AssertAllocatesNothing(() => trainer.Step(x, labels));
    }

    /// <summary>No sum over examples at all.</summary>
    private sealed class LargestOfAll : Loss
    {
        private Tensor gradient = new(1);

        public override double Forward(Tensor output, Tensor target)
        {
            gradient = new Tensor(output.Shape);
            gradient.Data[Array.IndexOf(output.Data, output.Data.Max())] = 1;
            return output.Data.Max();
        }

        public override Tensor Backward() => gradient;
    }

    private sealed class OwnActivation : Activation
    {
        public override double Penalty => 1;

        protected override void Apply(ReadOnlySpan<float> z, Span<float> a) => z.CopyTo(a);

        protected override void ApplyDerivative(ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> gradient, Span<float> result) => gradient.CopyTo(result);
    }

    private sealed class OwnLayer : Layer
    {
        public override int[] OutputShape(ReadOnlySpan<int> inputShape) => inputShape.ToArray();

        public override Tensor Forward(Tensor input, bool training = false) => input;

        public override Tensor Backward(Tensor outputGradient) => outputGradient;
    }
}
