using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace CourseKit.Kernel;

/// <summary>
/// Bubblewrap: a process without a network, with a file system that holds what it needs and can only be read, in a world of its own where
/// it sees no other process, and which ends with it.
/// </summary>
/// <remarks>https://github.com/containers/bubblewrap; the program <c>bwrap</c> of the package bubblewrap. Linux only.</remarks>
public sealed class Sandbox
{
    /// <summary>Where the kernel lies inside.</summary>
    private const string KernelInside = "/kernel";

    private static readonly Lazy<(Sandbox? Sandbox, string? Reason)> OfThisMachine = new(Look);
    private readonly string program;

    private Sandbox(string program) => this.program = program;

    /// <summary>The sandbox of this machine; null where there is none, with the reason.</summary>
    public static Sandbox? Find(out string? reason)
    {
        (var sandbox, reason) = OfThisMachine.Value;
        return sandbox;
    }

    /// <summary>What is not protected where there is no sandbox, for a person who decides whether to go on.</summary>
    public static string WhatIsNotProtected =>
        "A submission can then read and change every file of yours, use the network, end other processes of yours (also this one) and leave processes behind.";

    /// <summary>The command line that runs the kernel inside.</summary>
    /// <param name="readOnly">Folders and files that can be read inside, by the name that they have there.</param>
    /// <param name="folder">The current folder inside.</param>
    /// <param name="limits">What it may use.</param>
    /// <param name="arguments">The kernel's arguments.</param>
    internal ProcessStartInfo Command(IReadOnlyDictionary<string, string> readOnly, string folder, CellLimits limits, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, CreateNoWindow = true };
        foreach (var argument in (string[])[.. World(limits.FileBytes, KernelProcess.KernelPath()), .. Mounts(readOnly), "--dir", folder, "--chdir", folder, "--remount-ro", "/"])
            start.ArgumentList.Add(argument);
        start.ArgumentList.Add(Path.Combine(DotnetFolder(), "dotnet"));
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add($"{KernelInside}/{Path.GetFileName(KernelProcess.KernelPath())}");
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["HOME"] = "/tmp";
        start.Environment["LANG"] = "C.UTF-8";
        return start;
    }

    /// <summary>The folder of the .NET that runs this process.</summary>
    internal static string DotnetFolder() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private static IEnumerable<string> World(long fileBytes, string kernel)
    {
        yield return "--unshare-all";
        yield return "--unshare-user";
        foreach (var argument in (string[])["--die-with-parent", "--new-session", "--cap-drop", "ALL", "--uid", "65534", "--gid", "65534", "--hostname", "sandbox"])
            yield return argument;
        foreach (var name in (string[])["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64"])
        {
            var folder = new DirectoryInfo(name);
            if (!folder.Exists)
                continue;
            yield return folder.LinkTarget is null ? "--ro-bind" : "--symlink";
            yield return folder.LinkTarget ?? name;
            yield return name;
        }

        foreach (var name in (string[])["/etc/ld.so.cache", "/etc/localtime", "/etc/alternatives"])
        {
            yield return "--ro-bind-try";
            yield return name;
            yield return name;
        }

        var dotnet = DotnetFolder();
        if (!dotnet.StartsWith("/usr/", StringComparison.Ordinal))
        {
            yield return "--ro-bind";
            yield return dotnet;
            yield return dotnet;
        }

        foreach (var argument in (string[])
        [
            "--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev", // /dev/shm would be memory that nobody counts
            "--size", fileBytes.ToString(CultureInfo.InvariantCulture), "--tmpfs", "/tmp", "--ro-bind", Path.GetDirectoryName(kernel)!, KernelInside,
        ])
            yield return argument;
    }

    private static IEnumerable<string> Mounts(IReadOnlyDictionary<string, string> readOnly)
    {
        foreach (var (inside, outside) in readOnly.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            yield return "--ro-bind";
            yield return Path.GetFullPath(outside);
            yield return inside;
        }
    }

    private static (Sandbox?, string?) Look()
    {
        if (!OperatingSystem.IsLinux())
            return (null, "there is no bubblewrap for this operating system");
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "bwrap")).FirstOrDefault(File.Exists);
        if (program is null)
            return (null, "bubblewrap is not installed (on Debian and Ubuntu: apt-get install bubblewrap)");
        try
        {
            var trial = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardError = true };
            foreach (var argument in World(1 << 20, KernelProcess.KernelPath()).Append("--remount-ro").Append("/").Append("/usr/bin/true"))
                trial.ArgumentList.Add(argument);
            using var process = ProcessStarter.Run(() => Process.Start(trial)!);
            var said = process.StandardError.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? (new Sandbox(program), null) : (null, $"bubblewrap does not work here: {said}");
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return (null, $"bubblewrap cannot be started: {error.Message}");
        }
    }
}
