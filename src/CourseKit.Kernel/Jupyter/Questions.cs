using System.Text.Json.Nodes;

namespace CourseKit.Kernel.Jupyter;

/// <summary>Asks the person at the front end for a line of text, and waits for it.</summary>
/// <param name="send">Sends a message on the stdin socket.</param>
/// <param name="session">The kernel's session id.</param>
internal sealed class Questions(Action<Message> send, string session)
{
    private readonly Lock gate = new();
    private TaskCompletionSource<string>? pending;

    /// <summary>Asks, and waits for the answer; on the cells' thread.</summary>
    /// <exception cref="OperationCanceledException">The cell was interrupted meanwhile.</exception>
    public string Ask(string prompt, bool password, Message request)
    {
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
            pending = answer;
        send(Message.Create("input_request", session, new JsonObject { ["prompt"] = prompt, ["password"] = password }, request));
        return answer.Task.GetAwaiter().GetResult();
    }

    /// <summary>Hands an <c>input_reply</c> to the cell that waits for it; on the sockets' thread.</summary>
    public void Answer(Message message)
    {
        if (message.Type != "input_reply")
            return;
        lock (gate)
        {
            pending?.TrySetResult((string?)message.Content["value"] ?? "");
            pending = null;
        }
    }

    /// <summary>The cell is interrupted: nobody will answer.</summary>
    public void Cancel()
    {
        lock (gate)
        {
            pending?.TrySetCanceled();
            pending = null;
        }
    }
}
