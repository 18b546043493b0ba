using System.Globalization;

namespace CourseKit;

/// <summary>The lecture's events, checked against the record: what the timeline figure draws.</summary>
/// <remarks>Every event carries its source; where the lecture's account differs from the record, the correction says so.</remarks>
public sealed class HistoryTimeline
{
    private static readonly string[] columns = ["year", "who", "what", "kind", "source", "correction"];

    private HistoryTimeline(IReadOnlyList<HistoryEvent> events) => Events = events;

    /// <summary>The events, from the earliest to the latest.</summary>
    public IReadOnlyList<HistoryEvent> Events { get; }

    /// <summary>The kinds of event (paper, book, ...), in the order of their first appearance.</summary>
    public IReadOnlyList<string> Kinds => [.. Events.Select(e => e.Kind).Distinct()];

    /// <summary>Reads a table with the columns year, who (names separated by semicolons), what, kind, source and correction.</summary>
    /// <param name="path">The file, such as <c>data/history-events.csv</c>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">
    /// A column is missing, a year is no year or earlier than the one above, a cell that must say something is empty, or an event comes
    /// twice; the message names the line.
    /// </exception>
    public static HistoryTimeline Load(string path) => From(CheckedTable.Load(path, columns));

    /// <summary>The same from a text that is at hand.</summary>
    /// <param name="text">The table.</param>
    /// <exception cref="DataFormatException">See <see cref="Load"/>.</exception>
    public static HistoryTimeline Parse(string text) => From(CheckedTable.Parse(text, columns));

    /// <summary>The events in which somebody took part, by the name as it is written there.</summary>
    public IEnumerable<HistoryEvent> Of(string person) => Events.Where(e => e.Who.Contains(person));

    private static HistoryTimeline From(CheckedTable table)
    {
        var events = new List<HistoryEvent>();
        for (var i = 0; i < table.RowCount; i++)
        {
            var text = table.Required(i, "year");
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 1800 or > 2100)
                throw table.Error(i, $"the year '{text}'", "a year from 1800 to 2100");
            if (events.Count > 0 && year < events[^1].Year)
                throw table.Error(i, $"the year {year} below {events[^1].Year}", "the events in the order of their years");
            string[] who = [.. table.Required(i, "who").Split(';', StringSplitOptions.TrimEntries)];
            if (who.Contains(""))
                throw table.Error(i, "an empty name in 'who'", "names separated by single semicolons");
            var read = new HistoryEvent(
                year, who, table.Required(i, "what"), table.Required(i, "kind"), table.Required(i, "source"), table.Optional(i, "correction"));
            if (events.Any(other => other.Year == year && other.What == read.What))
                throw table.Error(i, "an event that stands above already", "each event once");
            events.Add(read);
        }

        return new HistoryTimeline(events);
    }
}

/// <summary>One event of the history.</summary>
/// <param name="Year">The year.</param>
/// <param name="Who">The people (or the body) it belongs to.</param>
/// <param name="What">What happened.</param>
/// <param name="Kind">Its kind: paper, book, thesis, prize ...</param>
/// <param name="Source">Where it is on record.</param>
/// <param name="Correction">How the record differs from the lecture's account; null where it does not.</param>
public sealed record HistoryEvent(int Year, IReadOnlyList<string> Who, string What, string Kind, string Source, string? Correction);
