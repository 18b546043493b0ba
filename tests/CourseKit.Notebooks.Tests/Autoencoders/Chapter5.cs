namespace CourseKit.Notebooks.Tests.Autoencoders;

/// <summary>The experiments of chapter 5 whose outcome its prose tells for the drawn digits and for MNIST, with the calls and seeds of its cells.</summary>
internal sealed class Chapter5
{
    private readonly int[] labels, testLabels;

    public Chapter5(Digits digits)
    {
        Digits = digits;
        (X, Test) = (Flat(digits.Train), Flat(digits.Test));
        (labels, testLabels) = (digits.Train.Labels, digits.Test.Labels);
    }

    public Digits Digits { get; }

    public Tensor X { get; }

    public Tensor Test { get; }

    public static Tensor Flat(Dataset data) => data.Inputs.Reshape(data.Count, 784);

    public static void Learn(Autoencoder a, Tensor x, int epochs, double rate = 0.003)
    {
        var cosine = LearningRate.Cosine(rate, updates: epochs * x.Shape[0] / 50);
        new Trainer(a.Network, new HalfSquaredError(), new Adam(cosine)) { Epochs = epochs, BatchSize = 50, Seed = 1 }.Train(new Examples(x, x));
    }

    /// <summary>The per cent that a nearest neighbour in the plane gets right: two components, and the code of two numbers.</summary>
    public (double Flat, double Bent) NearestNeighbour()
    {
        var plane = PrincipalComponents.Fit(X, 30);
        var deep = Autoencoder.Mirrored([784, 256, 128, 32, 2], () => new Tanh(), output: new Sigmoid()).Initialise(Initialisation.XavierUniform, seed: 1);
        Learn(deep, X, epochs: 25, rate: 0.002);
        double Right(Tensor codes, Tensor judged) => 100.0 * Enumerable.Range(0, judged.Shape[0]).Count(i => labels[Enumerable.Range(0, codes.Shape[0])
            .MinBy(n => Math.Pow(codes[n, 0] - judged[i, 0], 2) + Math.Pow(codes[n, 1] - judged[i, 1], 2))] == testLabels[i]) / judged.Shape[0];
        return (Right(plane.Encode(X), plane.Encode(Test)), Right(deep.Encode(X), deep.Encode(Test)));
    }

    /// <summary>The squared errors by 30 components and by the deep code of 30 numbers.</summary>
    public (double Flat, double Bent) ThirtyNumbers()
    {
        var thirty = Autoencoder.Mirrored([784, 256, 128, 30], () => new ReLU(), output: new Sigmoid()).Initialise(Initialisation.HeNormal, seed: 1);
        Learn(thirty, X, epochs: 25);
        return (PrincipalComponents.Fit(X, 30).SquaredError(Test), thirty.SquaredError(Test));
    }

    /// <summary>The errors in per cent with 100, 300 and 1,000 labels from a random start and from a pre-trained one, means over three seeds.</summary>
    public (double[] Random, double[] Pretrained) FewLabels()
    {
        var (random, pretrained) = (new double[3], new double[3]);
        for (var seed = 1; seed <= 3; seed++)
        {
            double[] Wrong(StackedAutoencoder start) => [.. new[] { 100, 300, 1000 }.Select(count =>
            {
                var few = Digits.Train.TakeRandom(count, seed);
                var trainer = new Trainer(start.Classifier(10), new SoftmaxCrossEntropy(), new Adam(0.002)) { Epochs = 6_000 / count, BatchSize = 20, Seed = seed };
                trainer.Train(new Examples(Flat(few), few.Labels));
                return 100 * trainer.Evaluate(new Examples(Test, testLabels)).Error!.Value;
            })];
            var net = new StackedAutoencoder([784, 200, 100], seed) { Epochs = 6, Masking = 0.3, Optimiser = () => new Adam(0.002) };
            random = [.. random.Zip(Wrong(net), (sum, wrong) => sum + wrong / 3)];
            net.Pretrain(X);
            pretrained = [.. pretrained.Zip(Wrong(net), (sum, wrong) => sum + wrong / 3)];
        }

        return (random, pretrained);
    }

    /// <summary>For each digit the best unit of the trained encoder, the best of the same encoder with random weights, and the best pixel.</summary>
    public (Found[] Trained, Found[] Random, Found[] Pixels, Network[] States) BestUnits()
    {
        var seeing = new StackedAutoencoder([784, 256, 128, 64, 32], seed: 2)
        {
            Epochs = 15, Masking = 0.2, Optimiser = () => new Adam(0.003), Sparsity = () => new KLSparsity(beta: 0.3, rho: 0.1),
        };
        var untrained = new StackedAutoencoder(seeing.Sizes, seed: 2);
        seeing.Pretrain(X);
        Tensor[] Codes(StackedAutoencoder net, Tensor x) => [.. Enumerable.Range(1, 4).Select(l => net.Encode(x, l))];
        Found[] Best(Tensor[] found, Tensor[] judged) => [.. Enumerable.Range(0, 10).Select(digit =>
        {
            var (l, unit) = found.Select((h, l) => (l, SelectiveUnit.Find(h, labels, digit))).MaxBy(pair => pair.Item2.BalancedAccuracy);
            return new Found(100 * unit.AccuracyOn(judged[l], testLabels, digit), l, unit);
        })];
        return (
            Best(Codes(seeing, X), Codes(seeing, Test)), Best(Codes(untrained, X), Codes(untrained, Test)), Best([X], [Test]),
            [.. Enumerable.Range(0, 4).Select(l => new Network(784, [.. seeing.Unroll().Encoder.Layers.Take(2 * l + 1)]))]);
    }

    /// <summary>A unit and its balanced accuracy on the test digits in per cent.</summary>
    public sealed record Found(double Accuracy, int Layer, SelectiveUnit Unit);
}
