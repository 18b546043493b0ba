using System.Text.RegularExpressions;

namespace CourseKit.Tests.Oracle;

/// <summary>Builds what a case describes: its network from W1, b1, W2, … and the activations named in the sentence, its optimiser, its loss.</summary>
internal static partial class OracleNetwork
{
    /// <summary>Dense layers W1, b1 … WL, bL, each followed by its activation.</summary>
    public static Network Build(OracleCase oracle, IReadOnlyList<Layer> activations)
    {
        var layers = new List<Layer>();
        for (var l = 1; oracle.Has($"W{l}"); l++)
        {
            layers.Add(new Dense(oracle.Input($"W{l}"), oracle.Input($"b{l}")));
            layers.Add(activations[l - 1]);
        }

        Assert.Equal(activations.Count * 2, layers.Count);
        return new Network(((Dense)layers[0]).Inputs, [.. layers]);
    }

    /// <summary>The activations of a sentence such as "net 20-16-12-5 (tanh, tanh, linear logits)" or "tanh hidden layer, linear outputs".</summary>
    public static IReadOnlyList<Layer> Activations(string about)
    {
        var list = NetSentence().Match(about);
        Assert.True(list.Success, $"No network is described in: {about}");
        return [.. list.Groups["f"].Value.Split(',').Select(text => Activation(text.Trim().Split(' ')[0]))];
    }

    /// <summary>An activation by the name it has in the cases.</summary>
    public static Layer Activation(string name) => name switch
    {
        "identity" or "linear" => new Identity(),
        "sigmoid" => new Sigmoid(),
        "tanh" => new Tanh(),
        "lecun-tanh" => new ScaledTanh(),
        "relu" => new ReLU(),
        "softplus" => new Softplus(),
        "softmax" => new Softmax(),
        "leaky-relu" => new LeakyReLU(),
        _ => throw new NotSupportedException($"No activation is called {name}."),
    };

    /// <summary>The optimiser that the hyper-parameters of a case stand for.</summary>
    public static Optimiser Optimiser(OracleCase oracle)
    {
        float Or(string name, float otherwise) => oracle.Has(name) ? oracle.Scalar(name) : otherwise;
        var rate = LearningRate.Constant(oracle.Scalar("learning_rate"));
        var decay = Or("weight_decay", 0);
        bool Named(string name) => oracle.Name.Contains(name, StringComparison.OrdinalIgnoreCase);
        if (oracle.Has("beta1"))
            return new Adam(rate, oracle.Scalar("beta1"), oracle.Scalar("beta2"), oracle.Scalar("epsilon")) { WeightDecay = decay, DecayBiases = true };
        if (Named("rmsprop"))
            return new RMSprop(rate, oracle.Scalar(oracle.Has("rho") ? "rho" : "alpha"), oracle.Scalar("epsilon")) { WeightDecay = decay, DecayBiases = true };
        if (Named("nesterov"))
            return new Nesterov(rate, oracle.Scalar("momentum")) { WeightDecay = decay, DecayBiases = true };
        if (oracle.Has("momentum"))
            return new Momentum(rate, oracle.Scalar("momentum")) { WeightDecay = decay, DecayBiases = true };
        return new GradientDescent(rate) { WeightDecay = decay, DecayBiases = true };
    }

    /// <summary>The loss that a case's sentence defines.</summary>
    public static Loss Loss(string about) =>
        about.Contains("softmax cross-entropy") ? new SoftmaxCrossEntropy()
        : about.Contains("binary cross-entropy") ? about.Contains("logit") ? new BinaryCrossEntropyWithLogits() : new BinaryCrossEntropy()
        : about.Contains("1/(2B)") ? new HalfSquaredError()
        : about.Contains("mse_loss") ? new MeanSquaredError()
        : throw new NotSupportedException($"No loss is described in: {about}");

    [GeneratedRegex(@"(?i)net [\d-]+( \(|: )(?<f>[^)=]*?)(\)|, loss)")]
    private static partial Regex NetSentence();
}
