using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace CourseKit.Kernel.Jupyter;

/// <summary>A C# kernel for Jupyter, protocol 5.3: takes requests from the sockets, runs cells on a thread of its own, publishes what they show.</summary>
/// <remarks>
/// Two threads: the sockets' thread answers what must not wait (interrupt, shutdown); the requests' thread works through shell requests one
/// after the other, so completion and inspection wait behind a running cell, as the protocol has it. The session runs cells on one of its own.
/// Source: the Jupyter client's documentation, "Messaging in Jupyter", version 5.3.
/// </remarks>
internal sealed class JupyterKernel : IDisposable
{
    /// <summary>The name of the thread that works through requests.</summary>
    public const string RequestsThread = "requests";

    private const int CompilerStack = 16 << 20; // of expressions that are nested deeply
    private readonly Sockets sockets;
    private readonly IBackend backend;
    private readonly Publisher publisher;
    private readonly Questions questions;
    private readonly CellRequests cells;
    private readonly EditorRequests editor;
    private readonly WarmUp warmUp;
    private readonly BlockingCollection<Message> requests = []; // not disposed: its thread may still be in the last cell
    private readonly List<Message> aborted = []; // on the requests' thread alone
    private volatile bool stopping;

    /// <summary>Binds the sockets of a connection file.</summary>
    /// <exception cref="KernelStartException">An address is taken.</exception>
    public JupyterKernel(ConnectionFile connection, IBackend backend)
    {
        this.backend = backend;
        sockets = new Sockets(connection);
        publisher = new Publisher(sockets);
        questions = new Questions(publisher);
        cells = new CellRequests(backend, publisher, questions);
        editor = new EditorRequests(backend);
        warmUp = new WarmUp(backend);
        sockets.Received += Receive;
    }

    /// <summary>Serves until a shutdown is asked for, or the process that started the kernel is gone.</summary>
    public void Run()
    {
        var worker = new Thread(WorkThroughRequests, CompilerStack) { Name = RequestsThread, IsBackground = true };
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            Interrupt();
        });
        using var parent = ParentWatch.Start(Stop);
        publisher.Status("starting", null);
        worker.Start();
        sockets.Run();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        warmUp.Dispose();
        cells.Dispose();
        sockets.Dispose();
        backend.Dispose();
    }

    private void Stop()
    {
        stopping = true;
        warmUp.Dispose();
        requests.CompleteAdding();
        backend.Interrupt();
        sockets.Stop();
    }

    private void Interrupt()
    {
        questions.Cancel();
        backend.Interrupt();
    }

    // ---- the sockets' thread

    private void Receive(Channel channel, Message message)
    {
        if (channel == Channel.Stdin)
        {
            questions.Answer(message);
            return;
        }

        if (channel == Channel.Shell && message.Type != "shutdown_request")
        {
            try
            {
                requests.Add(message);
            }
            catch (InvalidOperationException)
            {
                // The kernel is about to end.
            }

            return;
        }

        Handle(channel, message, message.Type switch
        {
            "interrupt_request" => () =>
            {
                Interrupt();
                return new JsonObject { ["status"] = "ok" };
            },
            "shutdown_request" => () => new JsonObject { ["status"] = "ok", ["restart"] = (bool?)message.Content["restart"] ?? false },
            "kernel_info_request" => KernelInfo.Reply,
            _ => null,
        });
        if (message.Type == "shutdown_request")
            Stop();
    }

    // ---- the requests' thread

    private void WorkThroughRequests()
    {
        foreach (var message in requests.GetConsumingEnumerable())
        {
            if (stopping)
                break;
            warmUp.Busy();
            Handle(Channel.Shell, message, message.Type switch
            {
                "execute_request" => () => Execute(message),
                "kernel_info_request" => KernelInfo.Reply,
                "complete_request" => () => editor.Complete(message.Content),
                "inspect_request" => () => editor.Inspect(message.Content),
                "is_complete_request" => () => editor.IsComplete(message.Content),
                "history_request" => () => cells.History(message),
                "comm_info_request" => () => new JsonObject { ["status"] = "ok", ["comms"] = new JsonObject() },
                "comm_open" => () =>
                {
                    // No comm targets are registered; the protocol wants an open of an unknown one closed at once.
                    publisher.Publish("comm_close", new JsonObject { ["comm_id"] = message.Content["comm_id"]?.DeepClone(), ["data"] = new JsonObject() }, message);
                    return null;
                },
                "comm_msg" or "comm_close" => () => null,
                _ => null,
            });
            foreach (var waiting in aborted)
                Handle(Channel.Shell, waiting, cells.Aborted);
            aborted.Clear();
            if (requests.Count == 0)
                warmUp.Idle();
        }
    }

    /// <summary>Answers a request between a busy and an idle, whatever happens in it.</summary>
    private void Handle(Channel channel, Message request, Func<JsonObject?>? work)
    {
        if (work is null)
            return; // A type that this version of the protocol does not know is ignored.
        publisher.Status("busy", request);
        JsonObject? reply;
        try
        {
            reply = work();
        }
        catch (Exception error)
        {
            reply = new JsonObject
            {
                ["status"] = "error", ["ename"] = error.GetType().Name, ["evalue"] = error.Message,
                ["traceback"] = new JsonArray(), ["execution_count"] = cells.ExecutionCount,
            };
        }

        if (reply is not null)
        {
            var type = request.Type.Replace("_request", "_reply", StringComparison.Ordinal);
            publisher.Send(channel, type, reply, request);
            if (request.Type == "shutdown_request")
                publisher.Publish(type, (JsonObject)reply.DeepClone(), request);
        }

        publisher.Status("idle", request);
    }

    private JsonObject Execute(Message request)
    {
        if (request.Content["allow_stdin"] is JsonValue allowed && allowed.TryGetValue(out bool may) && !may)
            warmUp.Dispose(); // nobody sits there who would want a completion
        var reply = cells.Execute(request, out var stop);
        if (stop)
            AbortWaiting();
        return reply;
    }

    /// <summary>
    /// Takes out the cells that wait behind one that failed. Before its answer is sent: who has read that and asks again wants it run.
    /// </summary>
    private void AbortWaiting()
    {
        var others = new List<Message>();
        while (requests.TryTake(out var waiting))
            (waiting.Type == "execute_request" ? aborted : others).Add(waiting);
        foreach (var other in others)
            requests.TryAdd(other);
    }
}
