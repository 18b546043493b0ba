using CourseKit.Tests.FeedForward;

namespace CourseKit.Tests.Autoencoders;

public class BoltzmannTests
{
    private static Tensor Bits(int count, int d, int seed)
    {
        var random = new RandomSource(seed);
        return Tensor.From([.. Enumerable.Range(0, count * d).Select(i => random.NextDouble() < (i % d % 2 == 0 ? 0.8 : 0.3) ? 1f : 0f)], count, d);
    }

    /// <summary>All 2^d rows of bits.</summary>
    private static Tensor AllRows(int d) =>
        Tensor.From([.. Enumerable.Range(0, 1 << d).SelectMany(n => Enumerable.Range(0, d).Select(j => (float)(n >> j & 1)))], 1 << d, d);

    private static RestrictedBoltzmannMachine Small(int steps, int seed = 3)
    {
        var random = new RandomSource(seed);
        var (W, b, c) = (new Tensor(3, 4), new Tensor(4), new Tensor(3));
        random.FillNormal(W.Span, 0, 0.8f);
        random.FillNormal(b.Span, 0, 0.5f);
        random.FillNormal(c.Span, 0, 0.5f);
        return new(W, b, c, seed: 1) { Steps = steps, MeanFieldVisible = false };
    }

    /// <summary>The mean of -ln p(v) over the examples, by summing over all states.</summary>
    private static double NegativeLogLikelihood(RestrictedBoltzmannMachine machine, Tensor v)
    {
        var logZ = Math.Log(machine.FreeEnergy(AllRows(machine.Visible)).Sum(F => Math.Exp(-F)));
        return machine.FreeEnergy(v).Average() + logZ;
    }

    [Fact]
    public void The_free_energy_is_the_energy_summed_over_all_hidden_states()
    {
        var machine = Small(1);
        var (rows, hidden) = (AllRows(4), AllRows(3));
        var F = machine.FreeEnergy(rows);
        for (var n = 0; n < 16; n++)
        {
            var sum = 0.0;
            for (var m = 0; m < 8; m++)
            {
                var E = 0.0;
                for (var j = 0; j < 4; j++)
                    E -= machine.b.Value[j] * rows[n, j];
                for (var k = 0; k < 3; k++)
                {
                    E -= machine.c.Value[k] * hidden[m, k];
                    for (var j = 0; j < 4; j++)
                        E -= hidden[m, k] * machine.W.Value[k, j] * rows[n, j];
                }

                sum += Math.Exp(-E);
            }

            Assert.Equal(-Math.Log(sum), F[n], 1e-5);
        }
    }

    [Fact]
    public void With_many_steps_contrastive_divergence_is_the_gradient_of_the_likelihood()
    {
        var machine = Small(steps: 20);
        var v = Bits(40, 4, 2);
        var many = Tensor.From([.. Enumerable.Repeat(v.Data, 500).SelectMany(row => row)], 500 * 40, 4);
        machine.Contrast(many);
        foreach (var parameter in machine.Parameters)
            for (var i = 0; i < parameter.Value.Count; i++)
            {
                var (gradient, value) = (parameter.Gradient.Data[i], parameter.Value.Data[i]);
                parameter.Value.Data[i] = value + 0.01f;
                var above = NegativeLogLikelihood(machine, v);
                parameter.Value.Data[i] = value - 0.01f;
                var below = NegativeLogLikelihood(machine, v);
                parameter.Value.Data[i] = value;
                Assert.Equal((above - below) / 0.02, gradient, 0.015); // 20,000 chains: 0.0035 at one deviation
            }
    }

    [Fact]
    public void CD1_makes_the_data_likelier()
    {
        var machine = new RestrictedBoltzmannMachine(6, 8, seed: 1);
        var v = Bits(200, 6, 5);
        var before = NegativeLogLikelihood(machine, v);
        var errors = machine.Train(v, new Momentum(0.1), epochs: 100, batchSize: 20);
        var after = NegativeLogLikelihood(machine, v);
        Assert.Equal(100, errors.Count);
        Assert.True(errors[^1] < errors[0]);
        Assert.True(after < before - 0.3, $"{before} to {after}");
    }

    [Fact]
    public void Gaussian_visible_units_take_the_data_as_they_are()
    {
        var random = new RandomSource(1);
        var x = new Tensor(2000, 2);
        for (var n = 0; n < 2000; n++)
            (x[n, 0], x[n, 1]) = random.NextDouble() < 0.5 ? (2 + (float)random.NextNormal(), -1 + (float)random.NextNormal()) : (-2 + (float)random.NextNormal(), 1 + (float)random.NextNormal());
        var machine = new RestrictedBoltzmannMachine(2, 4, seed: 1, UnitKind.Gaussian) { MeanFieldVisible = false };
        machine.Train(x, new Momentum(0.01), epochs: 40, batchSize: 50);
        var dreamt = machine.Gibbs(x, 20);
        var centres = Enumerable.Range(0, 2000).Select(n => dreamt[n, 0]).ToArray();
        Assert.InRange(centres.Where(c => c > 0).Average(), 1.2, 2.8); // two heaps, where those of the data are
        Assert.InRange(centres.Where(c => c < 0).Average(), -2.8, -1.2);
        var F = machine.FreeEnergy(Tensor.From([2, -1, 0, 0, -2, 1, 2, 1], 4, 2));
        Assert.True(F[0] < F[1] && F[2] < F[1] && F[0] < F[3]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_step_allocates_nothing(int steps)
    {
        var machine = new RestrictedBoltzmannMachine(50, 30, seed: 1) { Steps = steps, MeanFieldVisible = false };
        var v = Bits(20, 50, 1);
        var optimiser = new Momentum(0.05) { WeightDecay = 1e-4f };
        void Step()
        {
            machine.Contrast(v);
            optimiser.Step(machine.Parameters);
        }

        Step();
        TrainerTests.AssertAllocatesNothing(Step);
    }

    [Fact]
    public void The_digits_a_net_dreams_of_are_less_surprising_to_it_than_noise()
    {
        var x = StrokeDigits.Generate(500, seed: 1).Inputs.Reshape(500, 784);
        var net = new DeepBeliefNetwork([784, 60, 40], seed: 1) { Epochs = 5 };
        Assert.Equal([5, 5], net.Pretrain(x).Select(errors => errors.Count));
        var noise = new Tensor(500, 784);
        new RandomSource(1).FillUniform(noise.Span);
        var dreams = net.Dream(x, steps: 20);
        Assert.Equal([500, 784], dreams.Shape.ToArray());
        Assert.True(net.Machines[0].FreeEnergy(dreams).Average() < net.Machines[0].FreeEnergy(noise).Average() - 100);
        Assert.Equal(net.Machines[1].Up(net.Machines[0].Up(x)).Data, net.Encode(x).Data);
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_given_and_what_is_expected()
    {
        void Refused(string part, Action action) => Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(action).Message);
        var machine = new RestrictedBoltzmannMachine(4, 3, seed: 1);
        Refused("shape 2x5 given, Nx4 expected", () => machine.Contrast(new Tensor(2, 5)));
        Refused("shape 2x4 given, Nx3 expected", () => machine.Down(new Tensor(2, 4)));
        Refused("an empty batch given", () => machine.Up(new Tensor(0, 4)));
        Refused("b of the Boltzmann machine: shape 3 given, 4 expected", () => new RestrictedBoltzmannMachine(new Tensor(3, 4), new Tensor(3), new Tensor(3), 1));
        Refused("0 to 1; 0 to 2 given. Standardised inputs want Gaussian", () => machine.Train(Tensor.From([0, 1, 2, 0], 1, 4), new Momentum(0.1), 1));
        Refused("0 to 1; 0 to 2 given. Standardised inputs want Gaussian", () => machine.Contrast(Tensor.From([0, 1, 2, 0], 1, 4)));
        Refused("at least 1 step", () => new RestrictedBoltzmannMachine(4, 3, 1) { Steps = 0 });
        Refused("visible", () => new RestrictedBoltzmannMachine(0, 3, 1));
        Refused("Sizes 784 given", () => new DeepBeliefNetwork([784], 1));
        Refused("layers 1 \u2026 1", () => new DeepBeliefNetwork([4, 3], 1).Encode(new Tensor(1, 4), 2));
        Assert.Throws<NotSupportedException>(() => new RestrictedBoltzmannMachine(4, 3, 1, hiddenUnits: UnitKind.Gaussian).FreeEnergy(new Tensor(1, 4)));
    }
}
