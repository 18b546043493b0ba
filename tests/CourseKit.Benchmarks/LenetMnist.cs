using System.Diagnostics;
using System.Globalization;

namespace CourseKit.Benchmarks;

/// <summary>
/// <c>lenet-mnist</c>: how many of MNIST's 10,000 test images LeNet-5 gets wrong, as it was published: connection table, trainable
/// subsampling, distances to pictures of the digits. The published figures are 0.95 %, and 0.8 % with distorted training images (Y. LeCun,
/// L. Bottou, Y. Bengio, P. Haffner, Proceedings of the IEEE 86 (1998), 2278-2324).
/// </summary>
/// <remarks>
/// Where the paper takes diagonal second derivatives for its step sizes, this takes momentum 0.9 on batches of 32, and a rate that rises
/// and then falls along a cosine to 0; the rate lies between those that did best in short runs judged on the last 10,000 training images.
/// With distortions every epoch sees every image anew. How strong they are, and the rate and decay that go with them, were chosen in the
/// same way: those of the elastic fields that larger networks take (<see cref="Distortions"/>' own) are too much for 60,000 parameters.
/// </remarks>
internal static class LenetMnist
{
    private const int Batch = 32;
    private const double Rate = 0.004, DistortedRate = 0.003;
    private const float Decay = 1e-4f, DistortedDecay = 3e-5f;

    public static void Run(bool quick)
    {
        var (train, test) = quick ? (StrokeDigits.Generate(6000, seed: 1), StrokeDigits.Generate(2000, seed: 1, first: 60_000)) : Mnist.Load();
        var (epochs, distortedEpochs) = quick ? (4, 4) : (20, 80);
        int[] seeds = quick ? [1] : [1, 2, 3];
        var examples = new Examples(LeNet5.Frame(test.Inputs), test.Labels);
        var report = new Report($"{(quick ? "The course's own digits" : "MNIST")}: LeNet-5, {epochs} epochs, {distortedEpochs} with distortions, {Workers.Degree} threads");
        report.Header("training images", "seed", "test error", "seconds");
        var (errors, name) = (new List<double>(), quick ? "lenet-mnist.quick-" : "lenet-mnist.");
        foreach (var seed in seeds)
        {
            var (error, seconds) = Learn(train, examples, seed, epochs, distorted: false);
            errors.Add(error);
            report.Row("as they are", $"{seed}", Percent(error), Number(seconds));
        }

        report.Row("as they are", "mean", Percent(errors.Average()), "");
        report.Result($"{name}error-percent", 100 * errors.Average());
        var (distortedError, distortedSeconds) = Learn(train, examples, seed: 1, distortedEpochs, distorted: true);
        report.Row("distorted", "1", Percent(distortedError), Number(distortedSeconds));
        report.Result($"{name}distorted-error-percent", 100 * distortedError);
        report.End();
    }

    /// <summary>Trains one LeNet-5 and asks it the test images.</summary>
    /// <returns>The share of wrong answers, and how long it took.</returns>
    public static (double Error, double Seconds) Learn(Dataset train, Examples test, int seed, int epochs, bool distorted)
    {
        var start = Stopwatch.GetTimestamp();
        var updates = (long)epochs * ((train.Count + Batch - 1) / Batch);
        var optimiser = new Momentum(LearningRate.Cosine(distorted ? DistortedRate : Rate, updates).WithWarmUp(updates / 50)) { WeightDecay = distorted ? DistortedDecay : Decay };
        var trainer = new Trainer(LeNet5.Create(seed), new RadialBasisLoss(), optimiser) { BatchSize = Batch, Seed = seed, Epochs = 1 };
        var distortions = new Distortions { Rotation = 6, Scale = 0.08, Shear = 0.1, Shift = 1, Alpha = 8, Seed = seed };
        var images = new Tensor(train.Inputs.Shape);
        var plain = LeNet5.Frame(train.Inputs);
        var order = new RandomSource(seed);
        var (x, labels) = (new Tensor(Batch, 1, LeNet5.ImageSize, LeNet5.ImageSize), new int[Batch]);
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            if (distorted)
            {
                distortions.Apply(train.Inputs, images, pass: epoch);
                plain = LeNet5.Frame(images);
            }

            var (numbers, loss) = (order.Fork(epoch).Permutation(train.Count), 0.0);
            for (var from = 0; from + Batch <= numbers.Length; from += Batch)
            {
                for (var n = 0; n < Batch; n++)
                {
                    var size = x.Count / Batch;
                    plain.Span.Slice(numbers[from + n] * size, size).CopyTo(x.Span[(n * size)..]);
                    labels[n] = train.Labels[numbers[from + n]];
                }

                loss += trainer.Step(x, labels);
            }

            Console.Error.WriteLine(FormattableString.Invariant(
                $"seed {seed}{(distorted ? ", distorted" : "")}, epoch {epoch}: loss {loss * Batch / numbers.Length:G4}, {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s"));
        }

        return (trainer.Evaluate(test).Error!.Value, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static string Percent(double share) => (100 * share).ToString("F2", CultureInfo.InvariantCulture) + " %";

    private static string Number(double seconds) => seconds.ToString("F0", CultureInfo.InvariantCulture);
}
