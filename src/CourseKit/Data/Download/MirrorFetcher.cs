using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace CourseKit;

/// <summary>Fetches files from the first mirror that has them, and takes up again what broke off.</summary>
internal sealed class MirrorFetcher : IDisposable
{
    /// <summary>The end of an unfinished file's name.</summary>
    public const string Unfinished = ".part";

    // A mirror that drops the connection is asked again for the rest as long as each answer brings something.
    private const int FruitlessAnswers = 2;
    private const int MaxAnswers = 40;
    private const int Redirects = 5;

    private readonly Installer installer;
    private readonly DataSetDescription set;
    private readonly IProgress<DownloadProgress>? progress;
    private readonly HttpClient client;
    private readonly List<Uri> mirrors;
    private bool reachedAny;

    public MirrorFetcher(Installer installer, DataSetDescription set, IProgress<DownloadProgress>? progress)
    {
        (this.installer, this.set, this.progress) = (installer, set, progress);
        mirrors = installer.Source is { } source && Uri.TryCreate(source.TrimEnd('/') + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? [new Uri(source.TrimEnd('/') + "/")]
            : [.. set.Mirrors];
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = true,
            MaxAutomaticRedirections = Redirects,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = installer.ConnectTimeout,
        };
        if (installer.Proxy is { } proxy)
            (handler.Proxy, handler.UseProxy) = (new WebProxy(proxy), true);
        client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("coursekit/0.1");
    }

    /// <summary>Fetches a file to a path, checked to the last byte.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">Where it is put.</param>
    /// <param name="done">The bytes of the set that are there already, for the progress.</param>
    /// <param name="cancellationToken">Stops; what has arrived stays to be taken up again.</param>
    /// <exception cref="DownloadException">No mirror has it.</exception>
    public async Task FetchAsync(DataSetFile file, string path, long done, CancellationToken cancellationToken)
    {
        var reasons = new List<string>();
        foreach (var mirror in mirrors.ToList())
        {
            try
            {
                await FromMirrorAsync(new Uri(mirror, file.Name), file, path, done, cancellationToken).ConfigureAwait(false);
                // The next file is asked for where this one was found.
                mirrors.Remove(mirror);
                mirrors.Insert(0, mirror);
                return;
            }
            catch (MirrorException unfit)
            {
                reasons.Add($"{mirror}: {unfit.Message}");
                progress?.Report(new DownloadProgress(file.Name, mirror.Host, done, set.Length, $"{mirror.Host}: {unfit.Message}"));
            }
        }

        var offline = !reachedAny;
        var why = string.Concat(reasons.Select(reason => $"{Environment.NewLine}  {reason}"));
        throw new DownloadException(
            (offline
                ? $"No mirror of {set.Name} can be reached: this machine seems to be offline, or needs a proxy."
                : $"No mirror has {file.Name} of {set.Name} as it was published.")
            + $" Nothing was installed; the course goes on with {set.Fallback}.{why}",
            offline ? DownloadFailure.Offline : DownloadFailure.BadMirrors);
    }

    public void Dispose() => client.Dispose();

    private async Task FromMirrorAsync(Uri address, DataSetFile file, string path, long done, CancellationToken cancellationToken)
    {
        var part = path + Unfinished;
        var resumed = false;
        var fruitless = 0;
        for (var answer = 0; answer < MaxAnswers && fruitless < FruitlessAnswers; answer++)
        {
            var before = LengthOf(part);
            resumed |= before > 0;
            if (before < file.Length)
                await AnswerAsync(address, file, part, done, cancellationToken).ConfigureAwait(false);
            var after = LengthOf(part);
            if (after < file.Length)
            {
                fruitless = after > before ? 0 : fruitless + 1;
                continue;
            }

            if (file.Check(part) == DataFileState.Whole)
            {
                File.Move(part, path, overwrite: true);
                File.Delete(ETagOf(part));
                return;
            }

            File.Delete(part);
            File.Delete(ETagOf(part));
            // Two halves may come from different files; one answer from its first byte to its last settles it.
            if (!resumed)
                throw new MirrorException($"{file.Name} has another checksum than the published file");
            resumed = false;
        }

        throw new MirrorException(FormattableString.Invariant($"the connection broke off {(fruitless >= FruitlessAnswers ? "at" : "again and again, last at")} byte {LengthOf(part)} of {file.Length}"));
    }

    private async Task AnswerAsync(Uri address, DataSetFile file, string part, long done, CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var offset = LengthOf(part);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (offset > 0)
            {
                request.Headers.Range = new RangeHeaderValue(offset, null);
                if (ReadETag(part, address) is { } etag)
                    request.Headers.IfRange = new RangeConditionHeaderValue(etag);
            }

            silence.CancelAfter(installer.ConnectTimeout + installer.SilenceTimeout);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token).ConfigureAwait(false);
            reachedAny = true;
            var begin = Begin(response, file, offset);
            WriteETag(part, address, response.Headers.ETag);
            using var from = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
            await CopyAsync(from, file, part, begin, address.Host, done, silence).ConfigureAwait(false);
        }
        catch (HttpRequestException failed)
        {
            RequireReached(failed);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            if (!silence.IsCancellationRequested)
                throw new MirrorException(FormattableString.Invariant($"cannot be reached within {installer.ConnectTimeout.TotalSeconds:0.#} s"));
            reachedAny = true;
            throw new MirrorException(FormattableString.Invariant($"silent for {installer.SilenceTimeout.TotalSeconds:0.#} s"));
        }
    }

    // Where the bytes of the answer belong, or why they are not wanted.
    private static long Begin(HttpResponseMessage response, DataSetFile file, long offset)
    {
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400)
            throw new MirrorException($"sends on from address to address, more than {Redirects} times");
        var headers = response.Content.Headers;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                if (headers.ContentLength is { } length && length != file.Length)
                    throw new MirrorException(FormattableString.Invariant($"{file.Name} has {length} bytes there, {file.Length} expected"));
                return 0;
            case HttpStatusCode.PartialContent when headers.ContentRange is { } range && range.From == offset && (range.Length ?? file.Length) == file.Length:
                return offset;
            case HttpStatusCode.PartialContent:
                throw new MirrorException($"answers the request for the rest of {file.Name} with '{headers.ContentRange}'");
            default:
                throw new MirrorException(FormattableString.Invariant($"answers {status} {response.ReasonPhrase} to {file.Name}"));
        }
    }

    private async Task CopyAsync(Stream from, DataSetFile file, string part, long begin, string host, long done, CancellationTokenSource silence)
    {
        using var to = installer.OpenWrite(part, begin == 0 ? FileMode.Create : FileMode.Append);
        var chunk = new byte[1 << 16];
        for (var length = begin; ;)
        {
            silence.CancelAfter(installer.SilenceTimeout);
            int read;
            try
            {
                read = await from.ReadAsync(chunk, silence.Token).ConfigureAwait(false);
            }
            catch (IOException)
            {
                // The connection broke: the caller asks for the rest. (An error of the disk comes out of Write below.)
                return;
            }

            if (read == 0)
                return;
            length += read;
            if (length > file.Length)
            {
                to.Dispose();
                File.Delete(part);
                throw new MirrorException(FormattableString.Invariant($"{file.Name} goes on after its {file.Length} bytes"));
            }

            to.Write(chunk, 0, read);
            progress?.Report(new DownloadProgress(file.Name, host, done + length, set.Length));
        }
    }

    private void RequireReached(HttpRequestException failed)
    {
        switch (failed.HttpRequestError)
        {
            case HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError:
            case HttpRequestError.Unknown when failed.InnerException is SocketException or TimeoutException:
                throw new MirrorException($"cannot be reached ({failed.Message})");
            case HttpRequestError.SecureConnectionError:
                throw new MirrorException($"no secure connection ({failed.InnerException?.Message ?? failed.Message})");
            default:
                // An answer that broke off or was no HTTP: the caller asks again.
                reachedAny = true;
                break;
        }
    }

    private static long LengthOf(string part) => File.Exists(part) ? new FileInfo(part).Length : 0;

    private static string ETagOf(string part) => part + ".etag";

    private static EntityTagHeaderValue? ReadETag(string part, Uri address) =>
        File.Exists(ETagOf(part)) && File.ReadAllLines(ETagOf(part)) is [var from, var tag] && from == address.AbsoluteUri
            && EntityTagHeaderValue.TryParse(tag, out var etag) ? etag : null;

    private static void WriteETag(string part, Uri address, EntityTagHeaderValue? etag)
    {
        // A weak tag promises the same meaning, not the same bytes.
        if (etag is { IsWeak: false })
            File.WriteAllLines(ETagOf(part), [address.AbsoluteUri, etag.Tag]);
        else
            File.Delete(ETagOf(part));
    }

    private sealed class MirrorException(string message) : Exception(message);
}
