using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>
/// Widrow's adaptive linear neuron: it learns from its linear output z = omega'x + b, before the threshold; its answer is the sign of z.
/// </summary>
/// <remarks>
/// The error is E(w) = 1/(2N) sum_i (t_i - w'x_i)², with samples augmented by a 1 so that w holds omega and b. The perceptron corrects only
/// misjudged samples and never rests where classes overlap; Adaline minimises a sum of squares and always has a place to rest:
/// <see cref="LeastSquares"/>. <see cref="LmsAlgorithm"/> goes there step by step.
/// Source: B. Widrow and M. E. Hoff, "Adaptive switching circuits", 1960 IRE WESCON Convention Record, part 4, 96-104.
/// </remarks>
public sealed class Adaline
{
    /// <summary>Makes the neuron with these augmented weights.</summary>
    /// <param name="w">d weights and, last, the bias.</param>
    /// <exception cref="ArgumentException">w has fewer than two numbers, or one is NaN or infinite.</exception>
    public Adaline(Vector<double> w)
    {
        ArgumentNullException.ThrowIfNull(w);
        if (w.Count < 2)
            throw new ArgumentException($"{w.Count} numbers given; augmented weights are d weights and a bias, at least 2.", nameof(w));
        if (!w.ForAll(double.IsFinite))
            throw new ArgumentException("Weights must be finite numbers; NaN or infinity given.", nameof(w));
        this.w = w.Clone();
    }

    /// <summary>The augmented weights: omega, and the bias as the last number.</summary>
    public Vector<double> w { get; }

    /// <summary>The linear output z = omega'x + b.</summary>
    /// <param name="x">A sample of d numbers.</param>
    /// <exception cref="ArgumentException">x has not d numbers, or one is NaN or infinite.</exception>
    public double Output(Vector<double> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Count != w.Count - 1)
            throw new ArgumentException($"A sample of {x.Count} numbers given, but the weights ask for {w.Count - 1}.", nameof(x));
        Finiteness.Require(x, nameof(x));
        return w.SubVector(0, x.Count) * x + w[^1];
    }

    /// <summary>+1 if z &gt; 0, and -1 if z &lt;= 0, as formula (1) has it.</summary>
    /// <param name="x">A sample of d numbers.</param>
    /// <exception cref="ArgumentException">x has not d numbers, or one is NaN or infinite.</exception>
    public int Predict(Vector<double> x) => Output(x) > 0 ? +1 : -1;

    /// <summary>The mean of (t_i - z_i)²: twice the error E.</summary>
    /// <param name="X">N x d: a sample a row.</param>
    /// <param name="t">The N targets.</param>
    /// <exception cref="ArgumentException">X, t and the weights do not fit together, there is no sample, or a number is not finite.</exception>
    public double MeanSquaredError(Matrix<double> X, Vector<double> t)
    {
        Check(X, t);
        return X.EnumerateRows().Select((x, i) => (t[i] - Output(x)) * (t[i] - Output(x))).Average();
    }

    /// <summary>The weights with the least error, by QR: w = R^-1 Q't for the augmented samples QR.</summary>
    /// <param name="X">N x d: a sample a row.</param>
    /// <param name="t">The N targets.</param>
    /// <exception cref="ArgumentException">
    /// X and t do not fit together, a number is not finite, or the augmented samples do not determine w (rank below d + 1).
    /// </exception>
    public static Adaline LeastSquares(Matrix<double> X, Vector<double> t)
    {
        Check(X, t);
        var augmented = Augment(X);
        if (augmented.RowCount < augmented.ColumnCount || augmented.Rank() < augmented.ColumnCount)
            throw new ArgumentException($"The {X.RowCount} samples do not determine {augmented.ColumnCount} weights: their rank is too low.", nameof(X));
        return new Adaline(augmented.QR(MathNet.Numerics.LinearAlgebra.Factorization.QRMethod.Thin).Solve(t));
    }

    /// <summary>
    /// 2 / lambda_max, with lambda_max the largest eigenvalue of 1/N sum_i x_i x_i' (augmented): full-batch LMS converges for every learning
    /// rate below it and diverges for every one above.
    /// </summary>
    /// <remarks>
    /// A step maps the distance from the least-squares weights, e, to (I - eta R) e; its part along an eigenvector shrinks where
    /// |1 - eta lambda| &lt; 1.
    /// </remarks>
    /// <param name="X">N x d: a sample a row.</param>
    /// <exception cref="ArgumentException">There is no sample, or a number is not finite.</exception>
    public static double StabilityBound(Matrix<double> X)
    {
        RequireSample(X);
        Finiteness.Require(X, nameof(X));
        var largest = Augment(X).Svd(computeVectors: false).S[0];
        return 2 / (largest * largest / X.RowCount);
    }

    internal static Matrix<double> Augment(Matrix<double> X) => X.Append(Matrix<double>.Build.Dense(X.RowCount, 1, 1));

    internal static void Check(Matrix<double> X, Vector<double> t)
    {
        RequireSample(X);
        ArgumentNullException.ThrowIfNull(t);
        if (X.RowCount != t.Count)
            throw new ArgumentException($"{X.RowCount} samples (rows of X) given, but {t.Count} targets.", nameof(t));
        Finiteness.Require(X, nameof(X));
        Finiteness.Require(t, nameof(t));
    }

    private static void RequireSample(Matrix<double> X)
    {
        ArgumentNullException.ThrowIfNull(X);
        if (X.RowCount == 0)
            throw new ArgumentException("No samples given; at least one is expected.", nameof(X));
    }
}
