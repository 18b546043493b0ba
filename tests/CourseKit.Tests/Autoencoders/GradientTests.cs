using CourseKit.Tests.FeedForward;

namespace CourseKit.Tests.Autoencoders;

public class GradientTests
{
    /// <summary>Every layer class of the chapter, with an input size; also in the mutation test.</summary>
    private static readonly Dictionary<string, (Func<Layer> Make, int Inputs)> Layers = new()
    {
        ["Autoencoder"] = (() => Autoencoder.Mirrored([7, 5, 3], () => new Tanh(), output: new Sigmoid()), 7),
        ["Autoencoder with tied weights"] = (() => Autoencoder.Mirrored([7, 5, 3], () => new Tanh(), new Sigmoid(), tied: true), 7),
        ["Autoencoder with a sparse code"] = (() => new Autoencoder(new Network(7, new Dense(7, 4), new Sigmoid(), new KLSparsity(0.7, 0.1)), new Network(4, new Dense(4, 7))), 7),
        ["Corruption"] = (() => new Corruption(CorruptionKind.Masking, 0.3, 1), 9),
        ["Corruption while learning"] = (() => new FreshDamage(CorruptionKind.Masking), 9),
        ["Corruption by salt and pepper"] = (() => new FreshDamage(CorruptionKind.SaltAndPepper), 9),
        ["Corruption by noise"] = (() => new FreshDamage(CorruptionKind.Gaussian), 9),
        ["L1Sparsity"] = (() => new L1Sparsity(0.8), 37),
        ["KLSparsity"] = (() => new Network(6, new Sigmoid(), new KLSparsity(0.9, 0.2)), 6),
        ["ContractiveSigmoid"] = (() => new ContractiveSigmoid(6, 5, 0.6), 6),
        ["ContractiveSigmoid without a price"] = (() => new ContractiveSigmoid(6, 5, 0), 6),
    };

    public static TheoryData<string> LayerNames => [.. Layers.Keys];

    public static TheoryData<string, Mistake> LayerMistakes => LayerCases.Mistakes(Layers.Select(layer => (layer.Key, layer.Value.Make)));

    [Fact]
    public void Every_layer_of_the_chapter_is_checked()
    {
        var classes = LayerCases.ClassesOf(typeof(Layer), "Autoencoders").Where(name => name != nameof(TransposedDense)); // it has no life outside an autoencoder
        Assert.Equal(classes, Layers.Keys.Select(name => name.Split(' ')[0]).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(LayerNames))]
    public void Layer_agrees_with_finite_differences(string name)
    {
        var (make, inputs) = Layers[name];
        for (var seed = 1; seed <= 3; seed++)
        {
            var result = GradientCheck.Layer(make(), [inputs], seed, training: name.Contains("Corruption "));
            Assert.True(result.Passed, result.ToString());
            Assert.InRange(result.LargestDifference, 0, 5e-4);
        }
    }

    [Theory]
    [MemberData(nameof(LayerMistakes))]
    public void A_mistake_in_the_backward_rule_is_found(string name, Mistake mistake)
    {
        var (make, inputs) = Layers[name];
        Assert.False(GradientCheck.Layer(new BrokenLayer(make(), mistake), [inputs], seed: 1, training: name.Contains("Corruption ")).Passed);
    }

    [Theory]
    [InlineData("L1")]
    [InlineData("KL")]
    [InlineData("contractive")]
    public void A_penalty_left_out_of_the_gradient_is_found(string penalty)
    {
        var x = new Tensor(5, 6);
        new RandomSource(1).FillUniform(x.Span);
        Layer[] code = penalty switch
        {
            "L1" => [new Dense(6, 4), new Sigmoid(), new L1Sparsity(0.5)],
            "KL" => [new Dense(6, 4), new Sigmoid(), new KLSparsity(0.5)],
            _ => [new ContractiveSigmoid(6, 4, 0.5)],
        };
        var right = new Autoencoder(new Network(6, code), new Network(4, new Dense(4, 6), new Sigmoid())).Initialise(Initialisation.XavierUniform, 1);
        var check = GradientCheck.Network(new Objective(right.Network, new HalfSquaredError()), x, x);
        Assert.True(check.Passed, check.ToString());
        Assert.InRange(check.LargestDifference, 0, 5e-4);
        var wrong = new Network(6, new WithPenalty(right)); // a price in J that the backward pass knows nothing of
        Assert.False(GradientCheck.Network(new Objective(wrong, new HalfSquaredError()), x, x).Passed);
    }

    [Fact]
    public void The_L2_term_and_the_layers_penalties_add_up()
    {
        var network = new Network(3, new Dense(Tensor.From([1, 2, 3, 4, 5, 6], 2, 3), new Tensor(2)), new L1Sparsity(0.5));
        var objective = new Objective(network, new HalfSquaredError(), lambda: 0.1f);
        var J = objective.Forward(Tensor.From([1, 0, 0, 0, -1, 0], 2, 3), new Tensor(2, 2));
        // outputs (1, 4) and (-2, -5): half the mean of the squares is 46/4, the L1 part 0.5/2 * 12, the L2 part 0.05 * 91
        Assert.Equal(11.5, objective.LossValue, 1e-5);
        Assert.Equal(3 + 4.55, objective.PenaltyValue, 1e-5);
        Assert.Equal(19.05, J, 1e-5);
    }

    [Fact]
    public void A_residual_block_hands_on_the_penalty_inside_it()
    {
        var block = new Residual(new Dense(3, 3), new L1Sparsity(2));
        ((Dense)block.Layers[0]).b.Value.Span.Fill(1);
        block.Forward(new Tensor(2, 3));
        Assert.Equal(6, block.Penalty, 1e-5);
    }

    /// <summary>Does the same damage in every pass, as finite differences need it.</summary>
    private sealed class FreshDamage(CorruptionKind kind) : Layer
    {
        private Corruption corruption = new(kind, 0.4, 7);

        public override int[] OutputShape(ReadOnlySpan<int> inputShape) => corruption.OutputShape(inputShape);

        public override Tensor Forward(Tensor input, bool training = false) => (corruption = new(kind, 0.4, 7)).Forward(input, training);

        public override Tensor Backward(Tensor outputGradient) => corruption.Backward(outputGradient);
    }

    /// <summary>An autoencoder that doubles its penalty in J alone.</summary>
    private sealed class WithPenalty(Autoencoder right) : Layer
    {
        public override IReadOnlyList<Parameter> Parameters => right.Parameters;

        public override IReadOnlyList<(string Name, Parameter Parameter)> NamedParameters => right.NamedParameters;

        public override double Penalty => 2 * right.Penalty;

        public override int[] OutputShape(ReadOnlySpan<int> inputShape) => right.OutputShape(inputShape);

        public override Tensor Forward(Tensor input, bool training = false) => right.Forward(input, training);

        public override Tensor Backward(Tensor outputGradient) => right.Backward(outputGradient);
    }
}
