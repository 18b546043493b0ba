using System.Globalization;

namespace CourseKit.Cli;

/// <summary>Looks at everything that the course needs or can use.</summary>
public static class Checkup
{
    private const long Gigabyte = 1024L * 1024 * 1024;

    /// <summary>All findings, the needed things first.</summary>
    public static IReadOnlyList<Finding> Run(IMachine machine, Repository? repository)
    {
        if (repository is null)
            return [Sdk(machine), new("course", FindingState.Missing, "neither this folder nor one above it holds CourseKit.sln", "Go to the course's folder, then run the command again.")];
        return
        [
            Sdk(machine), Kit(machine, repository), Kernel(machine, repository), Memory(machine), Disk(machine, repository),
            .. new DataCheck(machine, repository).Findings(), .. new KernelspecCheck(machine).Findings(), Jupyter(machine), Chromium(machine),
        ];
    }

    private static Finding Sdk(IMachine machine)
    {
        const string subject = ".NET SDK", remedy = "Install the .NET 10 SDK from https://dotnet.microsoft.com/download, then open a new terminal.";
        return machine.FirstLineOf("dotnet", "--version") switch
        {
            null => new(subject, FindingState.Missing, "no dotnet command that works in this folder", remedy),
            var version when int.TryParse(version.Split('.')[0], CultureInfo.InvariantCulture, out var major) && major >= 10 => new(subject, FindingState.Good, version),
            var version => new(subject, FindingState.Missing, $"version {version}, and 10 is needed", remedy),
        };
    }

    private static Finding Kit(IMachine machine, Repository repository)
    {
        string[] needed = ["CourseKit.dll", "CourseKit.Interactive.dll", "MathNet.Numerics.dll", Path.Combine("plotly", "CourseKit.Plotly.dll"), Path.Combine("plotly", "CourseKit.Plotly.deps.json"), Path.Combine("plotly", "Plotly.NET.dll")];
        return Files("kit", repository.Kit, needed, machine);
    }

    private static Finding Kernel(IMachine machine, Repository repository) =>
        Files("kernel", Path.Combine(repository.Artifacts, "kernel"), ["CourseKit.Kernel.dll", "CourseKit.Kernel.runtimeconfig.json", "Microsoft.CodeAnalysis.CSharp.Scripting.dll"], machine);

    private static Finding Files(string subject, string folder, string[] names, IMachine machine) =>
        names.Where(n => !machine.FileExists(Path.Combine(folder, n))).ToArray() is { Length: > 0 } missing
            ? new(subject, FindingState.Missing, $"{folder} lacks {string.Join(", ", missing)}", "Run 'dotnet build' in the course's folder.")
            : new(subject, FindingState.Good, folder);

    private static Finding Memory(IMachine machine) => machine.FreeMemory switch
    {
        < Gigabyte and var free => new("memory", FindingState.Missing, $"{Size(free)} free, and a notebook needs about 1 GB", "Close other programs; 'coursekit run --jobs 1' runs one notebook at a time."),
        var free => new("memory", FindingState.Good, $"{Size(free)} free"),
    };

    private static Finding Disk(IMachine machine, Repository repository) => machine.FreeDisk(repository.Root) switch
    {
        < Gigabyte and var free => new("disk", FindingState.Missing, $"{Size(free)} free, and a build needs about 1 GB", "Free some space on the disk that holds the course."),
        var free => new("disk", FindingState.Good, $"{Size(free)} free"),
    };

    private static Finding Jupyter(IMachine machine) => machine.FirstLineOf("jupyter", "--version") is null
        ? new("Jupyter", FindingState.Optional, "not found", "Only to open notebooks in a browser: 'conda env create -f environment.yml', or 'pip install jupyterlab'.")
        : new("Jupyter", FindingState.Good, "found");

    private static Finding Chromium(IMachine machine)
    {
        foreach (var program in (string[])["chromium", "chromium-browser", "google-chrome"])
            if (machine.FirstLineOf(program, "--version") is { } version)
                return new("Chromium", FindingState.Good, version);
        return new("Chromium", FindingState.Optional, "not found", "Only for the tests that look at the book's pages: install Chromium and its driver (Debian: chromium, chromium-driver).");
    }

    private static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / Gigabyte:0.0} GB");
}
