namespace CourseKit.Tests.FeedForward;

/// <summary>A layer as a student writes one: with a parameter, something kept beside it, and a backward rule to be checked.</summary>
public sealed class OwnLayerTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void A_layer_of_ones_own_is_checked_trained_saved_and_loaded()
    {
        var result = GradientCheck.Layer(new ScaleLayer(3), [3], seed: 1);
        Assert.True(result.Passed, result.ToString());
        Assert.Equal(["input", "s", "s (BackwardParameters)"], result.Comparisons.Select(comparison => comparison.Name));

        var network = new Network(3, new ScaleLayer(3), new Dense(3, 2)).Initialise(Initialisation.XavierUniform, 1);
        var x = new Tensor(20, 3);
        new RandomSource(1).FillNormal(x.Span);
        new Trainer(network, new SoftmaxCrossEntropy(), new Adam(0.01)) { Epochs = 2 }.Train(new Examples(x, [.. Enumerable.Range(0, 20).Select(n => n % 2)]));
        Assert.NotEqual([1, 1, 1], network.Parameters[0].Value.Data);
        network.Save(path);

        var other = new Network(3, new ScaleLayer(3), new Dense(3, 2));
        other.Load(path);
        Assert.Equal(network.Parameters[0].Value.Data, other.Parameters[0].Value.Data);
        Assert.Equal("scalelayer1.batches", Assert.Single(other.State).Name);
        Assert.Equal(2, other.State[0].Value.Data[0]);
    }

    [Fact]
    public void What_a_layer_keeps_goes_back_with_the_weights_when_training_diverges()
    {
        var network = new Network(3, new ScaleLayer(3), new Dense(3, 2)).Initialise(Initialisation.XavierUniform, 1);
        var x = new Tensor(20, 3);
        new RandomSource(1).FillNormal(x.Span);
        var history = new Trainer(network, new HalfSquaredError(), new GradientDescent(1e30)) { Epochs = 20, BatchSize = 20 }.Train(new Examples(x, new Tensor(20, 2)));
        Assert.Equal(StopReason.Diverged, history.Reason);
        Assert.Equal(0, network.State[0].Value.Data[0]);
    }

    [Fact]
    public void Its_forgotten_factor_is_found()
    {
        var result = GradientCheck.Layer(new ScaleLayer(3, forgetful: true), [3], seed: 1);
        Assert.False(result.Passed);
        Assert.Contains("the gradient of input is wrong, most of all at [", result.ToString());
        Assert.Contains("ok    s", result.ToString());
    }

    /// <summary>y_j = s_j x_j; counts the batches it was trained on.</summary>
    private sealed class ScaleLayer : Layer
    {
        private readonly Parameter s;
        private readonly bool forgetful;
        private readonly Tensor batches = new(1);
        private Tensor? x;

        public ScaleLayer(int inputs, bool forgetful = false)
        {
            s = new Parameter("s", new Tensor(inputs));
            s.Value.Span.Fill(1);
            Parameters = [s];
            this.forgetful = forgetful;
        }

        public override IReadOnlyList<Parameter> Parameters { get; }

        public override IReadOnlyList<(string Name, Tensor Value)> State => [("batches", batches)];

        public override int[] OutputShape(ReadOnlySpan<int> inputShape) => inputShape.ToArray();

        public override Tensor Forward(Tensor input, bool training = false)
        {
            x = input;
            if (training)
                batches.Data[0]++;
            var y = input.Clone();
            for (var i = 0; i < y.Count; i++)
                y.Data[i] *= s.Value.Data[i % s.Value.Count];
            return y;
        }

        public override Tensor Backward(Tensor outputGradient)
        {
            var inputGradient = outputGradient.Clone();
            s.Gradient.Span.Clear();
            for (var i = 0; i < inputGradient.Count; i++)
            {
                s.Gradient.Data[i % s.Value.Count] += outputGradient.Data[i] * x!.Data[i];
                inputGradient.Data[i] *= forgetful ? 1 : s.Value.Data[i % s.Value.Count];
            }

            return inputGradient;
        }
    }
}
