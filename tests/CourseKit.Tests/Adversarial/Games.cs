namespace CourseKit.Tests.Adversarial;

/// <summary>The small games that several tests play.</summary>
internal static class Games
{
    /// <summary>Where the line's data lie: N(4, 0.5²).</summary>
    public static readonly MixtureDensity Line = MixtureDensity.Gaussian(4, 0.5);

    /// <summary>1-16-1 against 1-16-16-1, as the notebook has them.</summary>
    public static GenerativeAdversarialNetwork OnTheLine(int seed, int iterations, GeneratorLoss loss = GeneratorLoss.NonSaturating)
    {
        var generator = new Network(1, new Dense(1, 16), new Softplus(), new Dense(16, 1)).Initialise(Initialisation.XavierNormal, seed);
        var discriminator = new Network(1, new Dense(1, 16), new Tanh(), new Dense(16, 16), new Tanh(), new Dense(16, 1))
            .Initialise(Initialisation.XavierNormal, seed + 100);
        return new(
            generator, discriminator,
            new Adam(LearningRate.Cosine(1e-3, iterations, 1e-5), 0.5), new Adam(LearningRate.Cosine(1e-2, iterations, 1e-3), 0.5))
        {
            BatchSize = 128,
            Seed = seed,
            Loss = loss,
            GeneratorAverage = new WeightAverage(generator),
        };
    }

    /// <summary>Networks large enough that products, activations and updates are shared among threads.</summary>
    public static GenerativeAdversarialNetwork Large(int k = 1, float smoothing = 0)
    {
        var generator = new Network(100, new Dense(100, 256), new ReLU(), new Dense(256, 784), new Sigmoid()).Initialise(Initialisation.HeNormal, 1);
        var discriminator = new Network(784, new Dense(784, 256), new LeakyReLU(0.2f), new Dropout(0.3, 5), new Dense(256, 1)).Initialise(Initialisation.HeNormal, 2);
        return new(generator, discriminator, new Adam(2e-4, 0.5), new Momentum(0.01))
        {
            DiscriminatorSteps = k,
            LabelSmoothing = smoothing,
            Seed = 3,
            GeneratorAverage = new WeightAverage(generator),
        };
    }

    public static (double Mean, double Deviation) Moments(Tensor samples)
    {
        var mean = samples.Data.Average(x => (double)x);
        return (mean, Math.Sqrt(samples.Data.Average(x => (x - mean) * (x - mean))));
    }

    public static Tensor Column(IEnumerable<double> x)
    {
        float[] data = [.. x.Select(value => (float)value)];
        return Tensor.From(data, data.Length, 1);
    }

    public static float[] Weights(GenerativeAdversarialNetwork gan) =>
        [.. gan.Generator.Parameters.Concat(gan.Discriminator.Parameters).SelectMany(parameter => parameter.Value.Data)];
}
