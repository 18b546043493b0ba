using System.Text.Json;

namespace CourseKit.Cli;

/// <summary>Which C# kernels Jupyter and VS Code would find, and whose the name is that the notebooks ask for.</summary>
internal sealed class KernelspecCheck(IMachine machine)
{
    private const string Wanted = ".net-csharp";

    public IEnumerable<Finding> Findings()
    {
        var found = Folders().SelectMany(machine.Folders).Select(Read).OfType<(string Name, string Owner, string File)>().DistinctBy(k => k.Name).ToArray();
        if (found.FirstOrDefault(k => k.Name == Wanted) is { Name: not null } named)
            yield return new("kernelspec", FindingState.Good, $"{Wanted} is {named.Owner}, {named.File}");
        else
            yield return new("kernelspec", FindingState.Optional, $"no kernel has the name {Wanted} that the notebooks ask for",
                "Only for Jupyter and VS Code: 'dotnet tool install -g Microsoft.dotnet-interactive', then 'dotnet interactive jupyter install'. The command 'coursekit' needs none.");
        foreach (var other in found.Where(k => k.Name != Wanted))
            yield return new("kernelspec", FindingState.Good, $"{other.Name} is {other.Owner}, {other.File}");
    }

    /// <summary>Where Jupyter looks, in its order: JUPYTER_PATH, the user's folder, the environment's, the system's.</summary>
    private IEnumerable<string> Folders()
    {
        string?[] data =
        [
            .. machine.Variable("JUPYTER_PATH")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [],
            machine.Variable("JUPYTER_DATA_DIR"),
            machine.Variable("XDG_DATA_HOME") is { } xdg ? Path.Combine(xdg, "jupyter") : Path.Combine(machine.Home, ".local", "share", "jupyter"),
            Path.Combine(machine.Home, "Library", "Jupyter"),
            machine.Variable("APPDATA") is { } appData ? Path.Combine(appData, "jupyter") : null,
            machine.Variable("VIRTUAL_ENV") is { } venv ? Path.Combine(venv, "share", "jupyter") : null,
            machine.Variable("CONDA_PREFIX") is { } conda ? Path.Combine(conda, "share", "jupyter") : null,
            machine.Variable("PROGRAMDATA") is { } programData ? Path.Combine(programData, "jupyter") : null,
            "/usr/local/share/jupyter",
            "/usr/share/jupyter",
        ];
        return data.OfType<string>().Distinct().Select(folder => Path.Combine(folder, "kernels"));
    }

    /// <summary>A kernelspec for C#; null for another language's or an unreadable one.</summary>
    private (string Name, string Owner, string File)? Read(string folder)
    {
        var file = Path.Combine(folder, "kernel.json");
        if (machine.Text(file) is not { } text)
            return null;
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.GetProperty("language").GetString() is not ("C#" or "csharp"))
                return null;
            var start = string.Join(' ', json.RootElement.GetProperty("argv").EnumerateArray().Select(a => a.GetString()));
            var owner = start.Contains("CourseKit.Kernel", StringComparison.OrdinalIgnoreCase) || start.Contains("coursekit", StringComparison.OrdinalIgnoreCase) ? "CourseKit's kernel"
                : start.Contains("dotnet-interactive", StringComparison.OrdinalIgnoreCase) || start.Contains("dotnet interactive", StringComparison.OrdinalIgnoreCase) ? ".NET Interactive"
                : $"another kernel ({start})";
            return (Path.GetFileName(folder).ToLowerInvariant(), owner, file);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
