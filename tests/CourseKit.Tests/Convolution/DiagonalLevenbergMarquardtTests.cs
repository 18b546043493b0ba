namespace CourseKit.Tests.Convolution;

public class DiagonalLevenbergMarquardtTests
{
    [Fact]
    public void A_step_is_the_gradient_over_mu_and_curvature()
    {
        var network = new Network(2, new Dense(Tensor.From([1, 2], 1, 2), Tensor.From([0], 1)));
        var optimiser = new DiagonalLevenbergMarquardt(0.1, mu: 0.5f);
        optimiser.Estimate(network, new HalfSquaredError(), Tensor.From([1, 2, 3, 4], 2, 2)); // means of x²: 5 and 10; of the bias: 1
        Assert.Equal([1 / 5.5f, 1 / 10.5f], optimiser.StepSizes[0].Data);
        Assert.Equal([1 / 1.5f], optimiser.StepSizes[1].Data);
        Tensor.From([11, 21], 1, 2).Span.CopyTo(network.Parameters[0].Gradient.Span);
        network.Parameters[1].Gradient.Data[0] = 3;
        optimiser.Step(network.Parameters);
        Assert.Equal(1 - 0.1 * 11 / 5.5, network.Parameters[0].Value.Data[0], 1e-6);
        Assert.Equal(2 - 0.1 * 21 / 10.5, network.Parameters[0].Value.Data[1], 1e-6);
        Assert.Equal(-0.1 * 3 / 1.5, network.Parameters[1].Value.Data[0], 1e-6);
    }

    [Fact]
    public void Inputs_of_very_different_size_hold_it_up_less_than_one_rate_for_all()
    {
        // y = 0.01 x1 + x2 with x1 about 100 times x2: the gradient along w1 is 10,000 times as steep.
        var random = new RandomSource(1);
        var (x, t) = (new Tensor(50, 2), new Tensor(50, 1));
        for (var n = 0; n < 50; n++)
        {
            (x[n, 0], x[n, 1]) = ((float)(100 * random.NextNormal()), (float)random.NextNormal());
            t[n, 0] = 0.01f * x[n, 0] + x[n, 1];
        }

        double Learn(Func<Network, Optimiser> make)
        {
            var network = new Network(2, new Dense(2, 1));
            var trainer = new Trainer(network, new HalfSquaredError(), make(network));
            for (var step = 0; step < 100; step++)
                trainer.Step(x, t);
            return Math.Abs(network.Parameters[0].Value[0, 1] - 1);
        }

        Assert.InRange(Learn(network =>
        {
            var optimiser = new DiagonalLevenbergMarquardt(0.5);
            optimiser.Estimate(network, new HalfSquaredError(), x);
            return optimiser;
        }), 0, 1e-3);
        Assert.InRange(Learn(_ => new GradientDescent(1e-4)), 0.9, 1.1); // the largest rate that w1 bears, nearly
    }

    [Fact]
    public void LeNet5_learns_the_courses_digits_by_it()
    {
        var digits = StrokeDigits.Generate(1000, seed: 1);
        var (network, loss, x) = (LeNet5.Create(1), new RadialBasisLoss(), LeNet5.Frame(digits.Inputs));
        var sample = new Examples(x, digits.Labels).Slice(0, 100).Inputs;
        var optimiser = new DiagonalLevenbergMarquardt(0.0005);
        optimiser.Estimate(network, loss, sample);
        var trainer = new Trainer(network, loss, optimiser) { Epochs = 4, BatchSize = 4, EpochEnded = _ => optimiser.Estimate(network, loss, sample) };
        var history = trainer.Train(new Examples(x, digits.Labels));
        Assert.Equal(StopReason.EpochLimit, history.Reason);
        Assert.InRange(history.Epochs[^1].Error!.Value, 0, 0.2);
    }

    [Fact]
    public void Without_an_estimate_there_is_no_step()
    {
        var network = new Network(2, new Dense(2, 1));
        var optimiser = new DiagonalLevenbergMarquardt(0.1);
        Assert.Contains("call Estimate", Assert.Throws<InvalidOperationException>(() => optimiser.Step(network.Parameters)).Message);
        optimiser.Estimate(network, new HalfSquaredError(), new Tensor(1, 2));
        optimiser.Step(network.Parameters);
        optimiser.Reset();
        Assert.Contains("call Estimate", Assert.Throws<InvalidOperationException>(() => optimiser.Step(network.Parameters)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiagonalLevenbergMarquardt(0.1, mu: 0));
        var other = new Network(3, new Dense(3, 1));
        optimiser.Estimate(network, new HalfSquaredError(), new Tensor(1, 2));
        Assert.Contains("another network", Assert.Throws<InvalidOperationException>(() => optimiser.Estimate(other, new HalfSquaredError(), new Tensor(1, 3))).Message);
        var spoilt = new Network(2, new Dense(2, 2), new Dense(2, 1));
        spoilt.Parameters[2].Value.Data[0] = float.PositiveInfinity;
        Assert.Contains("along number 0 of dense1.W is", Assert.Throws<InvalidOperationException>(() => new DiagonalLevenbergMarquardt(0.1).Estimate(spoilt, new HalfSquaredError(), Tensor.From([1, 1], 1, 2))).Message);
    }
}
