using System.Text;
using System.Text.Json.Nodes;

namespace CourseKit.Kernel;

/// <summary>Publishes what one cell shows, in order, while it runs.</summary>
/// <remarks>
/// A million short lines would be a million messages. Text is gathered and sent when something else comes, when there is much of it, and
/// otherwise twenty times a second, so that a person sees a loop's progress and the front end is not flooded.
/// </remarks>
internal sealed class CellOutput : IOutput, IDisposable
{
    private const int FlushAt = 1 << 16;
    private static readonly TimeSpan FlushEvery = TimeSpan.FromMilliseconds(50);

    private readonly Action<string, JsonObject> publish;
    private readonly Func<string, bool, string> ask;
    private readonly Lock gate = new();
    private readonly StringBuilder text = new();
    private readonly Timer timer;
    private string stream = "stdout";
    private bool timerRuns;

    /// <summary>Makes the output of a cell.</summary>
    /// <param name="publish">Sends a message of a type to everyone.</param>
    /// <param name="ask">Asks the person.</param>
    public CellOutput(Action<string, JsonObject> publish, Func<string, bool, string> ask)
    {
        this.publish = publish;
        this.ask = ask;
        timer = new Timer(_ => Flush());
    }

    /// <inheritdoc/>
    public void Stream(string name, string written)
    {
        if (written.Length == 0)
            return;
        lock (gate)
        {
            if (name != stream)
                FlushLocked();
            stream = name;
            text.Append(written);
            if (text.Length >= FlushAt)
                FlushLocked();
            else if (!timerRuns)
                timerRuns = timer.Change(FlushEvery, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Display(JsonObject data, string? displayId) =>
        Publish("display_data", new JsonObject { ["data"] = data.DeepClone(), ["metadata"] = new JsonObject(), ["transient"] = Transient(displayId) });

    /// <inheritdoc/>
    public void Update(JsonObject data, string displayId) =>
        Publish("update_display_data", new JsonObject { ["data"] = data.DeepClone(), ["metadata"] = new JsonObject(), ["transient"] = Transient(displayId) });

    /// <inheritdoc/>
    public void Clear(bool wait) => Publish("clear_output", new JsonObject { ["wait"] = wait });

    /// <inheritdoc/>
    public string Ask(string prompt, bool password)
    {
        Flush();
        return ask(prompt, password);
    }

    /// <summary>Sends the text that is still held back, then a message.</summary>
    public void Publish(string type, JsonObject content)
    {
        lock (gate)
        {
            FlushLocked();
            publish(type, content);
        }
    }

    /// <summary>Sends the text that is still held back.</summary>
    public void Flush()
    {
        lock (gate)
            FlushLocked();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        timer.Dispose();
        Flush();
    }

    private static JsonObject Transient(string? displayId) => displayId is null ? [] : new JsonObject { ["display_id"] = displayId };

    private void FlushLocked()
    {
        timerRuns = false;
        if (text.Length == 0)
            return;
        publish("stream", new JsonObject { ["name"] = stream, ["text"] = text.ToString() });
        text.Clear();
    }
}
