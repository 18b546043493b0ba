using NetMQ;
using NetMQ.Sockets;

namespace CourseKit.Kernel.Jupyter;

/// <summary>The five sockets of a kernel, all served by one thread; every other thread hands it messages through a queue.</summary>
/// <remarks>ZeroMQ's sockets belong to one thread. Everything that leaves goes through one queue, so the order of sending is the order on the wire.</remarks>
internal sealed class Sockets : IDisposable
{
    private readonly RouterSocket shell = new(), control = new(), stdin = new();
    private readonly PublisherSocket iopub = new();
    private readonly RouterSocket heartbeat = new(); // a router and not a REP: what it echoes need not be well-formed
    private readonly NetMQQueue<(Channel Channel, Message Message)> outgoing = new();
    private readonly NetMQPoller poller;
    private readonly MessageCodec codec;
    private readonly Lock sending = new();
    private bool closed;

    /// <summary>Binds the sockets.</summary>
    /// <exception cref="KernelStartException">An address is taken or not ours.</exception>
    public Sockets(ConnectionFile connection)
    {
        codec = new MessageCodec(connection.Key);
        // A publisher over its high-water mark drops messages, and a lost end of an output is worse than memory.
        iopub.Options.SendHighWatermark = 0;
        foreach (var socket in new NetMQSocket[] { shell, control, stdin, iopub, heartbeat })
            socket.Options.Linger = TimeSpan.FromSeconds(1);
        foreach (var socket in new[] { shell, control, stdin })
        {
            socket.Options.SendHighWatermark = 0;
            socket.Options.ReceiveHighWatermark = 0;
            socket.Options.RouterHandover = true;
        }

        try
        {
            Bind(shell, connection.ShellPort);
            Bind(control, connection.ControlPort);
            Bind(stdin, connection.StdinPort);
            Bind(iopub, connection.IOPubPort);
            Bind(heartbeat, connection.HeartbeatPort);
        }
        catch
        {
            foreach (var socket in new NetMQSocket[] { shell, control, stdin, iopub, heartbeat })
                socket.Dispose();
            outgoing.Dispose();
            throw;
        }

        shell.ReceiveReady += (_, _) => Receive(shell, Channel.Shell);
        control.ReceiveReady += (_, _) => Receive(control, Channel.Control);
        stdin.ReceiveReady += (_, _) => Receive(stdin, Channel.Stdin);
        heartbeat.ReceiveReady += (_, _) => Echo();
        outgoing.ReceiveReady += (_, _) => Send();
        poller = [control, shell, stdin, heartbeat, outgoing];

        void Bind(NetMQSocket socket, int port)
        {
            try
            {
                socket.Bind($"tcp://{connection.Ip}:{port}");
            }
            catch (NetMQException error)
            {
                throw new KernelStartException($"Cannot listen on {connection.Ip}:{port}: {error.Message}. Is another kernel running with the same connection file?");
            }
        }
    }

    /// <summary>A message came in and is well-formed and signed. Raised on the sockets' thread.</summary>
    public event Action<Channel, Message>? Received;

    /// <summary>Something came in that is no message, or should go out and cannot be written, and why. Raised on the sockets' thread.</summary>
    public event Action<string>? Refused;

    /// <summary>Sends a message; from any thread. What comes when the sockets are closed is lost: a cell may outlive them by a moment.</summary>
    public void Send(Channel channel, Message message)
    {
        lock (sending)
            if (!closed)
                outgoing.Enqueue((channel, message));
    }

    /// <summary>Serves the sockets until <see cref="Stop"/>; on the thread that calls.</summary>
    public void Run() => poller.Run();

    /// <summary>Ends <see cref="Run"/> once everything queued is sent; from any thread.</summary>
    public void Stop() => Send(Channel.None, null!);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (sending)
            closed = true;
        poller.Dispose();
        foreach (var socket in new NetMQSocket[] { shell, control, stdin, iopub, heartbeat })
            socket.Dispose();
        outgoing.Dispose();
    }

    private void Receive(RouterSocket socket, Channel channel)
    {
        // A few at a time: a flood on one socket must not starve the others.
        NetMQMessage? frames = null;
        for (var i = 0; i < 16 && socket.TryReceiveMultipartMessage(ref frames); i++)
        {
            if (!codec.TryDecode([.. frames.Select(frame => frame.ToByteArray())], out var message, out var fault))
                Refused?.Invoke($"{channel}: {fault}");
            else
                Received?.Invoke(channel, message);
            frames = null;
        }
    }

    private void Echo()
    {
        NetMQMessage? frames = null;
        if (heartbeat.TryReceiveMultipartMessage(ref frames))
            heartbeat.TrySendMultipartMessage(frames);
    }

    private void Send()
    {
        for (var i = 0; i < 64 && outgoing.TryDequeue(out var item, TimeSpan.Zero); i++)
        {
            if (item.Channel == Channel.None)
            {
                poller.Stop();
                return;
            }

            NetMQSocket socket = item.Channel switch
            {
                Channel.Shell => shell,
                Channel.Control => control,
                Channel.Stdin => stdin,
                _ => iopub,
            };
            List<byte[]> frames;
            try
            {
                frames = codec.Encode(item.Message);
            }
            catch (Exception error) when (error is ArgumentException or InvalidOperationException or System.Text.Json.JsonException)
            {
                Refused?.Invoke($"{item.Channel}: {error.Message}"); // what a request held and cannot be written is no reason to stop
                continue;
            }

            // Nor is a front end that is gone, which a router cannot reach.
            socket.TrySendMultipartBytes(TimeSpan.Zero, frames);
        }
    }
}

/// <summary>The sockets that carry messages.</summary>
internal enum Channel
{
    /// <summary>No socket.</summary>
    None,

    /// <summary>Requests, one after the other.</summary>
    Shell,

    /// <summary>Requests that do not wait.</summary>
    Control,

    /// <summary>Questions to the person.</summary>
    Stdin,

    /// <summary>What everyone may see.</summary>
    IOPub,
}
