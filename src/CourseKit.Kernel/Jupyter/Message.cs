using System.Globalization;
using System.Text.Json.Nodes;

namespace CourseKit.Kernel.Jupyter;

/// <summary>A message of the Jupyter protocol: who it is from or for, and its four JSON parts.</summary>
/// <param name="Identities">The routing frames that ZeroMQ put in front; on IOPub the topic.</param>
/// <param name="Header">msg_id, session, username, date, msg_type, version.</param>
/// <param name="Parent">The header of the request that this answers; empty where there is none.</param>
/// <param name="Metadata">Free metadata.</param>
/// <param name="Content">What the message says; its form goes by the type.</param>
internal sealed record Message(
    IReadOnlyList<byte[]> Identities, JsonObject Header, JsonObject Parent, JsonObject Metadata, JsonObject Content)
{
    /// <summary>The protocol's version that this kernel speaks.</summary>
    public const string ProtocolVersion = "5.3";

    /// <summary>Such as <c>execute_request</c>.</summary>
    public string Type { get; } = (string)Header["msg_type"]!;

    /// <summary>A message of this kernel.</summary>
    /// <param name="type">The message's type.</param>
    /// <param name="session">The kernel's session id.</param>
    /// <param name="content">What it says.</param>
    /// <param name="parent">The request that it belongs to, if any.</param>
    /// <param name="identities">For whom; the parent's sender where left out.</param>
    public static Message Create(string type, string session, JsonObject content, Message? parent, IReadOnlyList<byte[]>? identities = null) => new(
        identities ?? parent?.Identities ?? [],
        new JsonObject
        {
            ["msg_id"] = Guid.NewGuid().ToString("N"),
            ["session"] = session,
            ["username"] = "kernel",
            ["date"] = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
            ["msg_type"] = type,
            ["version"] = ProtocolVersion,
        },
        (JsonObject?)parent?.Header.DeepClone() ?? [],
        [],
        content);
}
