using System.Text.Json;

namespace CourseKit;

/// <summary>Reads the header of a safetensors file, and believes none of it unchecked.</summary>
internal static class SafetensorsHeader
{
    /// <summary>The tensors in the order of their numbers in the file.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="header">The header's bytes.</param>
    /// <param name="dataLength">How many bytes follow it.</param>
    /// <exception cref="SafetensorsException">Something in it is wrong.</exception>
    public static IReadOnlyList<Entry> Parse(string path, byte[] header, long dataLength)
    {
        var entries = new List<Entry>();
        try
        {
            using var document = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new SafetensorsException(path, "the header is not a JSON object.");
            foreach (var property in document.RootElement.EnumerateObject())
                if (property.Name != "__metadata__")
                    entries.Add(ParseEntry(path, property.Name, property.Value));
        }
        catch (JsonException e)
        {
            throw new SafetensorsException(path, $"the header is not JSON: {e.Message}", e);
        }

        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        var filled = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin != filled)
                throw new SafetensorsException(path, $"tensor {entry.Name} begins at byte {entry.Begin}, but the one before ends at {filled}: they {(entry.Begin < filled ? "overlap" : "leave a gap")}.");
            filled = entry.End;
        }

        if (filled != dataLength)
            throw new SafetensorsException(path, $"the header tells of {filled} bytes of numbers, but {dataLength} are there: the file is {(filled > dataLength ? "cut off" : "too long")}.");
        return entries;
    }

    private static Entry ParseEntry(string path, string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("dtype", out var type)
            || !value.TryGetProperty("shape", out var shapeList) || shapeList.ValueKind != JsonValueKind.Array
            || !value.TryGetProperty("data_offsets", out var offsets) || offsets.ValueKind != JsonValueKind.Array || offsets.GetArrayLength() != 2)
            throw new SafetensorsException(path, $"tensor {name} needs a dtype, a shape and two data_offsets.");
        if (type.ValueKind != JsonValueKind.String || type.GetString() != "F32")
            throw new SafetensorsException(path, $"tensor {name} is of type {type}; F32 is expected.");

        var (shape, bytes) = (new List<int>(), (long)sizeof(float));
        foreach (var extent in shapeList.EnumerateArray())
        {
            if (extent.ValueKind != JsonValueKind.Number || !extent.TryGetInt32(out var size) || size < 0)
                throw new SafetensorsException(path, $"tensor {name} has the extent {extent} in its shape.");
            shape.Add(size);
            if (size > 0 && bytes > (long)Array.MaxLength * sizeof(float) / size) // asked before: the product may leave the 64 bits
                throw new SafetensorsException(path, $"tensor {name} is larger than an array can be.");
            bytes *= size;
        }

        if (offsets[0].ValueKind != JsonValueKind.Number || !offsets[0].TryGetInt64(out var begin)
            || offsets[1].ValueKind != JsonValueKind.Number || !offsets[1].TryGetInt64(out var end)
            || begin < 0 || end < begin)
            throw new SafetensorsException(path, $"tensor {name} lies from {offsets[0]} to {offsets[1]}, which is no range of bytes.");
        int[] extents = [.. shape];
        if (end - begin != bytes)
            throw new SafetensorsException(path, $"tensor {name} of shape {Tensor.Describe(extents)} has {bytes} bytes, but lies from {begin} to {end}.");
        return new Entry(name, extents, begin, end);
    }

    /// <summary>A tensor's place in the file.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Shape">Its extents.</param>
    /// <param name="Begin">Its first byte, counted from the header's end.</param>
    /// <param name="End">The byte behind its last.</param>
    internal sealed record Entry(string Name, int[] Shape, long Begin, long End);
}
