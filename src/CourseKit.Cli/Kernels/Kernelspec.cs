using System.Text.Json;

namespace CourseKit.Cli;

/// <summary>A kernel that Jupyter and VS Code can start, as its <c>kernel.json</c> describes it.</summary>
/// <param name="Name">The folder's name, by which notebooks ask for it.</param>
/// <param name="Language">What it runs.</param>
/// <param name="Start">The command line that starts it.</param>
/// <param name="File">Where the description lies.</param>
internal sealed record Kernelspec(string Name, string Language, IReadOnlyList<string> Start, string File)
{
    /// <summary>The assembly that tells our kernel from others.</summary>
    public const string KernelAssembly = "CourseKit.Kernel.dll";

    /// <summary>Whether it runs C#.</summary>
    public bool IsCSharp => Language is "C#" or "csharp";

    /// <summary>Whether it starts our kernel. A folder's name says nothing: another's kernel may lie in the course's.</summary>
    public bool IsOurs => Start.Any(word => Path.GetFileName(word) is KernelAssembly or "CourseKit.Kernel" or "CourseKit.Kernel.exe" or "coursekit" or "coursekit.exe");

    /// <summary>Whose it is, for a person.</summary>
    public string Owner
    {
        get
        {
            var start = string.Join(' ', Start);
            return IsOurs ? "CourseKit's kernel"
                : start.Contains("dotnet-interactive", StringComparison.OrdinalIgnoreCase) || start.Contains("dotnet interactive", StringComparison.OrdinalIgnoreCase) ? ".NET Interactive"
                : $"another kernel ({start})";
        }
    }

    /// <summary>The folder that holds the description.</summary>
    public string Folder => Path.GetDirectoryName(File)!;

    /// <summary>Reads a kernel's folder; null where it holds no description that can be read.</summary>
    public static Kernelspec? Read(string folder, IMachine machine)
    {
        var file = Path.Combine(folder, "kernel.json");
        if (machine.Text(file) is not { } text)
            return null;
        try
        {
            using var json = JsonDocument.Parse(text);
            return new Kernelspec(
                Path.GetFileName(folder).ToLowerInvariant(),
                json.RootElement.GetProperty("language").GetString() ?? "",
                [.. json.RootElement.GetProperty("argv").EnumerateArray().Select(word => word.GetString() ?? "")],
                file);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>All that Jupyter finds, in its order; of two with the same name it starts the first.</summary>
    public static IEnumerable<Kernelspec> All(IMachine machine) =>
        JupyterFolders.Searched(machine).SelectMany(machine.Folders).Select(folder => Read(folder, machine)).OfType<Kernelspec>();
}
