using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>The door of every two-class model: samples and labels are checked here before anything is computed.</summary>
internal static class TwoClasses
{
    /// <summary>Throws unless X is N x d of finite numbers with N and d at least 1, and y holds N labels that are +1 or -1.</summary>
    public static void Check(Matrix<double> X, IReadOnlyList<int> y)
    {
        ArgumentNullException.ThrowIfNull(X);
        ArgumentNullException.ThrowIfNull(y);
        if (X.RowCount != y.Count)
            throw new ArgumentException($"{X.RowCount} samples (rows of X) given, but {y.Count} labels.", nameof(y));
        if (X.RowCount == 0 || X.ColumnCount == 0)
            throw new ArgumentException($"X of {X.RowCount}x{X.ColumnCount} given; at least one sample of one number is expected.", nameof(X));
        for (var i = 0; i < y.Count; i++)
            if (y[i] is not (+1 or -1))
                throw new ArgumentException($"Label {y[i]} of sample {i} given; the two classes are +1 and -1.", nameof(y));
        foreach (var (i, j, value) in X.EnumerateIndexed())
            if (!double.IsFinite(value))
                throw new ArgumentException(FormattableString.Invariant($"X[{i}, {j}] is {value}; finite numbers are expected."), nameof(X));
    }

    /// <summary>The vectors y_i [x_i; 1]: a weight vector separates the classes where its product with each of them is positive.</summary>
    public static Vector<double>[] SignedAugmented(Matrix<double> X, IReadOnlyList<int> y)
    {
        Check(X, y);
        return [.. X.EnumerateRows().Select((x, i) => y[i] * Perceptron.Augment(x))];
    }
}
