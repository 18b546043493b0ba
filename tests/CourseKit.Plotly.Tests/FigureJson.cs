using System.Globalization;
using System.Text.Json.Nodes;
using CourseKit.Interactive;

namespace CourseKit.Plotly.Tests;

/// <summary>A figure as its JSON, with the arrays read back, whatever form they travel in.</summary>
internal sealed class FigureJson
{
    private static readonly PlotlyRenderer Renderer = new();

    public FigureJson(Figure figure)
    {
        Text = Renderer.ToJson(figure);
        Root = JsonNode.Parse(Text)!.AsObject();
    }

    public string Text { get; }

    public JsonObject Root { get; }

    public JsonArray Data => Root["data"]!.AsArray();

    public JsonObject Layout => Root["layout"]!.AsObject();

    public JsonArray Frames => Root["frames"]!.AsArray();

    public JsonArray Annotations => Layout["annotations"]?.AsArray() ?? [];

    public IReadOnlyList<string> LegendEntries =>
        Layout["showlegend"]!.GetValue<bool>()
            ? [.. Data.Where(trace => trace!["showlegend"]?.GetValue<bool>() == true).Select(trace => trace!["name"]!.GetValue<string>())]
            : [];

    public string? AxisTitle(string axis) => Layout[axis]?["title"]?["text"]?.GetValue<string>();

    public double[] Numbers(int trace, string member) => Numbers(Data[trace]![member]!);

    public static double[] Numbers(JsonNode node)
    {
        if (node is JsonArray array)
            return [.. array.Select(item => item is null ? double.NaN : item.GetValue<double>())];
        var bytes = Convert.FromBase64String(node["bdata"]!.GetValue<string>());
        return node["dtype"]!.GetValue<string>() switch
        {
            "f8" => [.. Enumerable.Range(0, bytes.Length / 8).Select(i => BitConverter.ToDouble(bytes, 8 * i))],
            "f4" => [.. Enumerable.Range(0, bytes.Length / 4).Select(i => (double)BitConverter.ToSingle(bytes, 4 * i))],
            "u1" => [.. bytes.Select(b => (double)b)],
            var other => throw new NotSupportedException(other),
        };
    }

    /// <summary>Does something as on a machine with another locale.</summary>
    public static T In<T>(string culture, Func<T> action)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            return action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
