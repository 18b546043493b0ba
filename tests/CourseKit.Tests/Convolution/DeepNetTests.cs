namespace CourseKit.Tests.Convolution;

public class DeepNetTests
{
    [Fact]
    public void Thirty_plain_layers_learn_worse_than_eight_and_thirty_with_ways_past_them_do_not()
    {
        var digits = StrokeDigits.Generate(2000, seed: 1);
        var examples = new Examples(new AveragePool(4).Forward(digits.Inputs), digits.Labels);
        double Loss(int layers, bool residual, int seed)
        {
            var losses = new List<double>();
            var network = DeepNet.Create([1, 7, 7], layers, residual, classes: 10, seed, maps: 6);
            var trainer = new Trainer(network, new SoftmaxCrossEntropy(), new Momentum(0.02)) { BatchSize = 32, Epochs = 4, Seed = seed, StepEnded = (_, J) => losses.Add(J) };
            trainer.Train(examples);
            return losses[^50..].Average();
        }

        for (var seed = 1; seed <= 3; seed++)
        {
            var (plain, residual, shallow) = (Loss(30, false, seed), Loss(30, true, seed), Loss(8, false, seed));
            Assert.True(plain > residual + 0.4, $"seed {seed}: 30 layers, plain {plain}, residual {residual}");
            Assert.True(plain > shallow + 0.4, $"seed {seed}: plain, 30 layers {plain}, 8 layers {shallow}");
        }
    }

    [Fact]
    public void Both_forms_have_the_same_parameters_and_start_from_the_same_numbers()
    {
        var (plain, residual) = (DeepNet.Create([1, 7, 7], 30, false, 10, seed: 5), DeepNet.Create([1, 7, 7], 30, true, 10, seed: 5));
        Assert.Equal(30, plain.Parameters.Count(parameter => parameter.IsWeight));
        Assert.Equal(plain.Parameters.Select(parameter => parameter.Value.Data), residual.Parameters.Select(parameter => parameter.Value.Data));
        Assert.NotEqual(plain.Parameters[0].Value.Data, DeepNet.Create([1, 7, 7], 30, false, 10, seed: 6).Parameters[0].Value.Data);
        Assert.Equal(14, residual.Layers.OfType<Residual>().Count());
        Assert.Empty(plain.Layers.OfType<Residual>());
    }

    [Fact]
    public void What_makes_no_such_network_is_refused()
    {
        Assert.Contains("7 layers given", Assert.Throws<ArgumentException>(() => DeepNet.Create([1, 7, 7], 7, false, 10, 1)).Message);
        Assert.Contains("shape 49 given", Assert.Throws<ArgumentException>(() => DeepNet.Create([49], 8, false, 10, 1)).Message);
        Assert.Contains("shape 1x7x8 given", Assert.Throws<ArgumentException>(() => DeepNet.Create([1, 7, 8], 8, false, 10, 1)).Message);
    }
}
