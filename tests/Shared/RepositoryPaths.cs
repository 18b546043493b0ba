namespace CourseKit.Testing;

/// <summary>Where a test finds the repository it was built from and the measured data sets beside it.</summary>
internal static class RepositoryPaths
{
    /// <summary>The folder that holds <c>CourseKit.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder that notebooks load with <c>#r</c>.</summary>
    public static string Kit => Path.Combine(Root, "artifacts", "kit");

    /// <summary>The folder named by <c>COURSEKIT_DATA</c>, or null where the real data sets are not at hand.</summary>
    public static string? RealData
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable("COURSEKIT_DATA");
            return !string.IsNullOrEmpty(folder) && Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "CourseKit.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No CourseKit.sln above {AppContext.BaseDirectory}.");
    }
}
