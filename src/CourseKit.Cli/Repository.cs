namespace CourseKit.Cli;

/// <summary>The course's folder: where notebooks are looked for and where the book goes.</summary>
/// <param name="Root">The folder that holds <c>CourseKit.sln</c>.</param>
public sealed record Repository(string Root)
{
    /// <summary>What the build and the commands leave behind.</summary>
    public string Artifacts => Path.Combine(Root, "artifacts");

    /// <summary>What notebooks load.</summary>
    public string Kit => Path.Combine(Artifacts, "kit");

    /// <summary>The notebooks that a command takes when it is given none.</summary>
    public string Notebooks => Path.Combine(Root, "notebooks", "en");

    /// <summary>The folders of all editions, which the book is made of.</summary>
    public string[] Editions => [.. ((string[])[Notebooks, Path.Combine(Root, "notebooks", "zh")]).Where((folder, i) => i == 0 || Directory.Exists(folder))];

    /// <summary>Looks upwards from each of the folders in turn; null where none lies in a course's folder.</summary>
    public static Repository? Find(params string[] starts)
    {
        foreach (var start in starts)
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                if (File.Exists(Path.Combine(folder.FullName, "CourseKit.sln")))
                    return new Repository(folder.FullName);
        return null;
    }

    /// <summary>Looks upwards from the current folder, then from the command's own.</summary>
    public static Repository? Find() => Find(Directory.GetCurrentDirectory(), AppContext.BaseDirectory);
}
