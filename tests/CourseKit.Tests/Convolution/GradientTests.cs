using CourseKit.Tests.FeedForward;

namespace CourseKit.Tests.Convolution;

public class GradientTests
{
    private static readonly ConnectionTable Table = new(3, [0, 1], [1, 2], [0, 2], [0, 1, 2], [2]);

    /// <summary>Every layer class of the chapter in the forms that take different ways, with an input shape; also in the mutation test.</summary>
    private static readonly Dictionary<string, (Func<Layer> Make, int[] InputShape, bool Training)> Layers = new()
    {
        ["Conv1D"] = (() => new Conv1D(2, 3, 4, stride: 2, padding: (2, 1)), [2, 11], false),
        ["Conv1D with a table"] = (() => new Conv1D(3, 5, 3, table: Table), [3, 9], false),
        ["Conv2D"] = (() => new Conv2D(2, 3, 3), [2, 5, 6], false),
        ["Conv2D of many maps"] = (() => new Conv2D(7, 7, 2), [7, 3, 3], false),
        ["Conv2D with stride and padding"] = (() => new Conv2D(2, 3, 3, stride: 2, padding: 1), [2, 5, 6], false),
        ["Conv2D with a table"] = (() => new Conv2D(3, 5, 3, table: Table), [3, 4, 5], false),
        ["Conv2D with a table and padding, turned"] = (() => new Conv2D(new Tensor(10, 2, 3), new Tensor(5), padding: Padding.Same(2, 3), table: Table, turned: true), [3, 4, 5], false),
        ["Conv2D as large as the image"] = (() => new Conv2D(2, 3, 4), [2, 4, 4], false),
        ["Subsampling"] = (() => new Subsampling(1), [1, 4, 16], false),
        ["Subsampling 3x3"] = (() => new Subsampling(2, 3), [2, 6, 9], false),
        ["MaxPool"] = (() => new MaxPool(2), [2, 4, 6], false),
        ["MaxPool overlapping"] = (() => new MaxPool(3, 2), [1, 7, 7], false),
        ["AveragePool"] = (() => new AveragePool(2), [2, 5, 6], false),
        ["AveragePool overlapping"] = (() => new AveragePool((3, 2), (2, 1)), [1, 7, 7], false),
        ["RadialBasis"] = (() => new RadialBasis(new Tensor(4, 5), learned: true), [5], false),
        ["BatchNorm"] = (() => new BatchNorm(3), [3, 4, 5], true),
        ["BatchNorm of vectors, not learning"] = (() => new BatchNorm(4), [4], false),
        ["Dropout"] = (() => new Dropout(0.5, 1), [9], false),
        ["Dropout while learning"] = (() => new FreshDropout(), [20], true),
        ["Residual"] = (() => new Residual(new Conv2D(2, 2, 3, padding: 1), new Tanh(), new Conv2D(2, 2, 3, padding: 1)), [2, 4, 5], false),
    };

    public static TheoryData<string> LayerNames => [.. Layers.Keys];

    public static TheoryData<string, Mistake> LayerMistakes => LayerCases.Mistakes(Layers.Select(layer => (layer.Key, layer.Value.Make)));

    [Fact]
    public void Every_layer_of_the_chapter_is_checked()
    {
        Assert.Equal(LayerCases.ClassesOf(typeof(Layer), "Convolution"), Layers.Keys.Select(name => name.Split(' ')[0]).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(LayerNames))]
    public void Layer_agrees_with_finite_differences(string name)
    {
        var (make, inputShape, training) = Layers[name];
        for (var seed = 1; seed <= 3; seed++)
        {
            var result = GradientCheck.Layer(make(), inputShape, seed, training: training);
            Assert.True(result.Passed, result.ToString());
            Assert.InRange(result.LargestDifference, 0, 5e-4);
        }
    }

    [Theory]
    [MemberData(nameof(LayerMistakes))]
    public void A_mistake_in_the_backward_rule_is_found(string name, Mistake mistake)
    {
        var (make, inputShape, training) = Layers[name];
        Assert.False(GradientCheck.Layer(new BrokenLayer(make(), mistake), inputShape, seed: 1, training: training).Passed);
    }

    [Theory]
    [InlineData(Reduction.BatchMean)]
    [InlineData(Reduction.Sum)]
    [InlineData(Reduction.ElementMean)]
    public void The_loss_on_distances_agrees_with_finite_differences(Reduction reduction)
    {
        var random = new RandomSource(1);
        var y = new Tensor(6, 4);
        random.FillUniform(y.Span, 0, 3);
        var result = GradientCheck.Loss(new RadialBasisLoss(0.5) { Reduction = reduction }, y, [0, 1, 2, 3, 0, 1]);
        Assert.True(result.Passed, result.ToString());
    }

    /// <summary>Drops the same units in every pass, as finite differences need it.</summary>
    private sealed class FreshDropout : Layer
    {
        private Dropout dropout = new(0.4, 7);

        public override int[] OutputShape(ReadOnlySpan<int> inputShape) => dropout.OutputShape(inputShape);

        public override Tensor Forward(Tensor input, bool training = false) => (dropout = new(0.4, 7)).Forward(input, training);

        public override Tensor Backward(Tensor outputGradient) => dropout.Backward(outputGradient);
    }
}
