using System.Buffers.Binary;
using System.IO.Compression;

namespace CourseKit;

/// <summary>Writes 8-bit grey PNG pictures, every line stored as its difference from the one above.</summary>
internal static class PngWriter
{
    /// <summary>Writes a picture of H lines of W pixels.</summary>
    public static void Write(Stream stream, ReadOnlySpan<byte> pixels, int h, int w)
    {
        stream.Write(PngFormat.Signature);
        Span<byte> header = stackalloc byte[13];
        header.Clear();
        BinaryPrimitives.WriteInt32BigEndian(header, w);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], h);
        header[8] = 8;
        Chunk(stream, "IHDR"u8, header);
        Chunk(stream, "IDAT"u8, Compress(pixels, h, w));
        Chunk(stream, "IEND"u8, []);
    }

    private static byte[] Compress(ReadOnlySpan<byte> pixels, int h, int w)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            var line = new byte[w + 1];
            line[0] = 2;
            for (var y = 0; y < h; y++)
            {
                for (var x = 0; x < w; x++)
                    line[x + 1] = (byte)(pixels[y * w + x] - (y == 0 ? 0 : pixels[(y - 1) * w + x]));
                zlib.Write(line);
            }
        }

        return packed.ToArray();
    }

    private static void Chunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> body)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, PngFormat.Crc(PngFormat.Crc(0, type), body));
        stream.Write(number);
    }
}
