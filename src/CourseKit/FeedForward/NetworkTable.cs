using System.Globalization;
using System.Text;

namespace CourseKit;

/// <summary>Counts and names the layers of a network, and prints them as a table.</summary>
internal static class NetworkTable
{
    /// <summary>The rows, with every layer's sizes checked against the layer before.</summary>
    public static IReadOnlyList<NetworkRow> Rows(int[] inputShape, IReadOnlyList<Layer> layers)
    {
        var rows = new List<NetworkRow>();
        var shape = inputShape;
        foreach (var (layer, name) in layers.Zip(Names(layers)))
        {
            int[] next;
            try
            {
                next = layer.OutputShape(shape);
            }
            catch (ArgumentException e)
            {
                throw new ArgumentException($"Layer {rows.Count + 1} ({name}) does not fit: {e.Message}", e);
            }

            rows.Add(new(name, Describe(layer), next, layer.ParameterCount, layer.ConnectionCount(shape)));
            shape = next;
        }

        return rows;
    }

    /// <summary>What the layers hold, under names that are unique in the network.</summary>
    public static IEnumerable<(string Name, T Item)> Named<T>(IReadOnlyList<Layer> layers, Func<Layer, IEnumerable<T>> items, Func<T, string> name) =>
        layers.Zip(Names(layers)).SelectMany(pair => items(pair.First).Select(item => ($"{pair.Second}.{name(item)}", item)));

    public static string Format(int[] inputShape, IReadOnlyList<NetworkRow> rows)
    {
        string[] head = ["layer", "", "output", "parameters", "connections"];
        List<string[]> cells =
        [
            head,
            ["input", "", Tensor.Describe(inputShape), "", ""],
            .. rows.Select(row => new[] { row.Name, row.Layer, Tensor.Describe(row.OutputShape), Count(row.Parameters), Count(row.Connections) }),
            ["total", "", "", Count(rows.Sum(row => row.Parameters)), Count(rows.Sum(row => row.Connections))],
        ];
        int[] widths = [.. Enumerable.Range(0, head.Length).Select(column => cells.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (var row in cells)
        {
            for (var column = 0; column < head.Length; column++)
                text.Append(column < 3 ? row[column].PadRight(widths[column]) : row[column].PadLeft(widths[column])).Append("  ");
            while (text[^1] == ' ')
                text.Length--;
            text.Append('\n');
        }

        return text.ToString(0, text.Length - 1);
    }

    /// <summary>A network inside a network is one row; its own table would not fit there.</summary>
    private static string Describe(Layer layer) =>
        layer is Network network
            ? $"Network of {network.Layers.Count} layers"
            : layer.ToString();

    private static IEnumerable<string> Names(IReadOnlyList<Layer> layers)
    {
        var seen = new Dictionary<string, int>();
        foreach (var layer in layers)
        {
            var kind = layer.GetType().Name.ToLowerInvariant();
            seen[kind] = seen.GetValueOrDefault(kind) + 1;
            yield return kind + seen[kind].ToString(CultureInfo.InvariantCulture);
        }
    }

    private static string Count(long count) => count == 0 ? "" : count.ToString("N0", CultureInfo.InvariantCulture);
}
