using CourseKit.Tests.FeedForward;

namespace CourseKit.Tests.Adversarial;

public class LayerTests
{
    /// <summary>Every layer class of the chapter in the forms that take different ways, with an input shape; also in the mutation test.</summary>
    private static readonly Dictionary<string, (Func<Layer> Make, int[] InputShape, bool Training)> Layers = new()
    {
        ["TransposedConv2D"] = (() => new TransposedConv2D(2, 3, 3), [2, 4, 5], false),
        ["TransposedConv2D, stride 2"] = (() => new TransposedConv2D(3, 2, 4, stride: 2, padding: 1), [3, 3, 4], false),
        ["TransposedConv2D with gaps"] = (() => new TransposedConv2D(1, 2, 2, stride: 3), [1, 3, 3], false),
        ["InstanceNoise"] = (() => new InstanceNoise(0.5f, 1), [9], false),
        ["InstanceNoise while learning"] = (() => new FreshNoise(), [9], true),
    };

    public static TheoryData<string> LayerNames => [.. Layers.Keys];

    public static TheoryData<string, Mistake> LayerMistakes => LayerCases.Mistakes(Layers.Select(layer => (layer.Key, layer.Value.Make)));

    [Fact]
    public void Every_layer_of_the_chapter_is_checked()
    {
        Assert.Equal(LayerCases.ClassesOf(typeof(Layer), "Adversarial"), Layers.Keys.Select(name => name.Split(' ', ',')[0]).Distinct().Order());
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

    /// <summary>⟨conv(y), x⟩ = ⟨y, transposed(x)⟩: the two are each other's transpose.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 0)]
    public void It_is_the_transpose_of_the_convolution_with_the_same_kernels(int stride, int padding)
    {
        var random = new RandomSource(stride);
        var transposed = new TransposedConv2D(2, 3, 4, stride, padding);
        random.FillNormal(transposed.W.Value.Span);

        // W is inputs x outputs here; the convolution goes the other way, and its outputs come first.
        var convolution = new Conv2D(transposed.W.Value.Clone(), new Tensor(2), (stride, stride), padding);
        var x = new Tensor(2, 2, 3, 5);
        random.FillNormal(x.Span);
        var forth = transposed.Forward(x);
        var y = new Tensor(forth.Shape);
        random.FillNormal(y.Span);
        Assert.Equal([3, .. forth.Shape[2..]], transposed.OutputShape([2, 3, 5]));
        var back = convolution.Forward(y);
        Assert.Equal(x.ShapeText, back.ShapeText);
        Assert.Equal(Dot(back, x), Dot(y, forth), 1e-3);

        static double Dot(Tensor a, Tensor b) => a.Data.Zip(b.Data, (p, q) => (double)p * q).Sum();
    }

    [Fact]
    public void It_answers_bad_input()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TransposedConv2D(0, 1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TransposedConv2D(1, 1, 3, padding: 3));
        var layer = new TransposedConv2D(2, 3, 3);
        Assert.Contains("Nx2xHxW", Assert.Throws<ArgumentException>(() => layer.Forward(new Tensor(1, 3, 4, 4))).Message);
        Assert.Throws<ArgumentException>(() => layer.OutputShape([2, 4]));
        Assert.Throws<ArgumentException>(() => new TransposedConv2D(1, 1, 2, padding: 1).OutputShape([1, 1, 1]));
        Assert.Throws<InvalidOperationException>(() => new TransposedConv2D(1, 1, 3).Backward(new Tensor(1, 1, 3, 3)));
        layer.Forward(new Tensor(1, 2, 4, 4));
        Assert.Throws<ArgumentException>(() => layer.Backward(new Tensor(1, 3, 4, 4)));
    }

    [Fact]
    public void A_convolutional_generator_plays_and_allocates_nothing()
    {
        var generator = new Network(
            4, new Dense(4, 8 * 7 * 7), new ReLU(), new Reshape(8, 7, 7),
            new TransposedConv2D(8, 4, 4, stride: 2, padding: 1), new ReLU(),
            new TransposedConv2D(4, 1, 4, stride: 2, padding: 1), new Sigmoid()).Initialise(Initialisation.HeNormal, 1);
        Assert.Equal([1, 28, 28], generator.OutputExtents.ToArray());
        var discriminator = new Network([1, 28, 28], new Flatten(), new Dense(784, 16), new LeakyReLU(0.2f), new Dense(16, 1)).Initialise(Initialisation.HeNormal, 2);
        var gan = new GenerativeAdversarialNetwork(generator, discriminator, new Adam(1e-3), new Adam(1e-3));
        var x = new Tensor(10, 1, 28, 28);
        new RandomSource(1).FillUniform(x.Span);
        var z = gan.Noise(10, 1);
        var before = generator.Parameters[2].Value.Clone();
        void Step()
        {
            gan.StepDiscriminator(x, z);
            gan.StepGenerator(z);
        }

        Step();
        Assert.NotEqual(before.Data, generator.Parameters[2].Value.Data);
        TrainerTests.AssertAllocatesNothing(Step);
    }

    [Fact]
    public void Instance_noise_is_bell_shaped_of_its_deviation_and_absent_when_nothing_is_learned()
    {
        var (layer, x) = (new InstanceNoise(0.2f, 3), new Tensor(1000, 100));
        x.Span.Fill(5);
        Assert.Same(x, layer.Forward(x));
        var y = layer.Forward(x, training: true);
        var (mean, deviation) = Games.Moments(y);
        Assert.InRange(mean, 4.998, 5.002);
        Assert.InRange(deviation, 0.198, 0.202);
        Assert.InRange(y.Data.Count(value => Math.Abs(value - 5) < 0.2) / 1e5, 0.66, 0.69); // 0.683 of a normal one's
        Assert.NotEqual(y.Data[0], layer.Forward(x, training: true).Data[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new InstanceNoise(-1, 1));
        Assert.Throws<InvalidOperationException>(() => new InstanceNoise(1, 1).Backward(x));
        Assert.Throws<ArgumentException>(() => layer.Backward(new Tensor(1, 1)));
    }

    /// <summary>Adds the same noise in every pass, as finite differences need it.</summary>
    private sealed class FreshNoise : Layer
    {
        private InstanceNoise noise = new(0.4f, 7);

        public override int[] OutputShape(ReadOnlySpan<int> inputShape) => noise.OutputShape(inputShape);

        public override Tensor Forward(Tensor input, bool training = false) => (noise = new(0.4f, 7)).Forward(input, training);

        public override Tensor Backward(Tensor outputGradient) => noise.Backward(outputGradient);
    }
}
