using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>
/// Novikoff's theorem: on a linearly separable training set the perceptron, started at w = 0, makes at most K &lt;= R²/gamma² mistakes.
/// </summary>
/// <remarks>
/// R and gamma are measured where the algorithm works: on the augmented samples [x; 1] of formula (2), with hyperplanes through the
/// origin. Sources: A. B. J. Novikoff, "On convergence proofs on perceptrons", Symposium on the Mathematical Theory of Automata 12
/// (1963), 615-622; and, for gamma as the distance of a hull from the origin, P. Wolfe, Mathematical Programming 11 (1976), 128-149.
/// </remarks>
public static class Novikoff
{
    /// <summary>R = max ||x_i||, the length of the longest augmented sample.</summary>
    /// <param name="X">N x d: a sample a row (not augmented), N at least 1.</param>
    /// <exception cref="ArgumentException">There is no sample, or a number is not finite.</exception>
    public static double R(Matrix<double> X)
    {
        ArgumentNullException.ThrowIfNull(X);
        if (X.RowCount == 0)
            throw new ArgumentException("No samples given; at least one is expected.", nameof(X));
        Finiteness.Require(X, nameof(X));
        return X.EnumerateRows().Max(x => Perceptron.Augment(x).L2Norm());
    }

    /// <summary>
    /// gamma: the largest margin that any separating hyperplane has, max over ||u|| = 1 of min_i y_i u'x_i, or the proof that there is none.
    /// </summary>
    /// <remarks>
    /// The largest margin is the distance from the origin to the convex hull of the vectors y_i x_i, and the nearest point of the hull is
    /// normal to the best hyperplane. Wolfe's algorithm finds that point in finitely many steps. The result carries its own check: the
    /// margin which its hyperplane has is a lower limit of gamma, the distance of its point an upper one.
    /// </remarks>
    /// <param name="X">N x d: a sample a row (not augmented), N at least 1.</param>
    /// <param name="y">The N labels, each +1 or -1.</param>
    /// <exception cref="ArgumentException">X and y do not fit together, a label is neither +1 nor -1, or there is no sample.</exception>
    public static MaximumMargin Gamma(Matrix<double> X, IReadOnlyList<int> y)
    {
        var yx = TwoClasses.SignedAugmented(X, y);
        var nearest = MinimumNormPoint.Of(yx);
        var distance = nearest.Point.L2Norm();
        var separable = distance > 1e-12 * yx.Max(z => z.L2Norm()) && yx.All(z => nearest.Point * z > 0);
        var w = separable ? nearest.Point / distance : null;
        return new MaximumMargin(
            separable ? yx.Min(z => w! * z) : 0,
            separable ? distance : 0,
            w,
            [.. nearest.Mixture.OrderBy(part => part.Index)]);
    }

    /// <summary>The bound R²/gamma² on the number of mistakes; infinite where no hyperplane separates the classes.</summary>
    /// <param name="X">N x d: a sample a row (not augmented), N at least 1.</param>
    /// <param name="y">The N labels, each +1 or -1.</param>
    /// <exception cref="ArgumentException">X and y do not fit together, a label is neither +1 nor -1, or there is no sample.</exception>
    public static double Bound(Matrix<double> X, IReadOnlyList<int> y)
    {
        var (r, gamma) = (R(X), Gamma(X, y).Gamma);
        return gamma > 0 ? r * r / (gamma * gamma) : double.PositiveInfinity;
    }
}

/// <summary>The largest margin of a training set in the augmented space, and the hyperplane that has it.</summary>
/// <param name="Gamma">The margin of <paramref name="w"/>, a lower limit of the largest one; 0 where the classes cannot be separated.</param>
/// <param name="UpperLimit">No hyperplane has a larger margin than this; equal to Gamma up to rounding.</param>
/// <param name="w">The augmented unit vector normal to the best hyperplane, or null where there is none.</param>
/// <param name="Support">
/// The support vectors: rows of X with shares that sum to 1. The mixture of the y_i x_i with these shares is the nearest point of the
/// hull; where the classes cannot be separated it is the origin, and that is the proof.
/// </param>
public sealed record MaximumMargin(
    double Gamma, double UpperLimit, Vector<double>? w, IReadOnlyList<(int Sample, double Share)> Support)
{
    /// <summary>Whether some hyperplane has every sample strictly on its own side.</summary>
    public bool IsSeparable => w is not null;
}
