using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Tests.FeedForward;

/// <summary>The lecture's formulas, written with matrices as on the slides, against the library.</summary>
public class FormulaTests
{
    private static readonly VectorBuilder<double> V = Vector<double>.Build;
    private static readonly MatrixBuilder<double> M = Matrix<double>.Build;

    private static double Sigma(double x) => 1 / (1 + Math.Exp(-x));

    private static Tensor Row(params ReadOnlySpan<float> x) => Tensor.From(x.ToArray(), 1, x.Length);

    private static Network SlidesNetwork() => new(
        2,
        new Dense(Tensor.FromMatrix(M.DenseOfArray(new double[,] { { 1, -2 }, { -1, 1 } })), Tensor.From([1, 0], 2)), new Sigmoid(),
        new Dense(Tensor.FromMatrix(M.DenseOfArray(new double[,] { { 2, -1 }, { -2, -1 } })), Tensor.From([0, 0], 2)), new Sigmoid(),
        new Dense(Tensor.FromMatrix(M.DenseOfArray(new double[,] { { 3, -1 }, { -1, 4 } })), Tensor.From([-2, 2], 2)), new Sigmoid());

    /// <summary>A random network of four layers with its hand-written counterpart's matrices.</summary>
    private static (Network Network, Matrix<double>[] W, Vector<double>[] b) FourLayers(int seed)
    {
        var network = new Network(6, new Dense(6, 7), new Tanh(), new Dense(7, 5), new Sigmoid(), new Dense(5, 8), new Tanh(), new Dense(8, 3), new Sigmoid());
        var random = new RandomSource(seed);
        foreach (var parameter in network.Parameters)
            random.FillNormal(parameter.Value.Span, 0, 0.6f);
        var dense = network.Layers.OfType<Dense>().ToArray();
        return (network, [.. dense.Select(d => d.W.Value.ToMatrix())], [.. dense.Select(d => V.Dense([.. d.b.Value.Data.Select(x => (double)x)]))]);
    }

    private static (Vector<double> a1, Vector<double> a2, Vector<double> a3, Vector<double> a4) Forward(
        Vector<double> x, Matrix<double>[] W, Vector<double>[] b)
    {
        var a1 = (W[0] * x + b[0]).PointwiseTanh();
        var a2 = (W[1] * a1 + b[1]).Map(Sigma);
        var a3 = (W[2] * a2 + b[2]).PointwiseTanh();
        var a4 = (W[3] * a3 + b[3]).Map(Sigma);
        return (a1, a2, a3, a4);
    }

    [Fact]
    public void Formula_3_a_neuron_weighs_sums_and_activates()
    {
        var (omega, x, b) = (V.Dense([0.5, -1, 2]), V.Dense([1, 0.25, -0.5]), 0.3);
        var neuron = new Network(3, new Dense(Tensor.FromMatrix(omega.ToRowMatrix()), Tensor.From([0.3f], 1)), new Sigmoid());
        Assert.Equal(Sigma(omega * x + b), neuron.Forward(Row(1, 0.25f, -0.5f))[0, 0], 1e-6);
    }

    [Fact]
    public void Formula_4_sigmoid_and_tanh()
    {
        var x = Enumerable.Range(-400, 801).Select(i => i / 20f).ToArray();
        var (sigma, tanh) = (new Sigmoid().Forward(Row(x)), new Tanh().Forward(Row(x)));
        for (var i = 0; i < x.Length; i++)
        {
            Assert.Equal(Sigma(x[i]), sigma.Data[i], 1e-6);
            Assert.Equal((Math.Exp(x[i]) - Math.Exp(-x[i])) / (Math.Exp(x[i]) + Math.Exp(-x[i])), tanh.Data[i], 1e-6);
        }
    }

    [Fact]
    public void Formula_4_tanh_is_a_stretched_and_shifted_sigmoid_on_a_million_points()
    {
        const int count = 1_000_000;
        var (x, twice) = (new Tensor(1, count), new Tensor(1, count));
        for (var i = 0; i < count; i++)
            (x.Data[i], twice.Data[i]) = (-20 + 40f * i / count, 2 * (-20 + 40f * i / count));
        var (tanh, sigma) = (new Tanh().Forward(x), new Sigmoid().Forward(twice));
        var worst = 0f;
        for (var i = 0; i < count; i++)
            worst = Math.Max(worst, Math.Abs(tanh.Data[i] - (2 * sigma.Data[i] - 1)));
        Assert.InRange(worst, 0, 1e-6f);
    }

    [Fact]
    public void Formula_5_the_rectifier()
    {
        Assert.Equal([0, 0, 0, 0.5f, 3, 0, 0, 0, 7], new ReLU().Forward(Row(-2, -0.1f, 0, 0.5f, 3, -1, -1e30f, -1e-30f, 7)).Data);
    }

    [Fact]
    public void Formula_6_a_layer_is_W_a_plus_b_without_the_slides_transpose()
    {
        var W = M.Random(4, 3, 1); // n_l x n_(l-1): W'a would not fit
        var (a, b) = (V.Random(3, 2), V.Random(4, 3));
        var layer = new Dense(Tensor.FromMatrix(W), Tensor.FromVector(b));
        var z = layer.Forward(Tensor.FromVector(a).Reshape(1, 3));
        Assert.Equal(0, (W * a + b - z.ToMatrix().Row(0)).InfinityNorm(), 1e-6);
        Assert.Throws<ArgumentException>(() => W.Transpose() * a);
    }

    [Fact]
    public void Formula_7_a_layer_on_the_states_below()
    {
        var (W, b, z) = (M.Random(4, 3, 1), V.Random(4, 3), V.Random(3, 2));
        var network = new Network(3, new Tanh(), new Dense(Tensor.FromMatrix(W), Tensor.FromVector(b)));
        var next = network.Forward(Tensor.FromVector(z).Reshape(1, 3));
        Assert.Equal(0, (W * z.PointwiseTanh() + b - next.ToMatrix().Row(0)).InfinityNorm(), 1e-6);
    }

    [Theory]
    [InlineData(1, -1, 0.62, 0.83)]
    [InlineData(0, 0, 0.51, 0.85)]
    public void Formula_8_the_slides_network(float x1, float x2, double y1, double y2)
    {
        var y = SlidesNetwork().Forward(Row(x1, x2));
        Assert.Equal(y1, Math.Round(y[0, 0], 2));
        Assert.Equal(y2, Math.Round(y[0, 1], 2));
    }

    [Fact]
    public void Formula_8_propagation_through_four_layers()
    {
        var (network, W, b) = FourLayers(1);
        var x = V.Random(6, 5);
        var y = Forward(x, W, b).a4;
        Assert.Equal(0, (network.Forward(Tensor.FromVector(x).Reshape(1, 6)).ToMatrix().Row(0) - y).InfinityNorm(), 1e-6);
    }

    [Fact]
    public void Formula_9_the_objective_sums_over_samples_and_adds_the_weights_norm()
    {
        var (network, W, _) = FourLayers(2);
        var (X, T) = (M.Random(10, 6, 1), M.Random(10, 3, 2));
        const float lambda = 0.1f;
        var samples = 0.0;
        for (var i = 0; i < 10; i++)
            samples += 0.5 * (network.Forward(Tensor.FromMatrix(X.SubMatrix(i, 1, 0, 6))).ToMatrix().Row(0) - T.Row(i)).Select(d => d * d).Sum();
        var norm = W.Sum(w => w.FrobeniusNorm() * w.FrobeniusNorm());
        var J = new Objective(network, new HalfSquaredError { Reduction = Reduction.Sum }, lambda);
        Assert.Equal(samples + lambda / 2 * norm, J.Forward(Tensor.FromMatrix(X), Tensor.FromMatrix(T)), 1e-5 * samples);
        var mean = new Objective(network, new HalfSquaredError(), lambda / 10);
        Assert.Equal((samples + lambda / 2 * norm) / 10, mean.Forward(Tensor.FromMatrix(X), Tensor.FromMatrix(T)), 1e-6 * samples);
    }

    [Fact]
    public void Formula_10_the_gradient_step_decays_weights_and_not_biases()
    {
        var (network, _, _) = FourLayers(3);
        var (X, T) = (Tensor.FromMatrix(M.Random(10, 6, 1)), Tensor.FromMatrix(M.Random(10, 3, 2)));
        const float alpha = 0.05f, lambda = 0.3f;
        var loss = new HalfSquaredError { Reduction = Reduction.Sum };
        loss.Forward(network.Forward(X), T);
        network.Backward(loss.Backward());
        var wanted = network.Parameters.Select(p => p.Value.Data.Zip(p.Gradient.Data)
            .Select(v => v.First - alpha * (v.Second + (p.IsWeight ? lambda * v.First : 0))).ToArray()).ToArray();

        // λ may stand in the objective, or in the update: both make the same step.
        var saved = network.Parameters.Select(p => p.Value.Clone()).ToArray();
        new Trainer(network, loss, new GradientDescent(alpha), lambda).Step(X, T);
        AssertWanted();
        foreach (var (parameter, value) in network.Parameters.Zip(saved))
            value.Data.CopyTo(parameter.Value.Data, 0);
        new Trainer(network, loss, new GradientDescent(alpha) { WeightDecay = lambda }).Step(X, T);
        AssertWanted();

        void AssertWanted()
        {
            foreach (var (parameter, values) in network.Parameters.Zip(wanted))
                for (var i = 0; i < values.Length; i++)
                    Assert.Equal(values[i], parameter.Value.Data[i], 1e-6f);
        }
    }

    [Fact]
    public void Formulas_11_to_14_hand_written_backpropagation_the_library_and_finite_differences_agree()
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var (network, W, b) = FourLayers(seed);
            var (x, y) = (V.Random(6, seed), V.Random(3, seed + 100));

            // Forward, (6) and (8).
            var a0 = x;
            var (a1, a2, a3, a4) = Forward(x, W, b);

            // Error terms, from the chain rule (11): delta^(l) = f'(z^(l)) ⊙ (W^(l+1)' delta^(l+1)).
            var delta4 = a4.PointwiseMultiply(1 - a4).PointwiseMultiply(a4 - y);
            var delta3 = (1 - a3.PointwiseMultiply(a3)).PointwiseMultiply(W[3].Transpose() * delta4);
            var delta2 = a2.PointwiseMultiply(1 - a2).PointwiseMultiply(W[2].Transpose() * delta3);
            var delta1 = (1 - a1.PointwiseMultiply(a1)).PointwiseMultiply(W[1].Transpose() * delta2);

            var objective = new Objective(network, new HalfSquaredError { Reduction = Reduction.Sum });
            objective.Forward(Tensor.FromVector(x).Reshape(1, 6), Tensor.FromVector(y).Reshape(1, 3));
            objective.Backward();
            var dense = network.Layers.OfType<Dense>().ToArray();
            foreach (var (l, delta, a) in new[] { (0, delta1, a0), (1, delta2, a1), (2, delta3, a2), (3, delta4, a3) })
            {
                var (dW, db) = (dense[l].W.Gradient.ToMatrix(), dense[l].b.Gradient.Reshape(-1, 1).ToMatrix());
                AssertClose(delta.OuterProduct(a), dW, 1e-5); // (13)
                AssertClose(delta.ToColumnMatrix(), db, 1e-5); // (14)
                AssertClose(Differences(W[l], J), dW, 1e-4);
                AssertClose(Differences(b[l], J), db, 1e-4);
            }

            double J() => 0.5 * (Forward(x, W, b).a4 - y).Sum(d => d * d);
            var check = GradientCheck.Network(objective, Tensor.FromVector(x).Reshape(1, 6), Tensor.FromVector(y).Reshape(1, 3));
            Assert.True(check.Passed, check.ToString());
        }

        // dJ/dtheta by central differences of the hand-written forward pass, in double precision.
        static Matrix<double> Differences<T>(T theta, Func<double> J)
            where T : class
        {
            const double h = 1e-5;
            var matrix = theta as Matrix<double>;
            var vector = theta as Vector<double>;
            double Shifted(int i, int j, double by)
            {
                if (matrix is not null)
                    matrix[i, j] += by;
                else
                    vector![i] += by;
                return J();
            }

            return M.Dense(matrix?.RowCount ?? vector!.Count, matrix?.ColumnCount ?? 1, (i, j) =>
            {
                var (above, below) = (Shifted(i, j, h), Shifted(i, j, -2 * h));
                Shifted(i, j, h);
                return (above - below) / (2 * h);
            });
        }

        static void AssertClose(Matrix<double> wanted, Matrix<double> actual, double tolerance) =>
            Assert.InRange((wanted - actual).Enumerate().Max(Math.Abs) / wanted.Enumerate().Max(Math.Abs), 0, tolerance);
    }

    [Fact]
    public void Formula_12_one_weights_gradient_is_its_error_term_times_its_input()
    {
        var layer = new Dense(Tensor.FromMatrix(M.Random(3, 4, 1)), new Tensor(3));
        layer.Forward(Row(1, 2, 3, 4));
        layer.Backward(Row(0.5f, -1, 0.25f));
        Assert.Equal(-1 * 3, layer.W.Gradient[1, 2]);
        Assert.Equal(0.25f * 4, layer.W.Gradient[2, 3]);
    }

    [Fact]
    public void Formula_13_and_14_over_a_batch_are_the_sums_over_its_examples()
    {
        var layer = new Dense(Tensor.FromMatrix(M.Random(3, 4, 1)), new Tensor(3));
        var (A, Delta) = (M.Random(6, 4, 2), M.Random(6, 3, 3));
        layer.Forward(Tensor.FromMatrix(A));
        layer.Backward(Tensor.FromMatrix(Delta));
        var sum = M.Dense(3, 4);
        for (var n = 0; n < 6; n++)
            sum += Delta.Row(n).OuterProduct(A.Row(n));
        Assert.Equal(0, (sum - layer.W.Gradient.ToMatrix()).Enumerate().Max(Math.Abs), 1e-5);
        Assert.Equal(0, (Delta.ColumnSums() - V.Dense([.. layer.b.Gradient.Data.Select(x => (double)x)])).InfinityNorm(), 1e-5);
    }
}
