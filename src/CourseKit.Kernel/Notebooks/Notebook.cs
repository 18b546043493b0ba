using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CourseKit.Kernel;

/// <summary>A Jupyter notebook, nbformat 4: reads the file, checks it, and writes it back with everything it did not understand kept.</summary>
public sealed class Notebook
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true, IndentSize = 1, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonObject json;

    private Notebook(JsonObject json, IList<NotebookCell> cells)
    {
        this.json = json;
        Cells = cells;
    }

    /// <summary>The cells, in order.</summary>
    public IList<NotebookCell> Cells { get; }

    /// <summary>The notebook's metadata.</summary>
    public JsonObject Metadata => (JsonObject)json["metadata"]!;

    /// <summary>Reads a notebook.</summary>
    /// <param name="path">The .ipynb file.</param>
    /// <exception cref="NotebookException">The file is not there, cannot be read, or is no notebook of nbformat 4.</exception>
    public static Notebook Load(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new NotebookException($"{path}: there is no such file.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NotebookException($"{path}: cannot be read: {error.Message}");
        }

        return Read(bytes, path);
    }

    /// <summary>Reads a notebook from the bytes of its file.</summary>
    /// <param name="bytes">The file, in UTF-8.</param>
    /// <param name="path">What messages call it.</param>
    /// <exception cref="NotebookException">They are no notebook of nbformat 4.</exception>
    public static Notebook Read(byte[] bytes, string path)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        try
        {
            return Parse(bytes, path);
        }
        catch (JsonException error)
        {
            throw new NotebookException(
                $"{path}: not JSON from line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1} on; the file is cut off or damaged.");
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException)
        {
            throw new NotebookException($"{path}: not a notebook: {error.Message}");
        }
    }

    /// <summary>Writes the notebook; the file is whole or untouched.</summary>
    /// <param name="path">The .ipynb file.</param>
    public void Save(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}");
        try
        {
            File.WriteAllText(temporary, json.ToJsonString(Layout) + "\n");
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static Notebook Parse(byte[] bytes, string path)
    {
        var text = bytes.AsSpan() is [0xEF, 0xBB, 0xBF, .. var rest] ? rest : bytes;
        if (JsonNode.Parse(text) is not JsonObject root)
            throw new NotebookException($"{path}: not a notebook: a JSON object is expected.");
        if (root["nbformat"] is not JsonValue format || !format.TryGetValue(out int version))
            throw new NotebookException($"{path}: not a notebook: it has no number nbformat.");
        if (version != 4)
            throw new NotebookException($"{path}: nbformat {version} given, 4 expected; open and save it in Jupyter, which converts it.");
        if (root["cells"] is not JsonArray cells)
            throw new NotebookException($"{path}: not a notebook: it has no list of cells.");
        if (root["metadata"] is not JsonObject)
            root["metadata"] = new JsonObject();

        var read = new List<NotebookCell>();
        foreach (var node in cells)
        {
            var where = $"{path}: cell {read.Count + 1}";
            if (node is not JsonObject cell)
                throw new NotebookException($"{where} is not a JSON object.");
            var kind = (string?)cell["cell_type"] switch
            {
                "markdown" => NotebookCellKind.Markdown,
                "code" => NotebookCellKind.Code,
                "raw" => NotebookCellKind.Raw,
                var other => throw new NotebookException($"{where} has cell_type {other ?? "(none)"}; markdown, code and raw are known."),
            };
            var source = cell["source"] switch
            {
                JsonArray lines => string.Concat(lines.Select(line => (string?)line)),
                JsonValue value => (string?)value ?? "",
                _ => throw new NotebookException($"{where} has no source."),
            };
            var id = cell["id"] is JsonValue given ? (string?)given ?? "" : $"cell-{read.Count + 1}"; // ids came with nbformat 4.5
            read.Add(new NotebookCell(cell, id, kind, source));
        }

        return new Notebook(root, read);
    }
}
