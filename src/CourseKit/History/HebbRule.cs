using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>
/// Hebb's rule: a connection grows where both its ends are active, w_{k+1} = w_k + eta y x with y = w'x. Nothing holds it back: along the
/// strongest direction of the inputs the weights grow without bound.
/// </summary>
/// <remarks>
/// On average a step multiplies w by (I + eta C), C = E[x x']: the part of w along C's leading eigenvector grows as (1 + eta lambda_1)^k.
/// Source: D. O. Hebb, "The Organization of Behavior", Wiley 1949. Hebb gave it in words; the formula is the later reading of it.
/// </remarks>
public sealed class HebbRule
{
    /// <summary>eta: how much a step moves the weights; above 0.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>How many passes over the samples.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>The run ends where the length of w exceeds this: it would only grow on, past every number.</summary>
    public double Limit { get; init; } = 1e12;

    /// <summary>One step: w + eta y x.</summary>
    /// <exception cref="ArgumentException">w and x differ in length.</exception>
    public static Vector<double> Step(Vector<double> w, Vector<double> x, double eta)
    {
        HebbianRun.RequireSameLength(w, x);
        var y = w * x;
        return w + eta * y * x;
    }

    /// <summary>Runs over samples in a shuffled order.</summary>
    /// <param name="X">N x d: a sample a row, with mean 0.</param>
    /// <param name="seed">The seed of the start weights (length 1) and of the orders.</param>
    /// <exception cref="ArgumentException">X is empty or holds NaN or infinity.</exception>
    /// <exception cref="ArgumentOutOfRangeException">LearningRate is not above 0, or Epochs is less than 1.</exception>
    public HebbianRun Run(Matrix<double> X, int seed) =>
        HebbianRun.Make(X, seed, Epochs, LearningRate, decay: 0, Limit, Step);
}
