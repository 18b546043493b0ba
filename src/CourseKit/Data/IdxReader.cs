using System.Buffers.Binary;
using System.IO.Compression;

namespace CourseKit;

/// <summary>
/// Reads the IDX files in which MNIST and Fashion-MNIST are published, as they are or inside gzip: a magic number, big-endian
/// counts, then the bytes.
/// </summary>
/// <remarks>
/// Nothing is allocated before the header has been believed, and a header is believed only up to <see cref="MaxBytes"/> and if the file
/// (for gzip: the length that gzip notes at its end) is exactly as long as it says. Source of the format: the MNIST page of Y. LeCun, C. Cortes
/// and C. Burges, section "The IDX file format".
/// </remarks>
public static class IdxReader
{
    /// <summary>The most bytes of pixels or labels that a file may hold: 2^27, more than twice the training images of MNIST.</summary>
    public const long MaxBytes = 1L << 27;

    private const int ImagesMagic = 0x00000803;
    private const int LabelsMagic = 0x00000801;
    private const int ChunkBytes = 1 << 16;

    // Deflate makes at most 1032 bytes out of one.
    private const long MostOutOfOne = 1032;

    /// <summary>Reads images.</summary>
    /// <param name="path">The file, gzip or not: the first two bytes tell.</param>
    /// <param name="limit">At most this many images, the first ones; null reads all and checks that nothing follows.</param>
    /// <returns>N x 1 x H x W, each pixel from 0 to 1.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">The file is no IDX file of images, is cut short, or has bytes left over.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1.</exception>
    public static Tensor ReadImages(string path, int? limit = null) =>
        Read(path, (stream, length) => Images(stream, path, length, limit), limit);

    /// <summary>Reads labels.</summary>
    /// <param name="path">The file, gzip or not: the first two bytes tell.</param>
    /// <param name="classes">Labels lie from 0 to this number less 1.</param>
    /// <param name="limit">At most this many labels, the first ones; null reads all and checks that nothing follows.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">The file is no IDX file of labels, a label is out of range, the file is cut short or has bytes left over.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1, or the classes are not 1 to 256.</exception>
    public static int[] ReadLabels(string path, int classes = 10, int? limit = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes, 256);
        return Read(path, (stream, length) => Labels(stream, path, length, classes, limit), limit);
    }

    private static Tensor Images(Stream stream, string path, long length, int? limit)
    {
        Span<byte> header = stackalloc byte[16];
        ReadHeader(stream, path, header, ImagesMagic, "images");
        var (n, h, w) = (Extent(header, 4, path, "images"), Extent(header, 8, path, "rows"), Extent(header, 12, path, "columns"));
        // Two products, each checked: three extents of 2^31 - 1 leave the 64 bits.
        CheckSize(path, (long)h * w, $"pictures of {h}x{w}");
        CheckSize(path, (long)n * h * w, $"{n} pictures of {h}x{w}");
        CheckLength(path, length, 16, (long)n * h * w, limit);
        var count = Math.Min(n, limit ?? n);
        var images = new Tensor(count, 1, h, w);
        Span<float> grey = stackalloc float[256];
        for (var v = 0; v < 256; v++)
            grey[v] = v / 255f;
        var chunk = new byte[ChunkBytes];
        for (var done = 0; done < images.Count;)
        {
            var bytes = chunk.AsSpan(0, Math.Min(ChunkBytes, images.Count - done));
            Fill(stream, path, bytes, 16 + done, 16 + (long)n * h * w);
            var pixels = images.Data.AsSpan(done, bytes.Length);
            for (var i = 0; i < bytes.Length; i++)
                pixels[i] = grey[bytes[i]];
            done += bytes.Length;
        }

        if (count == n)
            RefuseMore(stream, path, 16 + (long)n * h * w);
        return images;
    }

    private static int[] Labels(Stream stream, string path, long length, int classes, int? limit)
    {
        Span<byte> header = stackalloc byte[8];
        ReadHeader(stream, path, header, LabelsMagic, "labels");
        var n = Extent(header, 4, path, "labels");
        CheckSize(path, n, $"{n} labels");
        CheckLength(path, length, 8, n, limit);
        var labels = new int[Math.Min(n, limit ?? n)];
        var chunk = new byte[ChunkBytes];
        for (var done = 0; done < labels.Length;)
        {
            var bytes = chunk.AsSpan(0, Math.Min(ChunkBytes, labels.Length - done));
            Fill(stream, path, bytes, 8 + done, 8 + (long)n);
            for (var i = 0; i < bytes.Length; i++)
            {
                if (bytes[i] >= classes)
                    throw new DataFormatException(
                        path, DataFormatException.Byte(8 + done + i), $"label {bytes[i]} of sample {done + i}", $"a label from 0 to {classes - 1}");
                labels[done + i] = bytes[i];
            }

            done += bytes.Length;
        }

        if (labels.Length == n)
            RefuseMore(stream, path, 8 + (long)n);
        return labels;
    }

    private static T Read<T>(string path, Func<Stream, long, T> read, int? limit)
    {
        if (limit is { } given)
            ArgumentOutOfRangeException.ThrowIfLessThan(given, 1, nameof(limit));
        using var file = DataFile.OpenRead(path);
        Span<byte> start = stackalloc byte[2];
        var packed = file.ReadAtLeast(start, 2, throwOnEndOfStream: false) == 2 && start is [0x1f, 0x8b];
        file.Position = 0;
        if (!packed)
            return read(file, file.Length);
        var length = UnpackedLength(file, path);
        try
        {
            using var unpacked = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
            return read(unpacked, length);
        }
        catch (InvalidDataException broken)
        {
            throw new DataFormatException(path, $"near {DataFormatException.Byte(file.Position)} of the compressed file", "damaged gzip data", "a whole gzip file", broken);
        }
    }

    // RFC 1952: the last four bytes are the length of what was packed. They could lie, but not beyond what deflate can unpack.
    private static long UnpackedLength(FileStream file, string path)
    {
        Span<byte> end = stackalloc byte[4];
        if (file.Length < 18)
            throw new DataFormatException(path, DataFormatException.Byte(file.Length), "the end of the gzip file", "at least 18 bytes");
        file.Position = file.Length - end.Length;
        file.ReadExactly(end);
        file.Position = 0;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(end);
        if (length > file.Length * MostOutOfOne)
            throw new DataFormatException(
                path, DataFormatException.Byte(file.Length - end.Length), $"{length} noted as the unpacked length of {file.Length} bytes", "a whole gzip file");
        return length;
    }

    private static void ReadHeader(Stream stream, string path, Span<byte> header, int magic, string what)
    {
        Fill(stream, path, header, 0, header.Length);
        var found = BinaryPrimitives.ReadInt32BigEndian(header);
        if (found == magic)
            return;
        var kind = found switch { ImagesMagic => " (images)", LabelsMagic => " (labels)", _ => "" };
        throw new DataFormatException(path, DataFormatException.Byte(0), $"magic number 0x{found:x8}{kind}", $"0x{magic:x8}, an IDX file of {what}");
    }

    private static int Extent(ReadOnlySpan<byte> header, int offset, string path, string what)
    {
        var extent = BinaryPrimitives.ReadInt32BigEndian(header[offset..]);
        return extent > 0 ? extent : throw new DataFormatException(path, DataFormatException.Byte(offset), $"{(uint)extent} {what}", "from 1 to 2147483647");
    }

    private static void CheckSize(string path, long bytes, string what)
    {
        if (bytes is < 0 or > MaxBytes)
            throw new DataFormatException(path, DataFormatException.Byte(4), what, $"at most {MaxBytes} bytes in all");
    }

    private static void CheckLength(string path, long length, int header, long bytes, int? limit)
    {
        if (length < header + bytes || (limit is null && length > header + bytes))
            throw new DataFormatException(
                path, DataFormatException.Byte(4), $"a header that promises {header + bytes} bytes in a file of {length}", "the two to be equal");
    }

    private static void Fill(Stream stream, string path, Span<byte> bytes, long offset, long expected)
    {
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
            throw new DataFormatException(path, DataFormatException.Byte(offset + read), "the end of the data", $"{expected} bytes in all");
    }

    private static void RefuseMore(Stream stream, string path, long expected)
    {
        if (stream.ReadByte() >= 0)
            throw new DataFormatException(path, DataFormatException.Byte(expected), "more data", $"the end after {expected} bytes");
    }
}
