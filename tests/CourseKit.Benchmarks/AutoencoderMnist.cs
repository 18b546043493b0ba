using System.Diagnostics;
using System.Globalization;

namespace CourseKit.Benchmarks;

/// <summary>
/// <c>autoencoder-mnist</c>: how much of MNIST's test images 30 numbers keep, as the mean over the images of Σ (x̂ - x)², pixels from 0 to 1:
/// the deep autoencoder 784-1000-500-250-30, from random weights and with layer-wise pre-training, beside 30 principal components. The
/// published figures are 3.00 and 13.87 (G. E. Hinton and R. R. Salakhutdinov, Science 313 (2006), 504-507).
/// </summary>
/// <remarks>
/// Rectifiers (He's start weights) in the hidden layers, a linear code, sigmoid pixels; Adam on half the squared error, batches of 100, the
/// rate rising to its height and falling along a cosine to 0. The numbers of epochs were fixed before, and nothing was chosen by the test
/// images: rate and activation by the error on the last 10,000 training images after learning from the other 50,000.
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
        var (epochs, layerEpochs) = quick ? (8, 3) : (40, 4);
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
            var random = Stack().Unroll();
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
            var pretrained = stack.Unroll();
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

    private static void Learn(string what, Autoencoder autoencoder, Tensor x, int epochs)
    {
        var updates = (long)epochs * ((x.Shape[0] + Batch - 1) / Batch);
        var history = new Trainer(autoencoder.Network, new HalfSquaredError(), new Adam(LearningRate.Cosine(Rate, updates).WithWarmUp(updates / 100)))
        {
            Epochs = epochs,
            BatchSize = Batch,
            Seed = 1,
            EpochEnded = epoch => Console.Error.WriteLine(FormattableString.Invariant($"{what}, epoch {epoch.Epoch}: squared error {2 * epoch.Loss:G4}, {epoch.Elapsed.TotalSeconds:F0} s")),
        }.Train(new Examples(x, x));
        if (history.Reason != StopReason.EpochLimit)
            throw new InvalidOperationException(history.Message);
    }

    private static string Number(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    private static string Seconds(long start) => Stopwatch.GetElapsedTime(start).TotalSeconds.ToString("F0", CultureInfo.InvariantCulture);
}
