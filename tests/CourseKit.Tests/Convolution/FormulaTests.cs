namespace CourseKit.Tests.Convolution;

/// <summary>Formulas (17) to (24), each against a computation written down from it; and what the layers beside them promise.</summary>
public class FormulaTests
{
    private static Tensor Random(int seed, params ReadOnlySpan<int> shape)
    {
        var tensor = new Tensor(shape);
        new RandomSource(seed).FillNormal(tensor.Span);
        return tensor;
    }

    [Fact]
    public void Formula_17_and_18_the_same_m_plus_1_parameters_at_every_place_and_n_minus_m_plus_1_units()
    {
        var (x, w, b) = (Random(1, 1, 1, 9), Random(2, 1, 1, 4), Random(3, 1));
        var layer = new Conv1D(w, b);
        var z = layer.Forward(x);
        Assert.Equal([1, 1, 6], z.Shape.ToArray());
        Assert.Equal(5, layer.ParameterCount);
        for (var i = 0; i < 6; i++)
            Assert.Equal(Enumerable.Range(0, 4).Sum(j => (double)w.Data[j] * x.Data[i + j]) + b.Data[0], z.Data[i], 1e-5);
        double[] function = Convolution1D.ConvolveNarrow([.. x.Data.Select(v => (double)v)], [.. w.Data.Select(v => (double)v)]);
        var turned = new Conv1D(w, new Tensor(1), turned: true).Forward(x);
        for (var i = 0; i < 6; i++)
            Assert.Equal(function[i], turned.Data[i], 1e-5);
    }

    [Fact]
    public void Formula_19_and_20_one_kernel_over_an_image()
    {
        var (x, w) = (Random(1, 1, 1, 7, 6), Random(2, 1, 1, 3, 2));
        var z = new Conv2D(w, Tensor.From([0.5f], 1)).Forward(x);
        Assert.Equal([1, 1, 5, 5], z.Shape.ToArray());
        var function = Convolution2D.CorrelateNarrow(x.Reshape(7, 6), w.Reshape(3, 2));
        for (var i = 0; i < 25; i++)
            Assert.Equal(function.Data[i] + 0.5, z.Data[i], 1e-5);
        var turned = new Conv2D(w, new Tensor(1), padding: Padding.Wide(3, 2), turned: true).Forward(x);
        Assert.Equal(Convolution2D.ConvolveWide(x.Reshape(7, 6), w.Reshape(3, 2)).Data, turned.Data, (p, q) => Math.Abs(p - q) < 1e-5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Formula_21_and_22_sum_over_the_input_maps_that_the_table_names(bool sparse)
    {
        var table = sparse ? new ConnectionTable(3, [0, 2], [1], [0, 1, 2], [1, 2], [0], [2], [0, 1]) : ConnectionTable.Full(3, 7);
        var layer = new Conv2D(3, 7, 2, table: table);
        layer.Initialise(Initialisation.HeNormal, new RandomSource(1));
        Random(2, 7).Span.CopyTo(layer.b.Value.Span);
        Assert.Equal(table.Count * 2 * 2 + 7, layer.ParameterCount);
        var x = Random(3, 2, 3, 5, 4);
        var z = layer.Forward(x);
        var filter = 0;
        for (var k = 0; k < 7; k++)
        {
            var maps = table.InputsOf(k).ToArray();
            for (var n = 0; n < 2; n++)
                for (var i = 0; i < 4; i++)
                    for (var j = 0; j < 3; j++)
                    {
                        double sum = layer.b.Value.Data[k];
                        for (var p = 0; p < maps.Length; p++)
                            for (var u = 0; u < 2; u++)
                                for (var v = 0; v < 2; v++)
                                    sum += (double)layer.W.Value.Data[((filter + p) * 2 + u) * 2 + v] * x[n, maps[p], i + u, j + v];
                        Assert.Equal(sum, z[n, k, i, j], 1e-4);
                    }

            filter += maps.Length;
        }
    }

    [Fact]
    public void Formula_22_has_K_u_v_plus_n_parameters_with_LeNets_table()
    {
        Assert.Equal(60 * 25 + 16, new Conv2D(6, 16, 5, table: ConnectionTable.LeNet5).ParameterCount);
        Assert.Equal(96 * 25 + 16, new Conv2D(6, 16, 5).ParameterCount);
    }

    [Fact]
    public void Formula_23_is_a_weight_times_the_mean_plus_a_bias()
    {
        var x = Random(1, 2, 3, 4, 18);
        var z = new Subsampling(Tensor.From([2, -1, 0.5f], 3), Tensor.From([0.1f, 0.2f, 0.3f], 3)).Forward(x);
        Assert.Equal([2, 3, 2, 9], z.Shape.ToArray());
        for (var n = 0; n < 2; n++)
            for (var c = 0; c < 3; c++)
                for (var i = 0; i < 2; i++)
                    for (var j = 0; j < 9; j++)
                    {
                        var mean = ((double)x[n, c, 2 * i, 2 * j] + x[n, c, 2 * i, 2 * j + 1] + x[n, c, 2 * i + 1, 2 * j] + x[n, c, 2 * i + 1, 2 * j + 1]) / 4;
                        Assert.Equal(new[] { 2, -1, 0.5 }[c] * mean + new[] { 0.1, 0.2, 0.3 }[c], z[n, c, i, j], 1e-5);
                    }
    }

    [Fact]
    public void Formula_24_takes_the_largest_or_the_mean_of_windows_that_may_overlap()
    {
        var x = Tensor.From([1, 5, 2, 0, 3, 4, 8, 6, 7], 1, 1, 3, 3);
        Assert.Equal([5, 5, 8, 7], new MaxPool(2, 1).Forward(x).Data);
        Assert.Equal([2.25f, 3.5f, 4.25f, 5], new AveragePool(2, 1).Forward(x).Data);
        Assert.Equal([5], new MaxPool(2).Forward(x).Data);
        Assert.Equal([2.25f], new AveragePool(2).Forward(x).Data);
        Assert.Equal([2, 4, 7], new MaxPool((1, 3), (1, 1)).Forward(Tensor.From([1, 0, 2, 4, 3, 1, 5, 7, 6], 1, 1, 3, 3)).Data);
    }

    [Fact]
    public void Dropout_drops_its_share_keeps_the_mean_and_does_nothing_when_not_learning()
    {
        var x = new Tensor(100, 100);
        x.Span.Fill(1);
        var layer = new Dropout(0.3, seed: 1);
        Assert.Same(x, layer.Forward(x));
        var first = layer.Forward(x, training: true).Data.ToArray();
        Assert.InRange(first.Count(y => y == 0), 2800, 3200);
        Assert.All(first, y => Assert.True(y == 0 || y == (float)(1 / 0.7)));
        Assert.NotEqual(first, layer.Forward(x, training: true).Data);
        Assert.Equal(first, new Dropout(0.3, seed: 1).Forward(x, training: true).Data);
    }

    [Fact]
    public void BatchNorm_normalises_by_the_batch_and_later_by_the_running_means()
    {
        var layer = new BatchNorm(2);
        var x = Random(1, 50, 2, 3, 3);
        for (var i = 0; i < x.Count; i++)
            x.Data[i] = 5 + 3 * x.Data[i];
        for (var step = 0; step < 200; step++)
            layer.Forward(x, training: true);
        var y = layer.Forward(x, training: true).Data.ToArray();
        Assert.Equal(0, y.Average(), 1e-5);
        Assert.Equal(1, y.Average(v => v * v), 1e-3);
        Assert.Equal(y, layer.Forward(x).Data, (p, q) => Math.Abs(p - q) < 0.01);
        Assert.Equal(layer.Forward(x).Data[..18], layer.Forward(Tensor.From(x.Data[..18], 1, 2, 3, 3)).Data);
    }

    [Fact]
    public void The_parameters_of_a_residual_block_have_names_of_their_own_and_are_saved()
    {
        Network Make() => new(3, new Residual(new Dense(3, 4), new ReLU(), new Dense(4, 3)), new BatchNorm(3), new RadialBasis(new Tensor(2, 3)));
        var network = Make().Initialise(Initialisation.HeNormal, 1);
        Assert.Equal(["residual1.dense1.W", "residual1.dense1.b", "residual1.dense2.W", "residual1.dense2.b", "batchnorm1.gamma", "batchnorm1.beta"], network.NamedParameters.Select(named => named.Name));
        Assert.Equal(["batchnorm1.mean", "batchnorm1.variance", "radialbasis1.W"], network.State.Select(state => state.Name));
        var path = Path.GetTempFileName();
        try
        {
            network.Save(path);
            var other = Make();
            other.Load(path);
            Assert.Equal(network.Parameters.SelectMany(parameter => parameter.Value.Data), other.Parameters.SelectMany(parameter => parameter.Value.Data));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_smaller_batch_after_a_larger_one_and_another_image_size_give_what_a_new_layer_gives()
    {
        var layer = new Conv2D(Random(1, 5, 2, 3, 3), Random(2, 5), padding: 1);
        foreach (var shape in new int[][] { [40, 2, 9, 8], [3, 2, 9, 8], [3, 2, 5, 12], [40, 2, 9, 8] })
        {
            var x = Random(3, shape);
            var fresh = new Conv2D(layer.W.Value, layer.b.Value, padding: 1);
            var y = layer.Forward(x);
            Assert.Equal(fresh.Forward(x).Data, y.Data);
            var upstream = Random(4, y.Shape);
            Assert.Equal(fresh.Backward(upstream).Data, layer.Backward(upstream).Data);
            Assert.Equal(fresh.W.Gradient.Data, layer.W.Gradient.Data);
            Assert.Equal(fresh.b.Gradient.Data, layer.b.Gradient.Data);
        }
    }
}
