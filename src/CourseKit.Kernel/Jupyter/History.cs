using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CourseKit.Kernel.Jupyter;

/// <summary>The cells that were run in this session, as <c>history_request</c> asks for them.</summary>
internal sealed class History
{
    private readonly List<(int Line, string Input, string? Output)> entries = [];

    /// <summary>Keeps a cell and, where it had one, its result as text.</summary>
    public void Add(int line, string input, string? output)
    {
        lock (entries)
            entries.Add((line, input, output));
    }

    /// <summary>The answer to a request: <c>tail</c>, <c>range</c> or <c>search</c>.</summary>
    public JsonArray Find(JsonObject request)
    {
        List<(int Line, string Input, string? Output)> all;
        lock (entries)
            all = [.. entries];
        var n = (int?)request["n"] ?? int.MaxValue;
        IEnumerable<(int Line, string Input, string? Output)> found = (string?)request["hist_access_type"] switch
        {
            "range" when ((int?)request["session"] ?? 0) is 0 or 1 =>
                all.Where(entry => entry.Line >= ((int?)request["start"] ?? 0) && entry.Line < ((int?)request["stop"] ?? int.MaxValue)),
            "tail" => all.TakeLast(n),
            "search" => Search(all, (string?)request["pattern"] ?? "*", (bool?)request["unique"] ?? false).TakeLast(n),
            _ => [],
        };
        var output = (bool?)request["output"] ?? false;
        return [.. found.Select(entry => (JsonNode)new JsonArray(
            1, entry.Line, output ? new JsonArray(entry.Input, entry.Output) : JsonValue.Create(entry.Input)))];
    }

    private static IEnumerable<(int Line, string Input, string? Output)> Search(
        IEnumerable<(int Line, string Input, string? Output)> all, string glob, bool unique)
    {
        var pattern = "^" + Regex.Escape(glob).Replace(@"\*", ".*").Replace(@"\?", ".") + "$";
        var found = all.Where(entry => Regex.IsMatch(entry.Input, pattern, RegexOptions.Singleline, TimeSpan.FromSeconds(1)));
        return unique ? found.Reverse().DistinctBy(entry => entry.Input).Reverse() : found;
    }
}
