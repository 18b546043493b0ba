namespace CourseKit.Tests.Autoencoders;

[Collection("Threads")]
public class StackTests
{
    private static Tensor Digits(int count, int seed = 1) => StrokeDigits.Generate(count, seed).Inputs.Reshape(count, 784);

    [Fact]
    public void Each_code_is_the_next_layers_input_and_unrolling_keeps_it()
    {
        var x = Digits(300);
        var stack = new StackedAutoencoder([784, 40, 12], seed: 1) { Epochs = 5, Optimiser = () => new Adam(0.003) };
        var (before, histories) = (stack.Unroll().SquaredError(x), stack.Pretrain(x));
        Assert.Equal(2, histories.Count);
        Assert.All(histories, history => Assert.True(history.Epochs[^1].Loss < history.Epochs[0].Loss));
        var first = stack.Encode(x, 1);
        Assert.Equal(stack.Layer(2).Encode(first).Data, stack.Encode(x).Data);
        var deep = stack.Unroll();
        Assert.Equal(stack.Encode(x).Data, deep.Encode(x).Data);
        Assert.True(deep.SquaredError(x) < 0.7 * before);
        // Fine-tuning goes on from there, with weights of its own.
        var (code, greedy) = (stack.Encode(x), deep.SquaredError(x));
        new Trainer(deep.Network, new HalfSquaredError(), new Adam(0.002)) { Epochs = 5 }.Train(new Examples(x, x));
        Assert.True(deep.SquaredError(x) < greedy);
        Assert.Equal(code.Data, stack.Encode(x).Data);
    }

    [Fact]
    public void A_classifier_starts_from_the_codes()
    {
        var x = Digits(100);
        var stack = new StackedAutoencoder([784, 30, 20], seed: 1) { Epochs = 1, Masking = 0.25, Hidden = () => new Tanh(), IsTied = false };
        stack.Pretrain(x);
        var classifier = stack.Classifier(10, dropout: 0.5, inputDropout: 0.2);
        Assert.Equal(1 + 3 + 3 + 1, classifier.Layers.Count);
        var scores = (Dense)classifier.Layers[^1];
        var expected = new Tensor(100, 10);
        Gemm.Multiply(stack.Encode(x), false, scores.W.Value, true, expected);
        var given = classifier.Forward(x);
        for (var i = 0; i < given.Count; i++)
            Assert.Equal(expected.Data[i], given.Data[i], 1e-4f);
    }

    [Fact]
    public void A_belief_net_unrolls_into_its_machines_and_their_transposes()
    {
        var x = Digits(200);
        var net = new DeepBeliefNetwork([784, 30, 10], seed: 1, codeUnits: UnitKind.Gaussian) { Epochs = 3 };
        net.Pretrain(x);
        var deep = net.Unroll();
        Assert.Equal(net.Encode(x).Data, deep.Encode(x).Data);
        var down = net.Machines[0].Down(net.Machines[1].Down(net.Encode(x)));
        var given = deep.Reconstruct(x);
        for (var i = 0; i < given.Count; i++)
            Assert.Equal(down.Data[i], given.Data[i], 1e-5f);
        Assert.IsType<Identity>(deep.Encoder.Layers[^1]);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_with_1_and_2_threads()
    {
        float[] Learn(int threads)
        {
            using var limit = Workers.Limit(threads);
            var x = Digits(300);
            var stack = new StackedAutoencoder([784, 300, 100], seed: 3) { Epochs = 1, Masking = 0.2, Sparsity = () => new L1Sparsity(0.01) };
            stack.Pretrain(x);
            var net = new DeepBeliefNetwork([784, 300, 100], seed: 3) { Epochs = 1 };
            net.Pretrain(x);
            var deep = net.Unroll();
            new Trainer(deep.Network, new HalfSquaredError(), new Adam(0.001)) { Epochs = 1, BatchSize = 100 }.Train(new Examples(x, x));
            var tied = Autoencoder.Mirrored([784, 300], () => new Sigmoid(), output: new Sigmoid(), tied: true).Initialise(Initialisation.XavierUniform, 1);
            new Trainer(tied.Network, new HalfSquaredError(), new Adam(0.001)) { Epochs = 1, BatchSize = 100 }.Train(new Examples(x, x));
            return [.. stack.Encode(x).Data, .. deep.Reconstruct(x).Data, .. net.Encode(x).Data, .. tied.Encode(x).Data, .. PrincipalComponents.Fit(x, 3).Directions.Data];
        }

        var once = Learn(1);
        Assert.Equal(once, Learn(2));
        Assert.Equal(once, Learn(1));
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_given_and_what_is_expected()
    {
        void Refused(string part, Action action) => Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(action).Message);
        Refused("Sizes 784 given", () => new StackedAutoencoder([784], 1));
        Refused("Sizes 784-0 given", () => new StackedAutoencoder([784, 0], 1));
        var stack = new StackedAutoencoder([784, 10], 1);
        Refused("shape 2x700 given, Nx784 expected", () => stack.Pretrain(new Tensor(2, 700)));
        Refused("layers 1 \u2026 1", () => stack.Encode(new Tensor(2, 784), 2));
        Refused("layers 1 \u2026 1", () => stack.Layer(0));
        Refused("classes", () => stack.Classifier(1));
    }
}
