namespace CourseKit.Tests.FeedForward;

/// <summary>What the gradient tests of every chapter share: which layers it has, and which mistakes can be made in each.</summary>
internal static class LayerCases
{
    /// <summary>Each layer with each mistake that a rule of its own kind can hold: those of parameters only where there are parameters.</summary>
    public static TheoryData<string, Mistake> Mistakes(IEnumerable<(string Name, Func<Layer> Make)> layers)
    {
        var rows = new TheoryData<string, Mistake>();
        foreach (var (name, make) in layers)
            foreach (var mistake in Enum.GetValues<Mistake>())
            {
                var inParameters = mistake.ToString().Contains("Parameter") || mistake == Mistake.ShortPassZero;
                if (mistake != Mistake.None && (!inParameters || make().Parameters.Count > 0))
                    rows.Add(name, mistake);
            }

        return rows;
    }

    /// <summary>The public classes of a kind whose file lies in a chapter's folder, by name.</summary>
    public static string[] ClassesOf(Type kind, string chapter)
    {
        var folder = Path.Combine(CourseKit.Testing.RepositoryPaths.Root, "src", "CourseKit", chapter);
        return [.. kind.Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(kind) && !type.IsAbstract && File.Exists(Path.Combine(folder, type.Name + ".cs"))).Select(type => type.Name).Order()];
    }
}
