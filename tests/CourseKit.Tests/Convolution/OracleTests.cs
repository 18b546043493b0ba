using CourseKit.Tests.Oracle;

namespace CourseKit.Tests.Convolution;

public class OracleTests
{
    private const double OnePass = 1e-5;
    private const double Trace = 1e-4;

    public static TheoryData<string> PoolingCases => OracleFolder.Starting("max-pooling-", "average-pooling-");

    public static TheoryData<string> RadialBasisCases => OracleFolder.Starting("rbf-");

    public static TheoryData<string> ConvolutionCases => OracleFolder.Starting("conv1d-", "conv2d-");

    [Theory]
    [MemberData(nameof(ConvolutionCases))]
    public void Convolution_and_its_gradients_match_with_every_register_width(string name)
    {
        var oracle = OracleFolder.Load(name);
        foreach (var width in new[] { 128, 256, 512 }.Where(width => width <= LaneWidth.Widest))
            AtWidth.Run(width, () =>
            {
                var (layer, W, b, table) = Make(oracle);
                var upstream = oracle.Input("upstream");
                oracle.AssertMatches("y", layer.Forward(oracle.Input("x"), training: true), OnePass);
                oracle.AssertMatches("grad_x", layer.Backward(upstream), OnePass);
                oracle.AssertMatches("grad_W", table is null ? W.Gradient : Spread(W.Gradient, table), OnePass);
                oracle.AssertMatches("grad_b", b.Gradient, OnePass);
                W.Gradient.Span.Clear();
                layer.BackwardParameters(upstream);
                oracle.AssertMatches("grad_W", table is null ? W.Gradient : Spread(W.Gradient, table), OnePass);
            });
    }

    [Theory]
    [MemberData(nameof(PoolingCases))]
    public void Pooling_and_its_gradient_match(string name)
    {
        var oracle = OracleFolder.Load(name);
        var (kernel, stride) = (oracle.Labels("kernel"), oracle.Labels("stride"));
        var (window, step) = ((kernel[0], kernel[1]), (stride[0], stride[1]));
        Pooling layer = name.StartsWith("max") ? new MaxPool(window, step) : new AveragePool(window, step);
        oracle.AssertMatches("y", layer.Forward(oracle.Input("x"), training: true), OnePass);
        oracle.AssertMatches("grad_x", layer.Backward(oracle.Input("upstream")), OnePass);
        if (layer is MaxPool max)
            Assert.Equal(oracle.Expected("argmax").Data.Select(place => (int)place), max.Places.ToArray());
    }

    [Fact]
    public void Subsampling_and_its_gradients_match()
    {
        var oracle = OracleFolder.Load("subsampling-trainable-tanh");
        var layer = new Subsampling(oracle.Input("coef"), oracle.Input("bias"));
        var x = oracle.Input("x");
        var network = new Network(x.Shape[1..].ToArray(), layer, new Tanh());
        oracle.AssertMatches("y", network.Forward(x, training: true), OnePass);
        oracle.AssertMatches("grad_x", network.Backward(oracle.Input("upstream")), OnePass);
        oracle.AssertMatches("grad_coef", layer.w.Gradient, OnePass);
        oracle.AssertMatches("grad_bias", layer.b.Gradient, OnePass);
    }

    [Theory]
    [MemberData(nameof(RadialBasisCases))]
    public void Radial_basis_units_and_their_loss_match(string name)
    {
        var oracle = OracleFolder.Load(name);
        var layer = new RadialBasis(oracle.Input("W"), learned: true);
        var loss = new RadialBasisLoss(oracle.Scalar("j"));
        var (x, labels) = (oracle.Input("x"), oracle.Labels("labels"));
        var y = layer.Forward(x, training: true);
        oracle.AssertMatches("y", y, OnePass);
        oracle.AssertMatches("loss", loss.Forward(y, labels), OnePass);
        oracle.AssertMatches("grad_y", loss.Backward(), OnePass);
        oracle.AssertMatches("grad_x", layer.Backward(loss.Backward()), OnePass);
        oracle.AssertMatches("grad_W", layer.W.Gradient, OnePass);
        for (var n = 0; n < labels.Length; n++)
        {
            var row = Tensor.From(y.Data[(n * 10)..((n + 1) * 10)], 1, 10);
            oracle.AssertMatches("E", n, [(float)loss.Forward(row, [labels[n]])], OnePass);
        }
    }

    [Fact]
    public void Residual_block_and_its_gradients_match()
    {
        var oracle = OracleFolder.Load("residual-block");
        var (first, second) = (new Dense(oracle.Input("W1"), oracle.Input("b1")), new Dense(oracle.Input("W2"), oracle.Input("b2")));
        var block = new Residual(first, new ReLU(), second);
        oracle.AssertMatches("y", block.Forward(oracle.Input("x"), training: true), OnePass);
        oracle.AssertMatches("grad_x", block.Backward(oracle.Input("upstream")), OnePass);
        oracle.AssertMatches("grad_W1", first.W.Gradient, OnePass);
        oracle.AssertMatches("grad_b1", first.b.Gradient, OnePass);
        oracle.AssertMatches("grad_W2", second.W.Gradient, OnePass);
        oracle.AssertMatches("grad_b2", second.b.Gradient, OnePass);
    }

    [Fact]
    public void Training_a_small_LeNet_matches_step_by_step()
    {
        var oracle = OracleFolder.Load("training-lenet-style");
        var table = ConnectionTable.From(oracle.Input("table"));
        var network = new Network(
            [1, 12, 12],
            new Conv2D(oracle.Input("C1_W"), oracle.Input("C1_b")), new Tanh(),
            new Subsampling(oracle.Input("S2_coef"), oracle.Input("S2_bias")), new Tanh(),
            new Conv2D(Gathered(oracle.Input("C3_W"), table), oracle.Input("C3_b"), table: table), new Tanh(),
            new Flatten(), new Dense(oracle.Input("F_W"), oracle.Input("F_b")));
        string[] names = ["C1_W", "C1_b", "S2_coef", "S2_bias", "C3_W", "C3_b", "F_W", "F_b"];
        var (loss, optimiser) = (new SoftmaxCrossEntropy(), new Momentum(oracle.Scalar("learning_rate"), oracle.Scalar("momentum")));
        for (var s = 0; s < oracle.Expected("loss").Count; s++)
        {
            int[] labels = [.. oracle.InputOfStep("labels", s).Data.Select(label => (int)label)];
            oracle.AssertMatches("loss", s, [(float)loss.Forward(network.Forward(oracle.InputOfStep("x", s), training: true), labels)], Trace);
            network.BackwardParameters(loss.Backward());
            optimiser.Step(network.Parameters);
            if (s == 0)
                AssertParameters("first", OnePass);
        }

        AssertParameters("final", Trace);

        void AssertParameters(string when, double tolerance)
        {
            foreach (var (parameter, name) in network.Parameters.Zip(names))
                oracle.AssertMatches($"{name}_{when}", name == "C3_W" ? Spread(parameter.Value, table) : parameter.Value, tolerance);
        }
    }

    private static (Layer Layer, Parameter W, Parameter b, ConnectionTable? Table) Make(OracleCase oracle)
    {
        var table = oracle.Has("table") ? ConnectionTable.From(oracle.Input("table")) : null;
        var (W, bias) = (oracle.Input("W"), oracle.Input("b"));
        int[] Whole(string name, params int[] otherwise) => oracle.Has(name) ? oracle.Labels(name) : otherwise;
        var turned = Whole("flip", 0)[0] == 1;
        if (W.Rank == 3)
        {
            var padding = Whole("padding", 0, 0);
            var conv1D = new Conv1D(W, bias, Whole("stride", 1)[0], (padding[0], padding[1]), turned: turned);
            return (conv1D, conv1D.W, conv1D.b, null);
        }

        var (s, p) = (Whole("stride", 1, 1), Whole("padding", 0, 0, 0, 0));
        var conv2D = new Conv2D(table is null ? W : Gathered(W, table), bias, (s[0], s[1]), new(p[0], p[1], p[2], p[3]), table, turned);
        return (conv2D, conv2D.W, conv2D.b, table);
    }

    /// <summary>The kernels of the table's ones, out of all.</summary>
    internal static Tensor Gathered(Tensor W, ConnectionTable table)
    {
        var window = W.Shape[2] * W.Shape[3];
        var kernels = Connected(table).SelectMany(kp => W.Data.Skip((kp.K * table.Inputs + kp.P) * window).Take(window));
        return Tensor.From([.. kernels], table.Count, W.Shape[2], W.Shape[3]);
    }

    /// <summary>All kernels, zero where the table is.</summary>
    internal static Tensor Spread(Tensor W, ConnectionTable table)
    {
        var window = W.Shape[1] * W.Shape[2];
        var all = new Tensor(table.Outputs, table.Inputs, W.Shape[1], W.Shape[2]);
        foreach (var ((k, p), i) in Connected(table).Select((kp, i) => (kp, i)))
            W.Span.Slice(i * window, window).CopyTo(all.Span[((k * table.Inputs + p) * window)..]);
        return all;
    }

    private static IEnumerable<(int K, int P)> Connected(ConnectionTable table) =>
        from k in Enumerable.Range(0, table.Outputs)
        from p in Enumerable.Range(0, table.Inputs)
        where table[p, k]
        select (k, p);
}
