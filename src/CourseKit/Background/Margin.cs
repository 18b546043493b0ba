using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>How far samples lie from a decision hyperplane, with a sign: positive on their own side, negative on the wrong one.</summary>
public static class Margin
{
    /// <summary>
    /// The margin of every sample in the augmented space of (2): y_i w'x_i / ||w||, with w and x_i augmented. Novikoff's gamma is the
    /// largest value that the smallest of these can take.
    /// </summary>
    /// <param name="w">The augmented weights, d + 1 numbers, not all 0.</param>
    /// <param name="X">N x d: a sample a row (not augmented).</param>
    /// <param name="y">The N labels, each +1 or -1.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, a label is neither +1 nor -1, or w is 0.</exception>
    public static Vector<double> Augmented(Vector<double> w, Matrix<double> X, IReadOnlyList<int> y)
    {
        var yx = TwoClasses.SignedAugmented(X, y);
        RequireWeights(w, X);
        return Vector<double>.Build.DenseOfEnumerable(yx.Select(z => w * z / Length(w)));
    }

    /// <summary>
    /// The distance of every sample from the line that one draws: y_i (omega'x_i + b) / ||omega||, in the units of the inputs.
    /// </summary>
    /// <param name="w">The augmented weights, d + 1 numbers; the first d not all 0.</param>
    /// <param name="X">N x d: a sample a row (not augmented).</param>
    /// <param name="y">The N labels, each +1 or -1.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, a label is neither +1 nor -1, or omega is 0 (there is no line then).</exception>
    public static Vector<double> Distances(Vector<double> w, Matrix<double> X, IReadOnlyList<int> y)
    {
        var yx = TwoClasses.SignedAugmented(X, y);
        RequireWeights(w, X);
        var length = Length(w.SubVector(0, w.Count - 1));
        return Vector<double>.Build.DenseOfEnumerable(yx.Select(z => w * z / length));
    }

    private static void RequireWeights(Vector<double> w, Matrix<double> X)
    {
        ArgumentNullException.ThrowIfNull(w);
        if (w.Count != X.ColumnCount + 1)
            throw new ArgumentException(
                $"w has {w.Count} numbers, but samples of {X.ColumnCount} inputs ask for {X.ColumnCount + 1} (the bias is the last).", nameof(w));
    }

    private static double Length(Vector<double> v)
    {
        var length = v.L2Norm();
        return length > 0 ? length : throw new ArgumentException("All weights are 0: there is no hyperplane to measure from.");
    }
}
