using System.Globalization;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CourseKit.Kernel;

/// <summary>The kernel as the runner starts it: takes cells from one pipe, a JSON object a line, and says what they show on another.</summary>
/// <remarks>
/// The pipes are not the process's standard streams, so nothing that a cell prints, not even a native library's, can be taken for a message.
/// </remarks>
internal static partial class ChildMain
{
    private const int CompilerStack = 16 << 20; // of expressions that are nested deeply

    /// <summary>Serves until the parent closes the pipe, or is gone.</summary>
    /// <param name="requestsHandle">The handle of the pipe to read from.</param>
    /// <param name="repliesHandle">The handle of the pipe to write to.</param>
    /// <param name="folder">The notebook's folder.</param>
    /// <param name="limits">What the process may use (<see cref="CellLimits"/>); null for no limits of its own.</param>
    public static int Run(string requestsHandle, string repliesHandle, string folder, string? limits)
    {
        OwnProcessGroup();
        using var requests = new AnonymousPipeClientStream(PipeDirection.In, requestsHandle);
        using var replies = new AnonymousPipeClientStream(PipeDirection.Out, repliesHandle);
        var reader = new StreamReader(requests);
        var line = reader.ReadLine();
        if (line is null)
            return 0;

        if (limits is not null)
            ResourceLimits.Set(limits);
        Directory.SetCurrentDirectory(folder);
        UseInvariantCulture();
        ConsoleCapture.Install();
        using var session = new CSharpSession(folder);
        using var next = new System.Collections.Concurrent.BlockingCollection<string>();
        next.Add(line);
        var cells = new Thread(() => WorkThroughCells(session, next, replies), CompilerStack) { Name = "requests", IsBackground = true };
        cells.Start();
        while ((line = reader.ReadLine()) is not null)
            next.Add(line);

        // The parent is done with us, or dead. A cell that still runs has nobody to run for, and must not keep the process.
        Environment.Exit(0);
        return 0;
    }

    /// <summary>Numbers look the same on every machine, whatever its locale; threads that cells start have it too.</summary>
    public static void UseInvariantCulture()
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
    }

    private static void WorkThroughCells(CSharpSession session, System.Collections.Concurrent.BlockingCollection<string> requests, Stream replies)
    {
        UseInvariantCulture();
        foreach (var request in requests.GetConsumingEnumerable())
        {
            var cell = JsonNode.Parse(request)!;
            var number = (int)cell["number"]!;
            var bare = cell["token"] is not null; // a cell whose figures nobody will see, and whose value counts only where it is a text
            session.FormatResult = bare ? TextAlone : value => Values.Format(value);
            using (var output = new CellOutput((type, content) => Send(replies, type, content), CannotAsk))
            {
                var outcome = session.Execute((string)cell["code"]!, number, output);
                if (outcome.Result is { Count: > 0 } result)
                    output.Publish("execute_result", new JsonObject
                    {
                        ["data"] = result.DeepClone(), ["metadata"] = new JsonObject(), ["execution_count"] = number,
                    });
                if (outcome.Error is { } error)
                    output.Publish("error", new JsonObject
                    {
                        ["ename"] = error.Name, ["evalue"] = error.Value,
                        ["traceback"] = new JsonArray([.. error.Traceback.Select(line => JsonValue.Create(line))]),
                    });
            }

            Send(replies, "done", bare ? new JsonObject { ["token"] = cell["token"]!.DeepClone() } : []);
        }
    }

    private static JsonObject TextAlone(object value) => value is string text ? new JsonObject { ["text/plain"] = text } : [];

    private static string CannotAsk(string prompt, bool password) =>
        throw new InvalidOperationException("Nobody can answer: the notebook runs by itself, without a person at the keyboard.");

    private static void Send(Stream replies, string type, JsonObject content)
    {
        var message = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["type"] = type, ["content"] = content.Parent is null ? content : content.DeepClone() });
        lock (replies)
        {
            replies.Write(message);
            replies.WriteByte((byte)'\n');
            replies.Flush();
        }
    }

    /// <summary>Puts this process, and all that cells start, into a group of its own, so that the runner can end them together.</summary>
    private static void OwnProcessGroup()
    {
        if (!OperatingSystem.IsWindows())
            _ = setpgid(0, 0);
    }

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int setpgid(int process, int group);
}
