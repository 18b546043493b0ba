namespace CourseKit;

/// <summary>
/// Installs a set: brings its files together in a staging folder, checks every byte, and moves the folder into place. Whoever looks sees
/// the whole set or none; what a broken connection left behind is taken up again the next time.
/// </summary>
public sealed record Installer
{
    private const string Staging = ".staging";

    /// <summary>The folder below which sets are installed, each under its name.</summary>
    public required string Folder { get; init; }

    /// <summary>A folder or the address of a mirror to use in place of the set's own mirrors; null uses those.</summary>
    public string? Source { get; init; }

    /// <summary>The proxy for all requests; null uses the system's.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>How long a mirror may take to be reached.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a mirror may stay silent once reached.</summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Opens a file for writing; replaced by the tests' small disk.</summary>
    internal Func<string, FileMode, Stream> OpenWrite { get; init; } = (path, mode) => new FileStream(path, mode, FileAccess.Write);

    /// <summary>Installs a set; at once if it is there and whole.</summary>
    /// <returns>The set's folder.</returns>
    /// <exception cref="DownloadException">It cannot be installed; the message says why, and what is used in its place.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; what is there already is taken up the next time.</exception>
    public async Task<string> InstallAsync(
        DataSetDescription set, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        var target = Path.Combine(Path.GetFullPath(Folder), set.Name);
        if (set.IsWhole(target, checksums: true))
            return target;
        using var held = InstallLock.Take(Path.Combine(Folder, Staging), set.Name);
        if (set.IsWhole(target, checksums: true))
            return target;
        var staging = Path.Combine(Path.GetFullPath(Folder), Staging, set.Name);
        try
        {
            Directory.CreateDirectory(staging);
            KeepWhatIsWhole(set, target, staging);
            await FetchAllAsync(set, staging, progress, cancellationToken).ConfigureAwait(false);
            Replace(target, staging);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // What lies there now would only keep the disk full.
            DeleteQuietly(staging);
            throw new DownloadException(
                $"{set.Name} needs {Megabytes(set.Length)} in {Folder}, which could not be written: {refused.Message} Nothing was installed. Make room, or let {DataFolder.Variable} name another folder.",
                DownloadFailure.Disk,
                refused);
        }

        return target;
    }

    /// <summary>Removes an installed set and what an unfinished download left. Files that are not the set's stay.</summary>
    /// <returns>Whether there was anything to remove.</returns>
    /// <exception cref="DownloadException">Another process is installing it, or a file cannot be removed.</exception>
    public bool Remove(DataSetDescription set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var target = Path.Combine(Folder, set.Name);
        var staging = Path.Combine(Folder, Staging, set.Name);
        string[] files = [.. set.Files.Select(file => Path.Combine(target, file.Name)).Where(File.Exists)];
        if (files.Length == 0 && !Directory.Exists(staging))
            return false;
        using var held = InstallLock.Take(Path.Combine(Folder, Staging), set.Name);
        try
        {
            foreach (var file in files)
                File.Delete(file);
            if (Directory.Exists(target) && !Directory.EnumerateFileSystemEntries(target).Any())
                Directory.Delete(target);
            if (Directory.Exists(staging))
                Directory.Delete(staging, recursive: true);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new DownloadException($"{target} could not be removed: {refused.Message}", DownloadFailure.Disk, refused);
        }
    }

    private async Task FetchAllAsync(DataSetDescription set, string staging, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        using var fetcher = new MirrorFetcher(this, set, progress);
        long done = 0;
        foreach (var file in set.Files)
        {
            var path = Path.Combine(staging, file.Name);
            if (file.Check(path) != DataFileState.Whole)
            {
                if (Source is { } source && LocalFolder(source) is { } folder)
                    CopyFrom(folder, set, file, path);
                else
                    await fetcher.FetchAsync(file, path, done, cancellationToken).ConfigureAwait(false);
            }

            done += file.Length;
            progress?.Report(new DownloadProgress(file.Name, Source ?? set.Mirrors[0].Host, done, set.Length));
        }
    }

    private static string? LocalFolder(string source) =>
        Uri.TryCreate(source, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? null : Path.GetFullPath(source);

    private void CopyFrom(string folder, DataSetDescription set, DataSetFile file, string path)
    {
        string[] places = [Path.Combine(folder, file.Name), Path.Combine(folder, set.Name, file.Name)];
        var states = places.Select(place => (place, state: file.Check(place))).ToList();
        if (states.Find(found => found.state == DataFileState.Whole).place is { } whole)
        {
            using var from = DataFile.OpenRead(whole);
            using var to = OpenWrite(path, FileMode.Create);
            from.CopyTo(to);
            return;
        }

        var reasons = states.Select(found => found.state switch
        {
            DataFileState.Missing => $"{found.place} is not there",
            DataFileState.WrongLength => $"{found.place} has {new FileInfo(found.place).Length} bytes, {file.Length} expected",
            _ => $"{found.place} has another checksum than the published file",
        });
        throw new DownloadException($"{set.Name} cannot be installed from {folder}: {string.Join("; ", reasons)}. Nothing was installed.", DownloadFailure.BadMirrors);
    }

    private static void KeepWhatIsWhole(DataSetDescription set, string target, string staging)
    {
        foreach (var file in set.Files)
            if (file.Check(Path.Combine(staging, file.Name), checksums: false) != DataFileState.Whole
                && file.Check(Path.Combine(target, file.Name)) == DataFileState.Whole)
                File.Copy(Path.Combine(target, file.Name), Path.Combine(staging, file.Name), overwrite: true);
    }

    private static void Replace(string target, string staging)
    {
        foreach (var rest in Directory.EnumerateFiles(staging, "*" + MirrorFetcher.Unfinished + "*"))
            File.Delete(rest);
        if (!Directory.Exists(target))
        {
            Directory.Move(staging, target);
            return;
        }

        // A folder is there but not whole: its own other files go into the new one before the two change places, its folders after it.
        foreach (var file in Directory.EnumerateFiles(target))
            if (!File.Exists(Path.Combine(staging, Path.GetFileName(file))))
                File.Copy(file, Path.Combine(staging, Path.GetFileName(file)));
        var old = $"{staging}.old-{Guid.NewGuid():N}";
        Directory.Move(target, old);
        Directory.Move(staging, target);
        foreach (var folder in Directory.GetDirectories(old))
            Directory.Move(folder, Path.Combine(target, Path.GetFileName(folder)));
        Directory.Delete(old, recursive: true);
    }

    private static void DeleteQuietly(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception stays) when (stays is IOException or UnauthorizedAccessException)
        {
            // The first trouble is the one to report.
        }
    }

    private static string Megabytes(long bytes) => FormattableString.Invariant($"{bytes / 1e6:0.0} MB");
}
