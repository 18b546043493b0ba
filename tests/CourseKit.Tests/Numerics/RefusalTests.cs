using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Tests.Numerics;

/// <summary>What cannot be worked with is refused at the door, by the exception that is documented and before anything is done.</summary>
public class RefusalTests
{
    private static Tensor Hole(int rows)
    {
        var samples = new Tensor(rows, 3);
        new RandomSource(1).FillNormal(samples.Span);
        samples[2, 1] = float.NaN;
        return samples;
    }

    public static TheoryData<string, Action> NotFinite => new()
    {
        { "PrincipalComponents", () => PrincipalComponents.Fit(Hole(10), 2) },
        { "Whitening", () => Whitening.Fit(Hole(10), 2) },
        { "FastIca", () => FastIca.Fit(Hole(10), 2, seed: 1) },
        { "SoftmaxRegression", () => new SoftmaxRegression().Fit(Hole(4), [0, 1, 0, 1]) },
        { "ExpectationMaximisation", () => ExpectationMaximisation.Fit(Hole(10), 2, seed: 1) },
    };

    [Theory, MemberData(nameof(NotFinite))]
    public void Samples_that_are_not_numbers_are_named_with_their_row(string who, Action fit) =>
        Assert.True(Assert.Throws<ArgumentException>(fit).Message.StartsWith("The samples hold NaN in row 2; finite numbers are expected.", StringComparison.Ordinal), who);

    [Fact]
    public void Numbers_that_are_none_are_refused_by_the_early_models()
    {
        var X = Matrix<double>.Build.DenseOfArray(new[,] { { 1.0, 2 }, { double.NaN, 4 } });
        Assert.Throws<ArgumentException>(() => Adaline.StabilityBound(X));
        var start = new PerceptronAlgorithm { w0 = Vector<double>.Build.Dense([0, double.NaN, 0]) };
        Assert.Contains("w0", Assert.Throws<ArgumentException>(() => start.Run(Matrix<double>.Build.DenseOfArray(new[,] { { 1.0, 2 }, { 3, 4 } }), [1, -1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => FisherSelection.Scores(new Tensor(2, 3), [0, -1]));
        Assert.Throws<ArgumentException>(() => new HistogramDensity(new Tensor(2, 1), 0, 1, 4).LogLikelihood(new Tensor(0, 1)));
    }

    [Fact]
    public void What_a_parallel_loop_meets_comes_out_as_it_was_thrown()
    {
        Assert.Throws<ArgumentException>(() => new CornerCells(new GaborBank()).Apply(new Tensor(4, 1, 2, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => HopfieldTankTrial.Run(new HopfieldTank { ActivityRatio = double.NaN }, new double[,] { { 0, 1, 1 }, { 1, 0, 1 }, { 1, 1, 0 } }, 2, 1));
        Assert.Throws<ArgumentException>(() => HopfieldCapacity.Curve(200, [], 1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OrientationHistogram { Directions = 0 }.Apply(new Tensor(2, 1, 8, 8)));
        Assert.Equal("the fourth", Assert.Throws<InvalidOperationException>(() => InParallel.For(8, n =>
        {
            if (n == 3)
                throw new InvalidOperationException("the fourth");
        })).Message);
    }

    [Fact]
    public void A_last_batch_that_a_layer_cannot_learn_from_is_refused_before_the_first_step()
    {
        var inputs = new Tensor(9, 4);
        new RandomSource(1).FillNormal(inputs.Span);
        var examples = new Examples(inputs, [0, 1, 0, 1, 0, 1, 0, 1, 0]);
        Network Net() => new Network(4, new Autoencoder(new Network(4, new Dense(4, 3), new BatchNorm(3)), new Network(3, new Dense(3, 4))), new Dense(4, 2)).Initialise(Initialisation.HeNormal, 1);
        var network = Net();
        var before = network.Parameters.SelectMany(parameter => parameter.Value.Data).ToArray();
        Trainer Of(int size) => new(network, new SoftmaxCrossEntropy(), new GradientDescent(0.1f)) { BatchSize = size, Epochs = 1 };
        var error = Assert.Throws<ArgumentException>(() => Of(4).Train(examples));
        Assert.Contains("9 examples in batches of 4 leave 1 for the last one", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, network.Parameters.SelectMany(parameter => parameter.Value.Data));
        Assert.Single(Of(3).Train(examples).Epochs);
        Assert.Equal(1, new BatchNorm(3).LeastBatch([3, 2, 2])); // an image has several numbers a map
    }
}
