namespace CourseKit;

/// <summary>Who learned from whom, worked with whom and descends from whom: what the lineage figure draws, checked against the record.</summary>
public sealed class Lineage
{
    private static readonly string[] columns = ["person", "relation", "to", "source", "correction"];

    /// <summary>The relations there are; true for those that lead from a pupil or a child back to a teacher or a parent.</summary>
    private static readonly Dictionary<string, bool> relations = new()
    {
        ["studied with"] = true, ["student of"] = true, ["doctoral student of"] = true, ["son of"] = true, ["daughter of"] = true,
        ["co-author of"] = false, ["worked with"] = false, ["joined the department of"] = false, ["at the same school as"] = false,
    };

    private Lineage(IReadOnlyList<LineageLink> links)
    {
        Links = links;
        People = [.. links.SelectMany(link => new[] { link.To, link.Person }).Distinct()];
    }

    /// <summary>The links in the order of the file.</summary>
    public IReadOnlyList<LineageLink> Links { get; }

    /// <summary>Everybody who has a link.</summary>
    public IReadOnlyList<string> People { get; }

    /// <summary>Reads a table with the columns person, relation, to, source and correction.</summary>
    /// <param name="path">The file, such as <c>data/lineage.csv</c>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">
    /// A column is missing, a cell that must say something is empty, a relation is unknown, a name is another spelling of one above, a link
    /// comes twice or leads to the person itself, or somebody would be their own ancestor; the message names the line.
    /// </exception>
    public static Lineage Load(string path) => From(CheckedTable.Load(path, columns));

    /// <summary>The same from a text that is at hand.</summary>
    /// <param name="text">The table.</param>
    /// <exception cref="DataFormatException">See <see cref="Load"/>.</exception>
    public static Lineage Parse(string text) => From(CheckedTable.Parse(text, columns));

    /// <summary>The links that begin or end at somebody.</summary>
    /// <exception cref="ArgumentException">Nobody is called so.</exception>
    public IEnumerable<LineageLink> Of(string person)
    {
        if (!People.Contains(person))
            throw new ArgumentException($"Nobody called '{person}'; there are {string.Join(", ", People)}.", nameof(person));
        return Links.Where(link => link.Person == person || link.To == person);
    }

    /// <summary>
    /// How many steps of descent lie above somebody, at most: 0 for those without a teacher or a parent here. The figure's row.
    /// </summary>
    /// <exception cref="ArgumentException">Nobody is called so.</exception>
    public int Generation(string person) =>
        Of(person).Where(link => link.IsDescent && link.Person == person).Select(link => 1 + Generation(link.To)).DefaultIfEmpty(0).Max();

    private static Lineage From(CheckedTable table)
    {
        var links = new List<LineageLink>();
        var spellings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < table.RowCount; i++)
        {
            var (person, relation, to) = (table.Required(i, "person"), table.Required(i, "relation"), table.Required(i, "to"));
            if (!relations.TryGetValue(relation, out var isDescent))
                throw table.Error(i, $"the relation '{relation}'", string.Join(", ", relations.Keys));
            foreach (var name in new[] { person, to })
                if (spellings.TryAdd(Letters(name), name) is false && spellings[Letters(name)] != name)
                    throw table.Error(i, $"the name '{name}'", $"'{spellings[Letters(name)]}', as it is written above");
            if (person == to)
                throw table.Error(i, $"{person} linked to {to}", "two different people");
            if (links.Any(link => link.Person == person && link.Relation == relation && link.To == to))
                throw table.Error(i, "a link that stands above already", "each link once");
            if (isDescent && Descends(to, person, links))
                throw table.Error(i, $"{person} {relation} {to}, who descends from {person}", "nobody to be their own ancestor");
            links.Add(new LineageLink(person, relation, to, isDescent, table.Required(i, "source"), table.Optional(i, "correction")));
        }

        return new Lineage(links);
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetter));

    private static bool Descends(string person, string from, List<LineageLink> links) =>
        person == from || links.Any(link => link.IsDescent && link.Person == person && Descends(link.To, from, links));
}

/// <summary>One link between two people, read as a sentence: person, relation, to.</summary>
/// <param name="Person">Where it begins.</param>
/// <param name="Relation">Such as <c>doctoral student of</c>.</param>
/// <param name="To">Where it ends.</param>
/// <param name="IsDescent">Whether it leads to a teacher or a parent; else the two stand side by side.</param>
/// <param name="Source">Where it is on record.</param>
/// <param name="Correction">How the record differs from the lecture's account; null where it does not.</param>
public sealed record LineageLink(string Person, string Relation, string To, bool IsDescent, string Source, string? Correction);
