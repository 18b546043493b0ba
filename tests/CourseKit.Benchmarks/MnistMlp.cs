using System.Diagnostics;
using System.Globalization;

namespace CourseKit.Benchmarks;

/// <summary>
/// <c>mnist-mlp</c>: how many of MNIST's 10,000 test images a fully connected network gets wrong, without distorted training images.
/// The published figure is 1.6 % (P. Simard, D. Steinkraus, J. Platt, ICDAR 2003: 800 hidden units, cross-entropy).
/// </summary>
/// <remarks>
/// 784-800-800-10, rectifiers, He's start weights, cross-entropy; momentum 0.9 on batches of 100, the rate rising to 0.1 and falling
/// along a cosine to 0 in 12 epochs; λ = 5e-4 on the weights. The recipe was chosen by its error on the last 10,000 training images,
/// after learning from the other 50,000.
/// </remarks>
internal static class MnistMlp
{
    private static readonly Recipe Full = new([800, 800], Epochs: 12, Seeds: [1, 2, 3]);
    private static readonly Recipe Quick = new([100], Epochs: 6, Seeds: [1]);

    public static void Run(bool quick)
    {
        var recipe = quick ? Quick : Full;
        var (train, test) = quick ? (StrokeDigits.Generate(6000, seed: 1), StrokeDigits.Generate(2000, seed: 1, first: 60_000)) : Mnist.Load();
        (train, var statistics) = train.Standardise();
        test = statistics.Apply(test);
        var report = new Report($"{(quick ? "The course's own digits" : "MNIST")}: {string.Join('-', [784, .. recipe.Hidden, 10])}, {recipe.Epochs} epochs, {Workers.Degree} threads");
        report.Header("seed", "training error", "test error", "seconds");
        var (errors, start) = (new List<double>(), Stopwatch.GetTimestamp());
        foreach (var seed in recipe.Seeds)
        {
            var (trainError, testError, seconds) = Learn(recipe, seed, new Examples(train), new Examples(test));
            errors.Add(testError);
            report.Row($"{seed}", Percent(trainError), Percent(testError), seconds.ToString("F0", CultureInfo.InvariantCulture));
        }

        report.Row("mean", "", Percent(errors.Average()), Stopwatch.GetElapsedTime(start).TotalSeconds.ToString("F0", CultureInfo.InvariantCulture));
        report.Result(quick ? "mnist-mlp.quick-error-percent" : "mnist-mlp.error-percent", 100 * errors.Average());
        report.Result(quick ? "mnist-mlp.quick-seconds-per-seed" : "mnist-mlp.seconds-per-seed", Stopwatch.GetElapsedTime(start).TotalSeconds / recipe.Seeds.Length);
        report.End();
    }

    private static (double TrainError, double TestError, double Seconds) Learn(Recipe recipe, int seed, Examples train, Examples test)
    {
        const int batch = 100;
        var updates = (long)recipe.Epochs * ((train.Count + batch - 1) / batch);
        var optimiser = new Momentum(LearningRate.Cosine(0.1, updates).WithWarmUp(updates / 50)) { WeightDecay = 5e-4f };
        var trainer = new Trainer(recipe.Build().Initialise(Initialisation.HeNormal, seed), new SoftmaxCrossEntropy(), optimiser)
        {
            Epochs = recipe.Epochs,
            BatchSize = batch,
            Seed = seed,
            EpochEnded = epoch => Console.Error.WriteLine(FormattableString.Invariant($"seed {seed}, epoch {epoch.Epoch}: loss {epoch.Loss:G4}, error {100 * epoch.Error:F2} %, {epoch.Elapsed.TotalSeconds:F0} s")),
        };
        var history = trainer.Train(train);
        if (history.Reason != StopReason.EpochLimit)
            throw new InvalidOperationException(history.Message);
        return (history.Epochs[^1].Error!.Value, trainer.Evaluate(test).Error!.Value, history.Elapsed.TotalSeconds);
    }

    private static string Percent(double share) => (100 * share).ToString("F2", CultureInfo.InvariantCulture) + " %";

    private sealed record Recipe(int[] Hidden, int Epochs, int[] Seeds)
    {
        public Network Build()
        {
            var layers = new List<Layer> { new Flatten() };
            var inputs = 784;
            foreach (var units in Hidden)
            {
                layers.AddRange([new Dense(inputs, units), new ReLU()]);
                inputs = units;
            }

            return new Network([1, 28, 28], [.. layers, new Dense(inputs, 10)]);
        }
    }
}
