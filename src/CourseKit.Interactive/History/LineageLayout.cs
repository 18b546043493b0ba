namespace CourseKit.Interactive;

/// <summary>Where the people of a lineage stand: a column for each step of descent, families and schools below each other.</summary>
/// <remarks>
/// Columns: everybody stands right of teachers and parents, and level with those they worked beside; who has neither stands just left of
/// the first pupil. Rows: within a group of linked people each column is sorted by the heights of teachers and parents, as far as there
/// are any, and each is then drawn towards the mean height of teachers and pupils, at least one row apart.
/// </remarks>
internal sealed class LineageLayout
{
    private readonly Dictionary<string, int> columns = [];
    private readonly Dictionary<string, double> rows = [];

    public LineageLayout(Lineage lineage)
    {
        foreach (var person in lineage.People)
            columns[person] = 0;

        // Raised until nothing moves; a link beside and a descent may contradict each other, hence the bound.
        for (var (round, moved) = (0, true); moved && round < lineage.People.Count; round++)
        {
            moved = false;
            foreach (var link in lineage.Links)
            {
                moved |= Raise(link.Person, columns[link.To] + (link.IsDescent ? 1 : 0));
                moved |= !link.IsDescent && Raise(link.To, columns[link.Person]);
            }
        }

        foreach (var person in lineage.People)
            if (lineage.Of(person).All(link => link.IsDescent && link.To == person))
                columns[person] = lineage.Of(person).Min(link => columns[link.Person]) - 1;

        var top = 0.0;
        foreach (var group in Groups(lineage))
            top = Place(group, lineage, top) + 0.5;
        Rows = top - 0.5;
    }

    /// <summary>How many rows there are in all.</summary>
    public double Rows { get; }

    /// <summary>How many columns there are.</summary>
    public int Columns => columns.Values.Max() + 1;

    public int Column(string person) => columns[person];

    public double Row(string person) => rows[person];

    private bool Raise(string person, int column)
    {
        if (columns[person] >= column)
            return false;
        columns[person] = column;
        return true;
    }

    /// <summary>People who are linked, over whatever way; each group in the order of the table.</summary>
    private static IEnumerable<string[]> Groups(Lineage lineage)
    {
        var left = lineage.People.ToList();
        while (left.Count > 0)
        {
            var group = new HashSet<string> { left[0] };
            for (var size = 0; size < group.Count;)
            {
                size = group.Count;
                foreach (var link in lineage.Links)
                    if (group.Contains(link.Person) || group.Contains(link.To))
                    {
                        group.Add(link.Person);
                        group.Add(link.To);
                    }
            }

            yield return [.. left.Where(group.Contains)];
            left.RemoveAll(group.Contains);
        }
    }

    /// <summary>Gives a group its rows from <paramref name="top"/> on; returns the first free row.</summary>
    private double Place(string[] group, Lineage lineage, double top)
    {
        string[][] stacks = [.. group.GroupBy(Column).OrderBy(stack => stack.Key).Select(stack => stack.ToArray())];
        var height = stacks.Max(stack => stack.Length);
        foreach (var stack in stacks)
        {
            double?[] above = [.. stack.Select(person => ParentsRow(person, lineage))];
            for (var k = 0; k < stack.Length; k++)
                above[k] ??= lineage.Of(stack[k]).Where(link => !link.IsDescent)
                    .Select(link => ParentsRow(link.Person == stack[k] ? link.To : link.Person, lineage)).FirstOrDefault(row => row is not null) ?? top;
            Array.Sort([.. above.Select((row, k) => (row!.Value, k))], stack);
            for (var k = 0; k < stack.Length; k++)
                rows[stack[k]] = top + (height - stack.Length) / 2.0 + k;
        }

        for (var round = 0; round < 20; round++)
            foreach (var stack in stacks)
            {
                double[] wanted = [.. stack.Select(person => lineage.Of(person).Where(link => link.IsDescent)
                    .Select(link => rows[link.Person == person ? link.To : link.Person]).DefaultIfEmpty(rows[person]).Average())];
                for (var k = 0; k < stack.Length; k++)
                {
                    var lowest = k == 0 ? top : rows[stack[k - 1]] + 1;
                    rows[stack[k]] = Math.Clamp(wanted[k], lowest, top + height - (stack.Length - k));
                }
            }

        return top + height;
    }

    /// <summary>The mean height of somebody's teachers and parents; null where there is none.</summary>
    private double? ParentsRow(string person, Lineage lineage)
    {
        double[] found = [.. lineage.Of(person).Where(link => link.IsDescent && link.Person == person).Select(link => rows[link.To])];
        return found.Length == 0 ? null : found.Average();
    }
}
