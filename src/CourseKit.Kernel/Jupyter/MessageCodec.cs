using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CourseKit.Kernel.Jupyter;

/// <summary>Turns messages into ZeroMQ frames and back, and signs and checks them: identities, delimiter, HMAC, four JSON parts.</summary>
/// <remarks>
/// Whatever arrives at the sockets passes here first, and what is malformed, unsigned, wrongly signed or seen before is refused:
/// the ports are open to everyone on the machine. Not safe for several threads at once.
/// </remarks>
/// <param name="key">The key of the connection file; empty turns signatures off, as the protocol says.</param>
internal sealed class MessageCodec(string key)
{
    private const int RememberedSignatures = 1 << 16;
    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = 64 };

    private readonly byte[] key = Encoding.UTF8.GetBytes(key);
    private readonly HashSet<string> seen = [];
    private readonly Queue<string> seenInOrder = new();

    /// <summary>Reads a message, or says why it is none.</summary>
    public bool TryDecode(IReadOnlyList<byte[]> frames, [NotNullWhen(true)] out Message? message, [NotNullWhen(false)] out string? fault)
    {
        message = null;
        var delimiter = 0;
        while (delimiter < frames.Count && !frames[delimiter].AsSpan().SequenceEqual(Delimiter))
            delimiter++;
        if (frames.Count - delimiter < 6)
        {
            fault = "fewer frames than a message has";
            return false;
        }

        var signature = frames[delimiter + 1];
        var parts = Enumerable.Range(delimiter + 2, 4).Select(i => frames[i]).ToArray();
        if (key.Length > 0)
        {
            if (!CryptographicOperations.FixedTimeEquals(signature, Sign(parts)))
            {
                fault = "wrong signature";
                return false;
            }

            if (!Remember(Encoding.ASCII.GetString(signature)))
            {
                fault = "a message that was received before";
                return false;
            }
        }

        try
        {
            var read = parts.Select(part => JsonNode.Parse(part, documentOptions: Limits) as JsonObject).ToArray();
            if (read.Any(part => part is null) || read[0]!["msg_type"] is not JsonValue type || type.GetValueKind() != JsonValueKind.String)
            {
                fault = "parts that are no JSON objects, or a header without msg_type";
                return false;
            }

            // Answers carry the header of what they answer: one that could not be written (half a surrogate pair, a name twice) is refused here.
            _ = Bytes(read[0]!);
            message = new Message([.. frames.Take(delimiter)], read[0]!, read[1]!, read[2]!, read[3]!);
            fault = null;
            return true;
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException)
        {
            fault = "parts that are not JSON";
            return false;
        }
    }

    /// <summary>The frames of a message, signed.</summary>
    public List<byte[]> Encode(Message message)
    {
        byte[][] parts = [Bytes(message.Header), Bytes(message.Parent), Bytes(message.Metadata), Bytes(message.Content)];
        return [.. message.Identities, Delimiter, key.Length > 0 ? Sign(parts) : [], .. parts];
    }

    private static byte[] Bytes(JsonObject part) => JsonSerializer.SerializeToUtf8Bytes(part, Json);

    private byte[] Sign(byte[][] parts)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (var part in parts)
            hmac.AppendData(part);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hmac.GetHashAndReset()));
    }

    private bool Remember(string signature)
    {
        if (!seen.Add(signature))
            return false;
        seenInOrder.Enqueue(signature);
        if (seenInOrder.Count > RememberedSignatures)
            seen.Remove(seenInOrder.Dequeue());
        return true;
    }
}
