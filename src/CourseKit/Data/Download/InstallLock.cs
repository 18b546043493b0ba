namespace CourseKit;

/// <summary>Held by the one process that changes a set; the operating system lets go of it when the process ends, however it ends.</summary>
internal sealed class InstallLock : IDisposable
{
    private readonly FileStream file;

    private InstallLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock of a set.</summary>
    /// <param name="staging">The folder for unfinished files.</param>
    /// <param name="name">The set.</param>
    /// <exception cref="DownloadException">Another process holds it, or the folder cannot be written to.</exception>
    public static InstallLock Take(string staging, string name)
    {
        try
        {
            Directory.CreateDirectory(staging);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new DownloadException($"{staging} cannot be made: {refused.Message}", DownloadFailure.Disk, refused);
        }

        try
        {
            return new InstallLock(new FileStream(Path.Combine(staging, name + ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new DownloadException($"{staging} cannot be written to: {refused.Message}", DownloadFailure.Disk, refused);
        }
        catch (IOException held)
        {
            throw new DownloadException(
                $"{name} is being installed or removed by another process at this moment. Wait for it, then ask again.", DownloadFailure.Busy, held);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
