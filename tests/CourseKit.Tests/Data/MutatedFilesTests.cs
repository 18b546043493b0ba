using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;

namespace CourseKit.Tests.Data;

/// <summary>Each reader against 200 files that were whole before a byte was flipped, the end cut off or a count blown up.</summary>
public sealed class MutatedFilesTests : IDisposable
{
    private const int Files = 200;
    private const long MostBytes = 100_000_000;

    private readonly string folder = Directory.CreateTempSubdirectory("coursekit-fuzz-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Idx_images() => Check(IdxReaderTests.Idx(0x803, [20, 8, 8], Ramp(1280)), IdxReader.ReadImages, 4, 8, 12);

    [Fact]
    public void Idx_images_packed() => Check(IdxReaderTests.Gzip(IdxReaderTests.Idx(0x803, [20, 8, 8], Ramp(1280))), IdxReader.ReadImages);

    [Fact]
    public void Idx_images_packed_after_the_fault() =>
        Check(IdxReaderTests.Idx(0x803, [20, 8, 8], Ramp(1280)), IdxReader.ReadImages, IdxReaderTests.Gzip, 4, 8, 12);

    [Fact]
    public void Idx_labels() => Check(
        IdxReaderTests.Idx(0x801, [500], [.. Enumerable.Range(0, 500).Select(i => (byte)(i % 10))]), path => IdxReader.ReadLabels(path), 4);

    [Fact]
    public void Csv_tables() => Check(
        Encoding.UTF8.GetBytes("größe,\"länge, cm\",kind\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i}.5,{i},\"a{i % 3}\"\n"))),
        path => CsvTable.Load(path) is { NumericColumns.Count: > 0, RowCount: > 0 } table ? table.Matrix() : null);

    [Fact]
    public void City_sets() => Check(
        Encoding.ASCII.GetBytes("NAME: grid\nTYPE: TSP\nDIMENSION: 40\nEDGE_WEIGHT_TYPE: GEO\nNODE_COORD_SECTION\n"
            + string.Concat(Enumerable.Range(1, 40).Select(i => $"{i} {i}.25 {2 * i}.5\n")) + "EOF\n"),
        TspLibReader.ReadCities);

    [Fact]
    public void Tours() => Check(
        Encoding.ASCII.GetBytes($"TYPE: TOUR\nDIMENSION: 40\nTOUR_SECTION\n{string.Join("\n", Enumerable.Range(1, 40))}\n-1\nEOF\n"),
        TspLibReader.ReadTour);

    [Fact]
    public void Png_pictures() => Check(PictureFileTests.Png(24, 20, 0, Lines(24, 20)), PictureFile.Load, 16, 20, 33);

    [Fact]
    public void Pgm_pictures_as_bytes() => Check([.. "P5\n24 20\n255\n"u8, .. Ramp(480)], PictureFile.Load);

    [Fact]
    public void Pgm_pictures_as_text() => Check(
        Encoding.ASCII.GetBytes("P2\n24 20\n255\n" + string.Join(" ", Ramp(480))), PictureFile.Load);

    private void Check(byte[] whole, Func<string, object?> read, params int[] counts) => Check(whole, read, bytes => bytes, counts);

    private void Check(byte[] whole, Func<string, int?, object?> read, params int[] counts) => Check(whole, path => read(path, null), bytes => bytes, counts);

    private void Check(byte[] whole, Func<string, int?, object?> read, Func<byte[], byte[]> pack, params int[] counts) =>
        Check(whole, path => read(path, null), pack, counts);

    private void Check(byte[] whole, Func<string, object?> read, Func<byte[], byte[]> pack, int[] counts)
    {
        var path = Path.Combine(folder, "file");
        File.WriteAllBytes(path, pack(whole));
        Assert.NotNull(read(path));
        var random = new Random(17);
        var refused = 0;
        for (var i = 0; i < Files; i++)
        {
            var (fault, bytes) = Mutate(whole, random, i, counts);
            File.WriteAllBytes(path, pack(bytes));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            refused += IsRefused(read, path, i, fault) ? 1 : 0;
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostBytes, $"File {i} ({fault}) took too much memory.");
            if (watch.Elapsed.TotalSeconds < 1)
                continue;
            // A busy machine may have put the test aside; a reader that hangs does so twice.
            watch.Restart();
            IsRefused(read, path, i, fault);
            Assert.True(watch.Elapsed.TotalSeconds < 10, $"File {i} ({fault}) took {watch.Elapsed}.");
        }

        // Some faults leave a file that is right, such as another shade of grey; most must not.
        Assert.InRange(refused, Files / 4, Files);
    }

    private static bool IsRefused(Func<string, object?> read, string path, int i, string fault)
    {
        try
        {
            read(path);
            return false;
        }
        catch (DataFormatException)
        {
            return true;
        }
        catch (Exception other)
        {
            Assert.Fail($"File {i} ({fault}): {other}");
            throw;
        }
    }

    private static (string Fault, byte[] Bytes) Mutate(byte[] whole, Random random, int i, int[] counts)
    {
        var bytes = (byte[])whole.Clone();
        switch (i % 4)
        {
            case 0:
                var at = random.Next(bytes.Length);
                bytes[at] ^= (byte)(1 << random.Next(8));
                return ($"bit flipped in byte {at}", bytes);
            case 1:
                var cut = random.Next(bytes.Length);
                return ($"cut at {cut}", bytes[..cut]);
            case 2 when counts.Length > 0:
                var count = counts[i / 4 % counts.Length];
                BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(count), int.MaxValue - random.Next(2));
                return ($"count at {count}", bytes);
            case 2:
                return BlowUpNumber(bytes, random);
            default:
                for (var k = 0; k < 8; k++)
                    bytes[random.Next(Math.Min(bytes.Length, 64))] = (byte)random.Next(256);
                return ("eight bytes of the beginning overwritten", bytes);
        }
    }

    // In a text, a count is a run of digits.
    private static (string Fault, byte[] Bytes) BlowUpNumber(byte[] bytes, Random random)
    {
        var start = random.Next(bytes.Length);
        while (start < bytes.Length && !char.IsAsciiDigit((char)bytes[start]))
            start++;
        var end = start;
        while (end < bytes.Length && char.IsAsciiDigit((char)bytes[end]))
            end++;
        return ($"2147483647 at {start}", [.. bytes[..start], .. "2147483647"u8, .. bytes[end..]]);
    }

    private static byte[] Ramp(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];

    private static byte[] Lines(int w, int h) =>
        [.. Enumerable.Range(0, h).SelectMany(y => Ramp(w).Prepend((byte)(y % 5)))];
}
