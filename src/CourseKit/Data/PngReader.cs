using System.Buffers.Binary;
using System.IO.Compression;

namespace CourseKit;

/// <summary>Reads PNG pictures of 8 bits a channel, not interlaced: grey, grey with alpha, RGB, RGB with alpha.</summary>
internal static class PngReader
{
    private const int Grey = 0;
    private const int Rgb = 2;
    private const int Palette = 3;
    private const int GreyAlpha = 4;
    private const int RgbAlpha = 6;

    /// <summary>Reads a picture into a tensor 1 x 1 x H x W.</summary>
    /// <param name="file">The file at its beginning.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <exception cref="DataFormatException">The file is damaged, or of a kind that is not read.</exception>
    public static Tensor Read(Stream file, string path)
    {
        using var chunks = new PngChunks(file, path);
        chunks.SkipSignature();
        chunks.Next();
        if (chunks.Type != "IHDR")
            throw chunks.Error(chunks.Begin, $"a chunk {Printable(chunks.Type)}", "IHDR");
        Span<byte> header = stackalloc byte[13];
        chunks.ReadWhole(header);
        var (w, h) = (BinaryPrimitives.ReadUInt32BigEndian(header), BinaryPrimitives.ReadUInt32BigEndian(header[4..]));
        PictureFile.CheckSize(path, 16, h, w);
        var channels = Channels(chunks, header);
        for (chunks.Next(); chunks.Type != "IDAT"; chunks.Next())
        {
            // Chunks whose name begins with a capital must be understood (chapter 5.4); PLTE is only a suggestion for these colours.
            if (char.IsUpper(chunks.Type[0]) && chunks.Type != "PLTE")
                throw chunks.Error(chunks.Begin, $"a chunk {Printable(chunks.Type)}", "IDAT");
            chunks.Skip();
        }

        chunks.BeginData();
        var picture = Pixels(chunks, (int)h, (int)w, channels);
        while (chunks.Type != "IEND")
        {
            chunks.Skip();
            chunks.Next();
        }

        chunks.ReadWhole([]);
        chunks.RequireEnd();
        return picture;
    }

    private static int Channels(PngChunks chunks, ReadOnlySpan<byte> header)
    {
        if (header[8] != 8)
            throw chunks.Error(24, $"{header[8]} bits a channel", "8 (save the picture as 8-bit greyscale)");
        if (header[10] != 0 || header[11] != 0)
            throw chunks.Error(26, $"compression {header[10]} and filter method {header[11]}", "0 and 0");
        if (header[12] != 0)
            throw chunks.Error(28, $"interlace method {header[12]}", "0 (save the picture without interlacing)");
        return header[9] switch
        {
            Grey => 1,
            GreyAlpha => 2,
            Rgb => 3,
            RgbAlpha => 4,
            Palette => throw chunks.Error(25, "a picture with a palette", "greyscale or RGB (save the picture as 8-bit greyscale)"),
            var other => throw chunks.Error(25, $"colour type {other}", "0, 2, 4 or 6"),
        };
    }

    private static Tensor Pixels(PngChunks chunks, int h, int w, int channels)
    {
        var (line, above) = (new byte[w * channels], new byte[w * channels]);
        // A picture is allocated only once its data has proved to be that long, as a header can say anything.
        var grey = new List<byte[]>();
        try
        {
            using var data = new ZLibStream(chunks, CompressionMode.Decompress, leaveOpen: true);
            for (var y = 0; y < h; y++)
            {
                var filter = data.ReadByte();
                if (filter < 0 || data.ReadAtLeast(line, line.Length, throwOnEndOfStream: false) < line.Length)
                    throw chunks.Error(chunks.Begin, $"the end of the data in line {y}", $"{h} lines of {w} pixels");
                if (filter > 4)
                    throw chunks.Error(chunks.Begin, $"filter {filter} in line {y}", "a filter from 0 to 4");
                Unfilter(filter, line, above, channels);
                grey.Add(ToGrey(line, w, channels));
                (line, above) = (above, line);
            }

            if (data.ReadByte() >= 0)
                throw chunks.Error(chunks.Begin, "more data", $"the end after {h} lines of {w} pixels");
        }
        catch (InvalidDataException damaged)
        {
            throw chunks.Error(chunks.Begin, "damaged compressed data", "a whole picture", damaged);
        }

        var picture = new Tensor(1, 1, h, w);
        for (var i = 0; i < picture.Count; i++)
            picture.Data[i] = grey[i / w][i % w] / 255f;
        return picture;
    }

    private static void Unfilter(int filter, Span<byte> line, ReadOnlySpan<byte> above, int channels)
    {
        for (var i = 0; i < line.Length; i++)
        {
            var left = i < channels ? (byte)0 : line[i - channels];
            var corner = i < channels ? (byte)0 : above[i - channels];
            line[i] += filter switch
            {
                1 => left,
                2 => above[i],
                3 => (byte)((left + above[i]) / 2),
                4 => PngFormat.Paeth(left, above[i], corner),
                _ => 0,
            };
        }
    }

    private static byte[] ToGrey(ReadOnlySpan<byte> line, int w, int channels)
    {
        var grey = new byte[w];
        for (var x = 0; x < w; x++)
        {
            var pixel = line.Slice(x * channels, channels);
            var value = channels < 3 ? pixel[0] : 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
            if (channels is 2 or 4)
                value = 255 + (value - 255) * pixel[^1] / 255;
            grey[x] = (byte)Math.Round(value);
        }

        return grey;
    }

    private static string Printable(string type) => type.All(char.IsAsciiLetter) ? type : "of a name that is none";
}
