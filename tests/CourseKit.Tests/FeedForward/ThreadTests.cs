namespace CourseKit.Tests.FeedForward;

/// <summary>A network large enough that products, activations and updates are shared among threads.</summary>
[Collection("Threads")]
public class ThreadTests
{
    private static (Network, Examples) Make(int seed)
    {
        var network = new Network(784, new Dense(784, 300), new Tanh(), new Dense(300, 300), new ReLU(), new Dense(300, 10));
        network.Initialise(Initialisation.XavierUniform, seed);
        var random = new RandomSource(seed);
        var x = new Tensor(500, 784);
        random.FillUniform(x.Span);
        return (network, new Examples(x, [.. Enumerable.Range(0, 500).Select(_ => random.NextInt(10))]));
    }

    private static float[] Learn(int threads, Func<Optimiser> optimiser)
    {
        using var limit = Workers.Limit(threads);
        var (network, examples) = Make(1);
        new Trainer(network, new SoftmaxCrossEntropy(), optimiser(), lambda: 1e-4f) { Epochs = 2, BatchSize = 128 }.Train(examples);
        return [.. network.Parameters.SelectMany(parameter => parameter.Value.Data)];
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_with_1_2_and_5_threads_and_twice_in_a_row()
    {
        foreach (var optimiser in new Func<Optimiser>[] { () => new Momentum(0.05), () => new Adam(0.001), () => new Nesterov(0.05), () => new RMSprop(0.001), () => new GradientDescent(0.1) })
        {
            var once = Learn(1, optimiser);
            Assert.Equal(once, Learn(1, optimiser));
            Assert.Equal(once, Learn(2, optimiser));
            Assert.Equal(once, Learn(5, optimiser));
        }
    }

    [Fact]
    public void A_shared_step_allocates_nothing()
    {
        using var limit = Workers.Limit(2);
        var (network, examples) = Make(1);
        var trainer = new Trainer(network, new SoftmaxCrossEntropy(), new Adam(0.001));
        trainer.Step(examples.Inputs, examples.Labels!);
        TrainerTests.AssertAllocatesNothing(() => trainer.Step(examples.Inputs, examples.Labels!));
    }
}
