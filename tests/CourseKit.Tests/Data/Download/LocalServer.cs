using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CourseKit.Tests.Data.Download;

/// <summary>What the server was asked for.</summary>
internal sealed record Request(string Path, long? From, string? IfRange);

/// <summary>What it answers, faults included.</summary>
internal sealed record Reply(int Status, byte[] Body)
{
    /// <summary>Further header lines.</summary>
    public string[] Headers { get; init; } = [];

    /// <summary>The length it claims; null: the truth, -1: none.</summary>
    public long? Length { get; init; }

    /// <summary>After how many bytes of the body it drops the connection.</summary>
    public int? DropAfter { get; init; }

    /// <summary>How long it waits before each piece of 1000 bytes.</summary>
    public TimeSpan Wait { get; init; }
}

/// <summary>A small HTTP server on this machine whose every answer a test decides.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<Request, Reply> answer;

    public LocalServer(Func<Request, Reply> answer)
    {
        this.answer = answer;
        listener.Start();
        _ = ListenAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

    public ConcurrentQueue<Request> Requests { get; } = new();

    /// <summary>The answer of a server in order, which knows ranges and entity tags.</summary>
    public static Reply Serve(byte[] file, Request request, string tag = "\"1\"") =>
        request.From is { } from && (request.IfRange ?? tag) == tag
            ? new Reply(206, file[(int)from..]) { Headers = [$"Content-Range: bytes {from}-{file.Length - 1}/{file.Length}", $"ETag: {tag}"] }
            : new Reply(200, file) { Headers = [$"ETag: {tag}"] };

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task ListenAsync()
    {
        var token = stop.Token;
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptTcpClientAsync(token), token);
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken token)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var reader = new StreamReader(stream, Encoding.ASCII);
                var path = (await reader.ReadLineAsync(token))!.Split(' ')[1];
                long? from = null;
                string? ifRange = null;
                for (var line = await reader.ReadLineAsync(token); !string.IsNullOrEmpty(line); line = await reader.ReadLineAsync(token))
                {
                    if (line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase))
                        from = long.Parse(line[13..].TrimEnd('-'));
                    if (line.StartsWith("If-Range: ", StringComparison.OrdinalIgnoreCase))
                        ifRange = line[10..];
                }

                var request = new Request(path, from, ifRange);
                Requests.Enqueue(request);
                await SendAsync(stream, answer(request), token);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
                // The client hung up, as some tests want.
            }
        }
    }

    private static async Task SendAsync(NetworkStream stream, Reply reply, CancellationToken token)
    {
        var head = new StringBuilder($"HTTP/1.1 {reply.Status} Test\r\nConnection: close\r\n");
        if (reply.Length != -1)
            head.Append($"Content-Length: {reply.Length ?? reply.Body.Length}\r\n");
        foreach (var header in reply.Headers)
            head.Append(header).Append("\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), token);
        var body = reply.Body[..Math.Min(reply.DropAfter ?? int.MaxValue, reply.Body.Length)];
        for (var offset = 0; offset < body.Length; offset += 1000)
        {
            if (reply.Wait > TimeSpan.Zero)
                await Task.Delay(reply.Wait, token);
            await stream.WriteAsync(body.AsMemory(offset, Math.Min(1000, body.Length - offset)), token);
        }
    }
}
