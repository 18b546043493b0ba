namespace CourseKit.Interactive;

public static partial class Plot
{
    /// <summary>Ten colours that stay apart on white: the course's palette first.</summary>
    private static readonly string[] ClassColors =
    [
        .. FigureColors.Cycle.Take(6), "#F0E442", "#8C564B", FigureColors.Ink, FigureColors.Grey,
    ];

    /// <summary>Codes of two numbers as points in the plane, coloured by class, with each class's name where the middle of its points is.</summary>
    /// <param name="codes">N x 2.</param>
    /// <param name="labels">N classes, counted from 0.</param>
    /// <param name="xTitle">What the first number is.</param>
    /// <param name="yTitle">What the second number is.</param>
    /// <exception cref="ArgumentException">The codes are not of two numbers, or the counts differ.</exception>
    public static Figure CodePlane(Tensor codes, IReadOnlyList<int> labels, string xTitle = "h<sub>1</sub>", string yTitle = "h<sub>2</sub>")
    {
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(labels);
        codes.RequireShape("The codes in the plane", labels.Count, 2);
        if (labels.Count == 0)
            throw new ArgumentException("No code given; at least one is expected.", nameof(codes));
        var figure = new Figure { ShowLegend = false }.WithXAxis(xTitle).WithYAxis(yTitle);
        var names = new List<TextMark>();
        foreach (var label in labels.Distinct().Order())
        {
            int[] rows = [.. Enumerable.Range(0, labels.Count).Where(n => labels[n] == label)];
            double[] x = [.. rows.Select(n => (double)codes[n, 0])], y = [.. rows.Select(n => (double)codes[n, 1])];
            figure.Add(new MarkerTrace(x, y)
            {
                Name = FormattableString.Invariant($"{label}"), Color = ClassColors[(int)((uint)label % (uint)ClassColors.Length)], Size = 4, Opacity = 0.6, InLegend = false,
            });
            names.Add(new TextMark(Median(x), Median(y), FormattableString.Invariant($"<b>{label}</b>")) { Side = TextSide.Centre, Size = 16, Fill = "rgba(255,255,255,0.75)" });
        }

        foreach (var name in names)
            figure.Add(name);
        return figure;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
