namespace CourseKit.Tests.Convolution;

public class DiagonalCurvatureTests
{
    /// <summary>The exact Gauss-Newton diagonal for ½|y - t|²: the squares of dy_k/dw, summed over the outputs, the mean over the examples.</summary>
    private static double[] SumOfSquaredSlopes(Network network, Tensor x, Parameter parameter)
    {
        var sums = new double[parameter.Value.Count];
        var size = x.Count / x.Shape[0];
        for (var n = 0; n < x.Shape[0]; n++)
        {
            var one = Tensor.From([.. x.Data.AsSpan(n * size, size)], [1, .. x.Shape[1..]]);
            var outputs = network.Forward(one).Count;
            for (var k = 0; k < outputs; k++)
            {
                var unit = new Tensor(network.Forward(one).Shape);
                unit.Data[k] = 1;
                network.Backward(unit);
                for (var i = 0; i < sums.Length; i++)
                    sums[i] += (double)parameter.Gradient.Data[i] * parameter.Gradient.Data[i] / x.Shape[0];
            }
        }

        return sums;
    }

    private static Tensor Random(int seed, params int[] shape)
    {
        var tensor = new Tensor(shape);
        new RandomSource(seed).FillNormal(tensor.Span, 0, 1);
        return tensor;
    }

    private static void AssertClose(IReadOnlyList<double> expected, Tensor actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.Contains(expected, h => h > 1e-4);
        for (var i = 0; i < expected.Count; i++)
            Assert.Equal(expected[i], actual.Data[i], 1e-6 + 1e-4 * expected[i]);
    }

    [Fact]
    public void Two_dense_layers_have_the_exact_Gauss_Newton_diagonal()
    {
        // With one hidden layer no mixed derivative is left out, whatever the activation.
        foreach (var f in new Layer[] { new ScaledTanh(), new Sigmoid(), new ReLU() })
        {
            var network = new Network(4, new Dense(4, 5), f, new Dense(5, 3)).Initialise(Initialisation.XavierNormal, 1);
            var x = Random(2, 6, 4);
            var h = DiagonalCurvature.Of(network, new HalfSquaredError(), x);
            for (var i = 0; i < 4; i++)
                AssertClose(SumOfSquaredSlopes(network, x, network.Parameters[i]), h[i]);
        }
    }

    [Fact]
    public void A_convolution_adds_up_every_place_of_a_shared_weight()
    {
        var table = new ConnectionTable(2, [0], [0, 1]);
        var convolution = new Conv2D(2, 2, 2, stride: 2, padding: 1, table: table);
        var network = new Network([2, 3, 3], convolution).Initialise(Initialisation.LeCunUniform, 1);
        var x = Random(1, 2, 2, 3, 3);
        var expected = new double[3 * 2 * 2];
        (int Map, int Filter)[] pairs = [(0, 0), (0, 1), (1, 2)];
        foreach (var (map, filter) in pairs)
            for (var u = 0; u < 2; u++)
                for (var v = 0; v < 2; v++)
                    for (var n = 0; n < 2; n++)
                        for (var i = 0; i < 2; i++)
                            for (var j = 0; j < 2; j++)
                                if (2 * i + u - 1 is var row and >= 0 and < 3 && 2 * j + v - 1 is var column and >= 0 and < 3)
                                    expected[filter * 4 + u * 2 + v] += Math.Pow(x[n, map, row, column], 2) / 2;
        var h = DiagonalCurvature.Of(network, new HalfSquaredError(), x);
        AssertClose(expected, h[0]);
        AssertClose([4, 4], h[1]);
    }

    [Fact]
    public void What_lies_before_convolution_subsampling_and_pooling_gets_its_share()
    {
        // One weight in front that multiplies a whole picture: its slope is known, and with one output nothing is mixed.
        foreach (var layer in new Layer[] { new Conv2D(1, 1, 4), new AveragePool(4), new MaxPool(4), new Subsampling(Tensor.From([1.5f], 1), Tensor.From([0.2f], 1), 4) })
        {
            var picture = Random(3, 1, 1, 4, 4);
            var first = new Conv2D(Random(4, 1, 1, 1, 1), new Tensor(1));
            var network = new Network([1, 4, 4], first, layer);
            layer.Initialise(Initialisation.LeCunUniform, new RandomSource(5));
            var h = DiagonalCurvature.Of(network, new HalfSquaredError(), picture)[0];
            network.Forward(picture);
            var back = layer.Backward(Tensor.From([1], 1, 1, 1, 1));
            AssertClose([back.Data.Zip(picture.Data, (slope, pixel) => Math.Pow(slope * pixel, 2)).Sum()], h);
        }
    }

    [Fact]
    public void Subsampling_bends_by_the_squares_of_the_means()
    {
        var network = new Network([1, 2, 4], new Subsampling(1));
        var x = Tensor.From([1, 3, 2, 2, 5, 7, 0, 4], 1, 1, 2, 4); // means 4 and 2
        var h = DiagonalCurvature.Of(network, new HalfSquaredError(), x);
        AssertClose([20], h[0]);
        AssertClose([2], h[1]);
    }

    [Fact]
    public void Distances_bend_by_their_squared_slopes_and_the_loss_of_LeNet_by_its_pull()
    {
        var x = Random(6, 3, 4);
        var units = new Network(4, new RadialBasis(Random(7, 2, 4), learned: true));
        AssertClose(SumOfSquaredSlopes(units, x, units.Parameters[0]), DiagonalCurvature.Of(units, new HalfSquaredError(), x)[0]);
        var network = new Network(4, new Dense(4, 3), new RadialBasis(Random(7, 2, 3))).Initialise(Initialisation.LeCunUniform, 1);
        AssertClose([2, 2, 2], DiagonalCurvature.Of(network, new RadialBasisLoss(), x)[1]); // d²|z + b - w|²/db² = 2
    }

    [Fact]
    public void Cross_entropy_bends_by_p_times_1_minus_p()
    {
        var network = new Network(2, new Dense(2, 3)).Initialise(Initialisation.LeCunUniform, 1);
        var x = Random(8, 5, 2);
        var p = new Softmax().Forward(network.Forward(x)).Clone();
        AssertClose([.. Enumerable.Range(0, 3).Select(k => Enumerable.Range(0, 5).Average(n => (double)p[n, k] * (1 - p[n, k])))], DiagonalCurvature.Of(network, new SoftmaxCrossEntropy(), x)[1]);
    }

    [Fact]
    public void A_residual_block_adds_its_input_s_own_curvature()
    {
        var layers = new Layer[] { new Dense(2, 2), new Residual(new Dense(2, 2)) };
        var network = new Network(2, layers).Initialise(Initialisation.LeCunUniform, 1);
        var inner = ((Dense)((Residual)layers[1]).Layers[0]).W.Value;
        var h = DiagonalCurvature.Of(network, new HalfSquaredError(), Random(1, 4, 2));
        AssertClose([.. Enumerable.Range(0, 2).Select(j => 1 + Math.Pow(inner[0, j], 2) + Math.Pow(inner[1, j], 2))], h[1]);
    }

    [Fact]
    public void What_has_no_rule_is_named()
    {
        var normalised = new Network(2, new BatchNorm(2));
        Assert.Contains("through BatchNorm 2", Assert.Throws<NotSupportedException>(() => DiagonalCurvature.Of(normalised, new HalfSquaredError(), new Tensor(1, 2))).Message);
        var dense = new Network(2, new Dense(2, 2));
        Assert.Contains("MeanSquaredError", Assert.Throws<NotSupportedException>(() => DiagonalCurvature.Of(dense, new MeanSquaredError(), new Tensor(1, 2))).Message);
        Assert.Contains("ends in Dense", Assert.Throws<NotSupportedException>(() => DiagonalCurvature.Of(dense, new RadialBasisLoss(), new Tensor(1, 2))).Message);
        Assert.Contains("shape 1x3 given", Assert.Throws<ArgumentException>(() => DiagonalCurvature.Of(dense, new HalfSquaredError(), new Tensor(1, 3))).Message);
    }
}
