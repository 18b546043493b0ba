using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;

namespace CourseKit.Kernel.Jupyter;

/// <summary>A C# kernel for Jupyter, protocol 5.3: takes requests from the sockets, runs cells on a thread of its own, publishes what they show.</summary>
/// <remarks>
/// Three threads: the sockets' thread answers what must not wait (interrupt, shutdown); the cells' thread works through shell requests one
/// after the other; completion and inspection wait behind a running cell, as the protocol has it.
/// Source: the Jupyter client's documentation, "Messaging in Jupyter", version 5.3.
/// </remarks>
internal sealed class JupyterKernel : IDisposable
{
    private const int CellStack = 16 << 20; // deep recursion in a student's cell is normal; a stack overflow ends the process
    private static readonly TimeSpan WarmAfter = TimeSpan.FromMilliseconds(300);
    private readonly string session = Guid.NewGuid().ToString("N");
    private readonly Sockets sockets;
    private readonly IBackend backend;
    private readonly BlockingCollection<Message> requests = [];
    private readonly History history = new();
    private readonly Questions questions;
    private readonly Lock publishing = new();
    private int executionCount;
    private bool isWarm;
    private bool abortQueued;
    private volatile bool stopping;

    /// <summary>Binds the sockets of a connection file.</summary>
    /// <exception cref="KernelStartException">An address is taken.</exception>
    public JupyterKernel(ConnectionFile connection, IBackend backend)
    {
        this.backend = backend;
        sockets = new Sockets(connection);
        questions = new Questions(message => sockets.Send(Channel.Stdin, message), session);
        sockets.Received += Receive;
    }

    /// <summary>Serves until a shutdown is asked for, or the process that started the kernel is gone.</summary>
    public void Run()
    {
        var cells = new Thread(WorkThroughRequests, CellStack) { Name = "cells", IsBackground = true };
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            Interrupt();
        });
        using var parent = ParentWatch.Start(Stop);
        Publish("status", new JsonObject { ["execution_state"] = "starting" }, null);
        cells.Start();
        sockets.Run();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        sockets.Dispose();
        requests.Dispose();
        backend.Dispose();
    }

    private void Stop()
    {
        stopping = true;
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
            if (!requests.IsAddingCompleted)
                requests.Add(message);
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

    // ---- the cells' thread

    private void WorkThroughRequests()
    {
        foreach (var message in requests.GetConsumingEnumerable())
        {
            if (stopping)
                break;
            Handle(Channel.Shell, message, message.Type switch
            {
                "execute_request" => () => Execute(message),
                "kernel_info_request" => KernelInfo.Reply,
                "complete_request" => () => Complete(message.Content),
                "inspect_request" => () => Inspect(message.Content),
                "is_complete_request" => () => IsComplete(message.Content),
                "history_request" => () => new JsonObject { ["status"] = "ok", ["history"] = history.Find(message.Content) },
                "comm_info_request" => () => new JsonObject { ["status"] = "ok", ["comms"] = new JsonObject() },
                "comm_open" => () =>
                {
                    // No comm targets are registered; the protocol wants an open of an unknown one closed at once.
                    Publish("comm_close", new JsonObject { ["comm_id"] = message.Content["comm_id"]?.DeepClone(), ["data"] = new JsonObject() }, message);
                    return null;
                },
                "comm_msg" or "comm_close" => () => null,
                _ => null,
            });
            if (abortQueued)
                AbortQueued();
        }
    }

    /// <summary>Answers a request between a busy and an idle, whatever happens in it.</summary>
    private void Handle(Channel channel, Message request, Func<JsonObject?>? work)
    {
        if (work is null)
            return; // A type that this version of the protocol does not know is ignored.
        Publish("status", new JsonObject { ["execution_state"] = "busy" }, request);
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
                ["traceback"] = new JsonArray(), ["execution_count"] = executionCount,
            };
        }

        if (reply is not null)
        {
            var type = request.Type.Replace("_request", "_reply", StringComparison.Ordinal);
            sockets.Send(channel, Message.Create(type, session, reply, request));
            if (request.Type == "shutdown_request")
                Publish(type, (JsonObject)reply.DeepClone(), request);
        }

        Publish("status", new JsonObject { ["execution_state"] = "idle" }, request);
    }

    private JsonObject Execute(Message request)
    {
        var code = (string?)request.Content["code"] ?? "";
        var silent = (bool?)request.Content["silent"] ?? false;
        var store = !silent && ((bool?)request.Content["store_history"] ?? true);
        var allowStdin = (bool?)request.Content["allow_stdin"] ?? true;
        if (store)
            executionCount++;
        var count = executionCount;
        if (!silent)
            Publish("execute_input", new JsonObject { ["code"] = code, ["execution_count"] = count }, request);

        using var output = new CellOutput(
            (type, content) =>
            {
                if (!silent)
                    Publish(type, content, request);
            },
            (prompt, password) => allowStdin
                ? questions.Ask(prompt, password, request)
                : throw new InvalidOperationException("This front end cannot ask for input (allow_stdin is false)."));
        var outcome = backend.Execute(code, count, output);
        var expressions = outcome.Error is null ? Evaluate(request.Content["user_expressions"] as JsonObject, count) : [];
        if (store)
            history.Add(count, code, (string?)outcome.Result?["text/plain"]);
        if (outcome.Error is { } error)
        {
            output.Publish("error", ErrorContent(error));
            abortQueued = (bool?)request.Content["stop_on_error"] ?? true;
            var reply = ErrorContent(error);
            reply["status"] = "error";
            reply["execution_count"] = count;
            return reply;
        }

        if (outcome.Result is { Count: > 0 } result)
            output.Publish("execute_result", new JsonObject { ["execution_count"] = count, ["data"] = result.DeepClone(), ["metadata"] = new JsonObject() });
        output.Flush();
        if (allowStdin && !isWarm)
            Warm();
        return new JsonObject
        {
            ["status"] = "ok", ["execution_count"] = count, ["payload"] = new JsonArray(), ["user_expressions"] = expressions,
        };
    }

    /// <summary>
    /// Completes something that nobody asked for: the first time costs a second, and a person is about to want it. Where nobody can be
    /// asked there is no person, and the memory is saved.
    /// </summary>
    private void Warm()
    {
        isWarm = true;
        new Thread(() =>
        {
            Thread.Sleep(WarmAfter);
            try
            {
                if (!stopping)
                    backend.Complete("Console.", "Console.".Length);
            }
            catch (Exception)
            {
                // Whoever asks for a completion gets the error; a thread that nobody asked for must not end the process.
            }
        }) { Name = "warm-up", IsBackground = true, Priority = ThreadPriority.BelowNormal }.Start();
    }

    private JsonObject Evaluate(JsonObject? expressions, int count)
    {
        var results = new JsonObject();
        foreach (var (name, expression) in expressions ?? [])
        {
            var outcome = backend.Execute((string?)expression ?? "", count, SilentOutput.Instance);
            if (outcome.Error is { } error)
            {
                var content = ErrorContent(error);
                content["status"] = "error";
                results[name] = content;
            }
            else
            {
                results[name] = new JsonObject
                {
                    ["status"] = "ok", ["data"] = outcome.Result?.DeepClone() ?? new JsonObject(), ["metadata"] = new JsonObject(),
                };
            }
        }

        return results;
    }

    /// <summary>After an error, cells that were already waiting are not run: whoever ran them all at once expected the failed one to work.</summary>
    private void AbortQueued()
    {
        abortQueued = false;
        var others = new List<Message>();
        while (requests.TryTake(out var waiting))
        {
            if (waiting.Type != "execute_request")
            {
                others.Add(waiting);
                continue;
            }

            Handle(Channel.Shell, waiting, () => new JsonObject { ["status"] = "aborted", ["execution_count"] = executionCount });
        }

        foreach (var other in others)
            requests.TryAdd(other);
    }

    private JsonObject Complete(JsonObject request)
    {
        var code = (string?)request["code"] ?? "";
        var completions = backend.Complete(code, CodePoints.ToUtf16(code, (int?)request["cursor_pos"] ?? int.MaxValue));
        var start = CodePoints.FromUtf16(code, completions.Start);
        var end = CodePoints.FromUtf16(code, completions.End);
        return new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. completions.Matches.Select(match => JsonValue.Create(match.Text))]),
            ["cursor_start"] = start,
            ["cursor_end"] = end,
            ["metadata"] = new JsonObject
            {
                ["_jupyter_types_experimental"] = new JsonArray([.. completions.Matches.Select(match => new JsonObject
                {
                    ["start"] = start, ["end"] = end, ["text"] = match.Text, ["type"] = match.Kind,
                })]),
            },
        };
    }

    private JsonObject Inspect(JsonObject request)
    {
        var code = (string?)request["code"] ?? "";
        var text = backend.Inspect(code, CodePoints.ToUtf16(code, (int?)request["cursor_pos"] ?? int.MaxValue));
        return new JsonObject
        {
            ["status"] = "ok",
            ["found"] = text is not null,
            ["data"] = text is null ? [] : new JsonObject { ["text/plain"] = text },
            ["metadata"] = new JsonObject(),
        };
    }

    private JsonObject IsComplete(JsonObject request) => backend.IsComplete((string?)request["code"] ?? "") switch
    {
        Completeness.Complete => new JsonObject { ["status"] = "complete" },
        Completeness.Incomplete => new JsonObject { ["status"] = "incomplete", ["indent"] = "" },
        _ => new JsonObject { ["status"] = "invalid" },
    };

    private static JsonObject ErrorContent(ExecutionError error) => new()
    {
        ["ename"] = error.Name, ["evalue"] = error.Value, ["traceback"] = new JsonArray([.. error.Traceback.Select(line => JsonValue.Create(line))]),
    };

    private void Publish(string type, JsonObject content, Message? parent)
    {
        lock (publishing)
            sockets.Send(Channel.IOPub, Message.Create(type, session, content, parent, [Encoding.UTF8.GetBytes($"kernel.{session}.{type}")]));
    }
}
