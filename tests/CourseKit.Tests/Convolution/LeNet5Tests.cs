using CourseKit.Tests.FeedForward;

namespace CourseKit.Tests.Convolution;

[Collection("Threads")]
public class LeNet5Tests
{
    [Fact]
    public void Parameters_and_connections_are_those_of_the_paper()
    {
        var network = LeNet5.Create(1);
        var learning = network.Rows.Where(row => row.Connections > 0).ToArray();
        Assert.Equal([156, 12, 1516, 32, 48120, 10164, 0], learning.Select(row => row.Parameters));
        Assert.Equal([122304, 5880, 151600, 2000, 48120, 10164, 840], learning.Select(row => row.Connections));
        Assert.Equal(60_000, network.ParameterCount);
        Assert.Equal(340_908, network.ConnectionCount([1, 32, 32]));
        Assert.Equal([10], network.OutputExtents.ToArray());
        Assert.Matches(@"total +60,000 +340,908$", network.ToString());
        Assert.Contains("6x28x28", network.ToString());
        Assert.Contains("60 of 96 connected", network.ToString());
    }

    [Fact]
    public void The_table_of_C3_is_the_slides()
    {
        Assert.Equal(60, ConnectionTable.LeNet5.Count);
        Assert.Equal(
            """
            X . . . X X X . . X X X X . X X
            X X . . . X X X . . X X X X . X
            X X X . . . X X X . . X . X X X
            . X X X . . X X X X . . X . X X
            . . X X X . . X X X X . X X . X
            . . . X X X . . X X X X . X X X
            """.ReplaceLineEndings("\n"),
            ConnectionTable.LeNet5.ToString());
    }

    [Fact]
    public void The_pictures_of_the_digits_are_apart()
    {
        var targets = LeNet5.Targets();
        Assert.Equal([10, 84], targets.Shape.ToArray());
        Assert.All(targets.Data, pixel => Assert.True(pixel is 1 or -1));
        var distances = new RadialBasis(targets).Forward(targets);
        for (var k = 0; k < 10; k++)
            for (var other = 0; other < 10; other++)
                Assert.InRange(distances[k, other], k == other ? 0 : 12, k == other ? 0 : 84 * 4);
    }

    [Fact]
    public void Images_are_framed_by_paper()
    {
        var images = new Tensor(2, 1, 28, 28);
        images.Span.Fill(1);
        var framed = LeNet5.Frame(images);
        Assert.Equal([2, 1, 32, 32], framed.Shape.ToArray());
        Assert.Equal(2 * 784, framed.Data.Count(pixel => pixel == LeNet5.Ink));
        Assert.Equal(2 * 240, framed.Data.Count(pixel => pixel == LeNet5.Paper));
        Assert.Equal((LeNet5.Paper, LeNet5.Ink, LeNet5.Ink, LeNet5.Paper), (framed[1, 0, 1, 16], framed[1, 0, 2, 2], framed[1, 0, 29, 29], framed[1, 0, 16, 30]));
        Assert.Contains("at most 32x32; 33x33 given", Assert.Throws<ArgumentException>(() => LeNet5.Frame(new Tensor(1, 1, 33, 33))).Message);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_with_1_2_and_5_threads()
    {
        var once = Learn(1);
        Assert.Equal(once, Learn(1));
        Assert.Equal(once, Learn(2));
        Assert.Equal(once, Learn(5));
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var x = new Tensor(9, 1, 32, 32);
        new RandomSource(1).FillNormal(x.Span);
        int[] labels = [0, 1, 2, 3, 4, 5, 6, 7, 8];
        foreach (var threads in new[] { 1, 2 })
        {
            using var limit = Workers.Limit(threads);
            var trainer = new Trainer(LeNet5.Create(1), new RadialBasisLoss(), new Momentum(0.001));
            trainer.Step(x, labels);
            TrainerTests.AssertAllocatesNothing(() => trainer.Step(x, labels));
        }
    }

    [Fact]
    public void Other_layers_of_the_chapter_allocate_nothing_either()
    {
        var network = new Network(
            [3, 8, 8],
            new Conv2D(3, 4, 3, stride: 1, padding: 1), new BatchNorm(4), new ReLU(), new MaxPool(3, 1), new AveragePool(2), new Dropout(0.3, 1),
            new Residual(new Conv2D(4, 4, 3, padding: 1), new Tanh()), new Flatten(), new Reshape(4, 9), new Conv1D(4, 2, 3), new Flatten(), new Dense(14, 3)).Initialise(Initialisation.HeNormal, 1);
        var x = new Tensor(5, 3, 8, 8);
        new RandomSource(1).FillNormal(x.Span);
        int[] labels = [0, 1, 2, 0, 1];
        var trainer = new Trainer(network, new SoftmaxCrossEntropy(), new Momentum(0.001));
        trainer.Step(x, labels);
        TrainerTests.AssertAllocatesNothing(() => trainer.Step(x, labels));
    }

    [Fact]
    public void It_learns_the_courses_digits()
    {
        var digits = StrokeDigits.Generate(600, seed: 1, size: 28);
        var examples = new Examples(LeNet5.Frame(digits.Inputs), digits.Labels);
        var trainer = new Trainer(LeNet5.Create(1), new RadialBasisLoss(), new Momentum(0.001)) { Epochs = 8, BatchSize = 10 };
        var history = trainer.Train(examples);
        Assert.Equal(StopReason.EpochLimit, history.Reason);
        Assert.InRange(trainer.Evaluate(examples).Error!.Value, 0, 0.1);
    }

    private static float[] Learn(int threads)
    {
        using var limit = Workers.Limit(threads);
        var random = new RandomSource(1);
        var x = new Tensor(75, 1, 32, 32);
        random.FillNormal(x.Span);
        var examples = new Examples(x, [.. Enumerable.Range(0, 75).Select(_ => random.NextInt(10))]);
        var network = LeNet5.Create(1);
        new Trainer(network, new RadialBasisLoss(), new Momentum(0.0005)) { Epochs = 2, BatchSize = 32 }.Train(examples);
        return [.. network.Parameters.SelectMany(parameter => parameter.Value.Data)];
    }
}
