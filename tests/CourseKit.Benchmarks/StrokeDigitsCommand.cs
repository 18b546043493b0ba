using System.Globalization;

namespace CourseKit.Benchmarks;

/// <summary><c>stroke-digits</c>: how fast the course's digits are drawn and distorted, and how hard they are.</summary>
internal static class StrokeDigitsCommand
{
    private const int Seed = 1;

    public static void Run(bool quick)
    {
        var report = new Report("StrokeDigits");
        report.Header("", "samples", "value", "seconds");
        var (count, epochs) = quick ? (10_000, 3) : (60_000, 10);
        var train = StrokeDigits.Generate(60_000, Seed);
        var test = StrokeDigits.Generate(10_000, Seed, first: 60_000);

        var draw = Best(() => StrokeDigits.Generate(60_000, Seed));
        report.Row("drawn", "60000", "", Text(draw));
        report.Result("stroke-digits.seconds-60000", draw);

        var (distortions, distorted) = (new Distortions { Seed = Seed }, new Tensor(train.Inputs.Shape));
        var distort = Best(() => distortions.Apply(train.Inputs, distorted));
        report.Row("distorted", "60000", "", Text(distort));
        report.Result("stroke-digits.distort-seconds-60000", distort);

        train = train.Take(count);
        var linear = new SoftmaxRegression { Epochs = quick ? 5 : 20 };
        var linearSeconds = Interleaved.Time(Clock.Wall, () => linear.Fit(train.Inputs, train.Labels), 1);
        var linearPercent = 100 * linear.Accuracy(test.Inputs, test.Labels);
        Show("linear", linearPercent, linearSeconds);

        var network = new Network(784, new Dense(784, 300), new ReLU(), new Dense(300, 10)).Initialise(Initialisation.HeNormal, Seed);
        var rate = LearningRate.Cosine(0.002, count / 100 * epochs);
        var trainer = new Trainer(network, new SoftmaxCrossEntropy(), new Adam(rate)) { Epochs = epochs, BatchSize = 100, Seed = Seed };
        var examples = new Examples(train.Inputs.Reshape(count, -1), train.Labels);
        var mlpSeconds = Interleaved.Time(Clock.Wall, () => trainer.Train(examples), 1);
        var mlpPercent = 100 * (1 - trainer.Evaluate(new Examples(test.Inputs.Reshape(test.Count, -1), test.Labels)).Error!.Value);
        Show("mlp", mlpPercent, mlpSeconds);

        var (lenetError, lenetSeconds) = LenetMnist.Learn(train, new Examples(LeNet5.Frame(test.Inputs), test.Labels), Seed, quick ? 3 : 5, distorted: false);
        Show("lenet", 100 * (1 - lenetError), lenetSeconds);
        report.End();

        void Show(string name, double percent, double seconds)
        {
            report.Row($"{name}, right on 10000 others", count.ToString(CultureInfo.InvariantCulture), $"{Text(percent)} %", Text(seconds));
            report.Result($"stroke-digits.{name}-percent", percent);
            report.Result($"stroke-digits.{name}-seconds", seconds);
        }
    }

    private static string Text(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    // The best of three: what the machine needs when it is left alone.
    private static double Best(Action action) => Enumerable.Range(0, 3).Min(_ => Interleaved.Time(Clock.Wall, action, 1));
}
