using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>Makes the notebook that students get: written anew, cell by cell, from what they may see.</summary>
internal static class ReleaseBuilder
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, IndentSize = 1, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] KeptMetadata = ["dotnet_interactive", "polyglot_notebook", "tags"];
    private static readonly string[] KeptNotebookMetadata = ["kernelspec", "language_info", "polyglot_notebook"];

    /// <summary>The released notebook as the text of its file.</summary>
    /// <exception cref="CommandException">Something of a solution would be left in it.</exception>
    public static string Build(Assignment assignment)
    {
        var cells = new JsonArray();
        foreach (var cell in assignment.Notebook.Cells)
        {
            var mark = GraderCell.Read(cell.Metadata);
            var metadata = Picked(cell.Metadata, KeptMetadata);
            if (mark is not null)
                metadata["nbgrader"] = mark.ToJson();
            var json = new JsonObject { ["cell_type"] = cell.Kind switch { NotebookCellKind.Code => "code", NotebookCellKind.Markdown => "markdown", _ => "raw" } };
            if (cell.Kind == NotebookCellKind.Code)
                (json["execution_count"], json["outputs"]) = (null, new JsonArray());
            (json["id"], json["metadata"], json["source"]) = (cell.Id, metadata, Lines(mark is null ? cell.Source : Source(cell, mark)));
            cells.Add(json);
        }

        var text = new JsonObject
        {
            ["cells"] = cells, ["metadata"] = Picked(assignment.Notebook.Metadata, KeptNotebookMetadata), ["nbformat"] = 4, ["nbformat_minor"] = 5,
        }.ToJsonString(Layout) + "\n";
        LookForTraces(assignment, cells);
        return text;
    }

    /// <summary>A cell's text as students get it.</summary>
    public static string Source(NotebookCell cell, GraderCell mark)
    {
        if (mark.IsWritten)
            return Regions.HasDelimiter(cell.Source) ? Regions.Take(cell.Source, Regions.Solution, Assignment.AnswerHere).Kept : Assignment.AnswerHere;
        var source = Regions.Take(cell.Source, Regions.HiddenTests).Kept;
        return mark.Solution ? Regions.Take(source, Regions.Solution, "// YOUR CODE HERE", Regions.Stub).Kept : source;
    }

    /// <summary>Refuses a release in which a piece of a solution or of a hidden test stands somewhere else as well: a long line, or two together.</summary>
    private static void LookForTraces(Assignment assignment, JsonArray released)
    {
        var texts = released.Select(cell => ((JsonArray)cell!["source"]!).Select(line => ((string?)line)!.Trim()).Where(line => line.Length > 0).ToArray()).ToArray();
        if (texts.Any(lines => lines.Any(Regions.HasDelimiter)))
            throw new CommandException($"{assignment.Path}: a delimiter would be left in the release.");
        var shown = texts.SelectMany(Pieces).ToHashSet();
        foreach (var cell in assignment.Notebook.Cells)
            foreach (var kind in (string[])[Regions.Solution, Regions.HiddenTests])
                if (Pieces([.. Regions.Take(cell.Source, kind).Taken.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)]).FirstOrDefault(shown.Contains) is { } found)
                    throw new CommandException($"{assignment.Path}, cell {cell.Id}: a piece of it that students must not see also stands where they do: {found}");
    }

    private static IEnumerable<string> Pieces(string[] lines) =>
        lines.Concat(lines.Zip(lines.Skip(1), (first, second) => Weight(first) > 0 && Weight(second) > 0 ? $"{first} {second}" : "")).Where(piece => Weight(piece) >= 20);

    /// <summary>How much a line says: a loop's head that everybody writes says less than this asks for.</summary>
    private static int Weight(string line) => line.Count(char.IsLetterOrDigit);

    private static JsonObject Picked(JsonObject metadata, IEnumerable<string> names) =>
        new(names.Where(metadata.ContainsKey).Select(name => KeyValuePair.Create(name, metadata[name]?.DeepClone())));

    private static JsonArray Lines(string source)
    {
        var lines = source.Split('\n');
        return [.. lines.Select((line, i) => JsonValue.Create(i < lines.Length - 1 ? line + "\n" : line)).Where(line => ((string?)line)!.Length > 0)];
    }
}
