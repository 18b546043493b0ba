namespace CourseKit.Notebooks.Tests.Autoencoders;

/// <summary>What the prose of chapter 5 says in numbers, measured again with the calls and the seeds of its cells, on the drawn digits.</summary>
public class ChapterTests
{
    private static readonly Digits Digits = CourseKit.Digits.Load(seed: 1, train: 5_000, test: 1_000, drawn: true);
    private static readonly Tensor X = Flat(Digits.Train), Test = Flat(Digits.Test), Small = Flat(Digits.Train.Take(1000));
    private static readonly int[] Labels = Digits.Train.Labels, TestLabels = Digits.Test.Labels;

    private static Tensor Flat(Dataset data) => data.Inputs.Reshape(data.Count, 784);

    private static void Learn(Autoencoder a, Tensor x, int epochs, double rate = 0.003)
    {
        var cosine = LearningRate.Cosine(rate, updates: epochs * x.Shape[0] / 50);
        new Trainer(a.Network, new HalfSquaredError(), new Adam(cosine)) { Epochs = epochs, BatchSize = 50, Seed = 1 }.Train(new Examples(x, x));
    }

    private static Autoencoder Deep(params int[] sizes)
    {
        var deep = Autoencoder.Mirrored(sizes, () => new ReLU(), output: new Sigmoid()).Initialise(Initialisation.HeNormal, seed: 1);
        Learn(deep, X, epochs: 25);
        return deep;
    }

    [Fact]
    public void The_error_falls_from_3_to_30_to_300_numbers()
    {
        var errors = new[] { 3, 30, 300 }.Select(k =>
        {
            var shallow = new Autoencoder(new Network(784, new Dense(784, k), new Sigmoid()), new Network(k, new Dense(k, 784), new Sigmoid()))
                .Initialise(Initialisation.XavierUniform, seed: 1);
            Learn(shallow, X, epochs: 6);
            return shallow.SquaredError(Test);
        }).ToArray();
        Assert.True(errors[1] < 0.6 * errors[0] && errors[2] < 0.6 * errors[1], string.Join(", ", errors));
    }

    [Fact]
    public void The_line_turns_onto_the_principal_axis_from_any_start()
    {
        var random = new RandomSource(1);
        var cloud = new Tensor(200, 2);
        for (var i = 0; i < 200; i++)
        {
            var t = 2 * random.NextNormal();
            cloud[i, 0] = (float)(t + 0.4 * random.NextNormal());
            cloud[i, 1] = (float)(0.5 * t + 0.4 * random.NextNormal());
        }

        var axis = PrincipalComponents.Fit(cloud, 1).Directions;
        for (var seed = 1; seed <= 10; seed++)
        {
            var line = Autoencoder.Mirrored([2, 1], () => new Identity()).Initialise(Initialisation.XavierUniform, seed);
            var teacher = new Trainer(line.Network, new HalfSquaredError(), new Adam(0.02)) { Epochs = 61, BatchSize = 50 };
            teacher.Train(new Examples(cloud, cloud));
            var v = ((Dense)line.Decoder.Layers[0]).W.Value.Reshape(1, 2);
            Assert.InRange(PrincipalAngles.Degrees(axis, v)[0], 0, 3);
        }
    }

    [Fact]
    public void The_linear_autoencoder_spans_the_subspace_of_the_components_to_a_degree()
    {
        var linear = Autoencoder.Mirrored([784, 4], () => new Identity()).Initialise(Initialisation.XavierUniform, seed: 1);
        Learn(linear, Small, epochs: 200, rate: 0.01);
        var pca = PrincipalComponents.Fit(Small, 4);
        var columns = Tensor.FromMatrix(((Dense)linear.Decoder.Layers[0]).W.Value.ToMatrix().Transpose());
        Assert.All(PrincipalAngles.Degrees(columns, pca.Directions), angle => Assert.InRange(angle, 0, 1));
        Assert.Equal(pca.SquaredError(Small), linear.SquaredError(Small), 0.01);
    }

    [Fact]
    public void The_deep_plane_keeps_the_classes_apart_and_thirty_numbers_keep_more_than_thirty_components()
    {
        var plane = PrincipalComponents.Fit(X, 30);
        var (deep, thirty) = (Deep(784, 256, 64, 2), Deep(784, 256, 64, 30));
        double NearestRight(Tensor codes, Tensor judged) => 100.0 * Enumerable.Range(0, judged.Shape[0]).Count(i => Labels[Enumerable.Range(0, codes.Shape[0])
            .MinBy(n => Math.Pow(codes[n, 0] - judged[i, 0], 2) + Math.Pow(codes[n, 1] - judged[i, 1], 2))] == TestLabels[i]) / judged.Shape[0];
        var (flat, bent) = (NearestRight(plane.Encode(X), plane.Encode(Test)), NearestRight(deep.Encode(X), deep.Encode(Test)));
        Assert.True(bent > flat + 20, $"{flat} % and {bent} %");
        Assert.True(thirty.SquaredError(Test) < 0.75 * plane.SquaredError(Test), $"{thirty.SquaredError(Test)} and {plane.SquaredError(Test)}");
    }

    [Fact]
    public void Errors_add_up_through_greedy_layers_and_fine_tuning_repairs_them()
    {
        var stack = new StackedAutoencoder([784, 256, 64, 16], seed: 1) { Epochs = 8, Optimiser = () => new Adam(0.003), BatchSize = 50 };
        stack.Pretrain(X);
        double Through(int layers)
        {
            var h = stack.Encode(Test, layers);
            for (var l = layers; l >= 1; l--)
                h = stack.Layer(l).Decode(h);
            return h.Data.Zip(Test.Data, (a, b) => Math.Pow(a - b, 2)).Sum() / Test.Shape[0];
        }

        var whole = stack.Unroll();
        Learn(whole, X, epochs: 8, rate: 0.002);
        double[] errors = [Through(1), Through(2), Through(3)];
        Assert.True(errors[0] < errors[1] && errors[1] < errors[2], string.Join(", ", errors));
        Assert.True(whole.SquaredError(Test) < 0.8 * errors[2], $"{whole.SquaredError(Test)}, {errors[2]}");
    }

    [Fact]
    public void Sparsity_is_bought_with_error()
    {
        var runs = new[] { 0, 0.05, 0.1, 0.2, 0.4 }.Select(lambda =>
        {
            var a = new Autoencoder(new Network(784, new Dense(784, 100), new Sigmoid(), new L1Sparsity(lambda)), new Network(100, new Dense(100, 784), new Sigmoid()))
                .Initialise(Initialisation.XavierUniform, seed: 1);
            Learn(a, Small, epochs: 20);
            return (Activity: a.Encode(Small).Data.Average(), Error: a.SquaredError(Small));
        }).ToArray();
        for (var i = 1; i < runs.Length; i++)
            Assert.True(runs[i].Activity < runs[i - 1].Activity && runs[i].Error > runs[i - 1].Error, string.Join("; ", runs));
    }

    [Fact]
    public void Only_the_network_that_was_trained_to_repair_repairs()
    {
        Autoencoder Wide(params Layer[] front)
        {
            var a = new Autoencoder(new Network(784, [.. front, new Dense(784, 400), new Sigmoid()]), new Network(400, new Dense(400, 784), new Sigmoid()))
                .Initialise(Initialisation.XavierUniform, seed: 1);
            Learn(a, X, epochs: 5);
            return a;
        }

        var damaged = new Corruption(CorruptionKind.Masking, 0.4, seed: 2).Apply(Test);
        double Error(Autoencoder a) => a.Reconstruct(damaged).Data.Zip(Test.Data, (y, t) => Math.Pow(y - t, 2)).Sum() / Test.Shape[0];
        var (plain, denoising) = (Error(Wide()), Error(Wide(new Corruption(CorruptionKind.Masking, 0.4, seed: 1))));
        Assert.True(denoising < 0.6 * plain, $"{plain} and {denoising}");
    }
}
