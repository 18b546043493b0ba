using System.Diagnostics;
using CourseKit.Testing;

namespace CourseKit.Notebooks.Tests.Browser;

/// <summary>axe-core, the accessibility audit, from the npm registry; kept in <c>artifacts</c> and in no commit.</summary>
internal static class AxeCore
{
    private const string Version = "4.14.1";
    private static readonly Lazy<string?> Text = new(Find);

    /// <summary>The script; null where it is not there and npm cannot bring it.</summary>
    public static string? Script => Text.Value;

    private static string? Find()
    {
        var folder = Path.Combine(RepositoryPaths.Root, "artifacts", "axe-" + Version);
        var file = Path.Combine(folder, "node_modules", "axe-core", "axe.min.js");
        if (!File.Exists(file))
        {
            try
            {
                Directory.CreateDirectory(folder);
                using var npm = Process.Start(new ProcessStartInfo("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", "axe-core@" + Version]) { RedirectStandardOutput = true, RedirectStandardError = true });
                if (npm is null || !npm.WaitForExit(TimeSpan.FromMinutes(1)))
                    npm?.Kill(entireProcessTree: true);
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // No npm on this machine.
            }
        }
        if (File.Exists(file))
            return File.ReadAllText(file);
        Console.WriteLine("The accessibility audit is skipped: axe-core is not there and npm did not bring it.");
        return null;
    }
}
