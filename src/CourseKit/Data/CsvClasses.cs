using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>Takes labelled samples out of a <see cref="CsvTable"/>: some columns are the numbers, one names the class.</summary>
public static class CsvClasses
{
    /// <summary>The samples of two classes for a model that knows +1 and -1, such as the <see cref="Perceptron"/>; other rows are left out.</summary>
    /// <param name="table">The table.</param>
    /// <param name="plus">The class that becomes +1, as the label column writes it.</param>
    /// <param name="minus">The class that becomes -1.</param>
    /// <param name="labels">The column that names the class; null: the only one that does not hold numbers, or else the last.</param>
    /// <param name="features">The columns that become X; none: all columns of numbers but the label's.</param>
    /// <returns>X, N x d with a sample a row, and y, the N labels.</returns>
    /// <exception cref="ArgumentException">There is no such column or class; the message lists those there are.</exception>
    /// <exception cref="DataFormatException">A cell of a feature is empty or not a number; the message names its line.</exception>
    public static (Matrix<double> X, int[] y) TwoClasses(
        this CsvTable table, string plus, string minus, string? labels = null, params IReadOnlyList<string> features)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (plus == minus)
            throw new ArgumentException($"'{plus}' given for both classes; two different ones are expected.", nameof(minus));
        var (X, c, classes) = table.Classes(labels, features);
        var (p, m) = (IndexOf(plus, nameof(plus)), IndexOf(minus, nameof(minus)));
        int[] kept = [.. Enumerable.Range(0, c.Length).Where(i => c[i] == p || c[i] == m)];
        return (Matrix<double>.Build.DenseOfRows(kept.Select(i => X.Row(i))), [.. kept.Select(i => c[i] == p ? +1 : -1)]);

        int IndexOf(string name, string parameter)
        {
            var index = Array.IndexOf(classes, name);
            if (index >= 0)
                return index;
            var known = classes.Take(12).Select(known => $"'{known}'").Concat(classes.Length > 12 ? ["…"] : []);
            throw new ArgumentException($"{table.Path} has no class '{name}'; its classes are {string.Join(", ", known)}.", parameter);
        }
    }

    /// <summary>All samples, the classes counted from 0 in the order in which they first occur.</summary>
    /// <param name="table">The table.</param>
    /// <param name="labels">The column that names the class; null: the only one that does not hold numbers, or else the last.</param>
    /// <param name="features">The columns that become X; none: all columns of numbers but the label's.</param>
    /// <returns>X, N x d with a sample a row, the N classes, and the classes' names.</returns>
    /// <exception cref="ArgumentException">There is no such column, or it is not clear which one names the class.</exception>
    /// <exception cref="DataFormatException">A cell of a feature is empty or not a number; the message names its line.</exception>
    public static (Matrix<double> X, int[] labels, string[] classes) Classes(
        this CsvTable table, string? labels = null, params IReadOnlyList<string> features)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(features);
        labels ??= LabelColumn(table);
        if (features.Count == 0)
            features = [.. table.NumericColumns.Where(column => column != labels)];
        if (features.Count == 0)
            throw new ArgumentException($"{table.Path} has no column of numbers beside '{labels}'.", nameof(features));
        var X = table.Matrix(features);
        var names = table.Text(labels);
        string[] classes = [.. names.Distinct()];
        var numbers = classes.Select((name, c) => (name, c)).ToDictionary(pair => pair.name, pair => pair.c);
        return (X, [.. names.Select(name => numbers[name])], classes);
    }

    private static string LabelColumn(CsvTable table)
    {
        string[] texts = [.. table.Columns.Except(table.NumericColumns)];
        return texts.Length switch
        {
            0 => table.Columns[^1],
            1 => texts[0],
            _ => throw new ArgumentException(
                $"{table.Path} has {texts.Length} columns of text ({string.Join(", ", texts.Select(name => $"'{name}'"))}); say which one names the class."),
        };
    }
}
