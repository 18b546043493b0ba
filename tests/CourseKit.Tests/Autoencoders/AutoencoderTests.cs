using CourseKit.Tests.FeedForward;

namespace CourseKit.Tests.Autoencoders;

public class AutoencoderTests
{
    private static Tensor Numbers(int count, int d, int seed)
    {
        var x = new Tensor(count, d);
        new RandomSource(seed).FillUniform(x.Span);
        return x;
    }

    [Fact]
    public void Reconstruct_is_decode_after_encode_and_the_error_is_a_sum_over_pixels()
    {
        var autoencoder = Autoencoder.Mirrored([6, 4, 2], () => new Tanh(), output: new Sigmoid()).Initialise(Initialisation.XavierUniform, 1);
        var x = Numbers(601, 6, 1); // more than two of the batches that it goes by
        var (codes, reconstruction) = (autoencoder.Encode(x), autoencoder.Reconstruct(x));
        Assert.Equal([601, 2], codes.Shape.ToArray());
        Assert.Equal(autoencoder.Decode(codes).Data, reconstruction.Data);
        Assert.Equal(autoencoder.Network.Forward(x).Data, reconstruction.Data);
        var sum = x.Data.Zip(reconstruction.Data, (a, b) => Math.Pow(a - b, 2)).Sum();
        Assert.Equal(sum / 601, autoencoder.SquaredError(x), 1e-5);
    }

    [Fact]
    public void A_readout_makes_probabilities_of_scores_and_is_not_trained_through()
    {
        var autoencoder = new Autoencoder(new Network(3, new Dense(3, 2)), new Network(2, new Dense(2, 3))) { Readout = new Sigmoid() };
        autoencoder.Initialise(Initialisation.XavierUniform, 1);
        var x = Numbers(4, 3, 1);
        var scores = autoencoder.Network.Forward(x).Clone();
        Assert.Equal(scores.Data.Select(z => 1 / (1 + Math.Exp(-z))), autoencoder.Reconstruct(x).Data.Select(p => (double)p), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Tied_weights_are_learned_once_and_stay_each_others_transpose()
    {
        var tied = Autoencoder.Mirrored([8, 5, 3], () => new Sigmoid(), output: new Sigmoid(), tied: true).Initialise(Initialisation.XavierUniform, 1);
        var free = Autoencoder.Mirrored([8, 5, 3], () => new Sigmoid(), output: new Sigmoid()).Initialise(Initialisation.XavierUniform, 1);
        Assert.True(tied.IsTied && !free.IsTied);
        Assert.Equal(8 * 5 + 5 * 3 + 5 + 3 + 5 + 8, tied.ParameterCount);
        Assert.Equal(2 * (8 * 5 + 5 * 3) + 5 + 3 + 5 + 8, free.ParameterCount);
        Assert.Equal(free.ConnectionCount([8]), tied.ConnectionCount([8]));
        var x = Numbers(40, 8, 1);
        new Trainer(tied.Network, new HalfSquaredError(), new Adam(0.02)) { Epochs = 20 }.Train(new Examples(x, x));
        var (first, last) = ((Dense)tied.Encoder.Layers[0], (TransposedDense)tied.Decoder.Layers[2]);
        Assert.Same(first, last.Of);
        var h = Numbers(3, 5, 2);
        var expected = new Tensor(3, 8);
        Gemm.Multiply(h, false, first.W.Value, false, expected);
        var z = last.Forward(h);
        for (var n = 0; n < 3; n++)
            for (var j = 0; j < 8; j++)
                Assert.Equal(expected[n, j] + last.c.Value[j], z[n, j], 1e-5f);
    }

    [Fact]
    public void A_frozen_tied_weight_stays_what_it_is()
    {
        var tied = Autoencoder.Mirrored([6, 3], () => new Sigmoid(), output: new Sigmoid(), tied: true).Initialise(Initialisation.XavierUniform, 1);
        var W = ((Dense)tied.Encoder.Layers[0]).W;
        W.IsFrozen = true;
        var before = W.Value.Clone();
        var x = Numbers(20, 6, 1);
        new Trainer(tied.Network, new HalfSquaredError(), new Adam(0.02)) { Epochs = 3 }.Train(new Examples(x, x));
        Assert.Equal(before.Data, W.Value.Data);
    }

    [Fact]
    public void Weights_are_saved_and_loaded_under_names_that_say_where_they_belong()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            Autoencoder Make(int seed) => Autoencoder.Mirrored([5, 2], () => new Tanh()).Initialise(Initialisation.XavierUniform, seed);
            var (one, other) = (Make(1), Make(2));
            Assert.Equal(
                ["autoencoder1.encoder.dense1.W", "autoencoder1.encoder.dense1.b", "autoencoder1.decoder.dense1.W", "autoencoder1.decoder.dense1.b"],
                one.Network.NamedParameters.Select(named => named.Name));
            one.Network.Save(path);
            other.Network.Load(path);
            var x = Numbers(3, 5, 1);
            Assert.Equal(one.Reconstruct(x).Data, other.Reconstruct(x).Data);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Damage_is_done_while_learning_alone_and_as_often_as_asked_for()
    {
        var x = Numbers(100, 500, 1);
        var masking = new Corruption(CorruptionKind.Masking, 0.3, 1);
        Assert.Same(x, masking.Forward(x));
        var masked = masking.Forward(x, training: true).Clone();
        Assert.InRange(masked.Data.Count(v => v == 0) / 50_000.0, 0.29, 0.31);
        Assert.All(Enumerable.Range(0, x.Count), i => Assert.True(masked.Data[i] == 0 || masked.Data[i] == x.Data[i]));
        Assert.NotEqual(masked.Data, masking.Forward(x, training: true).Data); // anew in every step
        var salted = new Corruption(CorruptionKind.SaltAndPepper, 0.4, 1).Apply(x);
        Assert.InRange(salted.Data.Count(v => v == 1) / 50_000.0, 0.19, 0.21);
        Assert.InRange(salted.Data.Count(v => v == 0) / 50_000.0, 0.19, 0.21);
        var noisy = new Corruption(CorruptionKind.Gaussian, 0.5, 1).Apply(x);
        var noise = noisy.Data.Zip(x.Data, (a, b) => (double)a - b).ToArray();
        Assert.Equal(0, noise.Average(), 0.01);
        Assert.Equal(0.25, noise.Average(e => e * e), 0.01);
        Assert.Equal(new Corruption(CorruptionKind.Masking, 0.3, 1).Apply(x).Data, masked.Data); // the same seed, the same damage
    }

    [Theory]
    [InlineData(CorruptionKind.Masking)]
    [InlineData(CorruptionKind.SaltAndPepper)]
    public void What_was_overwritten_by_the_number_it_was_has_no_gradient_either(CorruptionKind kind)
    {
        var (x, upstream) = (new Tensor(1, 1000), new Tensor(1, 1000)); // black pixels, and an input that would matter
        upstream.Span.Fill(1);
        var layer = new Corruption(kind, 0.3, 1);
        layer.Forward(x, training: true);
        Assert.InRange(layer.Backward(upstream).Data.Count(gradient => gradient == 0), 250, 350);
        var before = layer.Backward(upstream).Data.ToArray();
        layer.Apply(new Tensor(1, 1000)); // a copy is damaged anew
        Assert.Equal(before, layer.Backward(upstream).Data);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("tied, masked, L1")]
    [InlineData("noisy, KL")]
    [InlineData("contractive")]
    public void A_step_allocates_nothing(string kind)
    {
        var autoencoder = kind switch
        {
            "plain" => Autoencoder.Mirrored([30, 20, 5], () => new Tanh(), output: new Sigmoid()),
            "contractive" => new Autoencoder(new Network(30, new ContractiveSigmoid(30, 10, 0.1)), new Network(10, new Dense(10, 30), new Sigmoid())),
            "noisy, KL" => new Autoencoder(
                new Network(30, new Corruption(CorruptionKind.Gaussian, 0.1, 1), new Dense(30, 10), new Sigmoid(), new KLSparsity(0.1)), new Network(10, new Dense(10, 30), new Sigmoid())),
            _ => new StackedAutoencoder([30, 10], 1) { Masking = 0.3, Sparsity = () => new L1Sparsity(0.1) }.Layer(1),
        };
        autoencoder.Initialise(Initialisation.XavierUniform, 1);
        var x = Numbers(10, 30, 1);
        var trainer = new Trainer(autoencoder.Network, new HalfSquaredError(), new Adam(0.01), lambda: 1e-4f);
        trainer.Step(x, x);
        TrainerTests.AssertAllocatesNothing(() => trainer.Step(x, x));
    }

    [Fact]
    public void Units_that_never_change_tell_nothing_apart_and_it_is_said()
    {
        Assert.Contains("None of the 2 units", Assert.Throws<ArgumentException>(() => SelectiveUnit.Find(new Tensor(3, 2), [0, 1, 1], 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new StackedAutoencoder([4, 2], 1) { Masking = double.NaN });
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_given_and_what_is_expected()
    {
        void Refused(string part, Action action) => Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(action).Message);
        Refused("codes of shape 3, but the decoder takes 4", () => new Autoencoder(new Network(5, new Dense(5, 3)), new Network(4, new Dense(4, 5))));
        Refused("inputs of shape 5, but the decoder gives 6", () => new Autoencoder(new Network(5, new Dense(5, 3)), new Network(3, new Dense(3, 6))));
        var other = Autoencoder.Mirrored([5, 3], () => new Tanh(), tied: true);
        Refused("not one of this encoder's", () => new Autoencoder(new Network(5, new Dense(5, 3)), other.Decoder));
        Refused("1 sizes given", () => Autoencoder.Mirrored([5], () => new Tanh()));
        Refused("shape 2x4 given, Nx5 expected", () => other.Encode(new Tensor(2, 4)));
        Refused("shape 2x5 given, Nx3 expected", () => other.Decode(new Tensor(2, 5)));
        Refused("An empty batch given", () => other.SquaredError(new Tensor(0, 5)));
        Refused("TransposedDense 3 \u2192 5 takes 3 numbers", () => other.Decoder.OutputShape([4]));
        Refused("lies from 0 to 1", () => new Corruption(CorruptionKind.Masking, 1.1, 1));
        Refused("not negative", () => new Corruption(CorruptionKind.Gaussian, -1, 1));
        Refused("not negative", () => new L1Sparsity(-1));
        Refused("not negative", () => new KLSparsity(double.NaN));
        Refused("between 0 and 1", () => new KLSparsity(1, 0));
        Refused("takes activations between 0 and 1; -1 to 2 given. Put a Sigmoid before it", () => new KLSparsity(1).Forward(Tensor.From([-1, 2], 1, 2)));
        Refused("shape 0x2 given", () => new L1Sparsity(1).Forward(new Tensor(0, 2)));
        Refused("shape 2x3 given, 2x2 expected", () =>
        {
            var l1 = new L1Sparsity(1);
            l1.Forward(new Tensor(2, 2));
            l1.Backward(new Tensor(2, 3));
        });
        Refused("not negative", () => new ContractiveSigmoid(2, 2, -1));
        Assert.Throws<InvalidOperationException>(() => new L1Sparsity(1).Backward(new Tensor(2, 2)));
        Assert.Throws<InvalidOperationException>(() => new ContractiveSigmoid(2, 2, 1).Backward(new Tensor(2, 2)));
        Assert.Throws<InvalidOperationException>(() => other.Decoder.Layers[0].Backward(new Tensor(2, 5)));
    }
}
