using System.Text;
using System.Text.Json.Nodes;

namespace CourseKit.Kernel.Jupyter;

/// <summary>Sends what the kernel says in this session; from any thread.</summary>
/// <param name="sockets">The kernel's sockets.</param>
internal sealed class Publisher(Sockets sockets)
{
    private readonly Lock publishing = new();

    /// <summary>The session's id, by which front ends tell a restarted kernel from the one before.</summary>
    public string Session { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Says something to everyone who listens.</summary>
    /// <param name="type">The message's type.</param>
    /// <param name="content">What it says.</param>
    /// <param name="parent">The request that it belongs to, if any.</param>
    public void Publish(string type, JsonObject content, Message? parent)
    {
        lock (publishing)
            sockets.Send(Channel.IOPub, Message.Create(type, Session, content, parent, [Encoding.UTF8.GetBytes($"kernel.{Session}.{type}")]));
    }

    /// <summary>Says in which state the kernel is: <c>starting</c>, <c>busy</c>, <c>idle</c>.</summary>
    public void Status(string state, Message? parent) => Publish("status", new JsonObject { ["execution_state"] = state }, parent);

    /// <summary>Sends a message to the one who made a request.</summary>
    public void Send(Channel channel, string type, JsonObject content, Message request) => sockets.Send(channel, Message.Create(type, Session, content, request));
}
