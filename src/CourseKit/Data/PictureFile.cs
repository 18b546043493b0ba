namespace CourseKit;

/// <summary>Reads and saves grey pictures, PNG and PGM: a student's own handwriting, or a grid of pictures that a network made.</summary>
public static class PictureFile
{
    /// <summary>The most pixels that a picture may have.</summary>
    public const int MaxPixels = 1 << 22;

    /// <summary>Reads a PNG or PGM picture; the first bytes tell which it is.</summary>
    /// <param name="path">The file.</param>
    /// <returns>1 x 1 x H x W, each pixel from 0 (black) to 1 (white). Colours become their brightness (ITU-R BT.601), transparent
    /// parts white.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">The file is damaged, or a picture of a kind that is not read.</exception>
    public static Tensor Load(string path)
    {
        using var file = DataFile.OpenRead(path);
        Span<byte> start = stackalloc byte[8];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        start = start[..read];
        if (start.StartsWith(PngFormat.Signature))
            return PngReader.Read(file, path);
        if (read > 2 && start[0] == 'P' && start[1] is (byte)'2' or (byte)'5')
            return PgmReader.Read(file, path);
        throw new DataFormatException(path, DataFormatException.Byte(0), Kind(start), "a PNG or PGM picture (P2, P5)");
    }

    /// <summary>Saves a picture as an 8-bit grey PNG.</summary>
    /// <param name="path">The file; one that is there is replaced, but only by a whole one.</param>
    /// <param name="picture">H x W, or 1 x 1 x H x W. Pixels from 0 to 1; what lies beyond is cut off.</param>
    /// <exception cref="ArgumentException">The shape is another one, or a pixel is NaN.</exception>
    public static void SavePng(string path, Tensor picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.Rank != 2)
            picture.RequireShape("The picture to save", 1, 1, -1, -1);
        var (h, w) = (picture.Shape[^2], picture.Shape[^1]);
        if (h < 1 || w < 1)
            throw new ArgumentException($"A picture of {h}x{w} given; at least 1x1 is expected.", nameof(picture));
        var pixels = new byte[picture.Count];
        for (var i = 0; i < pixels.Length; i++)
        {
            if (float.IsNaN(picture.Data[i]))
                throw new ArgumentException($"Pixel {i} is NaN; numbers from 0 to 1 are expected.", nameof(picture));
            pixels[i] = (byte)MathF.Round(255 * Math.Clamp(picture.Data[i], 0, 1));
        }

        DataFile.WriteAtomically(path, stream => PngWriter.Write(stream, pixels, h, w));
    }

    internal static void CheckSize(string path, long place, long h, long w)
    {
        if (h < 1 || w < 1 || h > MaxPixels || w > MaxPixels || h * w > MaxPixels)
            throw new DataFormatException(path, DataFormatException.Byte(place), $"a picture of {w} x {h} pixels", $"from 1 to {MaxPixels} pixels in all");
    }

    private static string Kind(ReadOnlySpan<byte> start) => start switch
    {
        [] => "an empty file",
        [0xff, 0xd8, ..] => "a JPEG picture",
        [(byte)'G', (byte)'I', (byte)'F', ..] => "a GIF picture",
        [(byte)'B', (byte)'M', ..] => "a BMP picture",
        _ => $"the bytes {Convert.ToHexStringLower(start)}",
    };
}
