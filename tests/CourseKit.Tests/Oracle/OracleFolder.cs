using CourseKit.Testing;

namespace CourseKit.Tests.Oracle;

/// <summary>
/// The reference cases: those beside this file, and those in the folder that <c>COURSEKIT_ORACLE</c> names, which take the place of
/// ours where the names are the same.
/// </summary>
public static class OracleFolder
{
    private static readonly Lazy<Dictionary<string, string>> Paths = new(() => Folders()
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.json"))
        .GroupBy(path => Path.GetFileNameWithoutExtension(path))
        .ToDictionary(group => group.Key, group => group.Last()));

    /// <summary>The cases whose names start so, as rows of a theory.</summary>
    public static TheoryData<string> Starting(params string[] prefixes) =>
        [.. Paths.Value.Keys.Where(name => prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))).Order(StringComparer.Ordinal)];

    public static OracleCase Load(string name) => new(Paths.Value[name]);

    private static IEnumerable<string> Folders()
    {
        yield return Path.Combine(RepositoryPaths.Root, "tests", "CourseKit.Tests", "Oracle");
        var more = Environment.GetEnvironmentVariable("COURSEKIT_ORACLE");
        if (!string.IsNullOrEmpty(more))
            yield return Directory.Exists(more)
                ? more
                : throw new DirectoryNotFoundException($"COURSEKIT_ORACLE names {more}, which is no folder.");
    }
}
