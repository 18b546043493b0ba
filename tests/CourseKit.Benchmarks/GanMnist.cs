using System.Diagnostics;
using System.Globalization;

namespace CourseKit.Benchmarks;

/// <summary>
/// <c>gan-mnist</c>: the log-likelihood of MNIST's test set under Parzen windows on 10,000 of a generator's samples, σ chosen on a validation set.
/// The published figure is 225 ± 2 nats (I. Goodfellow et al., NIPS 2014, table 1).
/// </summary>
/// <remarks>
/// <para>
/// Learns from the first 50,000 training images; the other 10,000 are the validation set, which also chooses among the generator's states at the
/// ends of epochs (by its first 1,000 images). Where the paper has maxout and momentum, this has leaky rectifiers and Adam, batch normalisation
/// in G, instance noise in front of D, and the running average of G's weights.
/// </para>
/// <para>
/// Two things decide. The noise, which falls from 0.8 to 0.5: with little of it D tells the two apart too easily, and G learns less (with 0.2 to
/// 0.05 it ended at 147 nats). And a lens behind G, a fixed 3 x 3 filter of binomial weights: a scanner's pixels hang together with their
/// neighbours, and so do G's from the start (without it 192 nats). Mind what the estimator likes: behind the same lens the training images,
/// its reference, gain as well, and that is printed too (L. Theis, A. van den Oord, M. Bethge, "A note on the evaluation of generative
/// models", ICLR 2016).
/// </para>
/// </remarks>
internal static class GanMnist
{
    private const int Batch = 100;
    private const int Noise = 50;
    private const int Samples = 10_000;
    private const float FirstNoise = 0.8f;
    private const float LastNoise = 0.5f;
    private static readonly double[] Sigmas = ParzenWindow.Sigmas(0.1, 0.4, 25);

    public static void Run(bool quick)
    {
        var (train, validation, test) = Data(quick);
        var recipe = quick ? new Recipe(Units: 256, Critics: 240, Epochs: 8, Rate: 1e-3) : new Recipe(Units: 500, Critics: 500, Epochs: 24, Rate: 5e-4);
        var samples = quick ? 2000 : Samples;
        var report = new Report($"{(quick ? "The course's own digits" : "MNIST")}: a generator of {Noise}-{recipe.Units}-{recipe.Units}-784 and a lens, {recipe.Epochs} epochs, {samples} samples, {Workers.Degree} threads");
        report.Header("samples of", "σ", "validation set, nats", "test set, nats", "seconds");
        var start = Stopwatch.GetTimestamp();
        var generated = Learn(recipe, train, Rows(validation, 0, 1000), samples);
        var (parzen, _) = Judge("the generator", generated);
        start = Stopwatch.GetTimestamp();
        var (reference, _) = Judge("the training set", Rows(train, 0, samples));
        start = Stopwatch.GetTimestamp();
        var (behindLens, _) = Judge("the same, behind the lens", Flat(Lens().Forward(Rows(train, 0, samples).Reshape(samples, 1, 28, 28))));
        var name = quick ? "gan-mnist.quick-" : "gan-mnist.";
        report.Result($"{name}parzen-nats", parzen.Mean);
        report.Result($"{name}standard-error", parzen.StandardError);
        report.Result($"{name}reference-nats", reference.Mean);
        report.Result($"{name}reference-standard-error", reference.StandardError);
        report.Result($"{name}reference-behind-lens-nats", behindLens.Mean);
        report.End();
        var nearest = NearestExamples.Find(generated, train);
        Console.WriteLine(FormattableString.Invariant($"\nmedian distance of a sample from the nearest training image: {nearest.Select(n => n.Distance).Order().ElementAt(nearest.Length / 2):F2}"));
        SaveGrid(generated, quick ? "gan-mnist-quick.png" : "gan-mnist.png");

        (LogLikelihood Test, LogLikelihood Validation) Judge(string what, Tensor centres)
        {
            var window = ParzenWindow.Choose(centres, validation, Sigmas);
            var (onTest, onValidation) = (window.LogLikelihood(test), window.LogLikelihood(validation));
            report.Row(what, Number(window.Sigma, "F3"), Text(onValidation), Text(onTest), Number(Stopwatch.GetElapsedTime(start).TotalSeconds, "F0"));
            return (onTest, onValidation);
        }
    }

    /// <summary>Trains, and returns the samples of the state that the validation images find likeliest.</summary>
    private static Tensor Learn(Recipe recipe, Tensor train, Tensor validation, int count)
    {
        var start = Stopwatch.GetTimestamp();
        var perEpoch = train.Shape[0] / Batch;
        var gan = recipe.Build(recipe.Epochs * (long)perEpoch);
        var (best, bestNats) = (new Tensor(0, 784), double.NegativeInfinity);
        var noise = (InstanceNoise)gan.Discriminator.Layers[0];
        for (var epoch = 1; epoch <= recipe.Epochs; epoch++)
        {
            noise.Sigma = FirstNoise + (LastNoise - FirstNoise) * (epoch - 1) / (recipe.Epochs - 1);
            var history = gan.Train(train, perEpoch);
            if (history.Reason != AdversarialStopReason.IterationLimit)
                throw new InvalidOperationException(history.Message);
            var text = "";
            if (epoch % 2 == 0 || epoch == recipe.Epochs)
            {
                var samples = gan.Sample(count, seed: 1000 + epoch, averaged: true);
                var nats = ParzenWindow.Scores(samples, validation, Sigmas).Max(score => score.Mean);
                text = FormattableString.Invariant($", validation {nats:F1} nats");
                if (nats > bestNats)
                    (best, bestNats) = (samples, nats);
            }

            var recent = history.Recent(perEpoch);
            Console.Error.WriteLine(FormattableString.Invariant(
                $"epoch {epoch}: V {recent.V:F2}, D(x) {recent.DOnData:F2}, D(G(z)) {recent.DOnSamples:F2}{text}, {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s"));
        }

        return best;
    }

    private static (Tensor Train, Tensor Validation, Tensor Test) Data(bool quick)
    {
        if (quick)
            return (
                Flat(StrokeDigits.Generate(10_000, seed: 1).Inputs), Flat(StrokeDigits.Generate(1000, seed: 1, first: 50_000).Inputs),
                Flat(StrokeDigits.Generate(2000, seed: 1, first: 60_000).Inputs));
        var (train, test) = Mnist.Load();
        var all = Flat(train.Inputs);
        return (Rows(all, 0, 50_000), Rows(all, 50_000, 10_000), Flat(test.Inputs));
    }

    private static void SaveGrid(Tensor samples, string name)
    {
        const int side = 10, size = 28, pitch = size + 2;
        var picture = new Tensor(side * pitch - 2, side * pitch - 2);
        picture.Span.Fill(0.3f);
        for (var n = 0; n < side * side; n++)
            for (var y = 0; y < size; y++)
                samples.Span.Slice((n * size + y) * size, size).CopyTo(picture.Span[((n / side * pitch + y) * picture.Shape[1] + n % side * pitch)..]);
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CourseKit.sln")))
            folder = folder.Parent;
        var path = Path.Combine(folder?.FullName ?? Directory.GetCurrentDirectory(), "artifacts", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        PictureFile.SavePng(path, picture);
        Console.WriteLine($"the first {side * side} samples: {path}");
    }

    private static Conv2D Lens()
    {
        var lens = new Conv2D(Tensor.From([1 / 16f, 2 / 16f, 1 / 16f, 2 / 16f, 4 / 16f, 2 / 16f, 1 / 16f, 2 / 16f, 1 / 16f], 1, 1, 3, 3), new Tensor(1), padding: 1);
        lens.Freeze();
        return lens;
    }

    private static Tensor Flat(Tensor images) => images.Reshape(images.Shape[0], -1);

    private static Tensor Rows(Tensor all, int from, int count) => Tensor.From(all.Data[(from * 784)..((from + count) * 784)], count, 784);

    private static string Text(LogLikelihood nats) => string.Create(CultureInfo.InvariantCulture, $"{nats.Mean:F1} ± {nats.StandardError:F1}");

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private sealed record Recipe(int Units, int Critics, int Epochs, double Rate)
    {
        public GenerativeAdversarialNetwork Build(long iterations)
        {
            var lens = Lens();
            var generator = new Network(
                Noise, new Dense(Noise, Units), new BatchNorm(Units), new ReLU(), new Dense(Units, Units), new BatchNorm(Units), new ReLU(),
                new Dense(Units, 784), new Sigmoid(), new Reshape(1, 28, 28), lens, new Flatten()).Initialise(Initialisation.HeNormal, 1);
            Lens().W.Value.Span.CopyTo(lens.W.Value.Span); // not to be drawn like the others
            var discriminator = new Network(
                784, new InstanceNoise(FirstNoise, 3), new Dense(784, Critics), new LeakyReLU(0.2f), new Dense(Critics, Critics), new LeakyReLU(0.2f),
                new Dense(Critics, 1)).Initialise(Initialisation.HeNormal, 2);
            var falling = LearningRate.Cosine(Rate, iterations, Rate / 50);
            return new(generator, discriminator, new Adam(falling, 0.5), new Adam(falling, 0.5))
            {
                BatchSize = Batch,
                Seed = 1,
                GeneratorAverage = new WeightAverage(generator, 0.999),
            };
        }
    }
}
