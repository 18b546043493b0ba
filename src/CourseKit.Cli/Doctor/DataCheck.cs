namespace CourseKit.Cli;

/// <summary>Whether the real data sets are here; the notebooks fall back on what ships.</summary>
internal sealed class DataCheck(IMachine machine, Repository repository)
{
    private static readonly string[] Files = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    public IEnumerable<Finding> Findings()
    {
        var elsewhere = machine.Variable("COURSEKIT_DATA");
        string[] places = elsewhere is null ? [Path.Combine(repository.Root, "data")] : [elsewhere, Path.Combine(repository.Root, "data")];
        foreach (var name in (string[])["mnist", "fashion-mnist"])
            yield return Set(name, places);
    }

    private Finding Set(string name, string[] places)
    {
        foreach (var folder in places.Select(p => Path.Combine(p, name)))
        {
            var missing = Files.Where(f => !machine.FileExists(Path.Combine(folder, f)) && !machine.FileExists(Path.Combine(folder, f + ".gz"))).ToArray();
            if (missing.Length == 0)
                return new($"data {name}", FindingState.Good, folder);
            if (missing.Length < Files.Length)
                return new($"data {name}", FindingState.Optional, $"{folder} lacks {string.Join(", ", missing)}", $"Fetch it again with 'coursekit data get {name}'; until then the notebooks use what ships with the course.");
        }
        return new($"data {name}", FindingState.Optional, $"not in {string.Join(" nor in ", places)}", $"'coursekit data get {name}' fetches it; until then the notebooks use what ships with the course. A copy elsewhere is named by COURSEKIT_DATA.");
    }
}
