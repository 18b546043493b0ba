using CourseKit.Tests.Background;
using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Tests.History;

public class AdalineTests
{
    private static (Matrix<double> X, int[] y, Vector<double> t) Overlapping(int seed, int perClass = 100)
    {
        var (X, y) = RandomSets.Overlapping(seed, perClass);
        return (X, y, Vector<double>.Build.Dense(y.Length, i => y[i]));
    }

    private static double RelativeError(Vector<double> w, Vector<double> expected) => (w - expected).L2Norm() / expected.L2Norm();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Sample_by_sample_with_a_falling_rate_LMS_goes_to_the_least_squares_weights(int seed)
    {
        var (X, _, t) = Overlapping(seed);
        var run = new LmsAlgorithm { LearningRate = 0.02, Decay = 0.5, Epochs = 400, Seed = seed }.Run(X, t);
        Assert.InRange(RelativeError(run.w, Adaline.LeastSquares(X, t).w), 0, 1e-3);
    }

    [Fact]
    public void In_full_batch_LMS_goes_to_the_least_squares_weights()
    {
        var (X, _, t) = Overlapping(4);
        var run = new LmsAlgorithm { LearningRate = 0.5, Epochs = 300, FullBatch = true }.Run(X, t);
        Assert.InRange(RelativeError(run.w, Adaline.LeastSquares(X, t).w), 0, 1e-9);
    }

    [Fact]
    public void The_least_squares_weights_solve_the_normal_equations()
    {
        var (X, _, t) = Overlapping(5);
        var augmented = X.Append(Matrix<double>.Build.Dense(X.RowCount, 1, 1));
        var residual = t - augmented * Adaline.LeastSquares(X, t).w;
        Assert.InRange((augmented.Transpose() * residual).L2Norm(), 0, 1e-9);
    }

    [Fact]
    public void The_stability_bound_parts_the_learning_rates_that_converge_from_those_that_diverge()
    {
        var (X, _, t) = Overlapping(6);
        var bound = Adaline.StabilityBound(X);
        var below = new LmsAlgorithm { LearningRate = 0.99 * bound, Epochs = 2_000, FullBatch = true }.Run(X, t);
        Assert.InRange(RelativeError(below.w, Adaline.LeastSquares(X, t).w), 0, 1e-6);
        var error = Assert.Throws<InvalidOperationException>(
            () => new LmsAlgorithm { LearningRate = 1.05 * bound, Epochs = 5_000, FullBatch = true }.Run(X, t));
        Assert.Contains("2 / lambda_max", error.Message);
    }

    [Fact]
    public void Where_classes_overlap_Adaline_rests_and_the_perceptron_does_not()
    {
        var (X, y, t) = Overlapping(7);
        var adaline = new LmsAlgorithm { LearningRate = 0.5, Epochs = 200, FullBatch = true }.Run(X, t);
        Assert.InRange(RelativeError(adaline.Trace[^2], adaline.w), 0, 1e-9);
        var perceptron = Perceptron.Train(X, y, T: 200);
        Assert.False(perceptron.Converged);
        Assert.True(perceptron.MistakesPerEpoch[^1] > 10);
        var tail = perceptron.Trace.Where(step => step.Epoch > 150).Select(step => step.Perceptron.CountErrors(X, y)).ToArray();
        var adalineErrors = X.EnumerateRows().Zip(y).Count(pair => adaline.Adaline.Predict(pair.First) != pair.Second);
        Assert.True(tail.Max() - tail.Min() > 10);
        Assert.True(adalineErrors < tail.Average());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(37)]
    public void The_fast_trainer_takes_the_same_steps(int d)
    {
        var random = new RandomSource(d);
        var X = Matrix<double>.Build.Dense(101, d, (_, _) => random.NextNormal());
        var t = Vector<double>.Build.Dense(101, _ => random.NextNormal());
        var (batch, single) = (new LmsTrainer(Tensor.FromMatrix(X), Tensor.FromVector(t)), new LmsTrainer(Tensor.FromMatrix(X), Tensor.FromVector(t)));
        var w = Vector<double>.Build.Dense(d + 1);
        var augmented = X.Append(Matrix<double>.Build.Dense(101, 1, 1));
        for (var epoch = 0; epoch < 5; epoch++)
        {
            batch.BatchStep(0.1f);
            single.Epoch(0.005f);
            for (var i = 0; i < 101; i++)
                w += 0.005 * (t[i] - w * augmented.Row(i)) * augmented.Row(i);
        }

        var slow = new LmsAlgorithm { LearningRate = 0.1, Epochs = 5, FullBatch = true }.Run(X, t);
        for (var j = 0; j <= d; j++)
        {
            Assert.Equal(slow.w[j], batch.Weights[j], 1e-5);
            Assert.Equal(w[j], single.Weights[j], 1e-5);
        }
    }

    [Fact]
    public void A_step_of_the_fast_trainer_allocates_nothing()
    {
        var trainer = new LmsTrainer(new Tensor(1_000, 2), new Tensor(1_000));
        trainer.Epoch(0.01f);
        trainer.BatchStep(0.01f);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < 100; n++)
        {
            trainer.Epoch(0.01f);
            trainer.BatchStep(0.01f);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        var (X, _, t) = Overlapping(8);
        Assert.Contains("200 samples (rows of X) given, but 5 targets", Assert.Throws<ArgumentException>(
            () => new LmsAlgorithm().Run(X, Vector<double>.Build.Dense(5))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LmsAlgorithm { LearningRate = double.NaN }.Run(X, t));
        Assert.Contains("rank is too low", Assert.Throws<ArgumentException>(
            () => Adaline.LeastSquares(Matrix<double>.Build.Dense(9, 2, 1), Vector<double>.Build.Dense(9))).Message);
        Assert.Contains("shape 3 given, 4 expected", Assert.Throws<ArgumentException>(
            () => new LmsTrainer(new Tensor(4, 2), new Tensor(3))).Message);
        Assert.Throws<ArgumentException>(() => Adaline.LeastSquares(X, t).Output(Vector<double>.Build.Dense(3)));
    }
}
