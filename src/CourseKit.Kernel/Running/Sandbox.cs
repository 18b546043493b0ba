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

    /// <summary>Folders of /usr that are not shown inside.</summary>
    private static readonly string[] LocalFolders = ["/usr/local", "/usr/src"];

    private static readonly Lazy<(Sandbox? Sandbox, string? Reason)> OfThisMachine = new(Look);
    private readonly string[] program;

    private Sandbox(string[] program) => this.program = program;

    /// <summary>The processes and threads that the system lets live inside; null where it does not count them for each sandbox.</summary>
    /// <remarks>Linux counts them for each user namespace from 5.14 on, and never those of root.</remarks>
    internal int? TaskLimit => Environment.OSVersion.Version >= new Version(5, 14) && (!Environment.IsPrivilegedProcess || program.Length > 1) ? 256 : null;

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
        var start = new ProcessStartInfo(program[0]) { UseShellExecute = false, CreateNoWindow = true };
        foreach (var argument in (string[])[.. program[1..], .. World(limits.FileBytes, KernelProcess.KernelPath()), .. Mounts(readOnly), "--dir", folder, "--chdir", folder, "--remount-ro", "/"])
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

        // What an administrator has put there is not the system: nbgrader's exchange, with what classmates handed in, is /usr/local/share/nbgrader.
        var local = LocalFolders.Where(name => new DirectoryInfo(name) is { Exists: true, LinkTarget: null }).ToList();
        foreach (var name in local)
        {
            yield return "--tmpfs";
            yield return name;
        }

        var dotnet = DotnetFolder();
        if (!dotnet.StartsWith("/usr/", StringComparison.Ordinal) || local.Any(name => dotnet.StartsWith(name + "/", StringComparison.Ordinal)))
        {
            yield return "--ro-bind";
            yield return dotnet;
            yield return dotnet;
        }

        foreach (var name in local)
        {
            yield return "--remount-ro";
            yield return name;
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
        if (Find("bwrap") is not { } bubblewrap)
            return (null, "bubblewrap is not installed (on Debian and Ubuntu: apt-get install bubblewrap)");

        // Root's processes are not counted by the system: what root grades runs as nobody, where that user can read the kernel.
        string? reason = null;
        if (Environment.IsPrivilegedProcess && Find("setpriv") is { } setpriv && Works([setpriv, "--reuid", "65534", "--regid", "65534", "--clear-groups", bubblewrap], out reason) is { } asNobody)
            return (asNobody, null);
        return Works([bubblewrap], out reason) is { } sandbox ? (sandbox, null) : (null, $"bubblewrap does not work here: {reason}");
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>Tries it: kernels and distributions differ in what they allow.</summary>
    private static Sandbox? Works(string[] program, out string reason)
    {
        var trial = new ProcessStartInfo(program[0]) { UseShellExecute = false, RedirectStandardError = true };
        foreach (var argument in (string[])[.. program[1..], .. World(1 << 20, KernelProcess.KernelPath()), "--remount-ro", "/", "/usr/bin/test", "-r", $"{KernelInside}/{Path.GetFileName(KernelProcess.KernelPath())}"])
            trial.ArgumentList.Add(argument);
        using var process = ProcessStarter.Run(() => Process.Start(trial)!);
        reason = process.StandardError.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? new Sandbox(program) : null;
    }
}
