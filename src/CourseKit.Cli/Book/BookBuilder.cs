using System.Reflection;
using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>Turns executed notebooks into a folder of pages that a browser opens from disk.</summary>
public static class BookBuilder
{
    /// <summary>Writes the whole book, or nothing: the pages are built in a folder beside the old ones, then take their place.</summary>
    /// <param name="results">The runs, in the book's order; all of them succeeded.</param>
    /// <param name="folder">The book's folder; what was in it is replaced.</param>
    /// <returns>The index page's path.</returns>
    /// <exception cref="BookException">A notebook did not run, or a cell cannot be shown; the message says where.</exception>
    public static string Build(IReadOnlyList<RunResult> results, string folder)
    {
        folder = Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar);
        if (results.FirstOrDefault(r => r.State != RunState.Succeeded || r.Executed is null) is { } failed)
            throw new BookException(failed.Message ?? $"{failed.NotebookPath}: {failed.State}");
        CheckReplaceable(folder);

        var names = PageNames(results);
        var plotly = new PlotlyScript();
        var pages = results.Select(r => BookPage.Render(r, names[Path.GetFullPath(r.NotebookPath)], new BookLinks(Path.GetDirectoryName(Path.GetFullPath(r.NotebookPath))!, folder, names), plotly)).ToArray();
        if (plotly.Text is null && pages.FirstOrDefault(p => p.HasCharts) is { } blank)
            throw new BookException($"{blank.FileName} has charts, but no output carries plotly.js to draw them");

        var staging = $"{folder}.{Environment.ProcessId}.new";
        try
        {
            Directory.CreateDirectory(Path.Combine(staging, "assets"));
            for (var i = 0; i < pages.Length; i++)
                File.WriteAllText(Path.Combine(staging, pages[i].FileName), PageWriter.Page(pages[i], pages.ElementAtOrDefault(i - 1), pages.ElementAtOrDefault(i + 1)));
            File.WriteAllText(Path.Combine(staging, "index.html"), PageWriter.Index(pages));
            if (plotly.Text is not null)
                File.WriteAllText(Path.Combine(staging, "assets", "plotly.min.js"), plotly.Text);
            foreach (var asset in (string[])["book.css", "book.js"])
                File.WriteAllText(Path.Combine(staging, "assets", asset), Asset(asset));
            Swap(staging, folder);
        }
        finally
        {
            if (Directory.Exists(staging))
                Directory.Delete(staging, recursive: true);
        }
        return Path.Combine(folder, "index.html");
    }

    /// <summary>Refuses to write over a folder that is something else than a book, such as a home folder named by mistake.</summary>
    /// <exception cref="BookException">The folder holds other things, or is a file.</exception>
    public static void CheckReplaceable(string folder)
    {
        if (File.Exists(folder))
            throw new BookException($"{folder} is a file; the book needs a folder");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !File.Exists(Path.Combine(folder, "assets", "book.css")))
            throw new BookException($"{folder} holds other things than a book: name an empty folder, or one that does not exist");
    }

    private static Dictionary<string, string> PageNames(IReadOnlyList<RunResult> results)
    {
        var names = new Dictionary<string, string>();
        foreach (var result in results)
        {
            var path = Path.GetFullPath(result.NotebookPath);
            var stem = Path.GetFileNameWithoutExtension(path);
            // Two folders may hold notebooks of one name, and no page may take the index's.
            if (names.ContainsValue(stem + ".html") || stem == "index")
                stem = $"{Path.GetFileName(Path.GetDirectoryName(path))}-{stem}";
            if (names.ContainsValue(stem + ".html") || !names.TryAdd(path, stem + ".html"))
                throw new BookException($"{path}: another notebook of the book has this name already");
        }
        return names;
    }

    private static void Swap(string staging, string folder)
    {
        var old = $"{folder}.{Environment.ProcessId}.old";
        if (Directory.Exists(folder))
            Directory.Move(folder, old);
        try
        {
            Directory.Move(staging, folder);
        }
        catch when (Directory.Exists(old))
        {
            Directory.Move(old, folder);
            throw;
        }
        if (Directory.Exists(old))
            Directory.Delete(old, recursive: true);
    }

    private static string Asset(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Theme/" + name) ?? throw new InvalidOperationException($"The assembly holds no {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
