using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>
/// Rosenblatt's perceptron: one neuron that answers +1 on one side of a hyperplane and -1 on the other, formulas (1) and (2).
/// </summary>
/// <remarks>
/// The object is the learned decision rule and does not change; <see cref="Train"/> learns one from labelled samples.
/// Source: F. Rosenblatt, "The perceptron: a probabilistic model for information storage and organization in the brain",
/// Psychological Review 65 (1958), 386-408.
/// </remarks>
public sealed class Perceptron
{
    /// <summary>Makes the perceptron with weights omega and bias b.</summary>
    /// <param name="omega">The weights, one for each of the d inputs.</param>
    /// <param name="b">The bias.</param>
    /// <exception cref="ArgumentException">A number is NaN or infinite.</exception>
    public Perceptron(Vector<double> omega, double b)
    {
        ArgumentNullException.ThrowIfNull(omega);
        if (!omega.ForAll(double.IsFinite) || !double.IsFinite(b))
            throw new ArgumentException("Weights and bias must be finite numbers; NaN or infinity given.");
        this.omega = omega.Clone();
        this.b = b;
    }

    /// <summary>The weight vector of (1), one number for each of the d inputs.</summary>
    public Vector<double> omega { get; }

    /// <summary>The bias of (1).</summary>
    public double b { get; }

    /// <summary>The augmented weight vector of (2): omega with b below it, d + 1 numbers.</summary>
    public Vector<double> w => Vector<double>.Build.Dense([.. omega, b]);

    /// <summary>The perceptron whose augmented weights are w: the last number is the bias.</summary>
    /// <exception cref="ArgumentException">w has fewer than two numbers.</exception>
    public static Perceptron FromAugmented(Vector<double> w)
    {
        ArgumentNullException.ThrowIfNull(w);
        if (w.Count < 2)
            throw new ArgumentException($"{w.Count} numbers given; augmented weights are d weights and a bias, at least 2.", nameof(w));
        return new Perceptron(w.SubVector(0, w.Count - 1), w[^1]);
    }

    /// <summary>The augmented sample of (2): x with a 1 below it, so that the bias becomes one weight more.</summary>
    public static Vector<double> Augment(Vector<double> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Vector<double>.Build.Dense([.. x, 1]);
    }

    /// <summary>Formula (1): +1 if omega'x + b &gt; 0, and -1 if omega'x + b &lt;= 0.</summary>
    /// <param name="x">A sample of d numbers.</param>
    /// <exception cref="ArgumentException">x has another length than omega, or a number is NaN or infinite.</exception>
    public int Predict(Vector<double> x)
    {
        RequireSample(x, omega.Count);
        return omega * x + b > 0 ? +1 : -1;
    }

    /// <summary>Formula (2): +1 if w'x &gt; 0, and -1 if w'x &lt;= 0, with w and x augmented.</summary>
    /// <param name="w">The augmented weights, d + 1 numbers.</param>
    /// <param name="x">The augmented sample, d + 1 numbers (see <see cref="Augment"/>).</param>
    /// <exception cref="ArgumentException">The lengths differ, or a number of x is NaN or infinite.</exception>
    public static int Predict(Vector<double> w, Vector<double> x)
    {
        ArgumentNullException.ThrowIfNull(w);
        RequireSample(x, w.Count);
        return w * x > 0 ? +1 : -1;
    }

    /// <summary>Formula (1) for every row of X.</summary>
    /// <exception cref="ArgumentException">X has another number of columns than omega has weights, or a number is NaN or infinite.</exception>
    public int[] Predict(Matrix<double> X)
    {
        ArgumentNullException.ThrowIfNull(X);
        return [.. X.EnumerateRows().Select(Predict)];
    }

    /// <summary>How many of the samples formula (1) puts into the wrong class.</summary>
    /// <param name="X">N x d: a sample a row.</param>
    /// <param name="y">The N labels, each +1 or -1.</param>
    /// <exception cref="ArgumentException">X and y do not fit together, or a label is neither +1 nor -1.</exception>
    public int CountErrors(Matrix<double> X, IReadOnlyList<int> y)
    {
        TwoClasses.Check(X, y);
        return Predict(X).Zip(y).Count(pair => pair.First != pair.Second);
    }

    /// <summary>Learns from labelled samples by the lecture's algorithm box; see <see cref="PerceptronAlgorithm"/>.</summary>
    /// <param name="X">N x d: a sample a row.</param>
    /// <param name="y">The N labels, each +1 or -1.</param>
    /// <param name="T">At most this many epochs (passes over all samples).</param>
    /// <param name="rule">When a sample counts as a mistake.</param>
    /// <param name="order">In which order an epoch visits the samples.</param>
    /// <param name="seed">The seed of a shuffled order.</param>
    /// <exception cref="ArgumentException">
    /// X and y do not fit together, there is no sample, a label is neither +1 nor -1, or a number is not finite.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">T is less than 1.</exception>
    public static PerceptronRun Train(
        Matrix<double> X,
        IReadOnlyList<int> y,
        int T = 100,
        UpdateRule rule = UpdateRule.AtMostZero,
        SampleOrder order = SampleOrder.InTurn,
        int seed = 0) =>
        new PerceptronAlgorithm { T = T, Rule = rule, Order = order, Seed = seed }.Run(X, y);

    /// <summary>The rule as text, such as <c>+1 where 2 x1 - 1 x2 + 0.5 &gt; 0</c>.</summary>
    public override string ToString()
    {
        var terms = omega.Select((weight, j) => FormattableString.Invariant($"{weight:0.###} x{j + 1}")).Append(FormattableString.Invariant($"{b:0.###}"));
        return $"+1 where {string.Join(" + ", terms).Replace("+ -", "- ")} > 0";
    }

    private static void RequireSample(Vector<double> x, int expected)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Count != expected)
            throw new ArgumentException($"A sample of {x.Count} numbers given, but the weights ask for {expected}.", nameof(x));
        Finiteness.Require(x, nameof(x));
    }
}
