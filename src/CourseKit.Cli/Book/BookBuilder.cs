using System.Reflection;
using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>Turns executed notebooks into a folder of pages that a browser opens from disk.</summary>
public static class BookBuilder
{
    /// <summary>Writes the whole book, or nothing: the pages are built in a folder beside the old ones, then take their place.</summary>
    /// <param name="results">The runs, in the book's order; all of them succeeded. Notebooks in a folder named <c>zh</c> are the Chinese edition.</param>
    /// <param name="folder">The book's folder; what was in it is replaced.</param>
    /// <param name="course">What the book of the course has beside the notebooks; null for a book of one's own notebooks.</param>
    /// <param name="slides">Whether to write full-screen pages for the projector too.</param>
    /// <returns>The index page's path.</returns>
    /// <exception cref="BookException">A notebook did not run, a cell cannot be shown, or the course lacks what its data promises; the message says where.</exception>
    public static string Build(IReadOnlyList<RunResult> results, string folder, CourseSources? course = null, bool slides = false)
    {
        folder = Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar);
        if (results.FirstOrDefault(r => r.State != RunState.Succeeded || r.Executed is null) is { } failed)
            throw new BookException(failed.Message ?? $"{failed.NotebookPath}: {failed.State}");
        CheckReplaceable(folder);

        var plotly = new PlotlyScript();
        var files = new BookFiles(results, folder, course, plotly, slides).Make();
        if (plotly.Text is null && files.FirstOrDefault(f => f.Text.Contains("coursekit-figure", StringComparison.Ordinal)) is { Text: not null } blank)
            throw new BookException($"{blank.Address} has charts, but no output carries plotly.js to draw them");

        var staging = $"{folder}.{Environment.ProcessId}.new";
        try
        {
            Directory.CreateDirectory(staging);
            foreach (var (address, text) in files)
                Write(staging, address, text);
            if (plotly.Text is not null)
                Write(staging, "assets/plotly.min.js", plotly.Text);
            foreach (var asset in (string[])["book.css", "book.js", "search.js", .. slides ? ["lecture.css", "lecture.js"] : (string[])[]])
                Write(staging, "assets/" + asset, Asset(asset));
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

    private static void Write(string folder, string address, string text)
    {
        var path = Path.Combine(folder, address);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
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
