namespace CourseKit.Interactive;

public static partial class Plot
{
    private const int LineageColumn = 126;
    private const int LineageRow = 36;

    /// <summary>
    /// Who learned from whom and who descends from whom, from left to right; dotted arcs join people who worked side by side. A diamond on
    /// a link says that the lecture and the record differ; relation, source and correction appear under the pointer.
    /// </summary>
    public static Figure Lineage(Lineage lineage)
    {
        ArgumentNullException.ThrowIfNull(lineage);
        var layout = new LineageLayout(lineage);
        var figure = new Figure { Width = 50 + LineageColumn * layout.Columns, Height = 90 + (int)(LineageRow * layout.Rows), ShowLegend = true }
            .WithXAxis(from: -0.2, to: layout.Columns - 0.05).WithYAxis(from: layout.Rows - 0.4, to: -0.6);
        (figure.X.IsVisible, figure.Y.IsVisible) = (false, false);
        AddLinks("taught", FigureColors.Blue, LineDash.Solid, link => link.IsDescent && !IsFamily(link));
        AddLinks("parent and child", FigureColors.Green, LineDash.Solid, IsFamily);
        AddLinks("side by side", FigureColors.Grey, LineDash.Dot, link => !link.IsDescent);
        AddPoints(null, FigureColors.Grey, MarkerShape.Circle, 4, link => link.Correction is null);
        AddPoints("the record differs from the lecture", FigureColors.Orange, MarkerShape.Diamond, 11, link => link.Correction is not null);
        figure.Add(new MarkerTrace([.. lineage.People.Select(person => (double)layout.Column(person))], [.. lineage.People.Select(layout.Row)])
        {
            Color = FigureColors.Ink, Size = 7, Texts = [.. lineage.People.Select(Html)],
        });
        foreach (var person in lineage.People)
            figure.Add(new TextMark(layout.Column(person), layout.Row(person), string.Join("<br>", TwoLines(person).Select(Html))) { Size = 11 });
        return figure;

        void AddLinks(string name, string color, LineDash dash, Func<LineageLink, bool> which)
        {
            var ways = lineage.Links.Where(which).Select(Way).ToArray();
            if (ways.Length > 0)
                figure.Add(new LineTrace([.. ways.SelectMany(way => way.X)], [.. ways.SelectMany(way => way.Y)])
                {
                    Name = name, Color = color, Dash = dash, Width = 1.8, LabelAtEnd = false,
                });
        }

        void AddPoints(string? name, string color, MarkerShape shape, double size, Func<LineageLink, bool> which)
        {
            var chosen = lineage.Links.Where(which).ToArray();
            var middles = chosen.Select(link => Way(link)).Select(way => (X: way.X[way.X.Length / 2 - 1], Y: way.Y[way.Y.Length / 2 - 1])).ToArray();
            if (chosen.Length > 0)
                figure.Add(new MarkerTrace([.. middles.Select(point => point.X)], [.. middles.Select(point => point.Y)])
                {
                    Name = name, Color = color, Shape = shape, Size = size, InLegend = name is not null,
                    Texts = [.. chosen.Select(link => Lines($"{link.Person}, {link.Relation} {link.To}") + Source(link.Source, link.Correction))],
                });
        }

        (double[] X, double[] Y) Way(LineageLink link)
        {
            double[] steps = Numbers.Evenly(0, 1, 21);
            var (x0, y0, x1, y1) = (layout.Column(link.To) + 0.0, layout.Row(link.To), layout.Column(link.Person) + 0.0, layout.Row(link.Person));
            if (layout.Column(link.To) == layout.Column(link.Person))
                return ([.. steps.Select(t => x0 - 0.14 * Math.Sin(Math.PI * t)), double.NaN], [.. steps.Select(t => y0 + (y1 - y0) * t), double.NaN]);

            // From behind the name, some 6.3 pixels a letter, in a soft curve to the other's point.
            x0 = Math.Min(x0 + (12 + 6.3 * TwoLines(link.To).Max(line => line.Length)) / LineageColumn, x1 - 0.05);
            return ([.. steps.Select(t => x0 + (x1 - x0) * t), double.NaN], [.. steps.Select(t => y0 + (y1 - y0) * t * t * (3 - 2 * t)), double.NaN]);
        }
    }

    /// <summary>A name as it is written: the last name below the others.</summary>
    private static string[] TwoLines(string person)
    {
        var space = person.LastIndexOf(' ');
        return space < 0 ? [person] : [person[..space], person[(space + 1)..]];
    }

    private static bool IsFamily(LineageLink link) => link.Relation is "son of" or "daughter of";
}
