namespace CourseKit.Interactive;

/// <summary>How a notebook shows a data set: what it holds, and a grid of its first pictures or a table of its first numbers.</summary>
internal static class DatasetView
{
    private const int MostPictures = 40;
    private const int Columns = 10;

    public static string Html(Dataset set)
    {
        var facts = NumberTable.Write(set.Name, Facts(set));
        if (set.Count == 0 || set.SampleSize == 0)
            return facts;
        if (Grid(set) is { } grid)
            return facts + FigureHtml.Write(grid);
        var first = set.Inputs.Reshape(set.Count, -1);
        return facts + NumberTable.Write("the samples", set.Count, set.SampleSize, (i, j) => first[i, j]);
    }

    /// <summary>The first pictures with their classes; null where the samples are no pictures of one channel.</summary>
    public static Figure? Grid(Dataset set)
    {
        if (!set.IsImages || set.Inputs.Shape[1] != 1 || set.Count == 0)
            return null;
        var first = set.Take(Math.Min(MostPictures, set.Count));
        return Plot.Images(first.Inputs, Columns, [.. first.Labels.Select(label => set.ClassNames[label])], scale: 2);
    }

    private static (string, string)[] Facts(Dataset set) =>
    [
        ("samples", FormattableString.Invariant($"{set.Count:N0}, each {string.Join(" x ", set.SampleShape.ToArray())}")),
        ("classes", string.Join(", ", set.ClassCounts.Zip(set.ClassNames, (count, name) => FormattableString.Invariant($"{name}: {count:N0}")))),
    ];
}
