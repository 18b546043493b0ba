using CourseKit.Testing;

namespace CourseKit.Notebooks.Tests.Autoencoders;

/// <summary>What the prose of chapter 5 says in numbers, measured again with the calls and the seeds of its cells, on the drawn digits.</summary>
public class ChapterTests
{
    private static readonly Chapter5 Chapter = new(Digits.Load(seed: 1, train: 5_000, test: 1_000, drawn: true));
    private static readonly Tensor X = Chapter.X, Test = Chapter.Test, Small = Chapter5.Flat(Chapter.Digits.Train.Take(1000));

    private static void Learn(Autoencoder a, Tensor x, int epochs, double rate = 0.003) => Chapter5.Learn(a, x, epochs, rate);

    [Fact]
    public void The_error_falls_from_3_to_10_to_30_numbers()
    {
        var errors = new[] { 3, 10, 30 }.Select(k =>
        {
            var shallow = new Autoencoder(new Network(784, new Dense(784, k)), new Network(k, new Dense(k, 784), new Sigmoid()))
                .Initialise(Initialisation.XavierUniform, seed: 1);
            Learn(shallow, X, epochs: 15, rate: 0.01);
            return shallow.SquaredError(Test);
        }).ToArray();
        Assert.True(errors[1] < 0.7 * errors[0] && errors[2] < 0.7 * errors[1], string.Join(", ", errors));
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
        for (var seed = 0; seed <= 10; seed++)
        {
            var line = Autoencoder.Mirrored([2, 1], () => new Identity()).Initialise(Initialisation.XavierUniform, seed);
            if (seed == 0) // the notebook's own start, across the cloud
                foreach (var start in new[] { line.Encoder.Parameters[0].Value, line.Decoder.Parameters[0].Value })
                    (start.Data[0], start.Data[1]) = (-0.3f, 0.5f);
            var teacher = new Trainer(line.Network, new HalfSquaredError(), new Adam(0.02)) { Epochs = 61, BatchSize = 50 };
            teacher.Train(new Examples(cloud, cloud));
            var v = ((Dense)line.Decoder.Layers[0]).W.Value.Reshape(1, 2);
            Assert.InRange(PrincipalAngles.Degrees(axis, v)[0], 0, 3);
        }
    }

    [Fact]
    public void The_linear_autoencoder_spans_the_subspace_of_the_components_to_a_tenth_of_a_degree()
    {
        var linear = Autoencoder.Mirrored([784, 4], () => new Identity()).Initialise(Initialisation.XavierUniform, seed: 1);
        Learn(linear, Small, epochs: 200, rate: 0.01);
        var pca = PrincipalComponents.Fit(Small, 4);
        var columns = Tensor.FromMatrix(((Dense)linear.Decoder.Layers[0]).W.Value.ToMatrix().Transpose());
        Assert.All(PrincipalAngles.Degrees(columns, pca.Directions), angle => Assert.InRange(angle, 0, 0.1));
        Assert.Equal(pca.SquaredError(Small), linear.SquaredError(Small), 0.0015);
    }

    [LongFact]
    public void The_deep_plane_keeps_the_classes_apart_and_thirty_numbers_keep_more_than_thirty_components()
    {
        var (flat, bent) = Chapter.NearestNeighbour();
        Assert.InRange(bent / flat, 1.8, 2.4); // twice as often
        Assert.InRange(bent, 0, 50); // and still wrong more often than right
        var (components, thirty) = Chapter.ThirtyNumbers();
        Assert.InRange(thirty / components, 0.5, 0.6); // little more than half
    }

    [LongFact]
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

    [LongFact]
    public void A_sparser_code_reconstructs_less_well()
    {
        var runs = new[] { 0, 0.05, 0.1, 0.2, 0.4 }.Select(lambda =>
        {
            var a = new StackedAutoencoder([784, 100], seed: 1) { Sparsity = () => new L1Sparsity(lambda) }.Layer(1);
            new Trainer(a.Network, new HalfSquaredError(), new Adam(0.003)) { Epochs = 20, BatchSize = 50, Seed = 1 }.Train(new Examples(Small, Small));
            return (Activity: a.Encode(Small).Data.Average(), Error: a.SquaredError(Small));
        }).ToArray();
        for (var i = 1; i < runs.Length; i++)
            Assert.True(runs[i].Activity < runs[i - 1].Activity && runs[i].Error > runs[i - 1].Error, string.Join("; ", runs));
    }

    [LongFact]
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
        Assert.True(denoising < 0.8 * plain, $"{plain} and {denoising}");
    }

    [LongFact]
    public void Three_layers_are_best_for_a_code_of_16()
    {
        int[][] shapes = [[784, 16], [784, 64, 16], [784, 256, 64, 16], [784, 256, 128, 64, 32, 16]];
        for (var seed = 1; seed <= 2; seed++)
        {
            var errors = shapes.Select(shape =>
            {
                var a = Autoencoder.Mirrored(shape, () => new ReLU(), output: new Sigmoid()).Initialise(Initialisation.HeNormal, seed);
                Learn(a, X, epochs: 3);
                return a.SquaredError(Test);
            }).ToArray();
            Assert.Equal(errors.Min(), errors[2]);
            Assert.Equal(errors.Max(), errors[0]);
        }
    }

    [LongFact]
    public void Pre_training_helps_where_labels_are_few()
    {
        var (random, pretrained) = Chapter.FewLabels();
        foreach (var (before, after) in random.Zip(pretrained))
            Assert.InRange(before - after, 0.7, 3.5);
        Assert.Equal([33, 22, 17], random, (a, b) => Math.Abs(a - b) < 2);
    }

    [LongFact]
    public void The_unit_that_knows_the_1_beats_pixels_and_random_weights_and_the_0_is_known_by_a_pixel()
    {
        var (trained, random, pixels, states) = Chapter.BestUnits();
        var one = trained[1];
        Assert.Equal(trained.Max(found => found.Accuracy), one.Accuracy);
        Assert.True(one.Accuracy > 90, $"{one}");
        Assert.Equal((3, false), (one.Layer, one.Unit.IsAbove));
        Assert.InRange(one.Accuracy - pixels[1].Accuracy, 7, 12);
        Assert.InRange(one.Accuracy - random[1].Accuracy, 7, 13);
        // What silences it most is almost an empty picture.
        var ideal = OptimalStimulus.Find(states[3], one.Unit.Unit, length: 9, seed: 1, range: (0, 1), silence: true).Input;
        Assert.InRange(ideal.Data.Sum(), 0, 20); // the ink of a digit is about 100
        Assert.True(pixels[0].Accuracy > trained[0].Accuracy);
        Assert.True(random[4].Accuracy > trained[4].Accuracy - 1);
    }
}
