namespace CourseKit.Interactive;

public static partial class Plot
{
    /// <summary>How one unit answers to a class and to all others: two histograms over each other, and the threshold between them.</summary>
    /// <param name="unit">The unit and its threshold.</param>
    /// <param name="activations">N x units.</param>
    /// <param name="labels">N classes.</param>
    /// <param name="wanted">The class.</param>
    /// <exception cref="ArgumentException">The counts differ, or the samples are all of the class, or none is.</exception>
    public static Figure UnitResponses(SelectiveUnit unit, Tensor activations, IReadOnlyList<int> labels, int wanted)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var accuracy = unit.AccuracyOn(activations, labels, wanted);
        var answers = Enumerable.Range(0, labels.Count).ToLookup(n => labels[n] == wanted, n => activations[n, unit.Unit]);
        var all = answers.SelectMany(group => group);
        var (low, high) = ((double)all.Min(), (double)all.Max());
        var (others, members) = (Bin(answers[false], 40, true, low, high), Bin(answers[true], 40, true, low, high));
        var top = Math.Max(others.Heights.Max(), members.Heights.Max());
        return new Figure { ShowLegend = true }
            .Add(others with { Name = "all others", Color = FigureColors.Grey, Opacity = 0.6 })
            .Add(members with { Name = FormattableString.Invariant($"class {wanted}"), Color = FigureColors.Blue, Opacity = 0.6 })
            .AddVertical(unit.Threshold, "threshold")
            .WithXAxis(FormattableString.Invariant($"activation of unit {unit.Unit}")).WithYAxis("density", from: 0, to: 1.1 * top)
            .WithTitle(FormattableString.Invariant($"unit {unit.Unit}: balanced accuracy {100 * accuracy:0.0} %"));
    }
}
