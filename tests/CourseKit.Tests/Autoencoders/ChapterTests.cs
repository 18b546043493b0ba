using CourseKit.Testing;

namespace CourseKit.Tests.Autoencoders;

/// <summary>What the chapter must show, on the digits that the course draws itself.</summary>
public class ChapterTests
{
    private static (Tensor X, int[] Labels) Digits(int count, int first = 0)
    {
        var data = StrokeDigits.Generate(count, seed: 1, first: first);
        return (data.Inputs.Reshape(count, 784), data.Labels);
    }

    [Fact]
    public void The_linear_autoencoders_subspace_is_that_of_the_principal_components()
    {
        const int k = 4;
        var (x, _) = Digits(1000);
        var pca = PrincipalComponents.Fit(x, k + 1);
        var linear = Autoencoder.Mirrored([784, k], () => new Identity()).Initialise(Initialisation.XavierUniform, 1);
        new Trainer(linear.Network, new HalfSquaredError(), new Adam(LearningRate.Cosine(0.01, 4000))) { Epochs = 400, BatchSize = 100, Seed = 1 }.Train(new Examples(x, x));
        var decoder = Unrolled.Transposed(((Dense)linear.Decoder.Layers[0]).W.Value);
        var first = Tensor.From(pca.Directions.Data[..(k * 784)], k, 784);
        var angles = PrincipalAngles.Degrees(decoder, first);
        Assert.True(angles.Max() < 1, $"{string.Join(", ", angles)} degrees, variances {string.Join(", ", pca.Variances)}");
        Assert.Equal(PrincipalComponents.Fit(x, k).SquaredError(x), linear.SquaredError(x), 0.001 * linear.SquaredError(x));
    }

    [Fact]
    public void The_mean_activation_falls_and_the_error_rises_with_lambda()
    {
        var (x, _) = Digits(1000);
        var runs = new[] { 0, 0.05, 0.1, 0.2, 0.4 }.Select(lambda =>
        {
            var sparse = new StackedAutoencoder([784, 100], seed: 1) { Sparsity = () => new L1Sparsity(lambda) }.Layer(1);
            new Trainer(sparse.Network, new HalfSquaredError(), new Adam(0.003)) { Epochs = 20, BatchSize = 50, Seed = 1 }.Train(new Examples(x, x));
            return (Activity: sparse.Encode(x).Data.Average(), Error: sparse.SquaredError(x));
        }).ToArray();
        for (var i = 1; i < runs.Length; i++)
            Assert.True(runs[i].Activity < runs[i - 1].Activity && runs[i].Error > runs[i - 1].Error, string.Join("; ", runs));
        Assert.True(runs[^1].Activity < 0.5 * runs[0].Activity, string.Join("; ", runs));
    }

    [LongFact]
    public void With_few_labels_pre_trained_layers_beat_random_ones()
    {
        var (unlabelled, _) = Digits(6000);
        var (test, testLabels) = Digits(2000, first: 60_000);
        int[] counts = [100, 300, 1000];
        var (random, pretrained) = (new double[3], new double[3]);
        for (var seed = 1; seed <= 5; seed++)
        {
            var stack = new StackedAutoencoder([784, 200, 100], seed) { Epochs = 6, Masking = 0.3, Optimiser = () => new Adam(0.002) };
            for (var start = 0; start < 2; start++)
            {
                if (start == 1)
                    stack.Pretrain(unlabelled);
                foreach (var (i, count) in counts.Index())
                {
                    var few = StrokeDigits.Generate(count, seed: 1, first: 10_000 * seed);
                    var classifier = stack.Classifier(10);
                    var trainer = new Trainer(classifier, new SoftmaxCrossEntropy(), new Adam(0.002)) { Epochs = 6_000 / count, BatchSize = 20, Seed = seed };
                    trainer.Train(new Examples(few.Inputs.Reshape(count, 784), few.Labels));
                    (start == 0 ? random : pretrained)[i] += trainer.Evaluate(new Examples(test, testLabels)).Error!.Value / 5;
                }
            }
        }

        for (var i = 0; i < counts.Length; i++)
            Assert.True(pretrained[i] < random[i], $"{counts[i]} labels: {pretrained[i]:P2} pre-trained, {random[i]:P2} random; all {string.Join(", ", pretrained)} against {string.Join(", ", random)}");
    }

    [LongTheory]
    [InlineData(2)]
    [InlineData(3)]
    public void One_unit_of_a_network_that_saw_no_label_tells_a_class_from_the_others(int seed)
    {
        var (x, labels) = Digits(5000);
        var (test, testLabels) = Digits(2000, first: 60_000);
        var stack = new StackedAutoencoder([784, 256, 128, 64, 32], seed)
        {
            Epochs = 15, Masking = 0.2, Sparsity = () => new KLSparsity(0.3, 0.1), Optimiser = () => new Adam(0.003),
        };
        stack.Pretrain(x);
        const int wanted = 1;
        // The unit and its threshold are chosen by training digits; the accuracy is that on others.
        var (layer, unit) = Enumerable.Range(1, 4).Select(l => (l, SelectiveUnit.Find(stack.Encode(x, l), labels, wanted))).MaxBy(found => found.Item2.BalancedAccuracy);
        var accuracy = unit.AccuracyOn(stack.Encode(test, layer), testLabels, wanted);
        var pixel = SelectiveUnit.Find(x, labels, wanted).AccuracyOn(test, testLabels, wanted);
        Assert.True(accuracy > 0.9 && accuracy > pixel + 0.05, $"layer {layer}, {unit}: {accuracy}; the best pixel {pixel}");
        // What it looks for moves its state further that way than any digit does.
        var state = new Network(784, [.. stack.Unroll().Encoder.Layers.Take(2 * layer - 1)]);
        var ideal = OptimalStimulus.Find(state, unit.Unit, length: 9, seed: 1, range: (0, 1), silence: !unit.IsAbove).Response;
        var states = state.Forward(test);
        Assert.All(Enumerable.Range(0, 2000), n => Assert.True(unit.IsAbove ? states[n, unit.Unit] < ideal : states[n, unit.Unit] > ideal));
    }
}
