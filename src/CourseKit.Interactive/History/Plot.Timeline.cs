namespace CourseKit.Interactive;

public static partial class Plot
{
    private const int TimelineRow = 22;
    private const int TimelineWidth = 820;
    private const double TimelineLetter = 6.6;

    /// <summary>
    /// The events of a history, the earliest on top: each stands at its year with who and what beside it, so that gaps in the years are
    /// gaps in the picture. Events on which the lecture and the record differ are ringed; the whole text, source and correction appear
    /// under the pointer.
    /// </summary>
    /// <param name="timeline">The events.</param>
    public static Figure Timeline(HistoryTimeline timeline)
    {
        ArgumentNullException.ThrowIfNull(timeline);
        var events = timeline.Events;
        var rows = Enumerable.Range(0, events.Count).ToArray();
        double first = events[0].Year, last = events[^1].Year;
        var middle = (first + last) / 2;
        var span = Math.Max(10, last - first);
        var figure = new Figure { Width = TimelineWidth, Height = 110 + TimelineRow * events.Count, ShowLegend = true }
            .WithXAxis("year", first - 0.04 * span, last + 0.04 * span).WithYAxis(from: events.Count - 0.3, to: -0.7);
        figure.Y.IsVisible = false;
        foreach (var (name, color, shape, publications) in new[]
        {
            ("paper, book, report or thesis", FigureColors.Blue, MarkerShape.Circle, true), ("other event", FigureColors.Grey, MarkerShape.Diamond, false),
        })
            AddMarks(name, color, shape, 8, rows.Where(i => IsPublication(events[i]) == publications));
        AddMarks("the record differs from the lecture", FigureColors.Orange, MarkerShape.Ring, 15, rows.Where(i => events[i].Correction is not null));
        foreach (var i in rows)
        {
            var late = events[i].Year > middle;

            // As much of the text as there is room for on its side; the axis begins some 66 pixels from the left.
            var place = 66 + (TimelineWidth - 78) * (events[i].Year - first + 0.04 * span) / (1.08 * span);
            var room = (late ? place : TimelineWidth - place) - 14;
            figure.Add(new TextMark(events[i].Year + (late ? -0.004 : 0.004) * span, i, Label(events[i], (int)(room / TimelineLetter) - 5))
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

    private static bool IsPublication(HistoryEvent e) => e.Kind is "paper" or "book" or "report" or "thesis";

    private static string Label(HistoryEvent e, int characters)
    {
        // "Ian Goodfellow and seven others" is one entry of several people.
        string[] names = [.. e.Who.Select(name => name.Split(" and ")[0].Split(' ')[^1])];
        var more = names.Length > 2 || e.Who.Any(name => name.Contains(" and ", StringComparison.Ordinal));
        var text = $"{(more ? names[0] + " et al." : string.Join(", ", names))}: {e.What}";
        if (text.Length > characters && text.LastIndexOf(' ', characters - 2) is > 0 and var end)
            text = text[..end].TrimEnd(',', ';', ':') + " \u2026";
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
