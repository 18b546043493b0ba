using System.Text.Json.Nodes;

namespace CourseKit.Kernel;

/// <summary>What a cell holds.</summary>
public enum NotebookCellKind
{
    /// <summary>Prose.</summary>
    Markdown,

    /// <summary>Code.</summary>
    Code,

    /// <summary>Text for another program; neither shown nor run.</summary>
    Raw,
}

/// <summary>A cell of a notebook. It is a view of the file's JSON: what it does not know is kept.</summary>
public sealed class NotebookCell
{
    private readonly JsonObject json;

    internal NotebookCell(JsonObject json, string id, NotebookCellKind kind, string source)
    {
        this.json = json;
        (Id, Kind, Source) = (id, kind, source);
        Metadata = json["metadata"] as JsonObject ?? [];
        Tags = Metadata["tags"] is JsonArray tags ? [.. tags.OfType<JsonValue>().Select(tag => tag.ToString())] : [];
        if (kind == NotebookCellKind.Code && json["outputs"] is not JsonArray)
            json["outputs"] = new JsonArray();
    }

    /// <summary>The cell's id, unique in its notebook.</summary>
    public string Id { get; }

    /// <summary>Prose, code or raw text.</summary>
    public NotebookCellKind Kind { get; }

    /// <summary>The cell's text.</summary>
    public string Source { get; }

    /// <summary>The cell's metadata.</summary>
    public JsonObject Metadata { get; }

    /// <summary>The cell's tags, such as <c>raises-exception</c>.</summary>
    public IReadOnlyList<string> Tags { get; }

    /// <summary>The number in brackets beside a cell that was run; null for one that was not.</summary>
    public int? ExecutionCount
    {
        get => (int?)json["execution_count"];
        set => json["execution_count"] = value;
    }

    /// <summary>What a code cell showed, in nbformat's terms: <c>stream</c>, <c>display_data</c>, <c>execute_result</c>, <c>error</c>.</summary>
    public JsonArray Outputs => json["outputs"] as JsonArray ?? [];
}
