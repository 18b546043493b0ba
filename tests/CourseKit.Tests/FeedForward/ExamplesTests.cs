namespace CourseKit.Tests.FeedForward;

public class ExamplesTests
{
    private static Tensor Counting(int count, int width) => Tensor.From([.. Enumerable.Range(0, count * width).Select(i => (float)i)], count, width);

    [Fact]
    public void A_slice_holds_its_rows_and_labels()
    {
        var slice = new Examples(Counting(5, 2), [0, 1, 2, 3, 4]).Slice(1, 3);
        Assert.Equal((2, 2), (slice.Count, slice.Inputs.Shape[1]));
        Assert.Equal([2, 3, 4, 5], slice.Inputs.Data);
        Assert.Equal([1, 2], slice.Labels!);
        var targets = new Examples(Counting(5, 2), Counting(5, 3)).Slice(4, 5);
        Assert.Equal([12, 13, 14], targets.Targets!.Data);
        var inputs = Counting(5, 2);
        var own = new Examples(inputs, inputs).Slice(0, 2);
        Assert.Same(own.Inputs, own.Targets);
        Assert.Throws<ArgumentOutOfRangeException>(() => slice.Slice(1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => slice.Slice(1, 1));
    }

    [Fact]
    public void A_dataset_is_learned_from_as_it_is()
    {
        var digits = StrokeDigits.Generate(300, seed: 1);
        var network = new Network([1, 28, 28], new Flatten(), new Dense(784, 10)).Initialise(Initialisation.XavierUniform, 1);
        var history = new Trainer(network, new SoftmaxCrossEntropy(), new Momentum(0.05)) { Epochs = 5 }.Train(new Examples(digits));
        Assert.True(history.Epochs[^1].Error < 0.15 && history.Epochs[0].Error > history.Epochs[^1].Error);
    }

    [Fact]
    public void An_autoencoder_takes_its_inputs_as_targets()
    {
        var x = new Tensor(64, 6);
        new RandomSource(1).FillUniform(x.Span);
        var network = new Network(6, new Dense(6, 4), new Tanh(), new Dense(4, 6)).Initialise(Initialisation.XavierUniform, 1);
        var history = new Trainer(network, new HalfSquaredError(), new Adam(0.01)) { Epochs = 60, BatchSize = 10 }.Train(new Examples(x, x));
        Assert.True(history.Epochs[^1].Loss < history.Epochs[0].Loss / 4);
        Assert.Null(history.Epochs[^1].Error);
    }
}
