using CourseKit.Cli;
using CourseKit.Testing;

namespace CourseKit.Notebooks.Tests.Browser;

/// <summary>The whole course as a book in both languages, built once for the tests that look at it.</summary>
internal sealed class CourseBook
{
    private readonly Lazy<string> _built;

    private CourseBook() => _built = new(() =>
    {
        var chapters = CourseNotebooks.Edition("en").Where(IsChapter).ToList();
        ExecutedNotebooks.Begin(chapters.AsEnumerable().Reverse()); // the last chapters take longest
        var runs = chapters.Select(ExecutedNotebooks.Run).ToList();
        // EditionTests proves that the Chinese cells of code are these.
        var chinese = CourseNotebooks.Edition("zh").Where(IsChapter).Select(notebook =>
        {
            var run = runs.Single(r => Path.GetFileName(r.NotebookPath) == Path.GetFileName(notebook));
            var path = Path.Combine(RepositoryPaths.Root, notebook);
            return run with { NotebookPath = path, Executed = run.Executed is null ? null : RunCache.WithOutputs(path, run.Executed) };
        });
        return Path.GetDirectoryName(BookBuilder.Build([.. runs, .. chinese], Path.Combine(RepositoryPaths.Root, "artifacts", "executed", "book"), new CourseSources(RepositoryPaths.Root), slides: true))!;
    });

    /// <summary>The one that all tests look at.</summary>
    public static CourseBook OfTheCourse { get; } = new();

    /// <summary>The book's folder.</summary>
    public string Folder => _built.Value;

    /// <summary>All pages, seen from the folder; those of source files apart.</summary>
    public IReadOnlyList<string> Pages => [.. All.Where(page => !page.StartsWith("source/", StringComparison.Ordinal))];

    /// <summary>All pages, seen from the folder.</summary>
    public IReadOnlyList<string> All => [.. Directory.EnumerateFiles(Folder, "*.html", SearchOption.AllDirectories)
        .Select(page => Path.GetRelativePath(Folder, page).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <summary>A page's text.</summary>
    public string Read(string page) => File.ReadAllText(Path.Combine(Folder, page));

    private static bool IsChapter(string notebook) => !notebook.Contains("homework", StringComparison.Ordinal);
}
