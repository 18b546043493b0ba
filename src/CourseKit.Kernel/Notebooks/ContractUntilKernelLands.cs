using System.Text.Json.Nodes;

#pragma warning disable CS1591
namespace CourseKit.Kernel;

// The contract of the brief, word for word: dropped when branch wt-kernel lands.
public sealed class NotebookException(string message) : Exception(message);

public enum NotebookCellKind { Markdown, Code, Raw }

public sealed class NotebookCell(JsonObject json)
{
    public string Id => (string?)json["id"] ?? "";
    public NotebookCellKind Kind => (string?)json["cell_type"] switch { "markdown" => NotebookCellKind.Markdown, "code" => NotebookCellKind.Code, _ => NotebookCellKind.Raw };
    public string Source => json["source"] is JsonArray lines ? string.Concat(lines.Select(l => (string?)l)) : (string?)json["source"] ?? "";
    public JsonObject Metadata => (JsonObject)json["metadata"]!;
    public IReadOnlyList<string> Tags => Metadata["tags"] is JsonArray tags ? [.. tags.Select(t => (string)t!)] : [];
    public int? ExecutionCount { get => (int?)json["execution_count"]; set => json["execution_count"] = value; }
    public JsonArray Outputs => (JsonArray)json["outputs"]!;
}

public sealed class Notebook
{
    private readonly JsonObject _json;
    private Notebook(JsonObject json) { _json = json; Cells = [.. ((JsonArray)json["cells"]!).Select(c => new NotebookCell((JsonObject)c!))]; }
    public static Notebook Load(string path)
    {
        try { return new Notebook((JsonObject)JsonNode.Parse(File.ReadAllText(path))!); }
        catch (Exception e) { throw new NotebookException($"{path}: {e.Message}"); }
    }
    public void Save(string path) => File.WriteAllText(path, _json.ToJsonString());
    public IList<NotebookCell> Cells { get; }
    public JsonObject Metadata => (JsonObject)_json["metadata"]!;
}

public sealed record RunOptions { public TimeSpan CellTimeout { get; init; } public TimeSpan? TotalTimeout { get; init; } public long MemoryLimitBytes { get; init; } public long OutputLimitBytes { get; init; } public string? OutputPath { get; init; } }

public enum RunState { Succeeded, CellFailed, TimedOut, OutOfMemory, OutputTooLarge, ProcessEnded, BadNotebook, Cancelled }

public sealed record RunProgress(int CodeCell, int CodeCells, string? CellId, TimeSpan Elapsed);

public sealed record RunResult(string NotebookPath, RunState State, string? Message, int? CodeCell, string? CellId, int CellsRun, int CodeCells, TimeSpan Elapsed, long PeakMemoryBytes, Notebook? Executed);

public static class NotebookRunner
{
    public static Task<RunResult> RunAsync(string path, RunOptions options, IProgress<RunProgress>? progress = null, CancellationToken ct = default)
    {
        var notebook = Notebook.Load(path);
        return Task.FromResult(new RunResult(path, RunState.Succeeded, null, null, null, 0, notebook.Cells.Count, TimeSpan.Zero, 0, notebook));
    }
}
