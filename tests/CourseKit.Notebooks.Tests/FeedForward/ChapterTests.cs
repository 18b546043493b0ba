using CourseKit.Testing;

namespace CourseKit.Notebooks.Tests.FeedForward;

/// <summary>What the prose of chapter 3 says in numbers, measured again with the calls and the seeds of its cells.</summary>
public class ChapterTests
{
    private static readonly Examples Xor = new(ToySets.Xor().Inputs, ToySets.Xor().Targets);

    private static (Network Network, bool Solved, double J) LearnXor(int hidden, int seed)
    {
        var network = new Network(2, new Dense(2, hidden), new Tanh(), new Dense(hidden, 1), new Sigmoid()).Initialise(Initialisation.XavierNormal, seed);
        var history = new Trainer(network, new HalfSquaredError(), new GradientDescent(1)) { Epochs = 1000, BatchSize = 4 }.Train(Xor);
        var answers = network.Forward(Xor.Inputs).Data;
        return (network, answers.Zip(Xor.Targets!.Data).All(pair => Math.Abs(pair.First - pair.Second) < 0.2), history.Epochs[^1].Loss);
    }

    [Fact]
    public void The_transposed_weights_give_058_and_090()
    {
        var network = new Network(
            2,
            new Dense(Tensor.From([1, -1, -2, 1], 2, 2), Tensor.From([1, 0], 2)), new Sigmoid(),
            new Dense(Tensor.From([2, -2, -1, -1], 2, 2), Tensor.From([0, 0], 2)), new Sigmoid(),
            new Dense(Tensor.From([3, -1, -1, 4], 2, 2), Tensor.From([-2, 2], 2)), new Sigmoid());
        var answer = network.Forward(Tensor.From([1, -1], 1, 2));
        Assert.Equal(0.58, answer[0, 0], 0.005);
        Assert.Equal(0.90, answer[0, 1], 0.005);
    }

    [Fact]
    public void The_error_terms_of_the_slides_network_shrink_thirty_to_a_hundredfold_on_the_way_back()
    {
        var network = new Network(
            2,
            new Dense(Tensor.From([1, -2, -1, 1], 2, 2), Tensor.From([1, 0], 2)), new Sigmoid(),
            new Dense(Tensor.From([2, -1, -2, -1], 2, 2), Tensor.From([0, 0], 2)), new Sigmoid(),
            new Dense(Tensor.From([3, -1, -1, 4], 2, 2), Tensor.From([-2, 2], 2)), new Sigmoid());
        var pass = new NetworkPass(network, Tensor.From([1, -1], 1, 2), new HalfSquaredError(), Tensor.From([1, 0], 1, 2));
        Assert.True(pass.delta[3][0, 0] < 0 && pass.delta[3][0, 1] > -pass.delta[3][0, 0]); // the lower output is the worse one
        var ratios = pass.delta[1].Data.Select(first => pass.delta[3].Data.Max(Math.Abs) / Math.Abs(first)).ToArray();
        Assert.InRange(ratios.Min(), 30, 120);
        Assert.InRange(ratios.Max(), 30, 120);
    }

    [Fact]
    public void Two_four_one_learns_Xor_from_every_seed_and_two_two_one_from_about_57_of_100()
    {
        var four = Enumerable.Range(1, 100).Select(seed => LearnXor(4, seed)).ToArray();
        Assert.Equal(100, four.Count(run => run.Solved));
        var two = Enumerable.Range(1, 100).Select(seed => LearnXor(2, seed)).ToArray();
        Assert.InRange(two.Count(run => run.Solved), 54, 60); // vectors of another width round otherwise
        var stuck = two.Where(run => !run.Solved).ToArray();
        var single = Assert.Single(stuck, run => run.J is not (> 1 / 16.0 and < 1.1 / 16));
        Assert.Equal(1 / 8.0, single.J, 0.001); // 0.5 to everything
    }

    [Fact]
    public void The_stuck_network_sees_two_samples_as_one()
    {
        var pass = new NetworkPass(LearnXor(2, seed: 2).Network, Xor.Inputs, new HalfSquaredError(), Xor.Targets!);
        for (var unit = 0; unit < 2; unit++)
        {
            Assert.True(Math.Abs(pass.a[1][2, unit]) > 0.99 && Math.Abs(pass.a[1][3, unit]) > 0.99); // saturated on [1, 0] and [1, 1]
            Assert.Equal(pass.a[1][2, unit], pass.a[1][3, unit], 0.01);
        }

        Assert.Equal(0.5, pass.a[2].Data[2], 0.01);
        Assert.Equal(0.5, pass.a[2].Data[3], 0.01);
        Assert.All(pass.GradientNorms(), norm => Assert.True(norm < 0.002));
    }

    [Fact]
    public void The_outer_turns_of_the_spirals_are_learned_first()
    {
        var spirals = ToySets.Spirals(300, seed: 1, turns: 1.0);
        var network = new Network(2, new Dense(2, 24), new Tanh(), new Dense(24, 24), new Tanh(), new Dense(24, 1), new Sigmoid()).Initialise(Initialisation.XavierNormal, seed: 1);
        var right = new List<(double Inner, double Outer)>();
        new Trainer(network, new BinaryCrossEntropy(), new Adam(0.01))
        {
            Epochs = 60, BatchSize = 30, Seed = 1,
            EpochEnded = _ =>
            {
                var answers = network.Forward(spirals.Inputs).Data;
                double Share(Func<double, bool> where) => Enumerable.Range(0, 300).Where(i => where(spirals.X.Row(i).L2Norm()))
                    .Average(i => answers[i] > 0.5 == spirals.y[i] > 0 ? 1.0 : 0);
                right.Add((Share(radius => radius < 0.5), Share(radius => radius >= 0.5)));
            },
        }.Train(new Examples(spirals.Inputs, spirals.Targets));
        Assert.All(right[3..10], share => Assert.True(share.Outer > 0.95 && share.Inner < 0.1));
        Assert.Equal((1.0, 1.0), right[^1]);
    }

    [LongFact]
    public void A_moderate_price_of_weights_is_best_on_fresh_samples()
    {
        var fresh = ToySets.Moons(2000, seed: 1000, noise: 0.3);
        double MeanError(double lambda) => Enumerable.Range(1, 5).Average(seed =>
        {
            var noisy = ToySets.Moons(60, seed, noise: 0.3);
            var network = new Network(2, new Dense(2, 40), new Tanh(), new Dense(40, 40), new Tanh(), new Dense(40, 1), new Sigmoid()).Initialise(Initialisation.XavierNormal, seed);
            new Trainer(network, new BinaryCrossEntropy(), new Adam(0.01), (float)lambda) { Epochs = 1000, BatchSize = 60, Seed = seed }
                .Train(new Examples(noisy.Inputs, noisy.Targets));
            var answers = network.Forward(fresh.Inputs).Data;
            return 100.0 * Enumerable.Range(0, fresh.Count).Count(i => answers[i] > 0.5 != fresh.y[i] > 0) / fresh.Count;
        });
        Assert.Equal(12.6, MeanError(0), 0.3);
        Assert.Equal(10.5, MeanError(0.003), 0.3);
        Assert.InRange(MeanError(0.01), 15, 17.5);
        Assert.InRange(MeanError(0.1), 15, 17.5);
        Assert.Equal(50, MeanError(0.3), 0.1);
    }

    [Fact]
    public void The_learning_rate_of_3_is_best_and_that_of_30_saturates_every_answer()
    {
        var moons = ToySets.Moons(300, seed: 1, noise: 0.15);
        double[] J = new double[4];
        Network network = null!;
        foreach (var (i, rate) in new[] { 0.03, 0.3, 3, 30 }.Index())
        {
            network = new Network(2, new Dense(2, 16), new Tanh(), new Dense(16, 1), new Sigmoid()).Initialise(Initialisation.XavierNormal, seed: 2);
            J[i] = new Trainer(network, new BinaryCrossEntropy(), new GradientDescent(rate)) { Epochs = 100, BatchSize = 30, Seed = 1 }
                .Train(new Examples(moons.Inputs, moons.Targets)).Epochs[^1].Loss;
        }

        Assert.True(J[2] < J[1] && J[1] < J[0] && J[0] < J[3]);
        Assert.Equal(50, J[3], 1e-3);
        Assert.All(network.Forward(moons.Inputs).Data, answer => Assert.Equal(1f, answer));
    }

    [Fact]
    public void Momentum_ends_in_the_right_valley_and_the_others_in_the_left()
    {
        var x = Tensor.From([.. Enumerable.Range(-10, 21).Select(i => 0.2f * i)], 21, 1);
        var t = Tensor.From([.. x.Data.Select(v => (float)Math.Tanh(2 * v))], 21, 1);
        (double W1, double[] J) Walk(Optimiser rule)
        {
            var two = new Network(1, new Dense(1, 1), new Tanh(), new Dense(1, 1));
            two.Parameters[1].IsFrozen = two.Parameters[3].IsFrozen = true;
            (two.Parameters[0].Value[0, 0], two.Parameters[2].Value[0, 0]) = (1f, -1.5f);
            var trainer = new Trainer(two, new HalfSquaredError(), rule);
            double[] J = [.. Enumerable.Range(0, 101).Select(_ => trainer.Step(x, t))];
            return (two.Parameters[0].Value[0, 0], J);
        }

        var walks = new[] { Walk(new Momentum(0.1, 0.9f)), Walk(new Adam(0.1)), Walk(new Nesterov(0.1, 0.9f)), Walk(new RMSprop(0.05, 0.9f)), Walk(new GradientDescent(0.1)) };
        Assert.Equal([24, 36, 53, 66, 71], walks.Select(walk => Array.FindIndex(walk.J, J => J < 0.01)));
        Assert.Equal([1, -1, -1, -1, -1], walks.Select(walk => Math.Sign(walk.W1)));
        Assert.Equal(walks[^1].J[100], walks.Max(walk => walk.J[100]));
    }

    [Fact]
    public void The_gradient_vanishes_with_sigmoid_at_depth_10_and_not_with_tanh_or_ReLU()
    {
        static double Shrink(Func<Layer> f, Initialisation start, int seed)
        {
            var clouds = ToySets.Blobs(200, seed: 1, classes: 10, d: 64);
            var norms = new NetworkPass(Deep(f, start, 10, seed), clouds.Inputs, new SoftmaxCrossEntropy(), clouds.OneHot()).GradientNorms();
            return norms[^1] / norms[0];
        }

        for (var seed = 1; seed <= 5; seed++)
        {
            var (sigmoid, relu) = (Shrink(() => new Sigmoid(), Initialisation.XavierNormal, seed), Shrink(() => new ReLU(), Initialisation.HeNormal, seed));
            Assert.True(sigmoid > 8e4, $"seed {seed}: {sigmoid}");
            Assert.True(sigmoid / relu > 1e4, $"seed {seed}: {sigmoid / relu}");
            Assert.InRange(relu, 0.2, 5);
            Assert.InRange(Shrink(() => new Tanh(), Initialisation.XavierNormal, seed), 0.2, 5);
        }
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(5, false)]
    [InlineData(10, false)]
    public void Deep_sigmoid_networks_stay_at_guessing_and_ReLU_networks_learn(int layers, bool sigmoidLearns)
    {
        var clouds = ToySets.Blobs(200, seed: 1, classes: 10, d: 64);
        double Learn(Network network) =>
            new Trainer(network, new SoftmaxCrossEntropy(), new GradientDescent(0.1)) { Epochs = 40, BatchSize = 20, Seed = 1 }.Train(new Examples(clouds)).Epochs[^1].Loss;
        var sigmoid = Learn(Deep(() => new Sigmoid(), Initialisation.XavierNormal, layers, 1));
        if (sigmoidLearns)
            Assert.True(sigmoid < 0.1, $"{sigmoid}");
        else
            Assert.Equal(Math.Log(10), sigmoid, 0.06);
        Assert.True(Learn(Deep(() => new ReLU(), Initialisation.HeNormal, layers, 1)) < 0.05);
    }

    [LongFact]
    public void The_drawn_digits_are_read_above_97_per_cent()
    {
        var digits = Digits.Load(seed: 1, train: 20_000, test: 2_000, drawn: true);
        var reader = new Network([1, 28, 28], new Flatten(), new Dense(784, 300), new ReLU(), new Dense(300, 10)).Initialise(Initialisation.HeNormal, seed: 1);
        Assert.Equal(238_510, reader.ParameterCount);
        var teacher = new Trainer(reader, new SoftmaxCrossEntropy(), new Adam(LearningRate.Cosine(0.002, updates: 8 * 20_000 / 64))) { Epochs = 8, BatchSize = 64, Seed = 1 };
        var last = teacher.Train(new Examples(digits.Train), new Examples(digits.Test)).Epochs[^1];
        Assert.InRange(last.ValidationError!.Value, 0.01, 0.03);
        Assert.True(last.Error < 0.005);
    }

    [RealDataFact("mnist/train-images-idx3-ubyte.gz", isLong: true)]
    public void The_same_cell_reads_MNIST_where_it_is_installed()
    {
        var digits = Digits.Load(seed: 1, train: 20_000, test: 2_000);
        Assert.True(digits.IsMnist);
        var reader = new Network([1, 28, 28], new Flatten(), new Dense(784, 300), new ReLU(), new Dense(300, 10)).Initialise(Initialisation.HeNormal, seed: 1);
        var teacher = new Trainer(reader, new SoftmaxCrossEntropy(), new Adam(LearningRate.Cosine(0.002, updates: 8 * 20_000 / 64))) { Epochs = 8, BatchSize = 64, Seed = 1 };
        Assert.InRange(teacher.Train(new Examples(digits.Train), new Examples(digits.Test)).Epochs[^1].ValidationError!.Value, 0.005, 0.03);
    }

    private static Network Deep(Func<Layer> f, Initialisation start, int depth, int seed) => new Network(
        64, [.. Enumerable.Range(1, depth - 1).SelectMany(_ => new[] { new Dense(64, 64), f() }), new Dense(64, 10)]).Initialise(start, seed);
}
