using System.Text.RegularExpressions;
using CourseKit.Tests.Oracle;

namespace CourseKit.Tests.Adversarial;

/// <summary>Traces of Algorithm 1: the losses before every update, and both networks after the first and the last iteration.</summary>
public partial class OracleTests
{
    private const double OnePass = 1e-5;
    private const double Trace = 1e-4;

    public static TheoryData<string> Cases => OracleFolder.Starting("gan-");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Algorithm_1_matches_step_by_step(string name)
    {
        var oracle = OracleFolder.Load(name);
        var gan = Build(oracle);
        var (steps, k) = (oracle.Input("x").Shape[0], oracle.Input("x").Shape[1]);
        for (var s = 0; s < steps; s++)
        {
            var dLosses = new float[k];
            var (x, z) = (oracle.InputOfStep("x", s), oracle.InputOfStep("z_d", s));
            for (var i = 0; i < k; i++)
                dLosses[i] = (float)gan.StepDiscriminator(Inner(x, i), Inner(z, i));
            oracle.AssertMatches("d_loss", s, dLosses, Trace);
            oracle.AssertMatches("g_loss", s, [(float)gan.StepGenerator(oracle.InputOfStep("z_g", s))], Trace);
            if (s == 0)
                AssertPlayers("first", OnePass);
        }

        AssertPlayers("final", Trace);

        void AssertPlayers(string when, double tolerance)
        {
            foreach (var (player, network) in new[] { ("G", gan.Generator), ("D", gan.Discriminator) })
                for (var i = 0; i < network.Parameters.Count; i++)
                    oracle.AssertMatches($"{player}_{network.Parameters[i].Name}{i / 2 + 1}_{when}", network.Parameters[i].Value, tolerance);
        }
    }

    /// <summary>Inner update i of a step, whose inputs have the update first.</summary>
    private static Tensor Inner(Tensor all, int i)
    {
        var size = all.Count / all.Shape[0];
        return Tensor.From(all.Data[(i * size)..((i + 1) * size)], all.Shape[1..]);
    }

    private static GenerativeAdversarialNetwork Build(OracleCase oracle)
    {
        var generator = Player(oracle, "G");
        return new(generator, Player(oracle, "D"), OracleNetwork.Optimiser(oracle), OracleNetwork.Optimiser(oracle))
        {
            Loss = GeneratorLossSentence().Match(oracle.About).Groups["loss"].Value.Contains("1-D", StringComparison.Ordinal)
                ? GeneratorLoss.Saturating
                : GeneratorLoss.NonSaturating,
        };
    }

    /// <summary>"G: 4-8-6 (relu, sigmoid)": Dense layers of the case's weights, each with its activation.</summary>
    private static Network Player(OracleCase oracle, string player)
    {
        var names = Regex.Match(oracle.About, $@"\b{player}: [\d-]+ \((?<f>[^)]*?)(\)|, D\(x\))").Groups["f"].Value.Split(',');
        var layers = new List<Layer>();
        foreach (var (name, l) in names.Select((name, i) => (name.Trim().Split(' ')[0], i + 1)))
            layers.AddRange([new Dense(oracle.Input($"{player}_W{l}"), oracle.Input($"{player}_b{l}")), OracleNetwork.Activation(name)]);
        Assert.False(oracle.Has($"{player}_W{names.Length + 1}"), $"{oracle.Name} has more layers than: {oracle.About}");
        return new Network(((Dense)layers[0]).Inputs, [.. layers]);
    }

    [GeneratedRegex(@"g_loss = (?<loss>.*?) with")]
    private static partial Regex GeneratorLossSentence();
}
