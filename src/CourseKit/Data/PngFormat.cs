namespace CourseKit;

/// <summary>What reading and writing PNG share.</summary>
/// <remarks>Source: W3C, "Portable Network Graphics (PNG) Specification", third edition, chapters 5, 9 and annex D.</remarks>
internal static class PngFormat
{
    private static readonly uint[] Table = MakeTable();

    /// <summary>The eight bytes with which every PNG begins.</summary>
    public static ReadOnlySpan<byte> Signature => [137, 80, 78, 71, 13, 10, 26, 10];

    /// <summary>Carries a checksum (CRC-32 as in annex D) over more bytes; begin with 0.</summary>
    public static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        foreach (var value in bytes)
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }

    /// <summary>Paeth's predictor: whichever of left, above and corner lies nearest to left + above - corner.</summary>
    public static byte Paeth(byte left, byte above, byte corner)
    {
        var p = left + above - corner;
        var (pa, pb, pc) = (Math.Abs(p - left), Math.Abs(p - above), Math.Abs(p - corner));
        return pa <= pb && pa <= pc ? left : pb <= pc ? above : corner;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var n = 0u; n < 256; n++)
        {
            var c = n;
            for (var k = 0; k < 8; k++)
                c = (c & 1) == 1 ? 0xedb88320 ^ (c >> 1) : c >> 1;
            table[n] = c;
        }

        return table;
    }
}
