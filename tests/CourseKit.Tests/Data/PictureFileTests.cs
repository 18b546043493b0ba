using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using CourseKit.Testing;

namespace CourseKit.Tests.Data;

public sealed class PictureFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("coursekit-png-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_saved_picture_reads_back_and_nothing_else_is_left()
    {
        var picture = new Tensor(1, 1, 37, 53);
        for (var i = 0; i < picture.Count; i++)
            picture.Data[i] = i * 31 % 256 / 255f;
        var path = Path.Combine(folder, "grid.png");
        PictureFile.SavePng(path, picture);
        PictureFile.SavePng(path, picture);
        var read = PictureFile.Load(path);
        Assert.Equal("1x1x37x53", read.ShapeText);
        Assert.Equal(picture.Data, read.Data);
        Assert.Equal([path], Directory.GetFiles(folder));
    }

    [Fact]
    public void Saving_cuts_off_what_is_no_shade_and_refuses_what_is_no_picture()
    {
        var path = Path.Combine(folder, "a.png");
        PictureFile.SavePng(path, Tensor.From([-1, 0.5f, 2], 1, 3));
        Assert.Equal([0, 128 / 255f, 1], PictureFile.Load(path).Data);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => PictureFile.SavePng(path, Tensor.From([float.NaN], 1, 1))).Message);
        Assert.Contains("2x1x2x2", Assert.Throws<ArgumentException>(() => PictureFile.SavePng(path, new Tensor(2, 1, 2, 2))).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Each_filter_is_undone(int filter)
    {
        // Two lines of two pixels, 10 20 / 35 60, as each filter stores them; the first line needs no filter.
        byte[] second = filter switch
        {
            0 => [35, 60],
            1 => [35, 25],
            2 => [25, 40],
            3 => [30, 60 - (35 + 20) / 2],
            _ => [25, 25],
        };
        var read = PictureFile.Load(Write(Png(2, 2, 0, [0, 10, 20, (byte)filter, .. second])));
        Assert.Equal([10, 20, 35, 60], read.Data.Select(pixel => (int)MathF.Round(255 * pixel)));
    }

    [Theory]
    [InlineData(2, new byte[] { 0, 255, 0, 0 }, 76)]
    [InlineData(4, new byte[] { 0, 100, 0 }, 255)]
    [InlineData(4, new byte[] { 0, 100, 255 }, 100)]
    [InlineData(6, new byte[] { 0, 0, 0, 0, 51 }, 204)]
    public void Colours_become_their_brightness_on_white(int type, byte[] data, int grey) =>
        Assert.Equal(grey, MathF.Round(255 * PictureFile.Load(Write(Png(1, 1, type, data))).Data[0]));

    public static TheoryData<string, byte[], string> Wrong() => new()
    {
        { "JPEG", [0xff, 0xd8, 0xff, 0xe0], "a JPEG picture" },
        { "empty", [], "an empty file" },
        { "palette", Png(1, 1, 3, [0, 0]), "palette" },
        { "16 bits", Png(1, 1, 0, [0, 0, 0], bits: 16), "16 bits a channel" },
        { "interlaced", Png(1, 1, 0, [0, 0], interlace: 1), "interlace method 1" },
        { "absurd", Png(int.MaxValue, int.MaxValue, 0, [0, 0]), "2147483647 x 2147483647" },
        { "too little", Png(2, 2, 0, [0, 1, 2, 0, 3]), "the end of the data in line 1" },
        { "too much", Png(1, 1, 0, [0, 1, 2]), "more data" },
        { "a bomb", Png(1, 1, 0, new byte[50_000_000]), "more data" },
        { "a header that promises a bomb", Png(2048, 2048, 0, [0, 1, 2]), "the end of the data in line 0" },
        { "filter", Png(1, 1, 0, [5, 1]), "filter 5" },
        { "cut", Png(1, 1, 0, [0, 1])[..50], "the end of the file" },
        { "trailing", [.. Png(1, 1, 0, [0, 1]), 7], "1 bytes after the end" },
        { "checksum", Flipped(Png(1, 1, 0, [0, 1]), 20), "checksum" },
        { "PGM cut", "P5 2 2 255\nabc"u8.ToArray(), "3 bytes left" },
        { "PGM trailing", "P5 2 2 255\nabcde"u8.ToArray(), "more data" },
        { "PGM shade", "P2 2 1 9 3 10"u8.ToArray(), "pixel 1 above 9" },
        { "PGM absurd", "P5 2147483647 2147483647 255\n"u8.ToArray(), "2147483647 x 2147483647" },
        { "PGM long number", "P5 99999999999999999999 1 255\n"u8.ToArray(), "the width above" },
        { "PGM white", "P2 1 1 0 0"u8.ToArray(), "0 as the number of white" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_picture_that_cannot_be_read_says_why(string _, byte[] file, string found)
    {
        var path = Write(file);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<DataFormatException>(() => PictureFile.Load(path));
        Assert.Contains(found, error.Found);
        Assert.StartsWith("byte ", error.Place);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000_000);
    }

    [Fact]
    public void Pgm_is_read_as_text_and_as_bytes()
    {
        var text = PictureFile.Load(Write("P2 # made by hand\n3 1\n# white\n10\n0 5\n10\n"u8.ToArray()));
        Assert.Equal("1x1x1x3", text.ShapeText);
        Assert.Equal([0, 0.5f, 1], text.Data);
        Assert.Equal([1, 0, 51 / 255f, 0], PictureFile.Load(Write([.. "P5\n2 2\n255\n"u8, 255, 0, 51, 0])).Data);
        Assert.Equal([256 / 1000f], PictureFile.Load(Write([.. "P5 1 1 1000 "u8, 1, 0])).Data);
    }

    // The checksums of the pixels as Pillow 9.4.0 decodes them: Image.open(name).tobytes().
    [RealDataFact("images/camera.png")]
    public void A_real_photograph_has_the_pixels_that_another_decoder_sees() =>
        CheckReal("camera.png", "1x1x512x512", "5cb24482a53416f99052258be2b1ee38cd31c559a70c8a8b321cba231b332e21");

    [RealDataFact("images/coins.png")]
    public void A_real_photograph_that_is_not_square_does_too() =>
        CheckReal("coins.png", "1x1x303x384", "e080cc03805f1fa70516c3cb84883d4633bda2a1b51841da7c22f3d14c072451");

    private void CheckReal(string name, string shape, string sha256)
    {
        var picture = PictureFile.Load(Path.Combine(RepositoryPaths.RealData!, "images", name));
        Assert.Equal(shape, picture.ShapeText);
        byte[] pixels = [.. picture.Data.Select(pixel => (byte)MathF.Round(255 * pixel))];
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(pixels)));
        var copy = Path.Combine(folder, name);
        PictureFile.SavePng(copy, picture);
        Assert.Equal(picture.Data, PictureFile.Load(copy).Data);
    }

    /// <summary>A PNG of one IDAT chunk whose data are these bytes, filters included.</summary>
    internal static byte[] Png(int w, int h, int type, byte[] data, byte bits = 8, byte interlace = 0)
    {
        using var file = new MemoryStream();
        file.Write(PngFormat.Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, w);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), h);
        (header[8], header[9], header[12]) = (bits, (byte)type, interlace);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
            zlib.Write(data);
        foreach (var (name, body) in new[] { ("IHDR", header), ("tEXt", "k\0v"u8.ToArray()), ("IDAT", packed.ToArray()), ("IEND", []) })
        {
            var chunk = new byte[body.Length + 12];
            BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length);
            Encoding.ASCII.GetBytes(name).CopyTo(chunk, 4);
            body.CopyTo(chunk, 8);
            BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(body.Length + 8), PngFormat.Crc(0, chunk.AsSpan(4, body.Length + 4)));
            file.Write(chunk);
        }

        return file.ToArray();
    }

    private static byte[] Flipped(byte[] file, int at)
    {
        file[at] ^= 4;
        return file;
    }

    private string Write(byte[] bytes)
    {
        var path = Path.Combine(folder, "picture");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
