using System.Text.RegularExpressions;

namespace CourseKit.Kernel;

/// <summary>What a cell's text says to the session and not to the compiler: <c>#r "nuget: …"</c> and <c>#i</c>.</summary>
/// <param name="Code">The text with those lines blank, so that lines and columns stay.</param>
/// <param name="Packages">The packages named.</param>
/// <param name="Sources">The package sources named.</param>
/// <param name="Fault">What is wrong with a directive, with its line, or null.</param>
internal sealed partial record Directives(string Code, IReadOnlyList<PackageReference> Packages, IReadOnlyList<string> Sources, string? Fault)
{
    /// <summary>Reads a cell's text.</summary>
    public static Directives Read(string code)
    {
        if (!code.Contains('#'))
            return new Directives(code, [], [], null);
        var (packages, sources) = (new List<PackageReference>(), new List<string>());
        string? fault = null;
        var lines = code.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (Package().Match(lines[i]) is { Success: true } package)
            {
                var (id, version) = (package.Groups["id"].Value.Trim(), package.Groups["version"].Value.Trim());
                if (!PackageId().IsMatch(id) || version.Length > 0 && !PackageVersion().IsMatch(version))
                    fault ??= $"line {i + 1}: {lines[i].Trim()} is no package reference; expected is #r \"nuget: Id, Version\"";
                packages.Add(new PackageReference(id, version.Length > 0 ? version : "*"));
                lines[i] = new string(' ', lines[i].Length);
            }
            else if (Source().Match(lines[i]) is { Success: true } source)
            {
                sources.Add(source.Groups["source"].Value.Trim());
                lines[i] = new string(' ', lines[i].Length);
            }
        }

        return new Directives(string.Join('\n', lines), packages, sources, fault);
    }

    /// <summary>The text without directives to the session.</summary>
    public static string Blank(string code) => Read(code).Code;

    [GeneratedRegex("^\\s*#r\\s+\"nuget:(?<id>[^,\"]*)(,(?<version>[^\"]*))?\"\\s*(//.*)?$")]
    private static partial Regex Package();

    [GeneratedRegex("^\\s*#i\\s+\"(nuget:)?(?<source>[^\"]+)\"\\s*(//.*)?$")]
    private static partial Regex Source();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]*$")]
    private static partial Regex PackageId();

    [GeneratedRegex(@"^[\[\(]?[A-Za-z0-9.*+-]+(\s*,\s*[A-Za-z0-9.*+-]*)?[\]\)]?$")]
    private static partial Regex PackageVersion();
}

/// <summary>A NuGet package that a cell names.</summary>
/// <param name="Id">The package.</param>
/// <param name="Version">Its version, or <c>*</c> for the newest.</param>
internal sealed record PackageReference(string Id, string Version);
