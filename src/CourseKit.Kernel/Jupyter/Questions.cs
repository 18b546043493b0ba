using System.Text.Json.Nodes;

namespace CourseKit.Kernel.Jupyter;

/// <summary>Asks the person at the front end for a line of text, and waits for it.</summary>
/// <param name="publisher">Sends the question.</param>
internal sealed class Questions(Publisher publisher)
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
        publisher.Send(Channel.Stdin, "input_request", new JsonObject { ["prompt"] = prompt, ["password"] = password }, request);
        return answer.Task.GetAwaiter().GetResult();
    }

    /// <summary>Hands an <c>input_reply</c> to the cell that waits for it; on the sockets' thread.</summary>
    public void Answer(Message message)
    {
        if (message.Type != "input_reply")
            return;
        string answer;
        try
        {
            answer = (string?)message.Content["value"] ?? "";
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            return; // no text: the cell goes on waiting for one
        }

        lock (gate)
        {
            pending?.TrySetResult(answer);
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
