using System.Text.Json.Nodes;

namespace CourseKit.Kernel.Jupyter;

/// <summary>What a front end asks while a cell is being written.</summary>
/// <param name="backend">The C# session.</param>
internal sealed class EditorRequests(IBackend backend)
{
    /// <summary>Answers a <c>complete_request</c>.</summary>
    public JsonObject Complete(JsonObject request)
    {
        var code = (string?)request["code"] ?? "";
        var completions = backend.Complete(code, Position(request, code));
        var start = CodePoints.FromUtf16(code, completions.Start);
        var end = CodePoints.FromUtf16(code, completions.End);
        return new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. completions.Matches.Select(match => JsonValue.Create(match.Text))]),
            ["cursor_start"] = start,
            ["cursor_end"] = end,
            ["metadata"] = new JsonObject
            {
                ["_jupyter_types_experimental"] = new JsonArray([.. completions.Matches.Select(match => new JsonObject
                {
                    ["start"] = start, ["end"] = end, ["text"] = match.Text, ["type"] = match.Kind,
                })]),
            },
        };
    }

    /// <summary>Answers an <c>inspect_request</c>.</summary>
    public JsonObject Inspect(JsonObject request)
    {
        var code = (string?)request["code"] ?? "";
        var text = backend.Inspect(code, Position(request, code));
        return new JsonObject
        {
            ["status"] = "ok",
            ["found"] = text is not null,
            ["data"] = text is null ? [] : new JsonObject { ["text/plain"] = text },
            ["metadata"] = new JsonObject(),
        };
    }

    /// <summary>Answers an <c>is_complete_request</c>.</summary>
    public JsonObject IsComplete(JsonObject request) => backend.IsComplete((string?)request["code"] ?? "") switch
    {
        Completeness.Complete => new JsonObject { ["status"] = "complete" },
        Completeness.Incomplete => new JsonObject { ["status"] = "incomplete", ["indent"] = "" },
        _ => new JsonObject { ["status"] = "invalid" },
    };

    private static int Position(JsonObject request, string code) => CodePoints.ToUtf16(code, (int?)request["cursor_pos"] ?? int.MaxValue);
}
