using System.Text.Json.Nodes;
using CourseKit.Kernel.Jupyter;
using NetMQ;
using NetMQ.Sockets;

namespace CourseKit.Kernel.Tests.Jupyter;

/// <summary>A front end: connects to a kernel, sends requests, collects what comes back.</summary>
internal sealed class TestClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly MessageCodec codec;
    private readonly DealerSocket shell = new(), control = new(), stdin = new(), heartbeat = new();
    private readonly SubscriberSocket iopub = new();

    public TestClient(ConnectionFile connection)
    {
        codec = new MessageCodec(connection.Key);
        var identity = Guid.NewGuid().ToByteArray();
        identity[0] |= 1; // an identity that begins with 0 is ZeroMQ's own
        foreach (var (socket, port) in new (NetMQSocket, int)[]
                 {
                     (shell, connection.ShellPort), (control, connection.ControlPort), (stdin, connection.StdinPort),
                     (heartbeat, connection.HeartbeatPort), (iopub, connection.IOPubPort),
                 })
        {
            socket.Options.Linger = TimeSpan.Zero;
            socket.Options.ReceiveHighWatermark = 0;
            if (socket is DealerSocket)
                socket.Options.Identity = identity;
            socket.Connect($"tcp://{connection.Ip}:{port}");
        }

        iopub.SubscribeToAnyTopic();
    }

    /// <summary>Waits until the subscription has reached the kernel: before that, what it publishes is lost.</summary>
    public TestClient Ready()
    {
        for (var i = 0; i < 200; i++)
        {
            var request = Send("kernel_info_request", []);
            Receive(shell, Patience);
            for (var message = TryReceive(iopub, TimeSpan.FromMilliseconds(50)); message is not null; message = TryReceive(iopub, TimeSpan.FromMilliseconds(50)))
                if (message.Type == "status" && (string?)message.Content["execution_state"] == "idle" && IsChild(message, request))
                    return this;
        }

        throw new TimeoutException("The kernel's IOPub was not heard.");
    }

    public Message Send(string type, JsonObject content, bool onControl = false)
    {
        var message = Message.Create(type, "client", content, null, []);
        (onControl ? control : shell).SendMultipartBytes(codec.Encode(message));
        return message;
    }

    public Message Execute(string code, Action<JsonObject>? more = null)
    {
        var content = new JsonObject
        {
            ["code"] = code, ["silent"] = false, ["store_history"] = true, ["user_expressions"] = new JsonObject(), ["allow_stdin"] = true, ["stop_on_error"] = true,
        };
        more?.Invoke(content);
        return Send("execute_request", content);
    }

    /// <summary>Sends a request and gives its reply and all that was published for it, up to its idle.</summary>
    public (Message Reply, List<Message> Published) Ask(string type, JsonObject content, bool onControl = false) => Collect(Send(type, content, onControl), onControl);

    public (Message Reply, List<Message> Published) Run(string code, Action<JsonObject>? more = null) => Collect(Execute(code, more));

    public (Message Reply, List<Message> Published) Collect(Message request, bool onControl = false)
    {
        var published = Published(request);
        return (Reply(request, onControl), published);
    }

    public Message Reply(Message request, bool onControl = false)
    {
        while (true)
            if (Receive(onControl ? control : shell, Patience) is var reply && IsChild(reply, request))
                return reply;
    }

    /// <summary>What was published for a request, up to its idle.</summary>
    public List<Message> Published(Message request)
    {
        var published = new List<Message>();
        while (true)
        {
            var message = Receive(iopub, Patience);
            if (!IsChild(message, request))
                continue;
            published.Add(message);
            if (message.Type == "status" && (string?)message.Content["execution_state"] == "idle")
                return published;
        }
    }

    public Message NextPublished(string type)
    {
        while (true)
            if (Receive(iopub, Patience) is var message && message.Type == type)
                return message;
    }

    public Message Question() => Receive(stdin, Patience);

    public void Answer(JsonNode value) =>
        stdin.SendMultipartBytes(codec.Encode(Message.Create("input_reply", "client", new JsonObject { ["value"] = value }, null, [])));

    public void SendRaw(IEnumerable<byte[]> frames, Channel channel) =>
        (channel switch { Channel.Control => control, Channel.Stdin => stdin, Channel.None => heartbeat, _ => shell }).SendMultipartBytes(frames);

    public byte[] Beat(byte[] bytes)
    {
        heartbeat.SendFrame(bytes);
        return heartbeat.TryReceiveFrameBytes(Patience, out var echo) ? echo : throw new TimeoutException("No heartbeat.");
    }

    public void Dispose()
    {
        foreach (var socket in new NetMQSocket[] { shell, control, stdin, heartbeat, iopub })
            socket.Dispose();
    }

    private static bool IsChild(Message message, Message request) => (string?)message.Parent["msg_id"] == (string?)request.Header["msg_id"];

    private Message Receive(NetMQSocket socket, TimeSpan patience) => TryReceive(socket, patience) ?? throw new TimeoutException("The kernel did not answer.");

    private Message? TryReceive(NetMQSocket socket, TimeSpan patience)
    {
        NetMQMessage? frames = null;
        if (!socket.TryReceiveMultipartMessage(patience, ref frames))
            return null;
        return codec.TryDecode([.. frames.Select(frame => frame.ToByteArray())], out var message, out var fault)
            ? message
            : throw new InvalidDataException($"The kernel sent something that is no message: {fault}.");
    }
}
