using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CourseKit.Cli;

/// <summary>Shows the book in a browser of this machine while it is written: a change makes it anew, and open pages load themselves again.</summary>
/// <param name="folder">The book's folder.</param>
/// <param name="watched">Folders whose changes make the book anew.</param>
/// <param name="remake">Makes the book; what it reports is for the terminal, and the old pages stay if it fails.</param>
internal sealed class BookServer(string folder, IReadOnlyList<string> watched, Func<CancellationToken, Task> remake)
{
    private const string Reload = "<script>(()=>{let known;setInterval(async()=>{try{const v=await(await fetch('/.version')).text();if(known&&v!==known)location.reload();known=v}catch{}},1000)})()</script>";
    private int _version = 1;

    /// <summary>Serves until it is stopped.</summary>
    /// <param name="port">The port; 0 takes a free one.</param>
    /// <param name="started">Is told the address.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="CommandException">The port is taken.</exception>
    public async Task RunAsync(int port, Action<string> started, CancellationToken ct)
    {
        using var listener = Listen(port, out var address);
        using var stop = ct.Register(listener.Stop);
        var watchers = watched.Where(Directory.Exists).Select(Watch).ToList();
        var remaking = RemakeAsync(ct);
        started(address);
        try
        {
            while (!ct.IsCancellationRequested)
                Answer(await listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or InvalidOperationException && ct.IsCancellationRequested)
        {
            // Stopped while it waited, or just before it did.
        }
        finally
        {
            watchers.ForEach(watcher => watcher.Dispose());
            await remaking;
        }
    }

    private long _changed;

    private FileSystemWatcher Watch(string path)
    {
        var watcher = new FileSystemWatcher(path) { IncludeSubdirectories = true, EnableRaisingEvents = true };
        FileSystemEventHandler changed = (_, e) =>
        {
            if (Path.GetExtension(e.FullPath) is ".ipynb" or ".md" or ".csv" && !Path.GetFileName(e.FullPath).StartsWith('.'))
                Interlocked.Exchange(ref _changed, Environment.TickCount64);
        };
        watcher.Changed += changed;
        watcher.Created += changed;
        watcher.Deleted += changed;
        watcher.Renamed += (sender, e) => changed(sender, e);
        return watcher;
    }

    private async Task RemakeAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                await Task.Delay(200, ct);
                // An editor writes a file in several steps: wait until it is quiet.
                var changed = Interlocked.Read(ref _changed);
                if (changed == 0 || Environment.TickCount64 - changed < 400)
                    continue;
                Interlocked.CompareExchange(ref _changed, 0, changed);
                await remake(ct);
                Interlocked.Increment(ref _version);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the server.
        }
    }

    private void Answer(HttpListenerContext request)
    {
        using var response = request.Response;
        try
        {
            var path = Uri.UnescapeDataString(request.Request.Url!.AbsolutePath).TrimStart('/');
            response.Headers["Cache-Control"] = "no-store";
            if (path == ".version")
            {
                Send(response, "text/plain", Encoding.UTF8.GetBytes(_version.ToString(System.Globalization.CultureInfo.InvariantCulture)));
                return;
            }
            path = path.Length == 0 || path.EndsWith('/') ? path + "index.html" : path;
            var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
            var file = Path.GetFullPath(Path.Combine(root, path));
            if (!file.StartsWith(root, StringComparison.Ordinal) || !File.Exists(file))
            {
                response.StatusCode = 404;
                return;
            }
            var type = Path.GetExtension(file) switch { ".html" => "text/html; charset=utf-8", ".css" => "text/css", ".js" => "text/javascript", _ => "application/octet-stream" };
            var bytes = File.ReadAllBytes(file);
            Send(response, type, type.StartsWith("text/html", StringComparison.Ordinal) ? [.. bytes, .. Encoding.UTF8.GetBytes(Reload)] : bytes);
        }
        catch (Exception e) when (e is IOException or HttpListenerException or ObjectDisposedException)
        {
            // The browser went away, or the book is being replaced: it asks again.
        }
    }

    private static void Send(HttpListenerResponse response, string type, byte[] bytes)
    {
        response.ContentType = type;
        response.ContentLength64 = bytes.Length;
        response.OutputStream.Write(bytes);
    }

    private static HttpListener Listen(int port, out string address)
    {
        for (var attempt = 1; ; attempt++)
        {
            var taken = port == 0 ? FreePort() : port;
            address = $"http://localhost:{taken}/";
            var listener = new HttpListener { Prefixes = { address } };
            try
            {
                listener.Start();
                return listener;
            }
            catch (Exception e) when (e is HttpListenerException or SocketException)
            {
                ((IDisposable)listener).Dispose();
                if (port != 0 || attempt == 10) // what was free a moment ago may be another's by now
                    throw new CommandException($"Port {taken} is not free ({e.Message}): name another with --port.");
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
