namespace CourseKit;

/// <summary>Reads PGM pictures: P2 (numbers as text) and P5 (bytes), up to 65535 shades.</summary>
/// <remarks>Source: J. Poskanzer, the manual page pgm(5) of Netpbm.</remarks>
internal sealed class PgmReader
{
    private readonly Stream file;
    private readonly string path;
    private long position;
    private int ahead;

    private PgmReader(Stream file, string path)
    {
        (this.file, this.path) = (file, path);
        ahead = file.ReadByte();
    }

    /// <summary>Reads a picture into a tensor 1 x 1 x H x W.</summary>
    /// <param name="file">The file at its beginning.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <exception cref="DataFormatException">The file is damaged.</exception>
    public static Tensor Read(Stream file, string path) => new PgmReader(file, path).Read();

    private Tensor Read()
    {
        Take();
        var text = Take() == '2';
        var w = Number("the width", int.MaxValue);
        var h = Number("the height", int.MaxValue);
        PictureFile.CheckSize(path, 2, h, w);
        var white = Number("the number of white", 65535);
        if (white == 0)
            throw Error("0 as the number of white", "1 to 65535");
        var bytes = white > 255 ? 2 : 1;
        if (!text)
            Separator();
        // A number of a text takes a digit and a blank; less than that cannot be the whole picture.
        var least = text ? 2L * w * h - 1 : (long)bytes * w * h;
        if (file.Length - position < least)
            throw Error($"{file.Length - position} bytes left", $"at least {least} for {w} x {h} pixels");
        var picture = new Tensor(1, 1, h, w);
        for (var i = 0; i < picture.Count; i++)
        {
            var value = text ? Number($"pixel {i}", white) : bytes == 1 ? Take() : 256 * Take() + Take();
            if (value > white)
                throw Error($"pixel {i} of {value}", $"at most {white}");
            picture.Data[i] = value / (float)white;
        }

        if (text)
            SkipBlanks();
        if (ahead >= 0)
            throw Error("more data", $"the end after {w} x {h} pixels");
        return picture;
    }

    private int Number(string what, int max)
    {
        SkipBlanks();
        if (ahead is < '0' or > '9')
            throw Error(ahead < 0 ? "the end of the file" : $"the byte 0x{ahead:x2}", $"{what} in digits");
        long value = 0;
        while (ahead is >= '0' and <= '9')
        {
            value = 10 * value + Take() - '0';
            if (value > max)
                throw Error($"{what} above {max}", $"at most {max}");
        }

        return (int)value;
    }

    private void SkipBlanks()
    {
        while (ahead is ' ' or '\t' or '\r' or '\n' or '#')
            if (Take() == '#')
                while (ahead is not ('\n' or '\r' or < 0))
                    Take();
    }

    private void Separator()
    {
        if (ahead is not (' ' or '\t' or '\r' or '\n'))
            throw Error("no blank after the number of white", "one, and then the pixels");
        Take();
    }

    private int Take()
    {
        if (ahead < 0)
            throw Error("the end of the file", "more of the picture: the file is cut short");
        var taken = ahead;
        ahead = file.ReadByte();
        position++;
        return taken;
    }

    private DataFormatException Error(string found, string expected) => new(path, DataFormatException.Byte(position), found, expected);
}
