using System.Diagnostics;
using System.Globalization;

namespace CourseKit.Benchmarks;

/// <summary>
/// <c>features</c>: one linear classifier on three descriptions of the same digits: raw pixels, orientation histograms, filters learned from
/// the training images without their labels. On MNIST, 60,000 to learn from and 10,000 to test on.
/// </summary>
/// <remarks>Not a matter of speed. Nothing is chosen by the test images: the settings are the library's own.</remarks>
internal static class FeaturesCommand
{
    private const int Seed = 1;

    public static void Run(bool quick)
    {
        var (train, test) = quick ? (StrokeDigits.Generate(2_000, Seed), StrokeDigits.Generate(1_000, Seed, first: 60_000)) : Mnist.Load();
        var prefix = quick ? "features.quick-" : "features.";
        var report = new Report(
            $"{(quick ? "The course's own digits" : "MNIST")}: a linear classifier on three kinds of features, {train.Count} to learn from, {test.Count} to test on");
        report.Header("features", "numbers an image", "right", "seconds");
        Measure("raw", "raw pixels", new RawPixels());
        Measure("orientation-histogram", "orientation histograms", new OrientationHistogram());
        Measure("orientation-histogram-upright", "the same, set upright before", new OrientationHistogram(), new Deskew());
        Measure("learned", "learned filters", new LearnedFeatures { Seed = Seed });
        report.End();

        void Measure(string key, string name, IPipelineStep features, IPipelineStep? preprocessing = null)
        {
            var start = Stopwatch.GetTimestamp();
            var pipeline = new Pipeline { Preprocessing = preprocessing, Features = features, Inference = new SoftmaxRegression { Epochs = quick ? 20 : 60 } };
            pipeline.Fit(train.Inputs, train.Labels);
            var percent = 100 * pipeline.Accuracy(test.Inputs, test.Labels);
            var length = pipeline.Trace(test.Take(1).Inputs)[^1].Result.Count;
            report.Row(
                name, length.ToString(CultureInfo.InvariantCulture), percent.ToString("0.00", CultureInfo.InvariantCulture) + " %",
                Stopwatch.GetElapsedTime(start).TotalSeconds.ToString("0", CultureInfo.InvariantCulture));
            report.Result($"{prefix}{key}-percent", percent);
        }
    }
}
