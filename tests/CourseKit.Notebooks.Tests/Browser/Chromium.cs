using System.Diagnostics;

namespace CourseKit.Notebooks.Tests.Browser;

/// <summary>Finds Chromium and its driver; installs Debian's where that is possible.</summary>
internal static class Chromium
{
    private static readonly Lazy<(string? Browser, string? Driver, string? Missing)> Found = new(Find);

    /// <summary>Why there is no browser to test with; null where there is one.</summary>
    public static string? Missing => Found.Value.Missing;

    /// <summary>The browser's program.</summary>
    public static string Browser => Found.Value.Browser ?? throw new InvalidOperationException(Missing);

    /// <summary>The driver's program.</summary>
    public static string Driver => Found.Value.Driver ?? throw new InvalidOperationException(Missing);

    private static (string?, string?, string?) Find()
    {
        if (Programs() is { Browser: { } browser, Driver: { } driver })
            return (browser, driver, null);
        if (!OperatingSystem.IsLinux() || OnPath("apt-get") is not { } apt)
            return (null, null, "No Chromium with chromedriver on this machine, and no apt-get to install them.");
        if (Environment.UserName != "root")
            return (null, null, "No Chromium with chromedriver on this machine, and only root can install them: apt-get install chromium chromium-driver.");
        var problem = Run(apt, TimeSpan.FromMinutes(2), "update") ?? Run(apt, TimeSpan.FromMinutes(5), "install", "-y", "--no-install-recommends", "chromium", "chromium-driver");
        return Programs() is { Browser: { } installed, Driver: { } itsDriver }
            ? (installed, itsDriver, null)
            : (null, null, $"Chromium could not be installed: {problem ?? "apt-get said nothing"}");
    }

    private static (string? Browser, string? Driver) Programs() =>
        (OnPath("chromium") ?? OnPath("chromium-browser") ?? OnPath("google-chrome"), OnPath("chromedriver"));

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => (string[])[Path.Combine(folder, program), Path.Combine(folder, program + ".exe")]).FirstOrDefault(File.Exists);

    /// <returns>The end of what the program said if it failed; null if it did not.</returns>
    private static string? Run(string program, TimeSpan limit, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            return $"{program} {arguments[0]} took longer than {limit.TotalMinutes:0} minutes";
        }
        var said = (error.Result.Trim().Length > 0 ? error.Result : output.Result).Trim();
        return process.ExitCode == 0 ? null : said[Math.Max(0, said.Length - 300)..];
    }
}
