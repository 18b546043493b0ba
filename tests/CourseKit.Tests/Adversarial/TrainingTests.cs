using CourseKit.Tests.FeedForward;

namespace CourseKit.Tests.Adversarial;

[Collection("Threads")]
public class TrainingTests
{
    private static Tensor Pictures()
    {
        var x = new Tensor(250, 784);
        new RandomSource(4).FillUniform(x.Span);
        return x;
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_with_1_2_and_5_threads_and_in_two_calls()
    {
        float[] Learn(int threads, params int[] calls)
        {
            using var limit = Workers.Limit(threads);
            var (gan, data) = (Games.Large(k: 2, smoothing: 0.1f), Pictures());
            foreach (var iterations in calls)
                gan.Train(data, iterations);
            return Games.Weights(gan);
        }

        var once = Learn(1, 6);
        Assert.Equal(once, Learn(1, 2, 4));
        Assert.Equal(once, Learn(2, 6));
        Assert.Equal(once, Learn(5, 6));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_step_allocates_nothing(int threads)
    {
        using var limit = Workers.Limit(threads);
        var gan = Games.Large();
        var (x, z) = (Pictures().Reshape(250, 784), gan.Noise(250, 1));
        void Step()
        {
            gan.StepDiscriminator(x, z);
            gan.StepGenerator(z);
            gan.GeneratorAverage!.Update();
        }

        Step();
        TrainerTests.AssertAllocatesNothing(Step);
    }

    [Fact]
    public void An_iteration_of_Train_allocates_nothing()
    {
        var gan = Games.Large();
        var data = Pictures();
        gan.Train(data, 5);
        long Allocated(int iterations)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            gan.Train(data, iterations);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // A call allocates its buffers and the lines of the history, 40 bytes each; nothing else grows with the iterations. The first may
        // meet what the runtime allocates once.
        var (few, many) = (Allocated(10), Allocated(110));
        Assert.InRange(many - few, -few, 100 * 2 * 40 + 30_000);
    }

    [Fact]
    public void An_update_of_one_player_leaves_the_other_alone()
    {
        var gan = Games.Large();
        gan.Discriminator.Parameters[0].IsFrozen = true;
        var (x, z) = (Pictures(), gan.Noise(250, 1));
        float[] Of(Network network) => [.. network.Parameters.SelectMany(parameter => parameter.Value.Data)];
        var (G, D) = (Of(gan.Generator), Of(gan.Discriminator));
        gan.StepDiscriminator(x, z);
        Assert.Equal(G, Of(gan.Generator));
        Assert.NotEqual(D, Of(gan.Discriminator));
        D = Of(gan.Discriminator);
        gan.StepGenerator(z);
        Assert.NotEqual(G, Of(gan.Generator));
        Assert.Equal(D, Of(gan.Discriminator));
        Assert.True(gan.Discriminator.Parameters[0].IsFrozen);
        Assert.False(gan.Discriminator.Parameters[1].IsFrozen);
    }

    [Theory]
    [InlineData(GeneratorLoss.Saturating)]
    [InlineData(GeneratorLoss.NonSaturating)]
    public void The_generators_gradient_through_D_agrees_with_finite_differences(GeneratorLoss loss)
    {
        var generator = new Network(3, new Dense(3, 5), new Tanh(), new Dense(5, 4)).Initialise(Initialisation.XavierNormal, 1);
        var discriminator = new Network(4, new Dense(4, 6), new Tanh(), new Dense(6, 1)).Initialise(Initialisation.XavierNormal, 2);
        var z = new Tensor(7, 3);
        new RandomSource(3).FillNormal(z.Span);

        // A step of plain descent at rate 1 leaves the gradient as the difference of the weights.
        var gan = new GenerativeAdversarialNetwork(generator, discriminator, new GradientDescent(1e-3), new GradientDescent(1e-3)) { Loss = loss };
        var before = generator.Parameters.Select(parameter => parameter.Value.Clone()).ToArray();
        gan.StepGenerator(z);
        var gradients = generator.Parameters.Select(parameter => parameter.Gradient.Clone()).ToArray();
        for (var p = 0; p < before.Length; p++)
            before[p].Span.CopyTo(generator.Parameters[p].Value.Span);
        for (var p = 0; p < before.Length; p++)
            for (var i = 0; i < before[p].Count; i++)
            {
                const float h = 0.01f;
                var difference = (Value(p, i, h) - Value(p, i, -h)) / (2 * h);
                Assert.InRange(gradients[p].Data[i], difference - 2e-4, difference + 2e-4);
            }

        double Value(int p, int i, float by)
        {
            var value = generator.Parameters[p].Value.Data;
            value[i] = before[p].Data[i] + by;
            var logits = discriminator.Forward(generator.Forward(z)).Data;
            value[i] = before[p].Data[i];
            return logits.Average(s => loss == GeneratorLoss.Saturating ? -Math.Log(1 + Math.Exp(s)) : Math.Log(1 + Math.Exp(-s)));
        }
    }

    [Fact]
    public void History_holds_what_the_steps_saw()
    {
        var gan = Games.OnTheLine(1, 200);
        var reports = new List<AdversarialProgress>();
        var history = gan.Train(Games.Line, 200, new Immediately(reports.Add));
        Assert.Same(gan.History, history);
        Assert.Equal(Enumerable.Range(1, 200), history.Steps.Select(step => step.Iteration));
        Assert.All(history.Steps, step =>
        {
            Assert.InRange(step.DOnData, 0, 1);
            Assert.InRange(step.DOnSamples, 0, 1);
            Assert.True(step.V < 0 && step.GeneratorLoss > 0);
        });
        Assert.Equal(200, reports[^1].Iteration);
        Assert.Contains("iteration 200 of 200", reports[^1].ToString());
        gan.Train(Games.Line, 10);
        Assert.Equal(210, history.Steps[^1].Iteration);
        Assert.Contains("All 10 iterations were made.", history.ToString());
    }

    [Fact]
    public void Training_that_is_cancelled_says_so_and_keeps_its_steps()
    {
        using var cancel = new CancellationTokenSource();
        var gan = Games.OnTheLine(1, 1000);
        var history = gan.Train(Games.Line, 100_000, new Immediately(_ => cancel.Cancel()), cancel.Token);
        Assert.Equal(AdversarialStopReason.Cancelled, history.Reason);
        Assert.InRange(history.Steps.Count, 1, 99_999);
    }

    [Fact]
    public void A_discriminator_that_sees_through_all_samples_for_good_has_won()
    {
        // G makes samples around 0, as different as its noise, and learns nothing; D finds out that the data are elsewhere.
        var gan = new GenerativeAdversarialNetwork(
            new Network(1, new Dense(Tensor.From([1f], 1, 1), Tensor.From([0f], 1))),
            new Network(1, new Dense(1, 8), new Tanh(), new Dense(8, 1)).Initialise(Initialisation.XavierNormal, 1),
            new Adam(0.0), new Adam(0.02))
        { Patience = 100 };
        var history = gan.Train(MixtureDensity.Gaussian(8, 0.5), 5000);
        Assert.Equal(AdversarialStopReason.DiscriminatorWon, history.Reason);
        Assert.Contains("The discriminator has won: for 100 iterations", history.Message, StringComparison.Ordinal);
        Assert.True(history.Steps.Count < 5000);
        Assert.All(history.Steps.TakeLast(100), step => Assert.True(step.DOnSamples < 1e-3 && step.DOnData > 1 - 1e-3));
    }

    [Fact]
    public void A_generator_that_makes_one_point_of_all_noise_stops_training()
    {
        // G can only make 0, and D is too weak to be sure of it: the samples' spread gives it away.
        var gan = new GenerativeAdversarialNetwork(
            new Network(1, new Dense(1, 1)), new Network(1, new Dense(1, 1)), new Adam(0.0), new Adam(1e-5))
        { Patience = 100 };
        var history = gan.Train(Games.Line, 5000);
        Assert.Equal(AdversarialStopReason.GeneratorCollapsed, history.Reason);
        Assert.Contains("same sample", history.Message);
    }

    [Fact]
    public void A_discriminator_that_answers_the_same_to_everything_stops_training()
    {
        var gan = new GenerativeAdversarialNetwork(
            new Network(1, new Dense(1, 1)).Initialise(Initialisation.Normal(1), 1), new Network(1, new Dense(1, 4), new ReLU(), new Dense(4, 1)), new Adam(1e-3), new Adam(1e-3))
        { Patience = 100 };
        var history = gan.Train(Games.Line, 5000);
        Assert.Equal(AdversarialStopReason.DiscriminatorCollapsed, history.Reason);
    }

    [Fact]
    public void A_game_that_blows_up_stops_with_finite_weights()
    {
        var gan = new GenerativeAdversarialNetwork(
            new Network(1, new Dense(1, 8), new ReLU(), new Dense(8, 1)).Initialise(Initialisation.HeNormal, 1),
            new Network(1, new Dense(1, 8), new ReLU(), new Dense(8, 1)).Initialise(Initialisation.HeNormal, 2),
            new Momentum(1e6), new Momentum(1e6));
        var history = gan.Train(Games.Line, 500);
        Assert.Equal(AdversarialStopReason.Diverged, history.Reason);
        Assert.Contains("learning rate", history.Message);
        Assert.All(Games.Weights(gan), weight => Assert.True(float.IsFinite(weight)));
    }

    [Fact]
    public void After_a_game_has_blown_up_the_average_goes_back_with_the_weights()
    {
        var generator = new Network(1, new Dense(1, 8), new ReLU(), new Dense(8, 1)).Initialise(Initialisation.HeNormal, 1);
        var gan = new GenerativeAdversarialNetwork(
            generator, new Network(1, new Dense(1, 8), new ReLU(), new Dense(8, 1)).Initialise(Initialisation.HeNormal, 2),
            new Momentum(1e6), new Momentum(1e6)) { GeneratorAverage = new WeightAverage(generator) };
        var start = generator.Parameters.SelectMany(parameter => parameter.Value.Data).ToArray();
        var history = gan.Train(Games.Line, 500);
        Assert.Equal(AdversarialStopReason.Diverged, history.Reason);
        Assert.Contains("after iteration 0", history.Message, StringComparison.Ordinal);
        gan.GeneratorAverage.Swap();
        Assert.Equal(start, generator.Parameters.SelectMany(parameter => parameter.Value.Data).ToArray());
        Assert.Equal(0, gan.GeneratorAverage.Updates);
    }

    [Fact]
    public void The_average_of_the_weights_is_their_mean_at_first_and_changes_places_with_them()
    {
        var network = new Network(1, new Dense(1, 1));
        var average = new WeightAverage(network, 0.9);
        var W = network.Parameters[0].Value.Data;
        foreach (var weight in new[] { 1f, 2f, 6f })
        {
            W[0] = weight;
            average.Update();
        }

        average.Swap();
        Assert.Equal(3, W[0], 1e-5);
        average.Swap();
        Assert.Equal(6, W[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new WeightAverage(network, 1));
    }

    [Fact]
    public void Bad_input_is_answered_with_what_was_wrong()
    {
        Network G(int outputs) => new(2, new Dense(2, outputs));
        Network D(int inputs, params Layer[] more) => new(inputs, [new Dense(inputs, 1), .. more]);
        static Optimiser Rule() => new Adam(1e-3);
        void Fails(string part, Action act) => Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(act).Message);
        var (rule, gan) = (Rule(), new GenerativeAdversarialNetwork(G(3), D(3), Rule(), Rule()));
        Fails("each needs its own", () => _ = new GenerativeAdversarialNetwork(G(3), D(3), rule, rule));
        Fails("shape 4, the discriminator takes 3", () => _ = new GenerativeAdversarialNetwork(G(4), D(3), Rule(), Rule()));
        Fails("the logit, is expected", () => _ = new GenerativeAdversarialNetwork(G(3), new Network(3, new Dense(3, 2)), Rule(), Rule()));
        Fails("ends in a Sigmoid", () => _ = new GenerativeAdversarialNetwork(G(3), D(3, new Sigmoid()), Rule(), Rule()));
        Fails("share a parameter", () => SharedLayer());
        Fails("shape 5x2 given, Nx3 expected", () => gan.Train(new Tensor(5, 2), 1));
        Fails("no example given", () => gan.Train(new Tensor(0, 3), 1));
        Fails("NaN in example 1", () => gan.Train(Tensor.From([1, 2, 3, 4, float.NaN, 6], 2, 3), 1));
        Fails("samples of 1 numbers", () => gan.Train(Games.Line, 1));
        Fails("shape 4x3 given, 5x3 expected", () => gan.StepDiscriminator(new Tensor(4, 3), new Tensor(5, 2)));
        Fails("shape 5x3 given, Nx2 expected", () => gan.StepGenerator(new Tensor(5, 3)));
        Fails("iterations", () => gan.Train(new Tensor(5, 3), 0));
        Fails("LabelSmoothing", () => _ = new GenerativeAdversarialNetwork(G(3), D(3), Rule(), Rule()) { LabelSmoothing = 1 });
        Fails("DiscriminatorSteps", () => _ = new GenerativeAdversarialNetwork(G(3), D(3), Rule(), Rule()) { DiscriminatorSteps = 0 });
        var discriminator = D(3);
        Fails("that of the generator's is expected", () => _ = new GenerativeAdversarialNetwork(G(3), discriminator, Rule(), Rule()) { GeneratorAverage = new WeightAverage(discriminator) });
        Assert.Throws<InvalidOperationException>(() => gan.Sample(3, 1, averaged: true));
        Assert.Throws<InvalidOperationException>(() => gan.History.Recent());

        static void SharedLayer()
        {
            var layer = new Dense(1, 1);
            _ = new GenerativeAdversarialNetwork(new Network(1, layer), new Network(1, layer), Rule(), Rule());
        }
    }

    [Fact]
    public void Noise_is_that_of_its_prior_and_samples_are_the_same_in_parts()
    {
        var gan = new GenerativeAdversarialNetwork(
            new Network(2, new Dense(2, 3)).Initialise(Initialisation.Normal(1), 1), new Network(3, new Dense(3, 1)), new Adam(1e-3), new Adam(1e-3))
        { Prior = NoisePrior.Uniform };
        var z = gan.Noise(1200, 5);
        Assert.All(z.Data, value => Assert.InRange(value, -1, 1));
        var samples = gan.Generate(z); // more than one part
        Assert.Equal(samples.Data[^3..], gan.Generate(Tensor.From(z.Data[^2..], 1, 2)).Data);
        Assert.Equal(0, gan.Sample(0, 1).Count);
    }

    private sealed class Immediately(Action<AdversarialProgress> report) : IProgress<AdversarialProgress>
    {
        public void Report(AdversarialProgress value) => report(value);
    }
}
