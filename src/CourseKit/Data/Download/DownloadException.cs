namespace CourseKit;

/// <summary>A set could not be installed. The message says why, mirror by mirror; what was installed before is as it was.</summary>
public sealed class DownloadException(string message, DownloadFailure failure, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of trouble it was.</summary>
    public DownloadFailure Failure { get; } = failure;
}

/// <summary>Why a set could not be installed.</summary>
public enum DownloadFailure
{
    /// <summary>No mirror could be reached at all.</summary>
    Offline,

    /// <summary>Mirrors answered, but none with the published file.</summary>
    BadMirrors,

    /// <summary>The disk is full or cannot be written to.</summary>
    Disk,

    /// <summary>Another process is installing or removing the same set.</summary>
    Busy,
}

/// <summary>How far an installation is.</summary>
/// <param name="File">The file at work.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Bytes">The bytes of the whole set that are there.</param>
/// <param name="TotalBytes">The bytes of the whole set.</param>
/// <param name="Note">Something worth a line, such as a mirror that was given up; otherwise null.</param>
public readonly record struct DownloadProgress(string File, string Source, long Bytes, long TotalBytes, string? Note = null);
