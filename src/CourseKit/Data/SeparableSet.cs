using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>A two-class set that a known hyperplane separates, with every sample at least a known distance away from it.</summary>
/// <param name="Name">What the set is, for titles.</param>
/// <param name="X">N x d: a sample a row.</param>
/// <param name="y">The N labels, each +1 or -1.</param>
/// <param name="w">The hyperplane that made the labels, augmented as in (2): omega of length 1, then b.</param>
/// <param name="Margin">y_i (omega'x_i + b) is at least this for every sample.</param>
public sealed record SeparableSet(string Name, Matrix<double> X, int[] y, Vector<double> w, double Margin) : TwoClassSet(Name, X, y)
{
    /// <summary>
    /// A lower bound of Novikoff's gamma, which is measured in the augmented space: y_i w'[x_i; 1] / ||w|| is at least
    /// Margin / sqrt(1 + b²). Some other hyperplane may have a wider margin.
    /// </summary>
    public double Gamma => Margin / w.L2Norm();
}
