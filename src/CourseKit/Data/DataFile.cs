using System.Text;
using System.Text.Unicode;

namespace CourseKit;

/// <summary>Opens files for the readers and writers, with messages that help whoever mistyped a name.</summary>
internal static class DataFile
{
    /// <summary>Opens a file to be read from its beginning to its end.</summary>
    /// <exception cref="FileNotFoundException">There is no such file; the message says where it was looked for and what lies there.</exception>
    public static FileStream OpenRead(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!File.Exists(path))
            throw new FileNotFoundException(NotThere(path), path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
    }

    /// <summary>Opens a text in UTF-8, with or without a byte order mark. A byte that is not UTF-8 is an error, not a question mark.</summary>
    public static StreamReader OpenText(string path) =>
        new(OpenRead(path), new UTF8Encoding(true, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);

    /// <summary>Turns the decoder's complaint into one that names the line.</summary>
    public static DataFormatException NotUtf8(string path, DecoderFallbackException cause)
    {
        var line = 1;
        foreach (var bytes in LinesOfBytes(path))
        {
            if (!Utf8.IsValid(bytes))
                break;
            line++;
        }

        return new DataFormatException(
            path, DataFormatException.Line(line), "bytes that are not UTF-8", "text in UTF-8 (in a spreadsheet: save as \"CSV UTF-8\")", cause);
    }

    /// <summary>Writes a file whole or not at all: under a temporary name beside it, which then takes its place.</summary>
    public static void WriteAtomically(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var target = Path.GetFullPath(path);
        var temporary = $"{target}.{Guid.NewGuid():N}.part";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
                write(stream);
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static IEnumerable<byte[]> LinesOfBytes(string path)
    {
        using var stream = OpenRead(path);
        var line = new List<byte>();
        for (var next = stream.ReadByte(); next >= 0; next = stream.ReadByte())
        {
            line.Add((byte)next);
            if (next != '\n')
                continue;
            yield return [.. line];
            line.Clear();
        }

        yield return [.. line];
    }

    private static string NotThere(string path)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            return $"{full} is a folder; the name of a file is expected.";
        var folder = Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder))
            return $"There is no file {full}: the folder {folder} does not exist.";
        var neighbours = Directory.EnumerateFiles(folder, "*" + Path.GetExtension(full))
            .Select(Path.GetFileName)
            .Order(StringComparer.Ordinal)
            .Take(6)
            .ToList();
        return neighbours.Count == 0
            ? $"There is no file {full}."
            : $"There is no file {full}; the folder holds {string.Join(", ", neighbours)}.";
    }
}
