using System.Globalization;

namespace CourseKit.Tests.FeedForward;

public class OptimiserTests
{
    private const int Steps = 12;

    /// <summary>The rules once more, for one number, in double precision.</summary>
    private static readonly Dictionary<string, (Func<Optimiser> Make, Func<double, double, double[], int, double> Next)> Rules = new()
    {
        ["GradientDescent"] = (() => new GradientDescent(0.1), (x, g, _, _) => x - 0.1 * g),
        ["Momentum"] = (() => new Momentum(0.1, 0.8f), (x, g, m, _) => x - 0.1 * (m[0] = 0.8 * m[0] + g)),
        ["Nesterov"] = (() => new Nesterov(0.1, 0.8f), (x, g, m, _) =>
        {
            m[0] = 0.8 * m[0] + g;
            return x - 0.1 * (g + 0.8 * m[0]);
        }),
        ["Adam"] = (() => new Adam(0.1, 0.8, 0.95), (x, g, m, t) =>
        {
            m[0] = 0.8 * m[0] + 0.2 * g;
            m[1] = 0.95 * m[1] + 0.05 * g * g;
            return x - 0.1 * (m[0] / (1 - Math.Pow(0.8, t))) / (Math.Sqrt(m[1] / (1 - Math.Pow(0.95, t))) + 1e-8);
        }),
        ["RMSprop"] = (() => new RMSprop(0.01, 0.9f), (x, g, m, _) => x - 0.01 * g / (Math.Sqrt(m[0] = 0.9 * m[0] + 0.1 * g * g) + 1e-8)),
    };

    public static TheoryData<string> Names => [.. Rules.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_rule_is_what_its_formula_says_at_every_length(string name)
    {
        var (make, next) = Rules[name];
        foreach (var count in new[] { 1, 3, 7, 8, 9, 16, 31, 100, 3000 })
        {
            var random = new RandomSource(count);
            var parameter = new Parameter("W", new Tensor(count));
            random.FillNormal(parameter.Value.Span);
            var wanted = parameter.Value.Data.Select(x => (double)x).ToArray();
            var memory = wanted.Select(_ => new double[2]).ToArray();
            var optimiser = make();
            for (var t = 1; t <= Steps; t++)
            {
                random.FillNormal(parameter.Gradient.Span);
                optimiser.Step([parameter]);
                for (var i = 0; i < count; i++)
                {
                    wanted[i] = next(wanted[i], parameter.Gradient.Data[i], memory[i], t);
                    Assert.Equal(wanted[i], parameter.Value.Data[i], 1e-5);
                }
            }

            Assert.Equal(Steps, optimiser.Updates);
        }
    }

    [Fact]
    public void A_step_that_is_refused_is_no_update()
    {
        var parameter = new Parameter("W", new Tensor(3)) { IsFrozen = true };
        Parameter[] parameters = [parameter];
        var adam = new Adam(0.1);
        Assert.Throws<InvalidOperationException>(() => adam.Step(parameters));
        Assert.Throws<InvalidOperationException>(() => adam.Step([]));
        Assert.Equal(0, adam.Updates);
        parameter.IsFrozen = false;
        adam.Reset();
        adam.Step(parameters);
        Assert.Equal(1, adam.Updates);
        var unready = new DiagonalLevenbergMarquardt(0.1);
        Assert.Throws<InvalidOperationException>(() => unready.Step(parameters)); // nothing is estimated yet
        Assert.Equal(0, unready.Updates);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_update_that_is_not_finite_is_not_made(string name)
    {
        foreach (var bad in new[] { float.NaN, float.PositiveInfinity })
        {
            var parameter = new Parameter("W", new Tensor(19));
            parameter.Value.Span.Fill(3);
            parameter.Gradient.Span.Fill(1);
            parameter.Gradient.Data[5] = parameter.Gradient.Data[17] = bad; // one in a register, one in the rest
            Assert.Contains("Update 1", Assert.Throws<DivergedException>(() => Rules[name].Make().Step([parameter])).Message);
            Assert.All(parameter.Value.Data, x => Assert.True(float.IsFinite(x)));
            Assert.Equal(3, parameter.Value.Data[5]);
            Assert.NotEqual(3, parameter.Value.Data[6]);
        }
    }

    /// <summary>Nor is what the rule remembers spoilt by it: the next finite gradient moves every number.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_gradient_too_large_to_remember_is_forgotten(string name)
    {
        foreach (var bad in new[] { float.NaN, float.PositiveInfinity, 3e38f })
        {
            var optimiser = Rules[name].Make();
            var parameter = new Parameter("W", new Tensor(19));
            parameter.Gradient.Span.Fill(1);
            parameter.Gradient.Data[5] = parameter.Gradient.Data[17] = bad;
            try
            {
                optimiser.Step([parameter]);
            }
            catch (DivergedException)
            {
                // As it should, where nothing else can be done; what counts is what comes after.
            }

            if (bad == 3e38f && (name is "GradientDescent" or "Momentum" or "Nesterov"))
                continue; // no square overflows there: a large step is what was asked for
            parameter.Value.Span.Clear();
            parameter.Gradient.Span.Fill(1);
            optimiser.Step([parameter]);
            Assert.All(parameter.Value.Data, x => Assert.InRange(x, -10, -1e-4f));
        }
    }

    [Fact]
    public void Weight_decay_spares_biases_unless_asked()
    {
        float[] After(bool isWeight, bool decayBiases)
        {
            var parameter = new Parameter("p", Tensor.From([2, -4], 2), isWeight);
            new GradientDescent(0.1) { WeightDecay = 0.5f, DecayBiases = decayBiases }.Step([parameter]);
            return parameter.Value.Data;
        }

        Assert.Equal([1.9f, -3.8f], After(isWeight: true, decayBiases: false));
        Assert.Equal([2, -4], After(isWeight: false, decayBiases: false));
        Assert.Equal([1.9f, -3.8f], After(isWeight: false, decayBiases: true));
    }

    [Fact]
    public void Schedules_run_as_they_say()
    {
        static float[] At(LearningRate rate, params long[] updates) => [.. updates.Select(rate.At)];
        Assert.Equal([0.5f, 0.5f], At(0.5, 0, 1_000_000));
        Assert.Equal([1, 1, 0.1f, 0.1f, 0.01f], At(LearningRate.Steps(1, 0.1, 10), 0, 9, 10, 19, 20));
        Assert.Equal([1, 0.1f, 0.01f], At(LearningRate.Exponential(1, 0.1, 10), 0, 10, 20));
        Assert.Equal([1, 0.55f, 0.1f, 0.1f], At(LearningRate.Cosine(1, 100, 0.1), 0, 50, 100, 500));
        Assert.Equal([0.25f, 0.5f, 0.75f, 1, 1, 0], At(LearningRate.Cosine(1, 100).WithWarmUp(4), 0, 1, 2, 3, 4, 104));
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            Assert.Equal("0.1, along a cosine to 0 over 100 updates, after 5 updates of warm-up", LearningRate.Cosine(0.1, 100).WithWarmUp(5).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_learning_rate_may_be_changed_between_steps()
    {
        var parameter = new Parameter("W", new Tensor(1));
        parameter.Gradient.Data[0] = 1;
        var optimiser = new GradientDescent(0.5);
        optimiser.Step([parameter]);
        optimiser.LearningRate = 0.25;
        optimiser.Step([parameter]);
        Assert.Equal(-0.75f, parameter.Value.Data[0]);
    }

    [Fact]
    public void Reset_forgets()
    {
        var parameter = new Parameter("W", new Tensor(1));
        parameter.Gradient.Data[0] = 1;
        var momentum = new Momentum(1, 0.5f);
        momentum.Step([parameter]);
        momentum.Step([parameter]);
        Assert.Equal(-2.5f, parameter.Value.Data[0]);
        momentum.Reset();
        momentum.Step([parameter]);
        Assert.Equal(-3.5f, parameter.Value.Data[0]);
        Assert.Equal(1, momentum.Updates);
    }
}
