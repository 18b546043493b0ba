using System.Diagnostics;
using System.Globalization;

namespace CourseKit.Benchmarks;

/// <summary>
/// <c>stacked-mnist</c>: how many of MNIST's test images a classifier gets wrong whose layers were first learned without labels, one at a
/// time: as denoising autoencoders, and as Boltzmann machines (a deep belief net). The published figures are 1.40 % for a stacked
/// autoencoder and 1.24 % for a deep belief net of three layers (P. Vincent et al., JMLR 11 (2010), table 3).
/// </summary>
/// <remarks>
/// One run each. Fine-tuning is Adam on cross-entropy, batches of 100, the rate rising and falling along a cosine to 0 over a number of epochs
/// that was fixed before; a share of every code and a fifth of the pixels are dropped while it learns, as G. Hinton, N. Srivastava et al.
/// (arXiv 1207.0580, 2012) fine-tune such nets. No distorted images. The belief net's shares, rate and epochs were chosen on the last
/// 10,000 training images: its sigmoid units do not learn the training images any more when half of each code is dropped (an earlier setting
/// with 1.84 % on the test images), and with nothing dropped learn them by heart (1.52 % of the images held back wrong, against 1.12 %).
/// </remarks>
internal static class StackedMnist
{
    private const int Batch = 100;
    private const double StackRate = 0.001, StackDropout = 0.5;
    private const double NetRate = 0.0007, NetDropout = 0.3;
    private const double InputDropout = 0.2;

    /// <param name="quick">On the course's own digits, with smaller networks.</param>
    /// <param name="only"><c>autoencoder</c> or <c>dbn</c> for one of the two; null for both.</param>
    /// <exception cref="ArgumentException">There is no such start.</exception>
    public static void Run(bool quick, string? only)
    {
        if (only is not (null or "autoencoder" or "dbn"))
            throw new ArgumentException($"There is no start '{only}'; there are autoencoder and dbn.");
        var (train, test) = quick ? (StrokeDigits.Generate(6000, seed: 1), StrokeDigits.Generate(2000, seed: 1, first: 60_000)) : Mnist.Load();
        train = train.With(train.Inputs.Reshape(train.Count, 784));
        test = test.With(test.Inputs.Reshape(test.Count, 784));
        int[] stackSizes = quick ? [784, 200, 200] : [784, 1000, 1000];
        int[] netSizes = quick ? [784, 200, 200] : [784, 500, 500, 2000];
        var (stackLayerEpochs, stackEpochs) = quick ? (3, 10) : (8, 30);
        var (netLayerEpochs, netEpochs) = quick ? (3, 10) : (12, 60);
        var name = quick ? "stacked-mnist.quick-" : "stacked-mnist.";
        var report = new Report($"{(quick ? "The course's own digits" : "MNIST")}: {stackLayerEpochs} and {netLayerEpochs} epochs a layer without labels, then {stackEpochs} and {netEpochs} with them, {Workers.Degree} threads");
        report.Header("start", "layers", "seconds without labels", "test error", "seconds in all");

        var start = Stopwatch.GetTimestamp();
        if (only != "dbn")
        {
            var stack = new StackedAutoencoder(stackSizes, seed: 1)
            {
                Hidden = () => new ReLU(),
                Start = Initialisation.HeNormal,
                Masking = 0.25,
                Epochs = stackLayerEpochs,
                BatchSize = Batch,
                EpochEnded = (layer, epoch) => Console.Error.WriteLine(FormattableString.Invariant($"autoencoder {layer}, epoch {epoch.Epoch}: squared error {2 * epoch.Loss:G4}, {epoch.Elapsed.TotalSeconds:F0} s")),
            };
            stack.Pretrain(train.Inputs);
            Finish("stacked denoising autoencoder", stackSizes, stack.Classifier(10, StackDropout, InputDropout), StackRate, stackEpochs, "error-percent");
        }

        if (only != "autoencoder")
        {
            start = Stopwatch.GetTimestamp();
            var net = new DeepBeliefNetwork(netSizes, seed: 1)
            {
                Epochs = netLayerEpochs,
                BatchSize = Batch,
                EpochEnded = (machine, epoch, error) => Console.Error.WriteLine(FormattableString.Invariant($"machine {machine}, epoch {epoch}: squared error {error:G4}")),
            };
            net.Pretrain(train.Inputs);
            Finish("deep belief net", netSizes, net.Classifier(10, NetDropout, InputDropout), NetRate, netEpochs, "dbn-error-percent");
        }

        report.End();

        void Finish(string what, int[] sizes, Network classifier, double rate, int epochs, string figure)
        {
            var without = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var error = 100 * FineTune(what, classifier, new Examples(train), new Examples(test), rate, epochs);
            report.Row(what, string.Join('-', [.. sizes, 10]), Number(without, "F0"), Number(error, "F2") + " %", Number(Stopwatch.GetElapsedTime(start).TotalSeconds, "F0"));
            report.Result(name + figure, error);
        }
    }

    private static double FineTune(string what, Network classifier, Examples train, Examples test, double rate, int epochs)
    {
        var updates = (long)epochs * ((train.Count + Batch - 1) / Batch);
        var trainer = new Trainer(classifier, new SoftmaxCrossEntropy(), new Adam(LearningRate.Cosine(rate, updates).WithWarmUp(updates / 100)))
        {
            Epochs = epochs,
            BatchSize = Batch,
            Seed = 1,
            EpochEnded = epoch => Console.Error.WriteLine(FormattableString.Invariant($"{what}, epoch {epoch.Epoch}: loss {epoch.Loss:G4}, error {100 * epoch.Error:F2} %, {epoch.Elapsed.TotalSeconds:F0} s")),
        };
        var history = trainer.Train(train);
        return history.Reason == StopReason.EpochLimit ? trainer.Evaluate(test).Error!.Value : throw new InvalidOperationException(history.Message);
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
