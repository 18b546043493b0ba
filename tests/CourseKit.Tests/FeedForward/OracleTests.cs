using CourseKit.Tests.Oracle;

namespace CourseKit.Tests.FeedForward;

public class OracleTests
{
    private const double OnePass = 1e-5;
    private const double Trace = 1e-4;

    public static TheoryData<string> DenseCases => OracleFolder.Starting("dense-");

    public static TheoryData<string> LossCases => OracleFolder.Starting("loss-");

    public static TheoryData<string> OptimiserCases => OracleFolder.Starting("optimiser-");

    public static TheoryData<string> TrainingCases => OracleFolder.Starting("training-mlp", "training-xor");

    [Theory]
    [MemberData(nameof(DenseCases))]
    public void Dense_and_its_activation_match(string name)
    {
        var oracle = OracleFolder.Load(name);
        var dense = new Dense(oracle.Input("W"), oracle.Input("b"));
        var network = new Network(dense.Inputs, dense, OracleNetwork.Activation(name["dense-".Length..]));
        oracle.AssertMatches("y", network.Forward(oracle.Input("x"), training: true), OnePass);
        oracle.AssertMatches("grad_x", network.Backward(oracle.Input("upstream")), OnePass);
        oracle.AssertMatches("grad_W", dense.W.Gradient, OnePass);
        oracle.AssertMatches("grad_b", dense.b.Gradient, OnePass);
    }

    [Theory]
    [MemberData(nameof(LossCases))]
    public void Loss_and_its_gradient_match(string name)
    {
        var oracle = OracleFolder.Load(name);
        var output = oracle.Has("z") ? "z" : oracle.Has("p") ? "p" : "y";
        Loss Make(Reduction reduction) =>
            name.Contains("softmax") ? new SoftmaxCrossEntropy { Reduction = reduction }
            : name.Contains("binary") ? output == "z" ? new BinaryCrossEntropyWithLogits { Reduction = reduction } : new BinaryCrossEntropy { Reduction = reduction }
            : name.Contains("half") ? new HalfSquaredError { Reduction = reduction }
            : new MeanSquaredError { Reduction = reduction };

        var loss = Make(Reduction.BatchMean);
        oracle.AssertMatches("loss", Value(loss), OnePass);
        oracle.AssertMatches($"grad_{output}", loss.Backward(), OnePass);
        if (oracle.Expects("p"))
            oracle.AssertMatches("p", ((SoftmaxCrossEntropy)loss).Probabilities, OnePass);
        if (!oracle.Expects("loss_mean_all"))
            return;
        var meanOfAll = loss is HalfSquaredError ? new MeanSquaredError() : Make(Reduction.ElementMean); // torch's mse has no half
        oracle.AssertMatches("loss_mean_all", Value(meanOfAll), OnePass);
        oracle.AssertMatches($"grad_{output}_mean_all", meanOfAll.Backward(), OnePass);

        double Value(Loss loss) =>
            oracle.Has("labels")
                ? loss.Forward(oracle.Input(output), oracle.Labels("labels"))
                : loss.Forward(oracle.Input(output), oracle.Input("t"));
    }

    [Theory]
    [MemberData(nameof(OptimiserCases))]
    public void Optimiser_matches_on_given_gradients(string name)
    {
        var oracle = OracleFolder.Load(name);
        var theta = new Parameter("theta", oracle.Input("given_theta"));
        var optimiser = OracleNetwork.Optimiser(oracle);
        for (var s = 0; s < oracle.Input("given_g").Shape[0]; s++)
        {
            oracle.InputOfStep("given_g", s).Span.CopyTo(theta.Gradient.Span);
            optimiser.Step([theta]);
            oracle.AssertMatches("given_theta_after", s, theta.Value.Data, OnePass);
        }
    }

    [Theory]
    [MemberData(nameof(OptimiserCases))]
    public void Optimiser_matches_on_a_network(string name)
    {
        var oracle = OracleFolder.Load(name);
        var network = OracleNetwork.Build(oracle, OracleNetwork.Activations(oracle.About));
        var (loss, optimiser) = (OracleNetwork.Loss(oracle.About), OracleNetwork.Optimiser(oracle));
        for (var s = 0; s < oracle.Expected("loss").Count; s++)
        {
            var value = loss.Forward(network.Forward(oracle.Input("x"), training: true), oracle.Input("t"));
            oracle.AssertMatches("loss", s, [(float)value], Trace);
            network.Backward(loss.Backward());
            optimiser.Step(network.Parameters);
            foreach (var (parameter, letter) in network.Parameters.Zip(Letters()))
                oracle.AssertMatches($"{letter}_after", s, parameter.Value.Data, Trace);
        }
    }

    [Theory]
    [MemberData(nameof(TrainingCases))]
    public void Training_matches_step_by_step(string name)
    {
        var oracle = OracleFolder.Load(name);
        var network = OracleNetwork.Build(oracle, OracleNetwork.Activations(oracle.About));
        var (loss, optimiser) = (OracleNetwork.Loss(oracle.About), OracleNetwork.Optimiser(oracle));
        var steps = oracle.Expected("loss").Count;
        for (var s = 0; s < steps; s++)
        {
            var output = network.Forward(OfStep("x", 2, s), training: true);
            var value = oracle.Has("labels")
                ? loss.Forward(output, [.. OfStep("labels", 1, s).Data.Select(label => (int)label)])
                : loss.Forward(output, OfStep("t", 2, s));
            oracle.AssertMatches("loss", s, [(float)value], Trace);
            network.BackwardParameters(loss.Backward());
            optimiser.Step(network.Parameters);
            if (s == 0)
                AssertParameters("first", OnePass);
        }

        AssertParameters("final", Trace);

        // A trace has the step first; what is the same in all steps stands without it.
        Tensor OfStep(string input, int rank, int s) => oracle.Input(input) is var all && all.Rank > rank ? oracle.InputOfStep(input, s) : all;

        void AssertParameters(string when, double tolerance)
        {
            foreach (var (parameter, letter) in network.Parameters.Zip(Letters()))
                oracle.AssertMatches($"{letter}_{when}", parameter.Value, tolerance);
        }
    }

    private static IEnumerable<string> Letters() => Enumerable.Range(1, 100).SelectMany(l => new[] { $"W{l}", $"b{l}" });
}
