using System.Text;
using System.Text.Json.Nodes;

namespace CourseKit.Kernel.Tests.Session;

/// <summary>The session's console and cell context belong to the whole process: its tests run one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class SessionCollection
{
    public const string Name = "session";
}

/// <summary>Keeps what a cell shows.</summary>
internal sealed class RecordedOutput : IOutput
{
    private readonly StringBuilder log = new();

    /// <summary>Everything in order: <c>out:…</c>, <c>err:…</c>, <c>display:…</c>, <c>update:…</c>, <c>clear</c>; one string.</summary>
    public string Log
    {
        get
        {
            lock (log)
                return log.ToString();
        }
    }

    public List<(JsonObject Data, string? Id)> Displays { get; } = [];

    public List<(JsonObject Data, string Id)> Updates { get; } = [];

    public string Answer { get; set; } = "";

    /// <summary>Told of every text that a cell writes, on a thread of the pool, as a person would see it and act.</summary>
    public Action<string>? Seen { get; set; }

    public void Stream(string name, string text)
    {
        if (Seen is { } seen)
            ThreadPool.QueueUserWorkItem(_ => seen(text));
        lock (log)
        {
            var last = log.ToString().TrimEnd('|').Split('|')[^1];
            if (last.StartsWith(name[3..] + ":", StringComparison.Ordinal))
                log.Length--; // one text, written in two pieces
            else
                log.Append(name[3..]).Append(':');
            log.Append(text).Append('|');
        }
    }

    public void Display(JsonObject data, string? displayId)
    {
        Displays.Add((data, displayId));
        Append($"display:{(string?)data["text/plain"] ?? (string?)data["text/html"]}|");
    }

    public void Update(JsonObject data, string displayId)
    {
        Updates.Add((data, displayId));
        Append($"update:{(string?)data["text/plain"]}|");
    }

    public void Clear(bool wait) => Append("clear|");

    public string Ask(string prompt, bool password)
    {
        Append($"ask:{prompt}|");
        return Answer;
    }

    private void Append(string text)
    {
        lock (log)
            log.Append(text);
    }
}

/// <summary>A session and what its cells showed.</summary>
public abstract class SessionTest : IDisposable
{
    private readonly TextWriter realOut = Console.Out, realError = Console.Error;
    private readonly TextReader realIn = Console.In;
    private readonly CSharpSession session;
    private int count;

    protected SessionTest()
    {
        Folder = Directory.CreateTempSubdirectory("session-").FullName;
        ConsoleCapture.Install();
        session = new CSharpSession(Folder);
    }

    protected string Folder { get; }

    internal CSharpSession Session => session;

    internal RecordedOutput Output { get; } = new();

    internal ExecutionOutcome Run(string code) => session.Execute(code, ++count, Output);

    /// <summary>The plain text of a cell's value; the cell must not fail.</summary>
    internal string? Value(string code)
    {
        var outcome = Run(code);
        Assert.True(outcome.Error is null, outcome.Error is null ? "" : string.Join('\n', outcome.Error.Traceback));
        return (string?)outcome.Result?["text/plain"];
    }

    internal ExecutionError Error(string code) => Run(code).Error ?? throw new InvalidOperationException("The cell did not fail.");

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        session.Dispose();
        Console.SetOut(realOut);
        Console.SetError(realError);
        Console.SetIn(realIn);
        Directory.Delete(Folder, recursive: true);
    }
}
