namespace CourseKit.Kernel;

/// <summary>The script that a package carries for notebooks: <c>interactive-extensions/dotnet/extension.dib</c>, as .NET Interactive has it.</summary>
/// <param name="Package">The package, with its version.</param>
/// <param name="Path">The script's file.</param>
internal sealed record PackageExtension(string Package, string Path)
{
    /// <summary>The script of the package that lies in a folder; null where it has none.</summary>
    public static PackageExtension? Find(string home)
    {
        var path = System.IO.Path.Combine(home, "interactive-extensions", "dotnet", "extension.dib");
        return File.Exists(path) ? new PackageExtension(System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(home)) + " " + System.IO.Path.GetFileName(home), path) : null;
    }

    /// <summary>Its parts in C#, one after the other; what it holds in other languages is nothing for this kernel.</summary>
    public IReadOnlyList<string> Read()
    {
        var parts = new List<string>();
        var part = new List<string>();
        var isCSharp = true;
        foreach (var line in File.ReadAllText(Path).ReplaceLineEndings("\n").Split('\n').Append("#!meta"))
        {
            if (!line.StartsWith("#!", StringComparison.Ordinal))
            {
                part.Add(line);
                continue;
            }

            if (isCSharp && part.Exists(text => !string.IsNullOrWhiteSpace(text)))
                parts.Add(string.Join('\n', part));
            part.Clear();
            isCSharp = line.Trim().ToLowerInvariant() is "#!csharp" or "#!c#";
        }

        return parts;
    }
}
