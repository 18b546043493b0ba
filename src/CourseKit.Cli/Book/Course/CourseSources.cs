using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>What the book of the course has beside the notebooks: sources to link to, the glossary, the lecture's formulas, texts for people.</summary>
/// <param name="root">The repository.</param>
public sealed class CourseSources(string root)
{
    /// <summary>The library.</summary>
    internal SourceCatalogue Library { get; } = SourceCatalogue.Read(root, "src/CourseKit", "src/CourseKit.Interactive");

    /// <summary>The tests.</summary>
    internal SourceCatalogue Tests { get; } = SourceCatalogue.Read(root,
        Directory.Exists(Path.Combine(root, "tests")) ? Directory.GetDirectories(Path.Combine(root, "tests"), "*.Tests").Select(folder => Path.GetRelativePath(root, folder)) : []);

    /// <summary>The source files that pages name.</summary>
    internal SourcePages Pages { get; } = new(root);

    /// <summary>The terms in both languages; null where the repository has none.</summary>
    internal Glossary? Glossary { get; } = Glossary.Load(Path.Combine(root, "data", "glossary.csv"));

    /// <summary>What the lecture holds; null where the repository does not say.</summary>
    internal LectureMap? Map { get; } = LectureMap.Load(Path.Combine(root, "data", "lecture-map.csv"));

    /// <summary>The texts of an edition for students and lecturers, in the order of their names.</summary>
    internal IReadOnlyList<string> Texts(Edition edition)
    {
        var folder = Path.Combine(root, "docs", edition.Language);
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.md").Order(StringComparer.Ordinal)] : [];
    }

    /// <summary>The names of a notebook's cells that the library declares.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<CodeName>> Names(Notebook notebook) => new CodeNames(Library).Of(notebook);
}
