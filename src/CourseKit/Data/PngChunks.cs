using System.Buffers.Binary;
using System.Text;

namespace CourseKit;

/// <summary>
/// The chunks of a PNG file. As a stream it is the compressed data of the picture: all IDAT chunks as one, each checked against its
/// checksum as it ends.
/// </summary>
internal sealed class PngChunks(Stream file, string path) : Stream
{
    private readonly byte[] head = new byte[8];
    private uint crc;
    private long left;
    private long position;
    private bool inData;

    /// <summary>The type of the chunk at hand, such as <c>IHDR</c>.</summary>
    public string Type { get; private set; } = "";

    /// <summary>Where the chunk at hand begins.</summary>
    public long Begin { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Passes over the signature.</summary>
    public void SkipSignature() => Fill(head);

    /// <summary>Goes to the next chunk; the one before must have been read or passed over.</summary>
    public void Next()
    {
        Begin = position;
        Fill(head);
        left = BinaryPrimitives.ReadUInt32BigEndian(head);
        if (left > int.MaxValue || left > file.Length - position - 4)
            throw Error(Begin, $"a chunk of {left} bytes", $"at most the {Math.Max(0, file.Length - position - 4)} that the file has left");
        Type = Encoding.Latin1.GetString(head, 4, 4);
        crc = PngFormat.Crc(0, head.AsSpan(4));
    }

    /// <summary>Reads a chunk that must have this length.</summary>
    public void ReadWhole(Span<byte> body)
    {
        if (left != body.Length)
            throw Error(Begin, $"a {Type} chunk of {left} bytes", $"{body.Length}");
        Take(body);
        CheckCrc();
    }

    /// <summary>Passes over a chunk, checking it.</summary>
    public void Skip()
    {
        Span<byte> piece = stackalloc byte[1024];
        while (left > 0)
            Take(piece[..(int)Math.Min(left, piece.Length)]);
        CheckCrc();
    }

    /// <summary>Begins to be the stream of the picture's data; the chunk at hand is the first IDAT.</summary>
    public void BeginData() => inData = true;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (inData && left == 0)
        {
            CheckCrc();
            Next();
            inData = Type == "IDAT";
        }

        if (!inData || buffer.IsEmpty)
            return 0;
        var piece = buffer[..(int)Math.Min(left, buffer.Length)];
        Take(piece);
        return piece.Length;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>An error at a place in the file.</summary>
    public DataFormatException Error(long place, string found, string expected, Exception? inner = null) =>
        new(path, DataFormatException.Byte(place), found, expected, inner);

    /// <summary>Throws unless the file ends here.</summary>
    public void RequireEnd()
    {
        if (position != file.Length)
            throw Error(position, $"{file.Length - position} bytes after the end of the picture", "the end of the file");
    }

    private void Take(Span<byte> piece)
    {
        Fill(piece);
        crc = PngFormat.Crc(crc, piece);
        left -= piece.Length;
    }

    private void CheckCrc()
    {
        Span<byte> noted = stackalloc byte[4];
        Fill(noted);
        var expected = BinaryPrimitives.ReadUInt32BigEndian(noted);
        if (expected != crc)
            throw Error(Begin, $"a chunk {Type} whose checksum is {crc:x8}", $"{expected:x8}, as the file notes: it is damaged");
    }

    private void Fill(Span<byte> bytes)
    {
        var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        position += read;
        if (read < bytes.Length)
            throw Error(position, "the end of the file", "more of the picture: the file is cut short");
    }
}
