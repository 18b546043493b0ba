using System.Runtime.InteropServices;

namespace CourseKit.Cli;

/// <summary>The folders in which Jupyter and VS Code look for kernels, found without asking Python.</summary>
/// <remarks>Source: the documentation of jupyter_core, "Common directories and file locations".</remarks>
internal static class JupyterFolders
{
    /// <summary>Where Jupyter looks, in its order: JUPYTER_PATH, the user's folder, the environment's, the system's.</summary>
    public static IEnumerable<string> Searched(IMachine machine)
    {
        string?[] data =
        [
            .. machine.Variable("JUPYTER_PATH")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [],
            machine.Variable("JUPYTER_DATA_DIR"),
            machine.Variable("XDG_DATA_HOME") is { } xdg ? Path.Combine(xdg, "jupyter") : Path.Combine(machine.Home, ".local", "share", "jupyter"),
            Path.Combine(machine.Home, "Library", "Jupyter"),
            machine.Variable("APPDATA") is { } appData ? Path.Combine(appData, "jupyter") : null,
            machine.Variable("VIRTUAL_ENV") is { } venv ? Shared(venv) : null,
            machine.Variable("CONDA_PREFIX") is { } conda ? Shared(conda) : null,
            machine.Variable("PROGRAMDATA") is { } programData ? Path.Combine(programData, "jupyter") : null,
            "/usr/local/share/jupyter",
            "/usr/share/jupyter",
        ];
        return data.OfType<string>().Distinct().Select(folder => Path.Combine(folder, "kernels"));
    }

    /// <summary>The user's own folder for kernels on this system.</summary>
    public static string OfUser(IMachine machine) => Path.Combine(
        machine.Variable("JUPYTER_DATA_DIR")
        ?? (RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? Path.Combine(machine.Home, "Library", "Jupyter")
            : RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? Path.Combine(machine.Variable("APPDATA") ?? Path.Combine(machine.Home, "AppData", "Roaming"), "jupyter")
            : machine.Variable("XDG_DATA_HOME") is { } xdg ? Path.Combine(xdg, "jupyter")
            : Path.Combine(machine.Home, ".local", "share", "jupyter")),
        "kernels");

    /// <summary>The folder for kernels of an environment such as <c>/usr/local</c>.</summary>
    public static string OfPrefix(string prefix) => Path.Combine(Shared(Path.GetFullPath(prefix)), "kernels");

    /// <summary>The folder for kernels of the Python environment that is active in this terminal.</summary>
    /// <exception cref="CommandException">None is.</exception>
    public static string OfEnvironment(IMachine machine) => OfPrefix(
        machine.Variable("VIRTUAL_ENV") ?? machine.Variable("CONDA_PREFIX")
        ?? throw new CommandException("--sys-prefix is for an active Python environment, and neither VIRTUAL_ENV nor CONDA_PREFIX is set. Activate one, or name its folder with --prefix."));

    private static string Shared(string prefix) => Path.Combine(prefix, "share", "jupyter");
}
