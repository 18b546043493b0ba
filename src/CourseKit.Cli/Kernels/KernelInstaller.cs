using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CourseKit.Cli;

/// <summary>Puts our kernel where Jupyter and VS Code find it, and takes it away again. Needs no Python.</summary>
/// <param name="machine">Which kernels are there already.</param>
/// <param name="folder">The folder of kernels to change, such as <c>~/.local/share/jupyter/kernels</c>.</param>
internal sealed partial class KernelInstaller(IMachine machine, string folder)
{
    /// <summary>The name that the notebooks ask for, which .NET Interactive gave its own kernel.</summary>
    public const string NotebooksName = ".net-csharp";

    /// <summary>The name where that one is taken.</summary>
    public const string OwnName = "coursekit-csharp";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the description by which our kernel is started.</summary>
    /// <param name="kernel">The kernel's assembly.</param>
    /// <param name="name">The name to install it under; null chooses the notebooks' where it is free or ours.</param>
    /// <param name="force">Take the name even if another kernel has it.</param>
    /// <returns>What Jupyter will find.</returns>
    /// <exception cref="CommandException">The name is no name, or another kernel's.</exception>
    public Kernelspec Install(string kernel, string? name, bool force)
    {
        if (name is null)
            name = force || OtherWith(NotebooksName) is null ? NotebooksName : OwnName;
        else if (!ValidName().IsMatch(name))
            throw new CommandException($"'{name}' is no name for a kernel: letters, digits, '.', '-' and '_' are.");
        else
            name = name.ToLowerInvariant(); // as Jupyter reads it

        if (!force && OtherWith(name) is { } other)
            throw new CommandException($"The name {name} belongs to {other}. Choose another with --name, or take it over with --force.");

        var start = new JsonArray([.. ((string[])[Dotnet(), "exec", kernel, "jupyter", "{connection_file}"]).Select(word => JsonValue.Create(word))]);
        var description = new JsonObject
        {
            ["argv"] = start,
            ["display_name"] = name == NotebooksName ? ".NET (C#)" : name == OwnName ? "C# (CourseKit)" : $"C# ({name})",
            ["language"] = "C#",
            ["interrupt_mode"] = "message",
            ["metadata"] = new JsonObject { ["debugger"] = false },
        };
        var own = Path.Combine(folder, name);
        Directory.CreateDirectory(own);
        var file = Path.Combine(own, "kernel.json");
        var temporary = Path.Combine(own, $".kernel.json.{Guid.NewGuid():N}");
        try
        {
            File.WriteAllText(temporary, description.ToJsonString(Readable) + "\n");
            File.Move(temporary, file, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }

        return new Kernelspec(name, "C#", [.. start.Select(word => (string)word!)], file);
    }

    /// <summary>Takes our kernels away, whatever their names, or the one named.</summary>
    /// <returns>The descriptions that are gone.</returns>
    /// <exception cref="CommandException">There is none here, or the one named is another's.</exception>
    public IReadOnlyList<string> Uninstall(string? name)
    {
        var here = machine.Folders(folder).Select(path => Kernelspec.Read(path, machine)).OfType<Kernelspec>().ToList();
        var chosen = here.Where(spec => name is null ? spec.IsOurs : spec.Name == name.ToLowerInvariant()).ToList();
        if (chosen.Count == 0)
            throw new CommandException($"{folder} holds no kernel of CourseKit{(name is null ? "" : $" with the name {name}")}; 'coursekit kernel list' shows where there are some.");
        if (chosen.Find(spec => !spec.IsOurs) is { } other)
            throw new CommandException($"{other.Name} is {other.Owner}, {other.File}: it is not CourseKit's to remove.");
        foreach (var spec in chosen)
        {
            File.Delete(spec.File); // from here on nobody finds the rest
            Directory.Delete(spec.Folder, recursive: true);
        }

        return [.. chosen.Select(spec => spec.File)];
    }

    /// <summary>Who has a name: in the folder, where it would be overwritten, or where Jupyter looks, where one would hide the other.</summary>
    private string? OtherWith(string name)
    {
        var place = Path.Combine(folder, name);
        if (Kernelspec.Read(place, machine) is not { } here)
        {
            if (machine.FileExists(Path.Combine(place, "kernel.json")))
                return $"a kernel whose description cannot be read, {Path.Combine(place, "kernel.json")}";
        }
        else if (!here.IsOurs)
        {
            return $"{here.Owner}, {here.File}";
        }

        return Kernelspec.All(machine).FirstOrDefault(spec => spec.Name == name && !spec.IsOurs) is { } other ? $"{other.Owner}, {other.File}" : null;
    }

    /// <summary>The whole path of <c>dotnet</c>: an editor that was not started from a terminal may have another PATH.</summary>
    private string Dotnet() => (machine.Variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(path => Path.Combine(path, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"))
        .FirstOrDefault(machine.FileExists) ?? "dotnet";

    [GeneratedRegex(@"^[A-Za-z0-9._-]*[A-Za-z0-9_-][A-Za-z0-9._-]*$")]
    private static partial Regex ValidName();
}
