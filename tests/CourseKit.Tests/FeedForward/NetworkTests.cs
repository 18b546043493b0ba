using System.Globalization;

namespace CourseKit.Tests.FeedForward;

public class NetworkTests
{
    private static Network Digits() => new(
        [1, 28, 28], new Flatten(), new Dense(784, 300), new Tanh(), new Dense(300, 100), new Tanh(), new Dense(100, 10));

    [Fact]
    public void A_network_prints_itself_as_a_table()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            Assert.Equal(
                """
                layer                      output   parameters  connections
                input                      1x28x28
                flatten1  Flatten          784
                dense1    Dense 784 → 300  300         235,500      235,500
                tanh1     Tanh             300
                dense2    Dense 300 → 100  100          30,100       30,100
                tanh2     Tanh             100
                dense3    Dense 100 → 10   10            1,010        1,010
                total                                  266,610      266,610
                """.ReplaceLineEndings("\n"),
                Digits().ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_table_is_there_as_data_too()
    {
        var rows = Digits().Rows;
        Assert.Equal(["flatten1", "dense1", "tanh1", "dense2", "tanh2", "dense3"], rows.Select(row => row.Name));
        Assert.Equal(266_610, rows.Sum(row => row.Parameters));
        Assert.Equal([300], rows[1].OutputShape);
        Assert.Equal(266_610, Digits().ParameterCount);
        Assert.Equal(266_610, Digits().ConnectionCount([1, 28, 28]));
    }

    [Fact]
    public void Parameters_have_names_also_in_a_network_within_a_network()
    {
        var network = new Network(4, new Network(4, new Dense(4, 3), new ReLU(), new Dense(3, 2)), new Network(2, new Dense(2, 4)));
        Assert.Equal(
            ["network1.dense1.W", "network1.dense1.b", "network1.dense2.W", "network1.dense2.b", "network2.dense1.W", "network2.dense1.b"],
            network.NamedParameters.Select(named => named.Name));
        Assert.Equal(network.Parameters, network.NamedParameters.Select(named => named.Parameter));
        Assert.Contains("Network of 3 layers", network.ToString());
    }

    [Fact]
    public void Buffers_are_made_once_for_each_batch_size()
    {
        var network = new Network(3, new Dense(3, 4), new Tanh(), new Dense(4, 2));
        var large = network.Forward(new Tensor(8, 3));
        var small = network.Forward(new Tensor(5, 3));
        Assert.NotSame(large, small);
        Assert.Same(large, network.Forward(new Tensor(8, 3)));
        Assert.Same(small, network.Forward(new Tensor(5, 3)));
    }

    [Fact]
    public void A_buffer_keeps_the_last_few_shapes()
    {
        var buffer = new TensorBuffer();
        Tensor[] made = [buffer.Get(1, 2), buffer.Get(2, 2), buffer.Get(3, 2), buffer.Get(4, 2)];
        Assert.Same(made[0], buffer.Get(1, 2));
        buffer.Get(5, 2); // in place of 2x2, the one not asked for the longest
        Assert.Same(made[0], buffer.Get(1, 2));
        Assert.Same(made[2], buffer.Get(3, 2));
        Assert.NotSame(made[1], buffer.Get(2, 2));
        Assert.True(buffer.Get(2, 1).HasShape(2, 1));
    }

    [Fact]
    public void A_batch_gives_what_its_examples_give_one_by_one()
    {
        var network = Digits().Initialise(Initialisation.XavierUniform, 1);
        var x = new Tensor(9, 1, 28, 28);
        new RandomSource(2).FillUniform(x.Span);
        var together = network.Forward(x).Clone();
        for (var n = 0; n < 9; n++)
        {
            var alone = network.Forward(Tensor.From(x.Data[(n * 784)..((n + 1) * 784)], 1, 1, 28, 28));
            for (var k = 0; k < 10; k++)
                Assert.Equal(together[n, k], alone[0, k], 1e-5f);
        }
    }

    [Fact]
    public void The_short_backward_pass_writes_the_same_gradients()
    {
        var network = Digits().Initialise(Initialisation.XavierUniform, 1);
        var (x, delta) = (new Tensor(3, 1, 28, 28), new Tensor(3, 10));
        new RandomSource(2).FillUniform(x.Span);
        new RandomSource(3).FillNormal(delta.Span);
        network.Forward(x);
        Assert.True(network.Backward(delta).HasShape(3, 1, 28, 28));
        var gradients = network.Parameters.Select(parameter => parameter.Gradient.Clone()).ToArray();
        network.BackwardParameters(delta);
        foreach (var (parameter, gradient) in network.Parameters.Zip(gradients))
            Assert.Equal(gradient.Data, parameter.Gradient.Data);
    }

    [Fact]
    public void Layers_behind_flatten_see_map_row_column()
    {
        var flat = new Flatten().Forward(Tensor.From([.. Enumerable.Range(0, 24).Select(i => (float)i)], 2, 3, 2, 2));
        Assert.True(flat.HasShape(2, 12));
        Assert.Equal(1 * 4 + 1 * 2 + 0, flat[0, 6]); // map 1, row 1, column 0
        Assert.Equal([3, 4], new Reshape(3, -1).OutputShape([2, 3, 2]));
        Assert.Equal("Reshape to 3xN", new Reshape(3, -1).ToString());
    }

    [Theory]
    [InlineData("XavierUniform", 2.0 / 500)]
    [InlineData("XavierNormal", 2.0 / 500)]
    [InlineData("HeUniform", 2.0 / 300)]
    [InlineData("HeNormal", 2.0 / 300)]
    [InlineData("LeCunUniform", 1.0 / 300)]
    [InlineData("LeCunNormal", 1.0 / 300)]
    [InlineData("Zeros", 0)]
    public void Start_weights_have_the_variance_of_their_paper(string name, double variance)
    {
        var initialisation = (Initialisation)typeof(Initialisation).GetProperty(name)!.GetValue(null)!;
        var dense = new Dense(300, 200);
        dense.b.Value.Span.Fill(1);
        dense.Initialise(initialisation, new RandomSource(1));
        var W = dense.W.Value.Data;
        Assert.Equal(variance, W.Average(w => (double)w * w), 0.02 * variance);
        Assert.Equal(0, W.Average(w => (double)w), 0.01 * Math.Sqrt(variance));
        Assert.All(dense.b.Value.Data, b => Assert.Equal(0, b));
        if (name.EndsWith("Uniform"))
            Assert.InRange(W.Max(Math.Abs), 0.99 * Math.Sqrt(3 * variance), 1.0001 * Math.Sqrt(3 * variance));
    }

    [Fact]
    public void Layers_of_one_network_start_differently_and_a_seed_always_alike()
    {
        Network Make(int seed) => new Network(5, new Dense(5, 5), new Dense(5, 5)).Initialise(Initialisation.HeNormal, seed);
        var network = Make(1);
        Assert.NotEqual(network.Parameters[0].Value.Data, network.Parameters[2].Value.Data);
        Assert.Equal(network.Parameters[0].Value.Data, Make(1).Parameters[0].Value.Data);
        Assert.NotEqual(network.Parameters[0].Value.Data, Make(2).Parameters[0].Value.Data);
    }

    [Fact]
    public void A_frozen_parameters_gradient_is_left_and_the_error_still_passes()
    {
        var dense = new Dense(3, 2);
        dense.Initialise(Initialisation.HeNormal, new RandomSource(1));
        dense.Freeze();
        dense.W.Gradient.Span.Fill(7);
        dense.Forward(Tensor.From([1, 2, 3], 1, 3));
        var gradient = dense.Backward(Tensor.From([1, 0], 1, 2));
        Assert.All(dense.W.Gradient.Data, g => Assert.Equal(7, g));
        Assert.Equal(dense.W.Value.Data[..3], gradient.Data);
    }
}
