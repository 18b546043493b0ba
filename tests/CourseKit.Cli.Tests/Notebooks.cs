using System.Text.Json.Nodes;

namespace CourseKit.Cli.Tests;

/// <summary>Cells and outputs in nbformat's terms.</summary>
internal static class Notebooks
{
    public static string Json(params JsonObject[] cells) =>
        new JsonObject { ["cells"] = new JsonArray([.. cells]), ["metadata"] = new JsonObject(), ["nbformat"] = 4, ["nbformat_minor"] = 5 }.ToJsonString();

    public static JsonObject Markdown(string id, string source) =>
        new() { ["cell_type"] = "markdown", ["id"] = id, ["metadata"] = new JsonObject(), ["source"] = source };

    public static JsonObject Code(string id, string source, params JsonObject[] outputs) =>
        new() { ["cell_type"] = "code", ["id"] = id, ["metadata"] = new JsonObject(), ["execution_count"] = 1, ["source"] = source, ["outputs"] = new JsonArray([.. outputs]) };

    public static JsonObject Tagged(JsonObject cell, params string[] tags)
    {
        cell["metadata"]!["tags"] = new JsonArray([.. tags.Select(t => JsonValue.Create(t))]);
        return cell;
    }

    public static JsonObject Stream(string name, string text) => new() { ["output_type"] = "stream", ["name"] = name, ["text"] = text };

    public static JsonObject Display(string type, string data) =>
        new() { ["output_type"] = "display_data", ["metadata"] = new JsonObject(), ["data"] = new JsonObject { [type] = data } };

    public static JsonObject Error(string name, string value, string trace) =>
        new() { ["output_type"] = "error", ["ename"] = name, ["evalue"] = value, ["traceback"] = new JsonArray(trace) };
}
