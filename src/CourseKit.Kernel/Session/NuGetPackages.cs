using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace CourseKit.Kernel;

/// <summary>Packages that could not be had; the message is for the person.</summary>
/// <param name="message">What NuGet said.</param>
internal sealed class NuGetException(string message) : Exception(message);

/// <summary>What packages bring into a session.</summary>
/// <param name="References">The files to compile against.</param>
/// <param name="Extensions">What is to run before the cell.</param>
internal sealed record AddedPackages(IReadOnlyList<string> References, IReadOnlyList<PackageExtension> Extensions);

/// <summary>Brings NuGet packages into a session: the SDK restores a project made for it, which lists what to load.</summary>
/// <param name="folder">The notebook's folder; the nuget.config there and above it count, and the user's, as for a project in that folder.</param>
internal sealed class NuGetPackages(string folder)
{
    private readonly List<PackageReference> wanted = [];
    private readonly List<string> sources = [];
    private readonly HashSet<string> handedOver = [];

    /// <summary>Restores packages together with those of earlier cells, and tells the context where they lie.</summary>
    /// <returns>What is new in them.</returns>
    /// <exception cref="NuGetException">The packages cannot be had, or there is no SDK.</exception>
    public AddedPackages Add(
        IReadOnlyList<PackageReference> packages, IReadOnlyList<string> moreSources, SessionLoadContext context, Action<string> say, CancellationToken interrupted)
    {
        var (before, sourcesBefore) = (wanted.ToArray(), sources.ToArray());
        sources.AddRange(moreSources.Except(sources));
        foreach (var package in packages)
        {
            wanted.RemoveAll(other => other.Id.Equals(package.Id, StringComparison.OrdinalIgnoreCase));
            wanted.Add(package);
        }

        if (wanted.Count == 0)
            return new AddedPackages([], []);
        try
        {
            var assets = Restore(interrupted);
            foreach (var package in packages)
                say($"Package {package.Id} {assets.Version(package.Id)}\n");
            foreach (var path in assets.Runtime)
                context.Know(path);
            foreach (var path in assets.Native)
                context.KnowNative(path);
            return new AddedPackages([.. assets.Compile.Where(handedOver.Add)], [.. assets.Homes.Select(PackageExtension.Find).OfType<PackageExtension>().Where(extension => handedOver.Add(extension.Path))]);
        }
        catch
        {
            wanted.Clear();
            wanted.AddRange(before);
            sources.Clear(); // a mistyped one would make every later cell's packages fail
            sources.AddRange(sourcesBefore);
            throw;
        }
    }

    private Assets Restore(CancellationToken interrupted)
    {
        var configs = NuGetConfigs().ToList();
        var project = Project(configs.Count > 0 ? Path.GetDirectoryName(configs[0]) : null);
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project + string.Concat(configs.Select(File.ReadAllText)))))[..24];
        var cache = Path.Combine(CacheFolder(), "packages", key);
        var assets = Path.Combine(cache, "obj", "project.assets.json");
        if (!File.Exists(Path.Combine(cache, "restored")) || !File.Exists(assets))
        {
            Directory.CreateDirectory(cache);
            foreach (var name in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
                File.WriteAllText(Path.Combine(cache, name), "<Project />");
            File.WriteAllText(Path.Combine(cache, "packages.csproj"), project);
            RunRestore(cache, interrupted);
            File.WriteAllText(Path.Combine(cache, "restored"), "");
        }

        return Assets.Read(assets);
    }

    /// <param name="configFolder">Where the search for a nuget.config begins, or null for the user's alone.</param>
    private string Project(string? configFolder)
    {
        var properties = new XElement("PropertyGroup",
            new XElement("TargetFramework", $"net{Environment.Version.Major}.{Environment.Version.Minor}"),
            new XElement("NuGetAudit", "false"),
            new XElement("RuntimeIdentifier", System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier),
            new XElement("SelfContained", "false"));
        if (configFolder is not null)
            properties.Add(new XElement("RestoreRootConfigDirectory", configFolder));
        if (sources.Count > 0)
            properties.Add(new XElement("RestoreAdditionalProjectSources", string.Join(';', sources)));
        var items = new XElement("ItemGroup", wanted.Select(package =>
            new XElement("PackageReference", new XAttribute("Include", package.Id), new XAttribute("Version", package.Version))));
        return new XElement("Project", new XAttribute("Sdk", "Microsoft.NET.Sdk"), properties, items).ToString();
    }

    /// <summary>The files that count in the notebook's folder and above it, the nearest first.</summary>
    private IEnumerable<string> NuGetConfigs()
    {
        for (var place = new DirectoryInfo(folder); place is not null; place = place.Parent)
            if (place.Exists && place.EnumerateFiles("*.config").FirstOrDefault(file => file.Name.Equals("nuget.config", StringComparison.OrdinalIgnoreCase)) is { } file)
                yield return file.FullName;
    }

    private static string CacheFolder()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given
            ? given
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(cache.Length > 0 ? cache : Path.GetTempPath(), "coursekit");
    }

    private static void RunRestore(string cache, CancellationToken interrupted)
    {
        var start = new ProcessStartInfo("dotnet", ["restore", "packages.csproj", "--nologo", "-v", "quiet", "-nodeReuse:false", "--disable-build-servers"])
        {
            WorkingDirectory = cache, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment.Remove("DOTNET_GCHeapHardLimit"); // the limit is for the notebook
        start.Environment.Remove("CI");
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            using var stop = interrupted.Register(() => process.Kill(entireProcessTree: true));
            var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            interrupted.ThrowIfCancellationRequested();
            if (process.ExitCode != 0)
                throw new NuGetException(string.Join('\n', (output + errors.Result).Split('\n')
                    .Where(line => line.Contains("error", StringComparison.Ordinal)).Select(line => Shorten(line.Trim())).Distinct().DefaultIfEmpty(output.Trim())));
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new NuGetException($"#r \"nuget: …\" needs the .NET SDK's command dotnet, which could not be started: {error.Message}");
        }

        string Shorten(string line) => line.Replace(Path.Combine(cache, "packages.csproj") + " : ", "", StringComparison.Ordinal);
    }

    /// <summary>What a restore wrote down: which files of which packages to compile against and to load.</summary>
    private sealed record Assets(List<string> Compile, List<string> Runtime, List<string> Native, List<string> Homes, Dictionary<string, string> Versions)
    {
        public string Version(string id) => Versions.GetValueOrDefault(id.ToLowerInvariant(), "");

        public static Assets Read(string path)
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            var folders = root.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
            var libraries = root.GetProperty("libraries");
            var assets = new Assets([], [], [], [], []);
            var target = root.GetProperty("targets").EnumerateObject().OrderByDescending(target => target.Name.Length).First().Value; // the one of our platform
            foreach (var library in target.EnumerateObject())
            {
                if (library.Value.GetProperty("type").GetString() != "package" || !libraries.TryGetProperty(library.Name, out var about))
                    continue;
                var home = folders.Select(folder => Path.Combine(folder, about.GetProperty("path").GetString()!)).FirstOrDefault(Directory.Exists);
                if (home is null)
                    continue;
                var name = library.Name.Split('/');
                assets.Versions[name[0].ToLowerInvariant()] = name[1];
                assets.Homes.Add(home);
                Collect("compile", ".dll", assets.Compile);
                Collect("runtime", ".dll", assets.Runtime);
                Collect("native", "", assets.Native);

                void Collect(string kind, string ending, List<string> list)
                {
                    if (library.Value.TryGetProperty(kind, out var files))
                        list.AddRange(files.EnumerateObject().Select(file => file.Name)
                            .Where(file => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && !file.EndsWith("_._", StringComparison.Ordinal))
                            .Select(file => Path.GetFullPath(Path.Combine(home, file))));
                }
            }

            return assets;
        }
    }
}
