using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CourseKit.Interactive;

/// <summary>What a piece of a student's code answered to a probe: numbers for each draw of its inputs, or what went wrong.</summary>
/// <param name="Draws">For each draw of the inputs, the blocks of numbers.</param>
/// <param name="Fault">What went wrong, for a person; null where nothing did.</param>
public sealed record Answer(IReadOnlyList<IReadOnlyList<NumberBlock>> Draws, string? Fault)
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8 };

    /// <summary>The answer as JSON.</summary>
    public string ToJson()
    {
        var draws = new JsonArray([.. Draws.Select(blocks => new JsonArray([.. blocks.Select(block => new JsonObject
        {
            ["shape"] = new JsonArray([.. block.Shape.Select(n => JsonValue.Create(n))]),
            ["values"] = new JsonArray([.. block.Values.Select(Number)]),
        })]))]);
        return new JsonObject { ["draws"] = draws, ["fault"] = Fault }.ToJsonString();
    }

    /// <summary>Reads what another process sent; it believes nothing but numbers.</summary>
    /// <exception cref="ArgumentException">It is no answer.</exception>
    public static Answer Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var root = document.RootElement;
            var draws = root.GetProperty("draws").EnumerateArray()
                .Select(IReadOnlyList<NumberBlock> (blocks) => [.. blocks.EnumerateArray().Select(Block)]).ToList();
            var fault = root.GetProperty("fault") is { ValueKind: JsonValueKind.String } text ? Shorten(text.GetString()!) : null;
            return new Answer(draws, fault);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new ArgumentException("It is not numbers in a shape.", nameof(json));
        }
    }

    /// <summary>A message that a student's code may have made, in a length for people and without control characters.</summary>
    public static string Shorten(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var line = string.Concat(text.Take(400).Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return text.Length > 400 ? line + " ..." : line;
    }

    private static NumberBlock Block(JsonElement block)
    {
        int[] shape = [.. block.GetProperty("shape").EnumerateArray().Select(n => n.GetInt32())];
        double[] values = [.. block.GetProperty("values").EnumerateArray().Select(Number)];
        var count = 1L;
        foreach (var length in shape)
            count = length is >= 0 and <= NumberBlock.Limit && shape.Length <= 8 ? Math.Min(count * length, int.MaxValue) : throw new ArgumentException("It has an impossible shape.");
        return count == values.Length && values.Length <= NumberBlock.Limit ? new NumberBlock(shape, values) : throw new ArgumentException("Its shape does not fit its numbers.");
    }

    private static JsonNode Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : JsonValue.Create(value.ToString(CultureInfo.InvariantCulture));

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : value.GetString() switch
    {
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => throw new FormatException(),
    };
}
