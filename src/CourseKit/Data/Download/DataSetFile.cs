using System.Security.Cryptography;

namespace CourseKit;

/// <summary>A file of a set that is downloaded, with what is known of its bytes beforehand.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Md5">The checksum that the publisher gives, in hexadecimal.</param>
/// <param name="Sha256">The checksum that nobody can forge, in hexadecimal, of the file with that MD5.</param>
public sealed record DataSetFile(string Name, long Length, string Md5, string Sha256)
{
    /// <summary>Whether a file is this one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="checksums">Whether to read it through; otherwise only its length is looked at.</param>
    public DataFileState Check(string path, bool checksums = true)
    {
        var info = new FileInfo(path);
        if (!info.Exists)
            return DataFileState.Missing;
        if (info.Length != Length)
            return DataFileState.WrongLength;
        if (!checksums)
            return DataFileState.Whole;
        using var stream = DataFile.OpenRead(path);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = new byte[1 << 16];
        for (var read = stream.Read(chunk); read > 0; read = stream.Read(chunk))
        {
            md5.AppendData(chunk, 0, read);
            sha256.AppendData(chunk, 0, read);
        }

        return Convert.ToHexStringLower(md5.GetHashAndReset()) == Md5 && Convert.ToHexStringLower(sha256.GetHashAndReset()) == Sha256
            ? DataFileState.Whole
            : DataFileState.WrongChecksum;
    }
}

/// <summary>What a file of a set turned out to be.</summary>
public enum DataFileState
{
    /// <summary>The published file.</summary>
    Whole,

    /// <summary>Not there.</summary>
    Missing,

    /// <summary>Shorter or longer than the published file.</summary>
    WrongLength,

    /// <summary>As long as the published file, but with other bytes.</summary>
    WrongChecksum,
}
