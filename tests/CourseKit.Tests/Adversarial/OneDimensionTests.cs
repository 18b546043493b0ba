namespace CourseKit.Tests.Adversarial;

/// <summary>The game on a line, where every density is known: what theory says of its end, and of D for a fixed G.</summary>
public class OneDimensionTests
{
    private const int Iterations = 6000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void At_the_end_D_is_a_half_V_is_minus_log_4_and_G_has_the_datas_moments(int seed)
    {
        var gan = Games.OnTheLine(seed, Iterations);
        var history = gan.Train(Games.Line, Iterations);
        Assert.Equal(AdversarialStopReason.IterationLimit, history.Reason);
        var central = Games.Column(Enumerable.Range(0, 91).Select(i => MathNet.Numerics.Distributions.Normal.InvCDF(4, 0.5, 0.05 + 0.01 * i)));
        Assert.All(gan.Discriminate(central), D => Assert.InRange(D, 0.4, 0.6));
        Assert.InRange(history.Recent(500).V, -Math.Log(4) - 0.1, -Math.Log(4) + 0.1);
        var (mean, deviation) = Games.Moments(gan.Sample(20_000, seed: 99, averaged: true));
        Assert.InRange(mean, 4 * 0.95, 4 * 1.05);
        Assert.InRange(deviation, 0.5 * 0.95, 0.5 * 1.05);
        Assert.InRange(mean * mean + deviation * deviation, 16.25 * 0.95, 16.25 * 1.05);
    }

    [Theory]
    [InlineData(1, 3.0, 1.0)]
    [InlineData(2, 4.5, 0.5)]
    [InlineData(3, 5.0, 0.8)]
    public void For_a_fixed_G_the_trained_D_is_the_best_one(int seed, double mean, double deviation)
    {
        // G(z) = deviation z + mean: its density is known, and only D learns.
        var line = new Dense(Tensor.From([(float)deviation], 1, 1), Tensor.From([(float)mean], 1));
        var discriminator = new Network(1, new Dense(1, 16), new Tanh(), new Dense(16, 16), new Tanh(), new Dense(16, 1))
            .Initialise(Initialisation.XavierNormal, seed);
        const int updates = 3000;
        var gan = new GenerativeAdversarialNetwork(new Network(1, line), discriminator, new Adam(0.0), new Adam(LearningRate.Cosine(0.01, updates, 1e-4)));
        var random = new RandomSource(seed);
        var (x, z, values) = (new Tensor(500, 1), new Tensor(500, 1), new List<double>());
        for (var update = 0; update < updates; update++)
        {
            Games.Line.Fill(x, random);
            random.FillNormal(z.Span);
            values.Add(-gan.StepDiscriminator(x, z));
        }

        var pG = MixtureDensity.Gaussian(mean, deviation);
        double[] places = [.. Enumerable.Range(0, 400).Select(i => 1 + 0.02 * i).Where(at => Games.Line.Density(at) + pG.Density(at) > 0.02)];
        Assert.True(places.Length > 100);
        foreach (var (at, D) in places.Zip(gan.Discriminate(Games.Column(places))))
            Assert.InRange(D, Best(at) - 0.05, Best(at) + 0.05);

        // And V is then -log 4 + 2 JSD.
        var value = -Math.Log(4) + 2 * OptimalDiscriminator.JensenShannon(at => Games.Line.Density(at), at => pG.Density(at), -4, 12);
        Assert.InRange(values.TakeLast(1000).Average(), value - 0.02, value + 0.02);

        double Best(double at) => OptimalDiscriminator.At(Games.Line.Density(at), pG.Density(at));
    }

    [Fact]
    public void Label_smoothing_lowers_the_best_D_by_its_share()
    {
        var gan = new GenerativeAdversarialNetwork(
            new Network(1, new Dense(Tensor.From([0.5f], 1, 1), Tensor.From([4f], 1))),
            new Network(1, new Dense(1, 8), new Tanh(), new Dense(8, 1)).Initialise(Initialisation.XavierNormal, 1),
            new Adam(0.0), new Adam(LearningRate.Cosine(0.01, 2000, 1e-4)))
        { LabelSmoothing = 0.2f };
        var random = new RandomSource(1);
        var (x, z) = (new Tensor(500, 1), new Tensor(500, 1));
        for (var update = 0; update < 2000; update++)
        {
            Games.Line.Fill(x, random);
            random.FillNormal(z.Span);
            gan.StepDiscriminator(x, z);
        }

        // p_g = p_data, hence D* = (1 - 0.2) / 2.
        Assert.All(gan.Discriminate(Games.Column([3.5, 4, 4.5])), D => Assert.InRange(D, 0.37, 0.43));
        Assert.InRange(gan.V, Math.Log(0.4) + Math.Log(0.6) - 0.05, Math.Log(0.4) + Math.Log(0.6) + 0.05);
    }

    [Fact]
    public void Theory_agrees_with_itself()
    {
        var p = MixtureDensity.Gaussian(0, 1);
        Assert.Equal(0, OptimalDiscriminator.JensenShannon(x => p.Density(x), x => p.Density(x), -9, 9), 1e-9);
        var far = MixtureDensity.Gaussian(100, 1);
        Assert.Equal(Math.Log(2), OptimalDiscriminator.JensenShannon(x => p.Density(x), x => far.Density(x), -9, 110), 1e-6);

        // Where the bells meet far out in their tails, D* rounds to 1 and 1 - D* to 0: no logarithm of that is taken.
        for (var mean = 0.5; mean < 45; mean += 0.5)
            Assert.InRange(OptimalDiscriminator.JensenShannon(x => p.Density(x), x => MixtureDensity.Gaussian(mean, 1).Density(x), -9, 60), 0, Math.Log(2) + 1e-9);

        // No other D gets a higher value than D*.
        var q = MixtureDensity.Gaussian(1, 2);
        double V(double shift) => OptimalDiscriminator.Value(
            x => 1 / (1 + Math.Exp(-(Math.Log(p.Density(x) / q.Density(x)) + shift))), x => p.Density(x), x => q.Density(x), -12, 13);
        Assert.True(V(0) > V(0.3) && V(0) > V(-0.3));
        Assert.Equal(0.5, OptimalDiscriminator.At(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => OptimalDiscriminator.At(-1, 0));

        // An answer that is no probability, or a density that is none, is no value of the game; where neither density reaches, any answer is as good.
        foreach (var answer in new[] { -0.1, 1.1, double.NaN })
            Assert.Throws<ArgumentOutOfRangeException>(() => OptimalDiscriminator.Value(_ => answer, x => p.Density(x), x => q.Density(x), -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => OptimalDiscriminator.Value(_ => 0.5, _ => -1, _ => 1, 0, 1));
        Assert.Equal(0, OptimalDiscriminator.Value(_ => double.NaN, _ => 0, _ => 0, 0, 1));
    }
}
