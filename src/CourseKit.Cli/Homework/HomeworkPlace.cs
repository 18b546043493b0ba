using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>Where the cells of a homework run: a folder that lies to the kit as the notebooks of the course do.</summary>
/// <param name="Kit">The folder of the kit, <c>artifacts/kit</c>.</param>
public sealed record HomeworkPlace(string Kit)
{
    private const string Inside = "/course";

    /// <summary>The place in a course.</summary>
    /// <exception cref="CommandException">The kit was not built.</exception>
    public static HomeworkPlace Of(Repository? repository)
    {
        var kit = repository?.Kit ?? throw new CommandException("Neither this folder nor one above it is the course's: go to the course's folder.");
        return File.Exists(Path.Combine(kit, "CourseKit.Interactive.dll")) ? new HomeworkPlace(kit) : throw new CommandException($"{kit} is not built: run dotnet build.");
    }

    /// <summary>Starts a process for a submission.</summary>
    /// <param name="sandbox">The sandbox; null for none.</param>
    /// <param name="scratch">A folder of its own, used where there is no sandbox.</param>
    /// <param name="limits">What it may use.</param>
    public CellHost Start(Sandbox? sandbox, string scratch, CellLimits limits)
    {
        if (sandbox is not null)
            return CellHost.Start(sandbox, new Dictionary<string, string> { [$"{Inside}/artifacts/kit"] = Kit }, $"{Inside}/notebooks/en", limits);
        return CellHost.Start(Lay(scratch), limits);
    }

    /// <summary>Makes a folder for notebooks below <paramref name="scratch"/>, from where the kit is found.</summary>
    public string Lay(string scratch)
    {
        var folder = Path.Combine(scratch, "notebooks", "en");
        Directory.CreateDirectory(folder);
        Directory.CreateDirectory(Path.Combine(scratch, "artifacts"));
        var link = Path.Combine(scratch, "artifacts", "kit");
        if (!Directory.Exists(link))
            Directory.CreateSymbolicLink(link, Kit);
        return folder;
    }
}
