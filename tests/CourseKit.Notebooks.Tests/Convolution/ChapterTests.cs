using CourseKit.Testing;

namespace CourseKit.Notebooks.Tests.Convolution;

/// <summary>What the prose of chapter 4 says in numbers, measured again with the calls and the seeds of its cells.</summary>
public class ChapterTests
{
    [Fact]
    public void Of_three_moving_averages_that_over_15_is_nearest_to_the_wave()
    {
        var random = new RandomSource(1);
        double[] wave = [.. Enumerable.Range(0, 240).Select(t => Math.Sin(t / 18.0))];
        double[] noisy = [.. wave.Select(v => v + 0.5 * random.NextNormal())];
        double Off(int m) => Math.Sqrt(Convolution1D.ConvolveSame(noisy, Filters.MovingAverage(m)).Zip(wave, (a, b) => (a - b) * (a - b)).Average());
        Assert.InRange(Off(3), 0.25, 0.3); // more than half of the noise's 0.5
        Assert.Equal(0.14, Off(15), 0.005);
        Assert.InRange(Off(61), 0.25, 0.3);
    }

    [Fact]
    public void Twelve_ones_stay_ones_in_the_narrow_convolution_alone()
    {
        double[] ones = [.. Enumerable.Repeat(1.0, 12)];
        var f = Filters.MovingAverage(5);
        var (wide, same, narrow) = (Convolution1D.ConvolveWide(ones, f), Convolution1D.ConvolveSame(ones, f), Convolution1D.ConvolveNarrow(ones, f));
        Assert.Equal((16, 12, 8), (wide.Length, same.Length, narrow.Length));
        Assert.All(narrow, y => Assert.Equal(1, y, 1e-12));
        Assert.True(wide[0] < 0.3 && wide[^1] < 0.3 && same[0] < 0.7 && same[^1] < 0.7);
        Assert.Equal([1, 2, 3], Convolution1D.ConvolveSame([0, 0, 0, 0, 1, 0, 0, 0, 0], [1, 2, 3]).Where(y => y > 0));
        Assert.Equal([3, 2, 1], Convolution1D.CorrelateSame([0, 0, 0, 0, 1, 0, 0, 0, 0], [1, 2, 3]).Where(y => y > 0));
    }

    [Fact]
    public void The_parameters_are_as_many_as_the_text_counts()
    {
        Assert.Equal(1516, new Conv2D(6, 16, 5, table: ConnectionTable.LeNet5).ParameterCount);
        Assert.Equal(2416, new Conv2D(6, 16, 5).ParameterCount);
        Assert.Equal(156, new Conv2D(1, 6, 5).ParameterCount);
        Assert.Equal(4_821_600, new Dense(1024, 4704).ParameterCount);
        Assert.Equal([0, 4, 5], ConnectionTable.LeNet5.InputsOf(4).ToArray()); // round the corner
        Assert.Equal(7 * 12, LeNet5.Targets().Shape[1]);
        var rows = LeNet5.Create(1).Rows.Where(row => row.Connections > 0).ToArray();
        Assert.Equal((156, 122_304, 48_120, 48_120), ((int)rows[0].Parameters, (int)rows[0].Connections, (int)rows[4].Parameters, (int)rows[4].Connections));
        Assert.Equal(rows.Max(row => row.Parameters), rows[4].Parameters);
        Assert.Equal(rows.Max(row => row.Connections), rows[2].Connections);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 6)]
    [InlineData(5, 14)]
    [InlineData(7, 16)]
    [InlineData(9, 32)]
    public void A_unit_sees_as_many_pixels_as_computed(int layers, int rows)
    {
        var x = new Tensor(1, 1, 32, 32);
        new RandomSource(1).FillNormal(x.Span);
        var part = new Network([1, 32, 32], [.. LeNet5.Create(seed: 1).Layers.Take(layers)]);
        var delta = new Tensor(part.Forward(x).Shape);
        delta[0, 0, 0, 0] = 1;
        Assert.Equal(rows, part.Backward(delta).Reshape(32, 32).ToMatrix().EnumerateRows().Count(row => row.L2Norm() > 0));
    }

    [Fact]
    public void Pooling_forgives_a_shift_of_about_its_window()
    {
        var hundred = StrokeDigits.Generate(100, seed: 7).Inputs;
        Tensor Edges(int n, int shift)
        {
            var moved = new Tensor(28, 28);
            for (var i = 0; i < 28; i++)
                for (var j = shift; j < 28; j++)
                    moved[i, j] = hundred[n, 0, i, j - shift];
            var edges = Convolution2D.CorrelateSame(moved, Filters.SobelAcross);
            return Tensor.From([.. edges.Data.Select(Math.Abs)], 1, 1, 28, 28);
        }

        double Change(int shift, Layer? pool) => Enumerable.Range(0, 100).Average(n =>
        {
            var before = pool?.Forward(Edges(n, 0)).Clone() ?? Edges(n, 0);
            var after = pool?.Forward(Edges(n, shift)).Clone() ?? Edges(n, shift);
            return Math.Sqrt(after.Data.Zip(before.Data, (a, b) => (double)(a - b) * (a - b)).Sum() / before.Data.Sum(a => (double)a * a));
        });

        Layer?[] pools = [null, new AveragePool(2), new MaxPool(2), new MaxPool(3, 2)];
        double[] byOne = [0.77, 0.53, 0.45, 0.37];
        Assert.All(pools.Zip(byOne), pair => Assert.Equal(pair.Second, Change(1, pair.First), 0.006));
        Assert.All(pools, pool => Assert.True(Change(4, pool) > 0.9));
    }

    [LongFact]
    public void The_TDNN_learns_the_sounds_in_three_epochs_and_the_dense_network_takes_its_time()
    {
        var (tones, fresh) = (ToneSequences.Draw(2_000, seed: 1), ToneSequences.Draw(1_000, seed: 2));
        double[] Errors(Network network, int seed) =>
            [.. new Trainer(network, new SoftmaxCrossEntropy(), new Adam(0.002)) { Epochs = 12, Seed = seed }
                .Train(new Examples(tones), new Examples(fresh)).Epochs.Select(epoch => 100 * epoch.ValidationError!.Value)];
        static Network Tdnn(int seed) => new Network([1, 64],
            new Conv1D(1, 12, 9), new ReLU(), new Conv1D(12, 12, 9, stride: 2), new ReLU(), new Conv1D(12, 12, 9), new ReLU(), new Flatten(), new Dense(12 * 16, 4))
            .Initialise(Initialisation.HeNormal, seed);
        static Network DenseNet(int seed) => new Network([1, 64],
            new Flatten(), new Dense(64, 42), new ReLU(), new Dense(42, 20), new ReLU(), new Dense(20, 4)).Initialise(Initialisation.HeNormal, seed);
        Assert.InRange(Tdnn(1).ParameterCount, 3400, DenseNet(1).ParameterCount);
        var tdnn = Enumerable.Range(1, 3).Select(seed => Errors(Tdnn(seed), seed)).ToArray();
        var dense = Enumerable.Range(1, 3).Select(seed => Errors(DenseNet(seed), seed)).ToArray();
        Assert.InRange(tdnn.Average(run => run[2]), 0.5, 1.5); // vectors of another width round otherwise
        Assert.InRange(dense.Average(run => run[2]), 22, 26);
        Assert.InRange(tdnn.Average(run => run[11]), 0, 0.4);
        Assert.InRange(dense.Average(run => run[11]), 2.5, 3.5);
    }

    [Fact]
    public void Six_and_eight_have_the_closest_pictures()
    {
        var apart = new RadialBasis(LeNet5.Targets()).Forward(LeNet5.Targets());
        var pairs = Enumerable.Range(0, 10).SelectMany(i => Enumerable.Range(i + 1, 9 - i).Select(j => (i, j, Pixels: Math.Round(apart[i, j] / 4)))).OrderBy(pair => pair.Pixels).ToArray();
        Assert.Equal((6, 8, 8.0), pairs[0]);
        Assert.True(pairs[1].Pixels > 8);
    }

    [LongFact]
    public void LeNet5_reads_more_than_99_per_cent_of_the_drawn_digits_and_tolerates_more_than_a_dense_network()
    {
        const int epochs = 5;
        var digits = Digits.Load(seed: 1, train: 20_000, test: 2_000, drawn: true);
        var (paper, exam) = (new Examples(LeNet5.Frame(digits.Train.Inputs), digits.Train.Labels), new Examples(LeNet5.Frame(digits.Test.Inputs), digits.Test.Labels));
        var probe = digits.Test.Take(500);
        for (var seed = 1; seed <= 3; seed++)
        {
            var lenet = LeNet5.Create(seed);
            var rate = LearningRate.Cosine(0.006, epochs * 20_000 / 32).WithWarmUp(150);
            var teacher = new Trainer(lenet, new RadialBasisLoss(), new Momentum(rate) { WeightDecay = 1e-4f }) { Epochs = epochs, Seed = seed };
            teacher.Train(paper);
            var mlp = new Network([1, 28, 28], new Flatten(), new Dense(784, 75), new Tanh(), new Dense(75, 10)).Initialise(Initialisation.XavierNormal, seed);
            var school = new Trainer(mlp, new SoftmaxCrossEntropy(), new Adam(LearningRate.Cosine(0.003, epochs * 20_000 / 32))) { Epochs = epochs, Seed = seed };
            school.Train(new Examples(digits.Train));
            var wrong = 100 * teacher.Evaluate(exam).Error!.Value;
            Assert.InRange(wrong, 0.4, 0.9); // vectors of another width round otherwise
            Assert.InRange(100 * school.Evaluate(new Examples(digits.Test)).Error!.Value, 3.3, 4.7);
            double Lenet(Tensor images) => 100 * teacher.Evaluate(new Examples(LeNet5.Frame(images), probe.Labels)).Error!.Value;
            double Mlp(Tensor images) => 100 * school.Evaluate(new Examples(images, probe.Labels)).Error!.Value;
            var (three, seven) = (Moved(probe.Inputs, 3), Moved(probe.Inputs, 7));
            Assert.True(Lenet(three) < Mlp(three) / 2, $"seed {seed}: {Lenet(three)} and {Mlp(three)}");
            Assert.True(Lenet(seven) > 70 && Mlp(seven) > 70, $"seed {seed}: {Lenet(seven)} and {Mlp(seven)}");
            var bent = new Distortions { Rotation = 0, Scale = 0, Shear = 0, Shift = 0, Alpha = 40, Seed = 1 }.Apply(probe.Inputs);
            Assert.True(Lenet(bent) < Mlp(bent) - 10, $"seed {seed}: {Lenet(bent)} and {Mlp(bent)}");
            if (seed > 1)
                continue;
            Assert.InRange(wrong, 0.4, 0.7);
            Assert.InRange(Lenet(three), 8, 13);
            Assert.InRange(Mlp(three), 41, 47);
            Assert.InRange(Lenet(bent), 16, 23);
            Assert.InRange(Mlp(bent), 36, 43);
            Mistakes(lenet.Forward(exam.Inputs), digits.Test.Labels);
        }
    }

    /// <summary>Half of them between 1 and 7 or 4 and 9, all of them sure.</summary>
    private static void Mistakes(Tensor y, int[] labels)
    {
        var wrong = Enumerable.Range(0, labels.Length).Select(n => (Class: labels[n], Answer: Enumerable.Range(0, 10).MinBy(k => y[n, k]), Number: n))
            .Where(answer => answer.Class != answer.Answer).ToArray();
        int[][] alike = [[1, 7], [4, 9]];
        var between = wrong.Count(answer => alike.Any(pair => pair.Contains(answer.Class) && pair.Contains(answer.Answer)));
        Assert.InRange((double)between / wrong.Length, 0.4, 0.6);
        Assert.All(wrong, answer => Assert.True(1 / Enumerable.Range(0, 10).Sum(k => Math.Exp(y[answer.Number, answer.Answer] - y[answer.Number, k])) > 0.985));
    }

    private static Tensor Moved(Tensor images, int pixels)
    {
        var moved = new Tensor(images.Shape);
        for (var row = 0; row < images.Count / 28; row++)
            images.Data.AsSpan(row * 28, 28 - pixels).CopyTo(moved.Data.AsSpan(row * 28 + pixels));
        return moved;
    }

    [LongFact]
    public void Weights_used_at_many_places_get_short_steps_and_the_rule_learns_LeNet()
    {
        var digits = Digits.Load(seed: 1, train: 20_000, test: 2_000, drawn: true);
        var (paper, exam) = (new Examples(LeNet5.Frame(digits.Train.Inputs), digits.Train.Labels), new Examples(LeNet5.Frame(digits.Test.Inputs), digits.Test.Labels));
        var (young, loss, sample) = (LeNet5.Create(seed: 1), new RadialBasisLoss(), paper.Slice(0, 500).Inputs);
        var own = new DiagonalLevenbergMarquardt(0.001);
        own.Estimate(young, loss, sample);
        double Typical(int parameter) => Math.Exp(own.StepSizes[parameter].Data.Average(s => Math.Log(s)));
        Assert.Equal(6, Typical(8) / Typical(0), 0.5);
        Assert.Equal(4, Typical(10) / Typical(0), 0.5);
        double Learn(Optimiser rule, Network network, Action<EpochResult> after) =>
            100 * new Trainer(network, loss, rule) { Epochs = 5, BatchSize = 10, EpochEnded = after }.Train(paper.Slice(0, 4_000), exam).Epochs[^1].ValidationError!.Value;
        Assert.InRange(Learn(own, young, _ => own.Estimate(young, loss, sample)), 2, 4);
        Assert.InRange(Learn(new Momentum(0.001), LeNet5.Create(seed: 1), _ => { }), 1.4, 2.6);
    }

    [LongFact]
    public void Thirty_plain_layers_hardly_begin_and_thirty_with_ways_past_them_learn()
    {
        var strokes = StrokeDigits.Generate(2_000, seed: 1);
        var tiny = new Examples(new AveragePool(4).Forward(strokes.Inputs), strokes.Labels);
        double[] Descend(int layers, bool residual, int seed)
        {
            var losses = new List<double>();
            var network = DeepNet.Create([1, 7, 7], layers, residual, classes: 10, seed, maps: 6);
            new Trainer(network, new SoftmaxCrossEntropy(), new Momentum(0.02)) { Epochs = 4, Seed = seed, StepEnded = (_, j) => losses.Add(j) }.Train(tiny);
            return [.. losses.Take(250).Chunk(25).Select(chunk => chunk.Average())];
        }

        for (var seed = 1; seed <= 3; seed++)
        {
            Assert.InRange(Descend(30, false, seed)[^1], 1.8, 2.1);
            var residual = Descend(30, true, seed);
            Assert.InRange(residual[^1], 0.6, 0.9);
            Assert.True(residual[0] > Math.Log(10));
            Assert.InRange(Descend(8, false, seed)[^1], 0.7, 1.5);
            Assert.InRange(Descend(8, true, seed)[^1], 0.6, 1.5);
        }
    }
}
