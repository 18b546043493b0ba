using System.Text.Json;
using CourseKit.Testing;

namespace CourseKit.Notebooks.Tests;

/// <summary>The notebooks of the course as they lie in the repository, for theories over all of them.</summary>
internal static class CourseNotebooks
{
    /// <summary>Every notebook below <c>notebooks</c>, relative to the repository, with forward slashes.</summary>
    public static IEnumerable<string> All =>
        Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, "notebooks"), "*.ipynb", SearchOption.AllDirectories)
            .Where(path => !path.Contains(".ipynb_checkpoints", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(RepositoryPaths.Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    /// <summary>The same, as xunit's theories take it.</summary>
    public static TheoryData<string> Theory => [.. All];

    /// <summary>The notebooks of one edition, <c>en</c> or <c>zh</c>.</summary>
    public static IEnumerable<string> Edition(string language) => All.Where(path => path.StartsWith($"notebooks/{language}/", StringComparison.Ordinal));

    /// <summary>The English notebooks, as xunit's theories take them.</summary>
    public static TheoryData<string> EnglishTheory => [.. Edition("en")];

    /// <summary>The Chinese notebooks, as xunit's theories take them.</summary>
    public static TheoryData<string> ChineseTheory => [.. Edition("zh")];

    /// <summary>The file's JSON.</summary>
    public static JsonElement Read(string notebook)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(RepositoryPaths.Root, notebook)));
        return document.RootElement.Clone();
    }

    /// <summary>The cells of a notebook, in order.</summary>
    public static IEnumerable<JsonElement> Cells(string notebook) => Read(notebook).GetProperty("cells").EnumerateArray();

    /// <summary>The code cells of a notebook, each with its id and its text.</summary>
    public static IEnumerable<(string Id, string Source)> CodeCells(string notebook) =>
        Cells(notebook).Where(IsCode).Select(cell => (cell.GetProperty("id").GetString()!, Source(cell)));

    /// <summary>Whether a cell holds code.</summary>
    public static bool IsCode(JsonElement cell) => cell.GetProperty("cell_type").GetString() == "code";

    /// <summary>A cell's text; nbformat keeps it as one string or as a list of lines.</summary>
    public static string Source(JsonElement cell) => Text(cell.GetProperty("source"));

    /// <summary>A text of nbformat: one string, or a list of lines.</summary>
    public static string Text(JsonElement text) => text.ValueKind == JsonValueKind.Array
        ? string.Concat(text.EnumerateArray().Select(line => line.GetString()))
        : text.GetString()!;
}
