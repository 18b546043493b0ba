using System.Diagnostics;
using System.Globalization;

namespace CourseKit.Benchmarks;

/// <summary>
/// <c>autoencoder-mnist</c>: how much of MNIST's test images 30 numbers keep, as the mean over the images of Σ (x̂ - x)², pixels from 0 to 1:
/// the deep autoencoder 784-1000-500-250-30, from random weights and with layer-wise pre-training, beside 30 principal components. The
/// published figures are 3.00 and 13.87 (G. E. Hinton and R. R. Salakhutdinov, Science 313 (2006), 504-507).
/// </summary>
/// <remarks>
/// Rectifiers (He's start weights) in the hidden layers, a linear code, sigmoid pixels; as in the paper the cross-entropy of the pixels is what
/// is learned, here by Adam on batches of 100, the rate rising to its height and falling along a cosine to 0. Each time it is seen, a training
/// image is moved by up to a pixel in either direction: without that, 2.8 million weights learn the 60,000 images by heart (1.9 on them, 3.6
/// on others). The numbers of epochs were fixed before, and nothing was chosen by the test images: all else by the error on the last 10,000
/// training images after learning from the other 50,000.
/// </remarks>
internal static class AutoencoderMnist
{
    private const int Code = 30;
    private const int Batch = 100;
    private const double Rate = 0.002;

    /// <param name="quick">On the course's own digits, with a smaller network.</param>
    /// <param name="only"><c>random</c> or <c>pre-trained</c> for one of the two trainings; null for both.</param>
    /// <exception cref="ArgumentException">There is no such training.</exception>
    public static void Run(bool quick, string? only)
    {
        if (only is not (null or "random" or "pre-trained"))
            throw new ArgumentException($"There is no training '{only}'; there are random and pre-trained.");
        var (train, test) = quick ? (StrokeDigits.Generate(6000, seed: 1), StrokeDigits.Generate(2000, seed: 1, first: 60_000)) : Mnist.Load();
        var (x, unseen) = (train.Inputs.Reshape(train.Count, 784), test.Inputs.Reshape(test.Count, 784));
        int[] sizes = quick ? [784, 250, 100, Code] : [784, 1000, 500, 250, Code];
        var (epochs, layerEpochs) = quick ? (8, 3) : (50, 4);
        var name = quick ? "autoencoder-mnist.quick-" : "autoencoder-mnist.";
        var report = new Report($"{(quick ? "The course's own digits" : "MNIST")}: {string.Join('-', sizes)} and back, {epochs} epochs of Adam on batches of {Batch}, {Workers.Degree} threads; squared error per image");
        report.Header("model", "training images", "test images", "seconds");

        var start = Stopwatch.GetTimestamp();
        var pca = PrincipalComponents.Fit(x, Code);
        var pcaError = pca.SquaredError(unseen);
        report.Row($"{Code} principal components", Number(pca.SquaredError(x)), Number(pcaError), Seconds(start));
        report.Result($"{name}pca30", pcaError);

        if (only != "pre-trained")
        {
            start = Stopwatch.GetTimestamp();
            var random = OnScores(Stack().Unroll());
            Learn("from random weights", random, x, epochs);
            var error = random.SquaredError(unseen);
            report.Row("from random weights", Number(random.SquaredError(x)), Number(error), Seconds(start));
            report.Result($"{name}squared-error", error);
        }

        if (only != "random")
        {
            start = Stopwatch.GetTimestamp();
            var stack = Stack();
            stack.Pretrain(x);
            var pretrained = OnScores(stack.Unroll());
            report.Row($"{layerEpochs} epochs a layer, not yet fine-tuned", Number(pretrained.SquaredError(x)), Number(pretrained.SquaredError(unseen)), Seconds(start));
            Learn("pre-trained", pretrained, x, epochs);
            var error = pretrained.SquaredError(unseen);
            report.Row($"{layerEpochs} epochs a layer, then fine-tuned", Number(pretrained.SquaredError(x)), Number(error), Seconds(start));
            report.Result($"{name}pretrained-squared-error", error);
        }

        report.End();

        StackedAutoencoder Stack() => new(sizes, seed: 1)
        {
            Hidden = () => new ReLU(),
            Code = () => new Identity(),
            Start = Initialisation.HeNormal,
            Epochs = layerEpochs,
            BatchSize = Batch,
            EpochEnded = (layer, epoch) => Console.Error.WriteLine(FormattableString.Invariant($"layer {layer}, epoch {epoch.Epoch}: squared error {2 * epoch.Loss:G4}, {epoch.Elapsed.TotalSeconds:F0} s")),
        };
    }

    /// <summary>The same autoencoder without the sigmoid at its end: the loss works on scores, where a pixel that is surely wrong still has a slope.</summary>
    private static Autoencoder OnScores(Autoencoder autoencoder) =>
        new(autoencoder.Encoder, new Network(autoencoder.Decoder.InputShape.ToArray(), [.. autoencoder.Decoder.Layers.SkipLast(1)])) { Readout = new Sigmoid() };

    private static void Learn(string what, Autoencoder autoencoder, Tensor x, int epochs)
    {
        var steps = x.Shape[0] / Batch;
        var updates = (long)epochs * steps;
        var trainer = new Trainer(autoencoder.Network, new BinaryCrossEntropyWithLogits(), new Adam(LearningRate.Cosine(Rate, updates).WithWarmUp(updates / 100)));
        var (images, order, random) = (new Tensor(Batch, 784), new int[x.Shape[0]], new RandomSource(1));
        var start = Stopwatch.GetTimestamp();
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            for (var n = 0; n < order.Length; n++)
                order[n] = n;
            random.Shuffle<int>(order);
            var sum = 0.0;
            for (var step = 0; step < steps; step++)
            {
                for (var n = 0; n < Batch; n++)
                    Move(x.Span.Slice(order[step * Batch + n] * 784, 784), random.NextInt(3) - 1, random.NextInt(3) - 1, images.Span.Slice(n * 784, 784));
                sum += trainer.Step(images, images);
            }

            Console.Error.WriteLine(FormattableString.Invariant($"{what}, epoch {epoch} of {epochs}: cross-entropy {sum / steps:F2} nats an image, {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s"));
        }
    }

    /// <summary>The image moved by so many pixels; what comes in at the border is white paper.</summary>
    private static void Move(ReadOnlySpan<float> image, int right, int down, Span<float> moved)
    {
        const int side = 28;
        moved.Clear();
        for (var y = Math.Max(0, down); y < Math.Min(side, side + down); y++)
            image.Slice((y - down) * side + Math.Max(0, -right), side - Math.Abs(right)).CopyTo(moved[(y * side + Math.Max(0, right))..]);
    }

    private static string Number(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    private static string Seconds(long start) => Stopwatch.GetElapsedTime(start).TotalSeconds.ToString("F0", CultureInfo.InvariantCulture);
}
