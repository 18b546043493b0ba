using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace CourseKit;

/// <summary>
/// Named tensors in a file that other tools read too: eight bytes with the header's length, the header (JSON: for each name its type, its
/// shape, and where its numbers lie), then the numbers, little-endian float32 in our case.
/// </summary>
/// <remarks>
/// A file is checked before anything of it is used: every length against the file's, every shape against its numbers, and that the
/// tensors fill the file without gap or overlap. Source: the format's description at https://github.com/huggingface/safetensors.
/// </remarks>
public static class Safetensors
{
    private const int LongestHeader = 100_000_000; // the format's own limit
    private const string Metadata = "__metadata__";

    /// <summary>Writes tensors to a file: first under another name beside it, then moved.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="tensors">The tensors, in the order in which they are written.</param>
    /// <exception cref="ArgumentException">A name stands twice, or is the format's own <c>__metadata__</c>.</exception>
    /// <exception cref="IOException">The file cannot be written; one that was there is unchanged.</exception>
    public static void Write(string path, IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        var header = Header(tensors);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = File.Create(temporary))
            {
                Span<byte> length = stackalloc byte[sizeof(ulong)];
                BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
                file.Write(length);
                file.Write(header);
                foreach (var (_, value) in tensors)
                    file.Write(MemoryMarshal.AsBytes(value.Span));
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Reads all tensors of a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SafetensorsException">The file is not there, cut off, corrupt, or holds numbers other than float32.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var file = File.OpenRead(path);
            var entries = SafetensorsHeader.Parse(path, ReadHeader(path, file), file.Length - file.Position);
            var tensors = new Dictionary<string, Tensor>();
            foreach (var entry in entries)
            {
                var tensor = new Tensor(entry.Shape);
                file.ReadExactly(MemoryMarshal.AsBytes(tensor.Span));
                tensors.Add(entry.Name, tensor);
            }

            return tensors;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SafetensorsException(path, "there is no such file.", e);
        }
        catch (EndOfStreamException e)
        {
            throw new SafetensorsException(path, "the file ended while it was read.", e);
        }
    }

    private static byte[] ReadHeader(string path, FileStream file)
    {
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        if (file.Length < prefix.Length)
            throw new SafetensorsException(path, $"{file.Length} bytes are too few for a safetensors file, which begins with the 8 bytes of its header's length.");
        file.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        var rest = (ulong)(file.Length - prefix.Length);
        if (length > LongestHeader || length > rest)
            throw new SafetensorsException(path, $"the header is said to have {length} bytes, but {rest} follow and {LongestHeader} are allowed: no safetensors file, or one that is cut off.");
        var header = new byte[length];
        file.ReadExactly(header);
        return header;
    }

    private static byte[] Header(IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            var (names, offset) = (new HashSet<string>(), 0L);
            json.WriteStartObject();
            json.WriteStartObject(Metadata);
            json.WriteString("format", "CourseKit");
            json.WriteEndObject();
            foreach (var (name, value) in tensors)
            {
                if (name == Metadata || !names.Add(name))
                    throw new ArgumentException($"A tensor cannot be called {name}: {(name == Metadata ? "the format keeps that name" : "another one is")}.", nameof(tensors));
                json.WriteStartObject(name);
                json.WriteString("dtype", "F32");
                json.WriteStartArray("shape");
                foreach (var extent in value.Shape)
                    json.WriteNumberValue(extent);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += (long)value.Count * sizeof(float));
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while (stream.Length % sizeof(ulong) != 0)
            stream.WriteByte((byte)' '); // numbers then start at a multiple of eight, as the format's own writer has it
        return stream.ToArray();
    }
}
