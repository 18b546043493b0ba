using System.Buffers.Binary;
using System.IO.Compression;
using CourseKit.Testing;

namespace CourseKit.Tests.Data;

public sealed class IdxReaderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("coursekit-idx-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>An IDX file: the magic number, the extents, the bytes.</summary>
    internal static byte[] Idx(int magic, int[] extents, params byte[] bytes)
    {
        var file = new byte[4 + 4 * extents.Length + bytes.Length];
        BinaryPrimitives.WriteInt32BigEndian(file, magic);
        for (var i = 0; i < extents.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + 4 * i), extents[i]);
        bytes.CopyTo(file, file.Length - bytes.Length);
        return file;
    }

    internal static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Images_become_a_tensor_from_0_to_1_plain_or_packed(bool packed)
    {
        var idx = Idx(0x803, [2, 2, 3], 0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6);
        var path = Write(packed ? Gzip(idx) : idx);
        var images = IdxReader.ReadImages(path);
        Assert.Equal("2x1x2x3", images.ShapeText);
        Assert.Equal([0, 0.2f, 0.4f, 0.6f, 0.8f, 1], images.Data[..6]);
        Assert.Equal(6 / 255f, images[1, 0, 1, 2]);
        Assert.Equal("1x1x2x3", IdxReader.ReadImages(path, limit: 1).ShapeText);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Labels_become_integers_plain_or_packed(bool packed)
    {
        var idx = Idx(0x801, [4], 9, 0, 5, 3);
        var path = Write(packed ? Gzip(idx) : idx);
        Assert.Equal([9, 0, 5, 3], IdxReader.ReadLabels(path));
        Assert.Equal([9, 0], IdxReader.ReadLabels(path, limit: 2));
        var error = Assert.Throws<DataFormatException>(() => IdxReader.ReadLabels(path, classes: 5));
        Assert.Equal(("byte 8", "label 9 of sample 0"), (error.Place, error.Found));
    }

    public static TheoryData<string, byte[], string> Wrong() => new()
    {
        { "empty", [], "the end of the data" },
        { "labels", Idx(0x801, [1, 1, 1], 1), "0x00000801 (labels)" },
        { "little-endian", Idx(0x3080000, [1, 1, 1], 1), "0x03080000" },
        { "cut", Idx(0x803, [2, 1, 1], 1), "promises 18 bytes in a file of 17" },
        { "cut header", Idx(0x803, [2]), "the end of the data" },
        { "trailing", Idx(0x803, [1, 1, 1], 1, 2), "promises 17 bytes in a file of 18" },
        { "no images", Idx(0x803, [0, 1, 1]), "0 images" },
        { "negative", Idx(0x803, [1, -1, 1], 1), "4294967295 rows" },
        { "absurd", Idx(0x803, [int.MaxValue, int.MaxValue, int.MaxValue], 1), "2147483647x2147483647" },
        { "product around 2^64", Idx(0x803, [0x40000000, 0x40000, 0x40000], 1), "262144x262144" },
        { "too many", Idx(0x803, [int.MaxValue, 28, 28], 1), "2147483647 pictures" },
        { "packed cut", Gzip(Idx(0x803, [2, 1, 1], 1)), "promises 18 bytes in a file of 17" },
        { "packed trailing", Gzip(Idx(0x803, [1, 1, 1], 1, 2)), "promises 17 bytes in a file of 18" },
        { "gzip cut", Gzip(Idx(0x803, [1, 40, 50], new byte[2000]))[..30], "" },
        { "a bomb", Gzip(new byte[50_000_000]), "0x00000000" },
        { "a bomb behind a header", Gzip(Idx(0x803, [1, 1, 1], new byte[50_000_000])), "promises 17 bytes" },
        { "a header that promises a bomb", Gzip(Idx(0x803, [1 << 27, 1, 1])), "in a file of 16" },
        { "a lie about the unpacked length", Lying(Gzip(Idx(0x803, [1 << 27, 1, 1])), 16 + (1 << 27)), "noted as the unpacked length" },
        { "two lies that agree", Lying(Gzip(Idx(0x803, [20_000, 1, 1])), 20_016), "damaged gzip" },
        { "a broken checksum", BrokenChecksum(Gzip(Idx(0x803, [1, 1, 1], 7))), "damaged gzip" },
    };

    private static byte[] Lying(byte[] gzip, int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(gzip.AsSpan(gzip.Length - 4), length);
        return gzip;
    }

    private static byte[] BrokenChecksum(byte[] gzip)
    {
        gzip[^8] ^= 1;
        return gzip;
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_file_that_is_not_what_it_says_is_refused(string _, byte[] file, string found)
    {
        var path = Write(file);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<DataFormatException>(() => IdxReader.ReadImages(path));
        Assert.Contains(found, error.Found);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000_000);
    }

    [RealDataFact("mnist/train-images-idx3-ubyte.gz")]
    public void Mnist_has_the_published_counts_and_mean() => CheckSet(
        "mnist",
        [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
        [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
        mean: 0.1307);

    [RealDataFact("fashion-mnist/train-images-idx3-ubyte.gz")]
    public void Fashion_mnist_has_the_published_counts_and_mean() => CheckSet(
        "fashion-mnist", [.. Enumerable.Repeat(6000, 10)], [.. Enumerable.Repeat(1000, 10)], mean: 0.2860);

    private static void CheckSet(string name, int[] train, int[] test, double mean)
    {
        var folder = Path.Combine(RepositoryPaths.RealData!, name);
        var images = IdxReader.ReadImages(Path.Combine(folder, "train-images-idx3-ubyte.gz"));
        Assert.Equal("60000x1x28x28", images.ShapeText);
        Assert.Equal(mean, images.Data.Average(pixel => (double)pixel), 4);
        Assert.Equal("10000x1x28x28", IdxReader.ReadImages(Path.Combine(folder, "t10k-images-idx3-ubyte.gz")).ShapeText);
        Assert.Equal(train, Counts(IdxReader.ReadLabels(Path.Combine(folder, "train-labels-idx1-ubyte.gz"))));
        Assert.Equal(test, Counts(IdxReader.ReadLabels(Path.Combine(folder, "t10k-labels-idx1-ubyte.gz"))));
    }

    private static int[] Counts(int[] labels) => [.. labels.CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value)];

    private string Write(byte[] bytes)
    {
        var path = Path.Combine(folder, "set");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
