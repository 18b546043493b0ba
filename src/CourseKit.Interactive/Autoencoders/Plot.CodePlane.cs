namespace CourseKit.Interactive;

public static partial class Plot
{
    /// <summary>Ten colours that stay apart on white: the course's palette first.</summary>
    private static readonly string[] ClassColors =
    [
        .. FigureColors.Cycle.Take(6), "#F0E442", "#8C564B", FigureColors.Ink, FigureColors.Grey,
    ];

    /// <summary>Codes of two numbers as points in the plane, coloured by class, with each class's name at the middle of its points, or near it where others have theirs.</summary>
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
        var (classes, middles) = (new List<int>(), new List<(double X, double Y)>());
        foreach (var label in labels.Distinct().Order())
        {
            int[] rows = [.. Enumerable.Range(0, labels.Count).Where(n => labels[n] == label)];
            double[] x = [.. rows.Select(n => (double)codes[n, 0])], y = [.. rows.Select(n => (double)codes[n, 1])];
            figure.Add(new MarkerTrace(x, y)
            {
                Name = FormattableString.Invariant($"{label}"), Color = ClassColors[(int)((uint)label % (uint)ClassColors.Length)], Size = 4, Opacity = 0.6, InLegend = false,
            });
            classes.Add(label);
            middles.Add((Median(x), Median(y)));
        }

        var places = Apart(middles, Extent(codes, 0), Extent(codes, 1));
        for (var k = 0; k < classes.Count; k++)
            figure.Add(new TextMark(places[k].X, places[k].Y, FormattableString.Invariant($"<b>{classes[k]}</b>")) { Side = TextSide.Centre, Size = 16, Fill = "rgba(255,255,255,0.75)" });
        return figure;
    }

    private static double Extent(Tensor codes, int column)
    {
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var n = 0; n < codes.Shape[0]; n++)
            (least, most) = (Math.Min(least, codes[n, column]), Math.Max(most, codes[n, column]));
        return most > least ? most - least : 1;
    }

    /// <summary>Pushes places apart until none hides another: names of one letter in a panel some 400 pixels wide.</summary>
    private static (double X, double Y)[] Apart(IReadOnlyList<(double X, double Y)> places, double width, double height)
    {
        const double Across = 0.05, Up = 0.07;
        const int Rounds = 200;
        var (letterWidth, letterHeight) = (width * Across, height * Up);
        var pushed = new (double X, double Y)[places.Count]; // in letters
        for (var round = 0; round < Rounds; round++)
        {
            var touched = false;
            for (var i = 0; i < places.Count; i++)
                for (var j = 0; j < i; j++)
                {
                    var dx = (places[i].X - places[j].X) / letterWidth + pushed[i].X - pushed[j].X;
                    var dy = (places[i].Y - places[j].Y) / letterHeight + pushed[i].Y - pushed[j].Y;
                    var distance = Math.Sqrt(dx * dx + dy * dy);
                    if (distance >= 1)
                        continue;
                    touched = true;
                    if (distance < 1e-6)
                        (dx, dy, distance) = (0, 1e-6, 1e-6);
                    var push = 0.51 * (1 - distance) / distance;
                    pushed[i] = (pushed[i].X + push * dx, pushed[i].Y + push * dy);
                    pushed[j] = (pushed[j].X - push * dx, pushed[j].Y - push * dy);
                }

            if (!touched)
                break;
        }

        return [.. places.Select((place, i) => (place.X + pushed[i].X * letterWidth, place.Y + pushed[i].Y * letterHeight))];
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
