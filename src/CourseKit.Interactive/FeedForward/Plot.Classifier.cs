using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Interactive;

public static partial class Plot
{
    /// <summary>Which classes a classifier takes for which. The right answers, on the diagonal, stay white, so that the mistakes are seen.</summary>
    /// <param name="labels">The true classes, counted from 0.</param>
    /// <param name="predictions">The classifier's answers, as many.</param>
    /// <param name="classNames">Names of all classes; null writes the numbers.</param>
    /// <exception cref="ArgumentException">There is no sample, or the counts differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A class is negative, or has no name.</exception>
    public static Figure ConfusionMatrix(IReadOnlyList<int> labels, IReadOnlyList<int> predictions, IReadOnlyList<string>? classNames = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(predictions);
        if (labels.Count == 0 || labels.Count != predictions.Count)
            throw new ArgumentException($"{labels.Count} labels and {predictions.Count} predictions given; as many of both are expected, at least one.", nameof(predictions));
        var classes = classNames?.Count ?? 1 + Math.Max(labels.Max(), predictions.Max());
        foreach (var label in labels.Concat(predictions))
            if ((uint)label >= (uint)classes)
                throw new ArgumentOutOfRangeException(nameof(labels), label, $"A class from 0 to {classes - 1} is expected.");
        var counts = Matrix<double>.Build.Dense(classes, classes);
        for (var n = 0; n < labels.Count; n++)
            counts[labels[n], predictions[n]]++;
        var mistakes = counts.Clone();
        mistakes.SetDiagonal(new double[classes]);
        var names = classNames ?? [.. Enumerable.Range(0, classes).Select(c => $"{c}")];
        var figure = Heatmap(mistakes, names, names, showValues: false).WithXAxis("the network's answer").WithYAxis("the digit's class")
            .WithTitle(FormattableString.Invariant($"{mistakes.RowSums().Sum():0} of {labels.Count:N0} wrong"));
        if (classNames is not null || classes != 10)
            figure.WithYAxis("the true class");
        figure.Traces[0] = (HeatmapTrace)figure.Traces[0] with { ShowScale = false }; // the numbers are in the cells
        var darkest = mistakes.Enumerate().Max();
        foreach (var (i, j, count) in counts.EnumerateIndexed(Zeros.AllowSkip))
            if (count > 0)
                figure.Add(new TextMark(j, i, FormattableString.Invariant($"{count:0}"))
                {
                    Side = TextSide.Centre,
                    Size = 12,
                    Color = i == j ? FigureColors.Grey : count > 0.55 * darkest ? "#ffffff" : FigureColors.Ink,
                });
        return figure;
    }

    /// <summary>The mistakes about which a classifier was surest: the picture, its class, the answer, and the probability of the answer.</summary>
    /// <param name="data">Pictures with their classes.</param>
    /// <param name="scores">The network's scores for them, N x classes, before the softmax.</param>
    /// <param name="count">At most this many.</param>
    /// <param name="columns">How many in a row.</param>
    /// <exception cref="ArgumentException">The scores do not fit the data.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public static Figure WorstMistakes(Dataset data, Tensor scores, int count = 16, int columns = 8)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        scores.RequireShape("The scores of the pictures", data.Count, data.Classes);
        var p = new Softmax().Forward(scores);
        var wrong = Enumerable.Range(0, data.Count)
            .Select(n => (Number: n, Right: data.Labels[n], Answer: Largest(p, n)))
            .Where(sample => sample.Answer != sample.Right)
            .OrderBy(sample => p[sample.Number, sample.Right])
            .ToArray();
        if (wrong.Length == 0)
            return Empty($"No mistake among {data.Count}");
        var worst = wrong.Take(count).ToArray();
        return Images(
                data.Subset([.. worst.Select(sample => sample.Number)]).Inputs,
                columns,
                [.. worst.Select(sample => FormattableString.Invariant(
                    $"{data.ClassNames[sample.Right]} \u2192 {data.ClassNames[sample.Answer]}, {100 * p[sample.Number, sample.Answer]:0} %"))])
            .WithTitle(FormattableString.Invariant($"The worst {worst.Length} of {wrong.Length} mistakes: class \u2192 answer"));

        static int Largest(Tensor p, int n)
        {
            var row = p.Span.Slice(n * p.Shape[1], p.Shape[1]);
            return row.IndexOf(System.Numerics.Tensors.TensorPrimitives.Max<float>(row));
        }
    }
}
