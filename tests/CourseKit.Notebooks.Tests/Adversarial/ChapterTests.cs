using CourseKit.Testing;

namespace CourseKit.Notebooks.Tests.Adversarial;

/// <summary>What the prose of chapter 6 says in numbers, measured again with the calls and the seeds of its cells.</summary>
public class ChapterTests
{
    private static readonly MixtureDensity Data = MixtureDensity.Gaussian(4, 0.5);
    private static readonly MixtureDensity Ring = MixtureDensity.Ring(8, 2, 0.1);

    private static Network NewD(int seed) =>
        new Network(1, new Dense(1, 16), new Tanh(), new Dense(16, 16), new Tanh(), new Dense(16, 1)).Initialise(Initialisation.XavierNormal, seed);

    private static Tensor Row(double from, double to) =>
        Tensor.From([.. Enumerable.Range(0, 201).Select(i => (float)(from + (to - from) * i / 200))], 201, 1);

    private static GenerativeAdversarialNetwork Line(int seed, int iterations)
    {
        var G = new Network(1, new Dense(1, 16), new Softplus(), new Dense(16, 1)).Initialise(Initialisation.XavierNormal, seed);
        return new(
            G, NewD(seed + 100), new Adam(LearningRate.Cosine(1e-3, iterations, 1e-5), beta1: 0.5), new Adam(LearningRate.Cosine(1e-2, iterations, 1e-3), beta1: 0.5))
        { BatchSize = 128, Seed = seed, GeneratorAverage = new WeightAverage(G) };
    }

    private static ModeCoverage[] Play(GeneratorLoss loss, int noise)
    {
        Network Player(int inputs, int outputs, int seed) => new Network(
            inputs, new Dense(inputs, 64), new ReLU(), new Dense(64, 64), new ReLU(), new Dense(64, outputs)).Initialise(Initialisation.HeNormal, seed);
        return [.. Enumerable.Range(1, 5).AsParallel().AsOrdered().Select(seed =>
        {
            var game = new GenerativeAdversarialNetwork(Player(noise, 2, seed), Player(2, 1, seed + 100), new Adam(1e-3, 0.5), new Adam(1e-3, 0.5))
            { Loss = loss, BatchSize = 128, Seed = seed };
            game.Train(Ring, 4000);
            return ModeCoverage.Of(game.Sample(500, seed: 7), Ring);
        })];
    }

    [Fact]
    public void Parzens_window_and_the_mixture_come_within_a_few_hundredths_of_the_truth_and_60_bins_get_minus_infinity()
    {
        var hills = MixtureDensity.OnTheLine("two hills", (0.4, -2, 0.5), (0.6, 1, 1));
        var (seen, unseen) = (hills.Sample(200, seed: 1), hills.Sample(1000, seed: 2));
        var sigmas = ParzenWindow.Sigmas(0.02, 3, 40);
        var judged = hills.Sample(1000, seed: 3);
        var truth = judged.Data.Average(x => hills.LogDensity(x));
        var window = ParzenWindow.Choose(seen, unseen, sigmas);
        Assert.InRange(window.LogLikelihood(judged).Mean, truth - 0.05, truth);
        Assert.InRange(window.Sigma, 0.15, 0.5); // in the middle
        Assert.InRange(judged.Data.Average(x => ExpectationMaximisation.Fit(seen, 2, seed: 1).Mixture.LogDensity(x)), truth - 0.05, truth + 0.001);
        Assert.True(double.IsNegativeInfinity(new HistogramDensity(seen, -5, 5, 60).LogLikelihood(judged).Mean));

        // The samples themselves advise the smallest σ.
        var onSeen = ParzenWindow.Scores(seen, seen, sigmas).Select(score => score.Mean).ToArray();
        Assert.Equal(onSeen.OrderDescending(), onSeen);
    }

    [Fact]
    public void Of_the_three_discriminators_the_one_that_knows_where_the_data_are_scores_highest_below_the_best()
    {
        var (xs, zs) = (Data.Sample(100_000, seed: 1).Data, MixtureDensity.Gaussian().Sample(100_000, seed: 2).Data);
        var pG = MixtureDensity.Gaussian(3, 1);
        double Logistic(double s) => 1 / (1 + Math.Exp(-s));
        double V(Func<double, double> D) => xs.Average(x => Math.Log(D(x))) + zs.Average(z => Math.Log(1 - D(z + 3)));
        var (half, larger, near) = (V(_ => 0.5), V(x => Logistic(2 * (x - 3.4))), V(x => Logistic(1.5 - 2 * Math.Abs(x - 4))));
        var best = V(x => OptimalDiscriminator.At(Data.Density(x), pG.Density(x)));
        Assert.Equal(-Math.Log(4), half, 1e-9);
        Assert.True(half < larger && larger < near && near < best);
        Assert.Equal((-1.07, -1.02), (Math.Round(larger, 2), Math.Round(near, 2)));
        Assert.Equal(-Math.Log(4) + 2 * OptimalDiscriminator.JensenShannon(x => Data.Density(x), x => pG.Density(x), -8, 16), best, 0.01);
    }

    [Fact]
    public void The_learned_D_follows_the_best_one_to_within_a_few_hundredths()
    {
        var judge = new GenerativeAdversarialNetwork(
            new Network(1, new Dense(Tensor.From([1f], 1, 1), Tensor.From([3f], 1))), NewD(1), new Adam(0.0), new Adam(LearningRate.Cosine(0.01, 3000, 1e-4)));
        var random = new RandomSource(1);
        var (x, z) = (new Tensor(500, 1), new Tensor(500, 1));
        for (var update = 0; update < 3000; update++)
        {
            Data.Fill(x, random);
            random.FillNormal(z.Data);
            judge.StepDiscriminator(x, z);
        }

        var (pG, places) = (MixtureDensity.Gaussian(3, 1), Row(-1, 7));
        var apart = places.Data.Zip(judge.Discriminate(places)).Where(p => Data.Density(p.First) + pG.Density(p.First) > 0.02)
            .Max(p => Math.Abs(p.Second - OptimalDiscriminator.At(Data.Density(p.First), pG.Density(p.First))));
        Assert.InRange(apart, 0, 0.05);
    }

    [Fact]
    public void Far_from_the_data_the_value_is_flat_and_the_wide_bell_still_has_a_slope()
    {
        double ValueAt(double mean, double deviation) => -Math.Log(4) + 2 * OptimalDiscriminator.JensenShannon(
            x => Data.Density(x), x => MixtureDensity.Gaussian(mean, deviation).Density(x), -8, 16);
        Assert.Equal(-Math.Log(4), ValueAt(4, 0.5), 1e-6);
        Assert.InRange(ValueAt(0.5, 0.5) - ValueAt(1, 0.5), 0, 0.02);
        Assert.True(ValueAt(0.5, 1.5) - ValueAt(1, 1.5) > 0.05);
        Assert.True(ValueAt(4, 1.5) > -1.1); // nowhere near the lowest line
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_game_on_the_line_ends_where_theory_says(int seed)
    {
        var game = Line(seed, 6000);
        game.Train(Data, 6000);
        var samples = game.Sample(20_000, seed: 99, averaged: true).Data;
        var mean = samples.Average(s => (double)s);
        Assert.Equal(4, mean, 0.05);
        Assert.Equal(0.5, Math.Sqrt(samples.Average(s => (s - mean) * (s - mean))), 0.02);
        Assert.All(game.Discriminate(Row(3.18, 4.82)), D => Assert.InRange(D, 0.45, 0.55));
        Assert.Equal(-Math.Log(4), game.History.Recent(500).V, 0.02);
    }

    [Fact]
    public void In_phase_c_the_arrows_move_towards_the_data()
    {
        var (game, random) = (Line(1, 6000), new RandomSource(3));
        var (x, z) = (new Tensor(128, 1), new Tensor(128, 1));
        var before = game.Sample(1000, seed: 1).Data.Average();
        for (var step = 0; step < 200; step++)
        {
            Data.Fill(x, random);
            random.FillNormal(z.Data);
            game.StepDiscriminator(x, z);
        }

        Assert.True(game.Discriminate(Tensor.From([4], 1, 1))[0] > 0.9 && game.Discriminate(Tensor.From([before], 1, 1))[0] < 0.1); // (b)
        for (var step = 0; step < 200; step++)
        {
            random.FillNormal(z.Data);
            game.StepGenerator(z);
        }

        Assert.True(game.Sample(1000, seed: 1).Data.Average() > before + 0.5); // (c)
    }

    [LongFact]
    public void On_the_ring_the_saturating_loss_lets_D_win_and_the_other_collapses_from_16_numbers_of_noise()
    {
        var saturating = Play(GeneratorLoss.Saturating, 16);
        var nonSaturating = Play(GeneratorLoss.NonSaturating, 16);
        Assert.All(saturating, c => Assert.InRange(c.HighQuality, 0, 0.2));
        Assert.All(nonSaturating, c => Assert.InRange(c.HighQuality, 0.6, 1));
        Assert.InRange(nonSaturating.Average(c => c.HighQuality), 0.75, 0.95);
        Assert.All(nonSaturating, c => Assert.InRange(c.Covered, 1, 5));
    }

    [LongFact]
    public void On_the_ring_both_losses_find_all_clouds_but_one_at_most_from_2_numbers_of_noise()
    {
        foreach (var loss in Enum.GetValues<GeneratorLoss>())
            Assert.All(Play(loss, 2), c =>
            {
                Assert.InRange(c.Covered, 7, 8);
                Assert.InRange(c.HighQuality, 0.7, 1);
            });
    }

    [Fact]
    public void The_lost_game_is_won_by_the_discriminator_over_samples_that_still_differ()
    {
        var weak = new Network(1, new Dense(1, 16), new Softplus(), new Dense(16, 1)).Initialise(Initialisation.XavierNormal, 1);
        var lost = new GenerativeAdversarialNetwork(weak, NewD(101), new Adam(1e-4), new Adam(1e-2))
        { Loss = GeneratorLoss.Saturating, BatchSize = 128, Seed = 1, Patience = 300 };
        var ended = lost.Train(MixtureDensity.Gaussian(8, 0.5), 4000);
        Assert.Equal(AdversarialStopReason.DiscriminatorWon, ended.Reason);
        Assert.InRange(ended.Steps.Count, 300, 600); // about a tenth of the 4,000 that were allowed
        var samples = lost.Sample(1000, seed: 1).Data;
        var mean = samples.Average();
        Assert.True(samples.Average(x => (x - mean) * (x - mean)) > 0.01 * 0.5 * 0.5); // a hundred times what counts as one point
    }

    [LongFact]
    public void The_made_digits_are_no_copies_and_stand_eighty_nats_above_the_mean_digit_and_below_the_reference() =>
        Assert.Equal(80, AboveTheMeanDigit(Digits.Load(seed: 1, train: 10_000, test: 2_000, drawn: true)), 15.0);

    [RealDataFact("mnist/train-images-idx3-ubyte.gz", isLong: true)]
    public void On_MNIST_it_is_a_hundred_nats() =>
        Assert.Equal(100, AboveTheMeanDigit(Digits.Load(seed: 1, train: 10_000, test: 2_000)), 15.0);

    private static double AboveTheMeanDigit(Digits digits)
    {
        var (train, test) = (digits.Train.Inputs.Reshape(10_000, 784), digits.Test.Inputs.Reshape(2_000, 784));
        var G = new Network(
            100, new Dense(100, 256), new BatchNorm(256), new ReLU(), new Dense(256, 256), new BatchNorm(256), new ReLU(), new Dense(256, 784), new Sigmoid())
            .Initialise(Initialisation.HeNormal, 1);
        var D = new Network(
            784, new InstanceNoise(0.2f, seed: 3), new Dense(784, 240), new LeakyReLU(0.2f), new Dropout(0.3, 4),
            new Dense(240, 240), new LeakyReLU(0.2f), new Dropout(0.3, 5), new Dense(240, 1)).Initialise(Initialisation.HeNormal, 2);
        var rate = LearningRate.Cosine(1e-3, 16 * 200, 1e-4);
        var writer = new GenerativeAdversarialNetwork(G, D, new Adam(rate, 0.5), new Adam(rate, 0.5)) { BatchSize = 50, Seed = 1, GeneratorAverage = new WeightAverage(G, 0.99) };
        writer.Train(train, 16 * 200);
        Tensor Part(Tensor all, int from, int count) => Tensor.From(all.Data[(from * 784)..((from + count) * 784)], count, 784);
        double Nearest(Tensor pictures) => NearestExamples.Find(pictures, train).Average(found => found.Distance);
        Assert.True(Nearest(writer.Sample(500, seed: 9, averaged: true)) > Nearest(Part(test, 0, 500)));
        var (validation, judged) = (Part(test, 0, 1000), Part(test, 1000, 1000));
        double Judge(Tensor samples) => ParzenWindow.Choose(samples, validation, ParzenWindow.Sigmas(0.1, 0.5, 20)).LogLikelihood(judged).Mean;
        var meanDigit = new Tensor(1, 784);
        for (var i = 0; i < train.Count; i++)
            meanDigit.Data[i % 784] += train.Data[i] / 10_000;
        var (reference, made, mean) = (Judge(Part(train, 0, 2000)), Judge(writer.Sample(2000, seed: 8, averaged: true)), Judge(meanDigit));
        Assert.True(made < reference - 100);
        return made - mean;
    }
}
