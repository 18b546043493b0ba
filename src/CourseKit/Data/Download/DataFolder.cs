namespace CourseKit;

/// <summary>
/// Where data lies: the folder that the environment variable <c>COURSEKIT_DATA</c> names, then the <c>data</c> folder of the course,
/// found upwards from the working directory (a notebook's own folder) and from the program.
/// </summary>
public static class DataFolder
{
    /// <summary>The environment variable that names another folder.</summary>
    public const string Variable = "COURSEKIT_DATA";

    /// <summary>The folders that are searched, in this order.</summary>
    public static IReadOnlyList<string> Searched
    {
        get
        {
            string?[] folders = [FromVariable(), Shipped];
            return [.. folders.OfType<string>().Distinct()];
        }
    }

    /// <summary>The course's own <c>data</c> folder with the files that ship; null where the course is not around.</summary>
    public static string? Shipped => Upwards(Environment.CurrentDirectory) ?? Upwards(AppContext.BaseDirectory);

    /// <summary>Where downloads are installed: the first of <see cref="Searched"/>.</summary>
    /// <exception cref="DirectoryNotFoundException">The variable is not set and the course is not around.</exception>
    public static string ForDownloads => Searched.Count > 0
        ? Searched[0]
        : throw new DirectoryNotFoundException(
            $"No CourseKit.sln and no data folder above {Environment.CurrentDirectory}; start inside the course, or let {Variable} name a folder.");

    /// <summary>The first file or folder of this name in <see cref="Searched"/>; null where there is none.</summary>
    /// <param name="relativePath">Such as <c>history-events.csv</c> or <c>mnist/train-images-idx3-ubyte.gz</c>.</param>
    public static string? Find(string relativePath)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(relativePath);
        return Searched.Select(folder => Path.Combine(folder, relativePath)).FirstOrDefault(Path.Exists);
    }

    private static string? FromVariable()
    {
        var folder = Environment.GetEnvironmentVariable(Variable);
        return string.IsNullOrWhiteSpace(folder) ? null : Path.GetFullPath(folder);
    }

    private static string? Upwards(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "data");
            // Published without the solution, the course is known by the file that explains the data.
            if (File.Exists(Path.Combine(folder.FullName, "CourseKit.sln")) || File.Exists(Path.Combine(data, "README.md")))
                return data;
        }

        return null;
    }
}
