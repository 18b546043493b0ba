namespace CourseKit.Tests.FeedForward;

public class GradientCheckTests
{
    /// <summary>Every layer class of the chapter, with an input shape; also in the mutation test.</summary>
    private static readonly Dictionary<string, (Func<Layer> Make, int[] InputShape)> Layers = new()
    {
        ["Dense"] = (() => new Dense(5, 4), [5]),
        ["Sigmoid"] = (() => new Sigmoid(), [11]),
        ["Tanh"] = (() => new Tanh(), [11]),
        ["ScaledTanh"] = (() => new ScaledTanh(), [11]),
        ["ReLU"] = (() => new ReLU(), [11]),
        ["LeakyReLU"] = (() => new LeakyReLU(0.2f), [11]),
        ["Softplus"] = (() => new Softplus(), [11]),
        ["Identity"] = (() => new Identity(), [11]),
        ["Softmax"] = (() => new Softmax(), [6]),
        ["Flatten"] = (() => new Flatten(), [2, 3, 2]),
        ["Reshape"] = (() => new Reshape(3, -1), [2, 3, 2]),
        ["Network"] = (() => new Network(5, new Dense(5, 4), new Tanh(), new Dense(4, 3)), [5]),
    };

    private static readonly Dictionary<string, Func<Loss>> Losses = new()
    {
        ["HalfSquaredError"] = () => new HalfSquaredError(),
        ["MeanSquaredError"] = () => new MeanSquaredError(),
        ["SoftmaxCrossEntropy"] = () => new SoftmaxCrossEntropy(),
        ["BinaryCrossEntropy"] = () => new BinaryCrossEntropy(),
        ["BinaryCrossEntropyWithLogits"] = () => new BinaryCrossEntropyWithLogits(),
    };

    public static TheoryData<string> LayerNames => [.. Layers.Keys];

    public static TheoryData<string> LossNames => [.. Losses.Keys];

    public static TheoryData<string, Mistake> LayerMistakes => LayerCases.Mistakes(Layers.Select(layer => (layer.Key, layer.Value.Make)));

    [Fact]
    public void Every_layer_and_loss_of_the_chapter_is_checked()
    {
        Assert.Equal(LayerCases.ClassesOf(typeof(Layer), "FeedForward"), Layers.Keys.Order());
        Assert.Equal(LayerCases.ClassesOf(typeof(Loss), "FeedForward"), Losses.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(LayerNames))]
    public void Layer_agrees_with_finite_differences(string name)
    {
        var (make, inputShape) = Layers[name];
        for (var seed = 1; seed <= 5; seed++)
        {
            var result = GradientCheck.Layer(make(), inputShape, seed);
            Assert.True(result.Passed, result.ToString());
            Assert.InRange(result.LargestDifference, 0, 2e-4);
        }
    }

    [Theory]
    [MemberData(nameof(LossNames))]
    public void Loss_agrees_with_finite_differences_under_every_reduction(string name)
    {
        foreach (var reduction in Enum.GetValues<Reduction>())
        {
            var loss = WithReduction(Losses[name](), reduction);
            var result = GradientCheck.Loss(loss, [4, 3], seed: 1);
            Assert.True(result.Passed, result.ToString());
        }
    }

    [Fact]
    public void Cross_entropy_with_labels_agrees_with_finite_differences()
    {
        var z = new Tensor(6, 4);
        new RandomSource(1).FillNormal(z.Span, 0, 2);
        var result = GradientCheck.Loss(new SoftmaxCrossEntropy(), z, [0, 1, 2, 3, 0, 3]);
        Assert.True(result.Passed, result.ToString());
    }

    [Theory]
    [MemberData(nameof(LayerMistakes))]
    public void A_broken_backward_rule_of_a_layer_is_found(string name, Mistake mistake)
    {
        var (make, inputShape) = Layers[name];
        Assert.True(GradientCheck.Layer(new BrokenLayer(make(), Mistake.None), inputShape, seed: 1).Passed);
        var result = GradientCheck.Layer(new BrokenLayer(make(), mistake), inputShape, seed: 1);
        Assert.False(result.Passed, result.ToString());
        Assert.Contains("is wrong, most of all at [", result.ToString());
    }

    [Theory]
    [MemberData(nameof(LossNames))]
    public void A_broken_gradient_of_a_loss_is_found(string name)
    {
        foreach (var factor in new[] { 0, -1, 0.5f, 1.05f, 4 })
            Assert.False(GradientCheck.Loss(new BrokenLoss(Losses[name](), factor), [4, 3], seed: 1).Passed);
        Assert.True(GradientCheck.Loss(new BrokenLoss(Losses[name](), 1), [4, 3], seed: 1).Passed);
    }

    [Theory]
    [MemberData(nameof(LayerMistakes))]
    public void A_broken_layer_inside_a_network_is_found(string name, Mistake mistake)
    {
        var (make, inputShape) = Layers[name];
        var broken = new BrokenLayer(make(), mistake);
        var outputs = broken.OutputShape(inputShape).Aggregate(1, (a, b) => a * b);
        var inputs = inputShape.Aggregate(1, (a, b) => a * b);
        var network = new Network(3, new Dense(3, inputs), new Reshape(inputShape), broken, new Flatten(), new Dense(outputs, 2));
        var random = new RandomSource(4);
        foreach (var parameter in network.Parameters)
            random.FillNormal(parameter.Value.Span, 0, 0.5f);
        var (x, t) = (new Tensor(5, 3), new Tensor(5, 2));
        random.FillNormal(x.Span);
        random.FillNormal(t.Span);
        var result = GradientCheck.Network(new Objective(network, new HalfSquaredError()), x, t);
        Assert.Equal(mistake == Mistake.ShortPassZero, result.Passed); // the short pass is only used for the first layer
    }

    [Fact]
    public void The_check_leaves_a_layers_parameters_as_they_were()
    {
        var dense = new Dense(3, 2);
        dense.Initialise(Initialisation.HeNormal, new RandomSource(1));
        var before = dense.W.Value.Clone();
        GradientCheck.Layer(dense, [3], seed: 1);
        Assert.Equal(before.Data, dense.W.Value.Data);
        Assert.All(dense.b.Value.Data, b => Assert.Equal(0, b));
    }

    [Fact]
    public void A_corner_is_left_out_and_said_so()
    {
        var result = GradientCheck.Loss(new CornerLoss(), Tensor.From([1e-4f, 1, -1, 2], 1, 4), new Tensor(1, 4));
        var comparison = Assert.Single(result.Comparisons);
        Assert.True(result.Passed, result.ToString());
        Assert.Equal((3, 1), (comparison.Checked, comparison.Skipped));
        Assert.Contains("1 at a corner left out", result.ToString());
    }

    internal static Loss WithReduction(Loss loss, Reduction reduction) => loss switch
    {
        HalfSquaredError => new HalfSquaredError { Reduction = reduction },
        MeanSquaredError => new MeanSquaredError { Reduction = reduction },
        SoftmaxCrossEntropy => new SoftmaxCrossEntropy { Reduction = reduction },
        BinaryCrossEntropy => new BinaryCrossEntropy { Reduction = reduction },
        BinaryCrossEntropyWithLogits => new BinaryCrossEntropyWithLogits { Reduction = reduction },
        _ => throw new ArgumentException(loss.GetType().Name),
    };

    private sealed class BrokenLoss(Loss right, float factor) : Loss
    {
        public override double Forward(Tensor output, Tensor target) => right.Forward(output, target);

        public override Tensor Backward()
        {
            var gradient = right.Backward().Clone();
            for (var i = 0; i < gradient.Count; i++)
                gradient.Data[i] *= factor;
            return gradient;
        }
    }

    private sealed class CornerLoss : Loss
    {
        private Tensor? y;

        public override double Forward(Tensor output, Tensor target)
        {
            y = output;
            return output.Data.Sum(v => Math.Abs((double)v));
        }

        public override Tensor Backward() => Tensor.From([.. y!.Data.Select(v => (float)Math.Sign(v))], y.Shape);
    }
}
