using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>
/// Executed notebooks, kept so that the book runs again only what would run differently. The key is the notebook's name and what decides the outputs: the cells of
/// code, the kit that they load, and the data. Prose is not in it: a notebook whose words change is not run again, and the two editions,
/// whose code is the same, share one run.
/// </summary>
/// <param name="folder">Where the runs are kept.</param>
/// <param name="surroundings">What <see cref="Surroundings"/> returned.</param>
internal sealed class RunCache(string folder, string surroundings)
{
    private const int Large = 1 << 20;
    private const string Mark = "coursekit_book";

    /// <summary>The runs that a repository keeps.</summary>
    public static RunCache Of(Repository repository) => new(Path.Combine(repository.Artifacts, "book-runs"), Surroundings(repository));

    /// <summary>A fingerprint of all that a notebook may load: the kit, the kernel, the data.</summary>
    /// <param name="repository">The course.</param>
    public static string Surroundings(Repository repository)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string[] folders = [repository.Kit, Path.Combine(repository.Artifacts, "kernel"), Path.Combine(repository.Root, "data"), Environment.GetEnvironmentVariable("COURSEKIT_DATA") ?? ""];
        foreach (var folder in folders.Where(Directory.Exists))
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => new FileInfo(path)))
            {
                // Symbols, texts and the book's own tables decide nothing. A data set of many megabytes is known by its size and date.
                if (file.Extension is ".pdb" or ".xml" or ".md" || file.Name is "glossary.csv" or "lecture-map.csv")
                    continue;
                hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, file.FullName)));
                hash.AppendData(file.Length <= Large || file.Extension == ".dll"
                    ? SHA256.HashData(File.ReadAllBytes(file.FullName))
                    : Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}")));
            }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The key of a notebook; null for a file that is no notebook, which the run will report.</summary>
    public string? Key(string path)
    {
        try
        {
            var cells = Notebook.Load(path).Cells.Where(cell => cell.Kind == NotebookCellKind.Code).Select(cell => $"{cell.Id}\0{string.Join(',', cell.Tags)}\0{cell.Source}");
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{surroundings}\u0001{Path.GetFileNameWithoutExtension(path)}\u0001{string.Join('\u0001', cells)}")))[..32];
        }
        catch (NotebookException)
        {
            return null;
        }
    }

    /// <summary>Keeps a run that succeeded.</summary>
    public void Store(string key, RunResult result)
    {
        result.Executed!.Metadata[Mark] = new JsonObject { ["seconds"] = result.Elapsed.TotalSeconds, ["cells"] = result.CellsRun };
        result.Executed.Save(PathOf(key));
    }

    /// <summary>A notebook with the outputs of its kept run; null where there is none.</summary>
    public RunResult? Find(string key, string notebookPath)
    {
        var path = PathOf(key);
        if (!File.Exists(path))
            return null;
        Notebook kept;
        try
        {
            kept = Notebook.Load(path);
        }
        catch (NotebookException)
        {
            return null;
        }
        if (kept.Metadata[Mark] is not JsonObject mark)
            return null;
        var notebook = WithOutputs(notebookPath, kept);
        File.SetLastAccessTimeUtc(path, DateTime.UtcNow);
        var cells = (int)mark["cells"]!;
        return new RunResult(notebookPath, RunState.Succeeded, null, null, null, cells, cells, TimeSpan.FromSeconds((double)mark["seconds"]!), 0, notebook);
    }

    /// <summary>A notebook with the outputs of another that has the same cells of code.</summary>
    /// <param name="notebookPath">The notebook.</param>
    /// <param name="executed">The one that was run.</param>
    public static Notebook WithOutputs(string notebookPath, Notebook executed)
    {
        var notebook = Notebook.Load(notebookPath);
        var run = executed.Cells.Where(cell => cell.Kind == NotebookCellKind.Code).ToDictionary(cell => cell.Id);
        foreach (var cell in notebook.Cells.Where(cell => cell.Kind == NotebookCellKind.Code))
        {
            cell.Outputs.Clear();
            foreach (var output in run[cell.Id].Outputs)
                cell.Outputs.Add(output?.DeepClone());
            cell.ExecutionCount = run[cell.Id].ExecutionCount;
        }
        return notebook;
    }

    /// <summary>Forgets runs that no book has asked for in a month.</summary>
    public void Tidy()
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var old in Directory.EnumerateFiles(folder, "*.ipynb").Where(file => File.GetLastAccessTimeUtc(file) < DateTime.UtcNow.AddDays(-30)))
            File.Delete(old);
    }

    private string PathOf(string key) => Path.Combine(folder, key + ".ipynb");
}
