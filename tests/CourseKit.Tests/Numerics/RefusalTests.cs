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

    private static SoftmaxRegression Fitted()
    {
        var fitted = new SoftmaxRegression();
        fitted.Fit(Tensor.From([0, 1, 2, 2, 1, 0], 2, 3), [0, 1]);
        return fitted;
    }

    public static TheoryData<string, Action> NotFinite => new()
    {
        { "PrincipalComponents", () => PrincipalComponents.Fit(Hole(10), 2) },
        { "Whitening", () => Whitening.Fit(Hole(10), 2) },
        { "FastIca", () => FastIca.Fit(Hole(10), 2, seed: 1) },
        { "SoftmaxRegression", () => new SoftmaxRegression().Fit(Hole(4), [0, 1, 0, 1]) },
        { "ExpectationMaximisation", () => ExpectationMaximisation.Fit(Hole(10), 2, seed: 1) },
        { "SoftmaxRegression.Predict", () => Fitted().Predict(Hole(4)) },
        { "FisherSelection", () => FisherSelection.Scores(Hole(4), [0, 1, 0, 1]) },
        { "LmsTrainer", () => _ = new LmsTrainer(Hole(4), new Tensor(4)) },
        { "LmsTrainer's targets", () => _ = new LmsTrainer(new Tensor(3, 1), Tensor.From([0, 1, float.NaN], 3)) },
        { "Standardisation", () => Standardisation.Of(Hole(4), StandardiseBy.Input) },
        { "DiagonalCurvature", () => DiagonalCurvature.Of(new Network(3, new Dense(3, 1)), new HalfSquaredError(), Hole(4)) },
        { "PrincipalAngles", () => PrincipalAngles.Degrees(new Tensor(3, 3), Hole(3)) },
        { "SelectiveUnit", () => SelectiveUnit.Find(Hole(4), [0, 1, 0, 1], 1) },
        { "RestrictedBoltzmannMachine.Contrast", () => new RestrictedBoltzmannMachine(3, 2, 1, UnitKind.Gaussian).Contrast(Hole(4)) },
        { "RestrictedBoltzmannMachine.Up", () => new RestrictedBoltzmannMachine(3, 2, 1).Up(Hole(4)) },
        { "RestrictedBoltzmannMachine.Down", () => new RestrictedBoltzmannMachine(2, 3, 1).Down(Hole(4)) },
        { "RestrictedBoltzmannMachine.Gibbs", () => new RestrictedBoltzmannMachine(3, 2, 1).Gibbs(Hole(4), 1) },
        { "HistogramDensity", () => _ = new HistogramDensity(Tensor.From([0, 1, float.NaN], 3, 1), 0, 2, 4) },
        { "HistogramDensity.LogLikelihood", () => new HistogramDensity(Tensor.From([0.5f, 1], 2, 1), 0, 2, 1).LogLikelihood(Tensor.From([0, 1, float.NaN], 3, 1)) },
        { "ModeCoverage", () => ModeCoverage.Of(Hole(4), new MixtureDensity("one", [1], Matrix<double>.Build.Dense(1, 3), [1])) },
        { "NearestExamples, samples", () => NearestExamples.Find(Hole(4), new Tensor(2, 3)) },
        { "NearestExamples, examples", () => NearestExamples.Find(new Tensor(2, 3), Hole(4)) },
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
        var hole = Vector<double>.Build.Dense([1, double.NaN]);
        Assert.Throws<ArgumentException>(() => new Perceptron(Vector<double>.Build.Dense([1, 2]), 0).Predict(hole));
        Assert.Throws<ArgumentException>(() => Perceptron.Predict(Vector<double>.Build.Dense([1, 2]), hole));
        Assert.Throws<ArgumentException>(() => new Perceptron(Vector<double>.Build.Dense([1, 2]), 0).Predict(X));
        Assert.Throws<ArgumentException>(() => new Adaline(Vector<double>.Build.Dense([1, 2, 3])).Predict(hole));
        Assert.Throws<ArgumentException>(() => Novikoff.R(X));
        var filter = new float[16];
        filter[5] = float.NaN;
        Assert.StartsWith("Pixel 5 is NaN", Assert.Throws<ArgumentException>(() => GaborFit.Of(filter)).Message, StringComparison.Ordinal);
        Assert.Contains("hold NaN in row 1", Assert.Throws<ArgumentException>(() => Patches.Sample(Hole(4).Reshape(3, 1, 2, 2), 2, 1, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Filters.Gabor(5, double.NaN, 3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Filters.Gabor(5, 0, double.PositiveInfinity, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaborBank(wavelength: double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => ToySets.OverlapError(-1));
    }

    [Fact]
    public void Settings_of_the_classic_models_are_looked_at()
    {
        var (X, images) = (Tensor.From([0, 1, 2, 2, 1, 0], 2, 3), new Tensor(2, 1, 8, 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SoftmaxRegression { Epochs = 0 }.Fit(X, [0, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SoftmaxRegression { LearningRate = float.NaN }.Fit(X, [0, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SoftmaxRegression { Lambda = -1 }.Fit(X, [0, 1]));
        var diverging = new SoftmaxRegression { LearningRate = 1e30f, Lambda = 1 };
        Assert.Contains("diverged at step size", Assert.Throws<InvalidOperationException>(() => diverging.Fit(X, [0, 1])).Message, StringComparison.Ordinal);
        Assert.Contains("call Fit first", Assert.Throws<InvalidOperationException>(() => diverging.Predict(X)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Camera { Noise = float.NaN }.Apply(images));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OrientationHistogram { Clip = 0 }.Apply(images));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearnedFeatures { Cells = 0 }.Apply(images));
        var selection = new FisherSelection { Keep = 1 };
        selection.Fit(X, [0, 1]);
        Assert.Contains("shape 2x4 given, Nx3 expected", Assert.Throws<ArgumentException>(() => selection.Apply(new Tensor(2, 4))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => selection.Apply(new Tensor(2, 2))); // though the column that is kept is there
    }

    [Fact]
    public void What_is_no_class_no_unit_or_no_square_is_refused_by_the_early_models()
    {
        Assert.Contains("Input 1 is 7", Assert.Throws<ArgumentException>(() => new McCullochPittsNeuron([-1, 1], 1, Inhibition.Absolute).Fire(1, 7)).Message, StringComparison.Ordinal);
        Assert.Equal(1, new McCullochPittsNeuron([int.MaxValue, int.MaxValue], 1).Fire(1, 1));
        Assert.Throws<ArgumentException>(() => HopfieldPatterns.Negative([1, 5]));
        Assert.Throws<ArgumentException>(() => HopfieldTank.ReadTour(new double[2, 3]));
        Assert.Contains("Class 0 of point 1", Assert.Throws<ArgumentException>(() => LineDichotomies.MostRight([(0, 0), (1, 1)], [1, 0])).Message, StringComparison.Ordinal);
        Assert.Contains("at most 10000", Assert.Throws<ArgumentException>(() => ConvexHulls.Meet([(0, 0)], [(int.MinValue, 0)])).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Action> WithoutSamples
    {
        get
        {
            var (X, t) = (Matrix<double>.Build.Dense(0, 2), Vector<double>.Build.Dense(0));
            var neuron = new Adaline(Vector<double>.Build.Dense([1, 2, 3]));
            return new()
            {
                { "HebbRule", () => new HebbRule().Run(X, 1) },
                { "OjaRule", () => new OjaRule().Run(X, 1) },
                { "Adaline.StabilityBound", () => Adaline.StabilityBound(X) },
                { "Adaline.LeastSquares", () => Adaline.LeastSquares(X, t) },
                { "Adaline.MeanSquaredError", () => neuron.MeanSquaredError(X, t) },
                { "LmsAlgorithm", () => new LmsAlgorithm { FullBatch = true }.Run(X, t) },
                { "Perceptron", () => Perceptron.Train(X, []) },
                { "Margin", () => Margin.Augmented(Vector<double>.Build.Dense([1, 2, 3]), X, []) },
                { "PocketAlgorithm", () => new PocketAlgorithm().Run(X, []) },
                { "Novikoff", () => Novikoff.Gamma(X, []) },
                { "FisherSelection", () => FisherSelection.Scores(new Tensor(0, 3), []) },
                { "DiagonalCurvature", () => DiagonalCurvature.Of(new Network(3, new Dense(3, 1)), new HalfSquaredError(), new Tensor(0, 3)) },
            };
        }
    }

    [Theory, MemberData(nameof(WithoutSamples))]
    public void No_sample_is_too_few(string who, Action run) => Assert.True(Record.Exception(run) is ArgumentException, who);

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
