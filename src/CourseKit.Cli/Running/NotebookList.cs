namespace CourseKit.Cli;

/// <summary>Which notebooks a command was asked to run.</summary>
internal static class NotebookList
{
    /// <summary>Files as they are, folders as the notebooks in them, nothing as all of the course.</summary>
    /// <returns>Paths as they were given, each notebook once; a file that is not there is kept, so that the run reports it among the others.</returns>
    /// <exception cref="CommandException">There is no course to take all of, or a folder without notebooks.</exception>
    public static IReadOnlyList<string> Resolve(IReadOnlyCollection<string> given, Repository? repository)
    {
        if (given.Count == 0)
            given = [repository?.Notebooks ?? throw new CommandException("No notebook was named, and neither this folder nor one above it is the course's: name a notebook, or go to the course's folder.")];
        var found = new List<string>();
        foreach (var path in given)
        {
            if (!Directory.Exists(path))
            {
                found.Add(path);
                continue;
            }
            var inside = Directory.GetFiles(path, "*.ipynb").Order(StringComparer.Ordinal).ToArray();
            if (inside.Length == 0)
                throw new CommandException($"There is no notebook in {path}.");
            found.AddRange(inside);
        }
        return [.. found.DistinctBy(Path.GetFullPath)];
    }

    /// <summary>Where each executed notebook is written: its own name in the folder, with its folder's name before it where two would clash.</summary>
    public static IReadOnlyList<string> OutputPaths(IReadOnlyList<string> notebooks, string folder)
    {
        var clashing = notebooks.GroupBy(Path.GetFileName).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet();
        var names = notebooks.Select(n => clashing.Contains(Path.GetFileName(n)) ? $"{Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(n)))}-{Path.GetFileName(n)}" : Path.GetFileName(n)).ToArray();
        if (names.Distinct().Count() < names.Length)
            throw new CommandException("Two of the notebooks have the same name and the same folder name: write them to different folders, one after the other.");
        var paths = names.Select(n => Path.GetFullPath(Path.Combine(folder, n))).ToArray();
        for (var i = 0; i < paths.Length; i++)
            if (paths[i] == Path.GetFullPath(notebooks[i]))
                throw new CommandException($"The executed notebook would take the place of {notebooks[i]}: name another folder for --output.");
        return paths;
    }
}
