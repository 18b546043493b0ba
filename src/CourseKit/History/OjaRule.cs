using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>
/// Oja's rule: Hebb's with a forgetting term, w_{k+1} = w_k + eta y (x - y w_k) with y = w'x. The length of w settles at 1 and its direction
/// at the first principal component of the inputs.
/// </summary>
/// <remarks>
/// The term -eta y² w is what dividing w by its length after each Hebbian step leaves to first order in eta. With a constant eta the weights
/// keep trembling about the component; with eta_t = eta / (1 + decay t), t the epoch from 0, the trembling dies out.
/// Source: E. Oja, "A simplified neuron model as a principal component analyzer", Journal of Mathematical Biology 15 (1982), 267-273.
/// </remarks>
public sealed class OjaRule
{
    /// <summary>eta: how much a step moves the weights; above 0, and well below 1 / (largest ||x||²).</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>How the learning rate falls: epoch t (from 0) uses eta / (1 + decay t).</summary>
    public double Decay { get; init; } = 0.1;

    /// <summary>How many passes over the samples.</summary>
    public int Epochs { get; init; } = 50;

    /// <summary>One step: w + eta y (x - y w).</summary>
    /// <exception cref="ArgumentException">w and x differ in length.</exception>
    public static Vector<double> Step(Vector<double> w, Vector<double> x, double eta)
    {
        HebbianRun.RequireSameLength(w, x);
        var y = w * x;
        return w + eta * y * (x - y * w);
    }

    /// <summary>Runs over samples in a shuffled order.</summary>
    /// <param name="X">N x d: a sample a row, with mean 0.</param>
    /// <param name="seed">The seed of the start weights (length 1) and of the orders.</param>
    /// <exception cref="ArgumentException">X is empty or holds NaN or infinity.</exception>
    /// <exception cref="ArgumentOutOfRangeException">LearningRate is not above 0, Decay is negative, or Epochs is less than 1.</exception>
    /// <exception cref="InvalidOperationException">The weights left all bounds: the learning rate is too large for these samples.</exception>
    public HebbianRun Run(Matrix<double> X, int seed)
    {
        const double Lost = 1e6;
        var run = HebbianRun.Make(X, seed, Epochs, LearningRate, Decay, Lost, Step);
        if (run.LeftTheLimit)
            throw new InvalidOperationException(FormattableString.Invariant(
                $"Oja's rule lost its footing at learning rate {LearningRate}: take less than 1 / {X.EnumerateRows().Max(x => x * x):0.###}, one over the largest ||x||²."));
        return run;
    }
}
