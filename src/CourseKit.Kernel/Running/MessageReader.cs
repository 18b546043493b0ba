using System.Text.Json;
using System.Text.Json.Nodes;

namespace CourseKit.Kernel;

/// <summary>Reads messages, one a line, from a process that may send anything.</summary>
/// <param name="stream">Where they come from.</param>
/// <param name="limit">The longest line, in bytes; a longer one is a message of the type <see cref="TooLong"/>, and the last.</param>
internal sealed class MessageReader(Stream stream, int limit)
{
    /// <summary>The type of a message that is longer than allowed.</summary>
    public const string TooLong = "too long";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false }; // a node would find them only when it is looked into

    private byte[] buffer = new byte[1 << 14];
    private int start, end, searched;

    /// <summary>The next message; null at the end, or where a line is no message.</summary>
    public async Task<(string Type, JsonObject Content, int Bytes)?> ReadAsync(CancellationToken ct)
    {
        while (true)
        {
            var at = Array.IndexOf(buffer, (byte)'\n', searched, end - searched);
            if (at >= 0)
            {
                var line = buffer.AsMemory(start, at - start);
                start = searched = at + 1;
                return Parse(line.Span);
            }

            searched = end;
            if (end - start > limit)
                return (TooLong, [], end - start);
            MakeRoom();
            var read = await stream.ReadAsync(buffer.AsMemory(end), ct).ConfigureAwait(false);
            if (read == 0)
                return null;
            end += read;
        }
    }

    private void MakeRoom()
    {
        if (end < buffer.Length)
            return;
        var old = buffer;
        if (end - start > buffer.Length / 2)
            buffer = new byte[2 * buffer.Length];
        Array.Copy(old, start, buffer, 0, end - start);
        (start, end, searched) = (0, end - start, searched - start);
    }

    private static (string, JsonObject, int)? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            if (JsonNode.Parse(line, documentOptions: Strict) is not JsonObject message || message["type"] is not JsonValue type || message["content"] is not JsonObject content)
                return null;
            message.Remove("content");
            return ((string)type!, content, line.Length);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }
}
