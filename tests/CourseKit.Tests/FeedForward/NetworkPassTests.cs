namespace CourseKit.Tests.FeedForward;

public class NetworkPassTests
{
    private static readonly Tensor X = Tensor.From([0.5f, -1, 2, 0.25f, 1, -0.75f], 2, 3);
    private static readonly Tensor T = Tensor.From([1, 0, 0, 1], 2, 2);

    private static Network Small(int seed = 3) =>
        new Network(3, new Dense(3, 4), new Tanh(), new Dense(4, 5), new ReLU(), new Dense(5, 2)).Initialise(Initialisation.XavierNormal, seed);

    [Fact]
    public void The_pass_keeps_every_state_and_activation_under_the_lectures_index()
    {
        var network = Small();
        var pass = new NetworkPass(network, X);
        Assert.Equal(3, pass.L);
        Assert.Same(X, pass.a[0]);
        Assert.Equal([4, 5, 2], Enumerable.Range(1, 3).Select(l => pass.z[l].Shape[1]));
        for (var i = 0; i < pass.z[1].Count; i++)
            Assert.Equal(MathF.Tanh(pass.z[1].Data[i]), pass.a[1].Data[i], 1e-6f);
        Assert.Equal(pass.z[2].Data.Select(z => Math.Max(0, z)), pass.a[2].Data);
        Assert.Equal(pass.z[3].Data, pass.a[3].Data); // no activation behind the last layer
        Assert.Equal(network.Forward(X).Data, pass.a[3].Data);
        Assert.False(pass.IsBackward);
        Assert.Empty(pass.delta);
        Assert.True(double.IsNaN(pass.J));
    }

    [Fact]
    public void The_way_back_keeps_error_terms_and_the_gradients_that_training_would_use()
    {
        var network = Small();
        var pass = new NetworkPass(network, X, new HalfSquaredError(), T);
        var objective = new Objective(network, new HalfSquaredError());
        Assert.Equal(objective.Forward(X, T), pass.J);
        objective.Backward();
        for (var l = 1; l <= 3; l++)
        {
            Assert.Equal(pass.Layers[l - 1].W.Gradient.Data, pass.dW[l].Data);
            Assert.Equal(pass.Layers[l - 1].b.Gradient.Data, pass.db[l].Data);
            var byFormula = pass.delta[l].ToMatrix().TransposeThisAndMultiply(pass.a[l - 1].ToMatrix()); // (13), summed over the batch
            Assert.True((byFormula - pass.dW[l].ToMatrix()).InfinityNorm() < 1e-6);
            Assert.Equal(byFormula.FrobeniusNorm(), pass.GradientNorms()[l - 1], 1e-6);
        }
    }

    [Fact]
    public void A_layer_before_the_first_dense_one_only_reshapes_the_input()
    {
        var network = new Network([1, 2, 2], new Flatten(), new Dense(4, 3), new Sigmoid()).Initialise(Initialisation.XavierNormal, 1);
        var pass = new NetworkPass(network, new Tensor(5, 1, 2, 2), new HalfSquaredError(), new Tensor(5, 3));
        Assert.Equal(1, pass.L);
        Assert.True(pass.a[0].HasShape(5, 4));
        Assert.True(pass.delta[1].HasShape(5, 3));
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Assert.Contains("Dense", Assert.Throws<ArgumentException>(() => new NetworkPass(new Network(3, new Tanh()), X)).Message);
        Assert.Contains("2x3", Assert.Throws<ArgumentException>(() => new NetworkPass(new Network(2, new Dense(2, 1)), X)).Message);
        Assert.Contains("forward only", Assert.Throws<InvalidOperationException>(() => new NetworkPass(Small(), X).GradientNorms()).Message);
    }
}
