using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>
/// The LMS (least mean squares) rule of Widrow and Hoff, which teaches an <see cref="Adaline"/>: for each sample
/// w_{k+1} = w_k + eta (t_i - w_k'x_i) x_i.
/// </summary>
/// <remarks>
/// For the whole batch at once, w_{k+1} = w_k + eta/N sum_i (t_i - w_k'x_i) x_i: gradient descent on E. That converges where
/// eta &lt; 2 / lambda_max (<see cref="Adaline.StabilityBound"/>). Sample by sample with a constant eta, w keeps trembling about the
/// least-squares weights; a falling rate lets it rest. Samples are augmented with a 1, and w_0 = 0.
/// <see cref="LmsTrainer"/> is the same rule written for speed.
/// Source: B. Widrow and M. E. Hoff, "Adaptive switching circuits", 1960 IRE WESCON Convention Record, part 4, 96-104.
/// </remarks>
public sealed class LmsAlgorithm
{
    /// <summary>eta: above 0.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>How the learning rate falls: epoch t (from 0) uses eta / (1 + decay t).</summary>
    public double Decay { get; init; }

    /// <summary>How many passes over the samples (steps, where <see cref="FullBatch"/>).</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>Whether a step takes all samples at once.</summary>
    public bool FullBatch { get; init; }

    /// <summary>The seed of the order of the samples, a new one each epoch; unused where <see cref="FullBatch"/>.</summary>
    public int Seed { get; init; }

    /// <summary>Learns from samples and targets.</summary>
    /// <param name="X">N x d: a sample a row.</param>
    /// <param name="t">The N targets; +1 and -1 for two classes.</param>
    /// <exception cref="ArgumentException">X and t do not fit together, there is no sample, or a number is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">LearningRate is not above 0, Decay is negative, or Epochs is less than 1.</exception>
    /// <exception cref="InvalidOperationException">The weights left all bounds: the learning rate is too large.</exception>
    public LmsRun Run(Matrix<double> X, Vector<double> t)
    {
        Adaline.Check(X, t);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LearningRate);
        ArgumentOutOfRangeException.ThrowIfNegative(Decay);
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        var augmented = Adaline.Augment(X);
        Vector<double>[] x = [.. augmented.EnumerateRows()];
        var random = new RandomSource(Seed);
        var w = Vector<double>.Build.Dense(X.ColumnCount + 1);
        var trace = new List<Vector<double>> { w };
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            var eta = LearningRate / (1 + Decay * epoch);
            if (FullBatch)
                w += eta / x.Length * augmented.TransposeThisAndMultiply(t - augmented * w);
            else
                foreach (var i in random.Permutation(x.Length))
                    w += eta * (t[i] - w * x[i]) * x[i];
            if (!(w.L2Norm() < 1e100))
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"LMS diverged in epoch {epoch + 1} at learning rate {eta}; in full batch it must stay below 2 / lambda_max = {Adaline.StabilityBound(X):0.####}."));
            trace.Add(w);
        }

        return new LmsRun(new Adaline(w), trace);
    }
}

/// <summary>What a run of <see cref="LmsAlgorithm"/> did.</summary>
/// <param name="Adaline">The neuron that was learned.</param>
/// <param name="Trace">The augmented weights at the start and after every epoch.</param>
public sealed record LmsRun(Adaline Adaline, IReadOnlyList<Vector<double>> Trace)
{
    /// <summary>The final augmented weights.</summary>
    public Vector<double> w => Trace[^1];
}
