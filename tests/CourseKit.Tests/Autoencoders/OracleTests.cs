using CourseKit.Tests.Oracle;

namespace CourseKit.Tests.Autoencoders;

public class OracleTests
{
    private const double OnePass = 1e-5;

    public static TheoryData<string> AutoencoderCases => OracleFolder.Starting("autoencoder-");

    public static TheoryData<string> BoltzmannCases => OracleFolder.Starting("rbm-");

    [Theory]
    [MemberData(nameof(AutoencoderCases))]
    public void Sparse_autoencoder_and_its_gradient_match(string name)
    {
        var oracle = OracleFolder.Load(name);
        Dense[] dense = [.. Enumerable.Range(1, 4).Select(l => new Dense(oracle.Input($"W{l}"), oracle.Input($"b{l}")))];
        ActivityPenalty sparsity = oracle.Has("rho") ? new KLSparsity(oracle.Scalar("beta"), oracle.Scalar("rho")) : new L1Sparsity(oracle.Scalar("lambda"));
        Activation code = name.Contains("tanh-code") ? new Tanh() : new Sigmoid();
        var autoencoder = new Autoencoder(
            new Network(12, dense[0], new Sigmoid(), dense[1], code, sparsity),
            new Network(3, dense[2], new Sigmoid(), dense[3], new Sigmoid()));
        var objective = new Objective(autoencoder.Network, new HalfSquaredError());
        var x = oracle.Input("x");
        oracle.AssertMatches("loss", objective.Forward(x, x), OnePass);
        oracle.AssertMatches("squared", objective.LossValue, OnePass);
        oracle.AssertMatches("penalty", objective.PenaltyValue, OnePass);
        oracle.AssertMatches("y", objective.Output, OnePass);
        oracle.AssertMatches("code", autoencoder.Encode(x), OnePass);
        if (sparsity is KLSparsity kl)
            oracle.AssertMatches("rho_hat", Tensor.From(kl.MeanActivations.ToArray(), 3), OnePass);
        objective.Forward(x, x);
        objective.Backward();
        for (var l = 1; l <= 4; l++)
        {
            oracle.AssertMatches($"grad_W{l}", dense[l - 1].W.Gradient, OnePass);
            oracle.AssertMatches($"grad_b{l}", dense[l - 1].b.Gradient, OnePass);
        }
    }

    [Theory]
    [MemberData(nameof(BoltzmannCases))]
    public void A_step_of_CD1_matches(string name)
    {
        var oracle = OracleFolder.Load(name);
        var uniforms = new Queue<Tensor>([oracle.Input("u_h0"), .. oracle.Has("u_v1") ? [oracle.Input("u_v1")] : Array.Empty<Tensor>()]);
        var machine = new RestrictedBoltzmannMachine(oracle.Input("W"), oracle.Input("b"), oracle.Input("c"), seed: 1)
        {
            MeanFieldVisible = name.Contains("mean-field"),
            SampledHiddenStatistics = name.Contains("sampled-hidden"),
            Uniform = numbers => uniforms.Dequeue().Span.CopyTo(numbers),
        };
        var v0 = oracle.Input("v0");
        oracle.AssertMatches("p_h0", machine.Up(v0), OnePass);
        oracle.AssertMatches("p_v1", machine.Down(oracle.Expected("h0")), OnePass);
        oracle.AssertMatches("p_h1", machine.Up(oracle.Expected("v1")), OnePass);
        machine.Contrast(v0);
        new GradientDescent(oracle.Scalar("learning_rate")).Step(machine.Parameters);
        Assert.Empty(uniforms);
        oracle.AssertMatches("W_new", machine.W.Value, OnePass);
        oracle.AssertMatches("b_new", machine.b.Value, OnePass);
        oracle.AssertMatches("c_new", machine.c.Value, OnePass);
    }

    [Fact]
    public void All_six_cases_of_the_chapter_are_there()
    {
        Assert.Equal(3, Enumerable.Count<object>(AutoencoderCases));
        Assert.Equal(3, Enumerable.Count<object>(BoltzmannCases));
    }
}
