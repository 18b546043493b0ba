namespace CourseKit.Interactive;

public static partial class Plot
{
    private const int TimelineRow = 22;

    /// <summary>
    /// The events of a history, the earliest on top: each stands at its year with who and what beside it, so that gaps in the years are
    /// gaps in the picture. Events on which the lecture and the record differ are ringed; source and correction appear under the pointer.
    /// </summary>
    /// <param name="timeline">The events.</param>
    /// <param name="characters">How much of an event's text is written on the page; the pointer shows all.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="characters"/> is below 20.</exception>
    public static Figure Timeline(HistoryTimeline timeline, int characters = 54)
    {
        ArgumentNullException.ThrowIfNull(timeline);
        ArgumentOutOfRangeException.ThrowIfLessThan(characters, 20);
        var events = timeline.Events;
        var rows = Enumerable.Range(0, events.Count).ToArray();
        double first = events[0].Year, last = events[^1].Year;
        var middle = (first + last) / 2;
        var span = Math.Max(10, last - first);
        var figure = new Figure { Width = 820, Height = 110 + TimelineRow * events.Count, ShowLegend = true }
            .WithXAxis("year", first - 0.04 * span, last + 0.04 * span).WithYAxis(from: events.Count - 0.3, to: -0.7);
        figure.Y.IsVisible = false;
        foreach (var (name, color, shape, publications) in new[]
        {
            ("paper, book, report or thesis", FigureColors.Blue, MarkerShape.Circle, true), ("other event", FigureColors.Grey, MarkerShape.Diamond, false),
        })
            AddMarks(name, color, shape, 8, rows.Where(i => events[i].Kind is "paper" or "book" or "report" or "thesis" == publications));
        AddMarks("the record differs from the lecture", FigureColors.Orange, MarkerShape.Ring, 15, rows.Where(i => events[i].Correction is not null));
        foreach (var i in rows)
        {
            var late = events[i].Year > middle;
            figure.Add(new TextMark(events[i].Year + (late ? -0.004 : 0.004) * span, i, Label(events[i], characters))
            {
                Side = late ? TextSide.Left : TextSide.Right, Size = 12,
            });
        }

        return figure;

        void AddMarks(string name, string color, MarkerShape shape, double size, IEnumerable<int> which)
        {
            int[] chosen = [.. which];
            if (chosen.Length > 0)
                figure.Add(new MarkerTrace([.. chosen.Select(i => (double)events[i].Year)], [.. chosen.Select(i => (double)i)])
                {
                    Name = name, Color = color, Shape = shape, Size = size, Texts = [.. chosen.Select(i => Story(events[i]))],
                });
        }
    }

    private static string Label(HistoryEvent e, int characters)
    {
        // "Ian Goodfellow and seven others" is one entry of several people.
        string[] names = [.. e.Who.Select(name => name.Split(" and ")[0].Split(' ')[^1])];
        var more = names.Length > 2 || e.Who.Any(name => name.Contains(" and ", StringComparison.Ordinal));
        var text = $"{(more ? names[0] + " et al." : string.Join(", ", names))}: {e.What}";
        if (text.Length > characters)
            text = text[..text.LastIndexOf(' ', characters)].TrimEnd(',', ';', ':') + " \u2026";
        return FormattableString.Invariant($"<b>{e.Year}</b> ") + Html(text);
    }

    private static string Story(HistoryEvent e) =>
        FormattableString.Invariant($"<b>{e.Year}, {Html(e.Kind)}</b><br>") + Lines($"{string.Join(", ", e.Who)}: {e.What}") + Source(e.Source, e.Correction);

    /// <summary>The end of a pointer's text: where it is on record and how the lecture differs.</summary>
    private static string Source(string source, string? correction) =>
        "<br><i>" + Lines(source) + "</i>" + (correction is null ? "" : "<br>" + Lines(correction));

    private static string Html(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    /// <summary>A text broken into lines that fit beside a pointer.</summary>
    private static string Lines(string text, int width = 70)
    {
        var (lines, line) = (new List<string>(), "");
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line);
                line = "";
            }

            line += line.Length == 0 ? word : " " + word;
        }

        return string.Join("<br>", lines.Append(line).Select(Html));
    }
}
