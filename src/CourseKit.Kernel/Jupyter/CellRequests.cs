using System.Text.Json.Nodes;

namespace CourseKit.Kernel.Jupyter;

/// <summary>Runs the cells that front ends send, publishes what they show, and keeps the history of them. On the requests' thread alone.</summary>
/// <param name="backend">The C# session.</param>
/// <param name="publisher">Where what a cell shows goes.</param>
/// <param name="questions">Asks the person.</param>
internal sealed class CellRequests(IBackend backend, Publisher publisher, Questions questions) : IDisposable
{
    private readonly History history = new();
    private CellOutput? latest;

    /// <summary>How many cells were run so far that count.</summary>
    public int ExecutionCount { get; private set; }

    /// <summary>Answers an <c>execute_request</c>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="stop">Whether the cells that wait behind it are not to run: whoever ran them all at once expected this one to work.</param>
    public JsonObject Execute(Message request, out bool stop)
    {
        stop = false;
        var code = (string?)request.Content["code"] ?? "";
        var silent = (bool?)request.Content["silent"] ?? false;
        var store = !silent && ((bool?)request.Content["store_history"] ?? true);
        var allowStdin = (bool?)request.Content["allow_stdin"] ?? true;
        if (store)
            ExecutionCount++;
        var count = ExecutionCount;
        if (!silent)
            publisher.Publish("execute_input", new JsonObject { ["code"] = code, ["execution_count"] = count }, request);

        // The one before lives until now: a thread that its cell left running may still have written.
        latest?.Dispose();
        var output = latest = new CellOutput(
            (type, content) =>
            {
                if (!silent)
                    publisher.Publish(type, content, request);
            },
            (prompt, password) => allowStdin
                ? questions.Ask(prompt, password, request)
                : throw new InvalidOperationException("This front end cannot ask for input (allow_stdin is false)."));
        var outcome = backend.Execute(code, count, output);
        var expressions = outcome.Error is null ? Evaluate(request.Content["user_expressions"] as JsonObject, count) : [];
        if (store)
            history.Add(count, code, (string?)outcome.Result?["text/plain"]);
        if (outcome.Error is { } error)
        {
            output.Publish("error", Content(error));
            stop = (bool?)request.Content["stop_on_error"] ?? true;
            var reply = Content(error);
            reply["status"] = "error";
            reply["execution_count"] = count;
            return reply;
        }

        if (outcome.Result is { Count: > 0 } result)
            output.Publish("execute_result", new JsonObject { ["execution_count"] = count, ["data"] = result.DeepClone(), ["metadata"] = new JsonObject() });
        output.Flush();
        return new JsonObject
        {
            ["status"] = "ok", ["execution_count"] = count, ["payload"] = Payload(outcome.Page), ["user_expressions"] = expressions,
        };
    }

    /// <summary>What is answered in place of running a cell that waited behind one that failed.</summary>
    public JsonObject Aborted() => new() { ["status"] = "aborted", ["execution_count"] = ExecutionCount };

    /// <summary>Answers a <c>history_request</c>.</summary>
    public JsonObject History(Message request) => new() { ["status"] = "ok", ["history"] = history.Find(request.Content) };

    /// <inheritdoc/>
    public void Dispose() => latest?.Dispose();

    private JsonObject Evaluate(JsonObject? expressions, int count)
    {
        var results = new JsonObject();
        foreach (var (name, expression) in expressions ?? [])
        {
            var outcome = backend.Execute((string?)expression ?? "", count, SilentOutput.Instance);
            if (outcome.Error is { } error)
            {
                var content = Content(error);
                content["status"] = "error";
                results[name] = content;
            }
            else
            {
                results[name] = new JsonObject
                {
                    ["status"] = "ok", ["data"] = outcome.Result?.DeepClone() ?? new JsonObject(), ["metadata"] = new JsonObject(),
                };
            }
        }

        return results;
    }

    private static JsonArray Payload(string? page) =>
        page is null ? [] : [new JsonObject { ["source"] = "page", ["data"] = new JsonObject { ["text/plain"] = page }, ["start"] = 0 }];

    private static JsonObject Content(ExecutionError error) => new()
    {
        ["ename"] = error.Name, ["evalue"] = error.Value, ["traceback"] = new JsonArray([.. error.Traceback.Select(line => JsonValue.Create(line))]),
    };
}
