using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using CourseKit.Kernel.Jupyter;
using CourseKit.Testing;

namespace CourseKit.Kernel.Tests.Jupyter;

/// <summary>The protocol alone, on a backend that does as the text says; the C# session has tests of its own.</summary>
public sealed class JupyterKernelTests : IDisposable
{
    private readonly ScriptedBackend backend = new();
    private readonly ConnectionFile connection = FreeConnection();
    private readonly JupyterKernel kernel;
    private readonly Thread server;
    private readonly TestClient client;

    public JupyterKernelTests()
    {
        kernel = new JupyterKernel(connection, backend);
        server = new Thread(kernel.Run);
        server.Start();
        client = new TestClient(connection).Ready();
    }

    public void Dispose()
    {
        client.Send("shutdown_request", new JsonObject { ["restart"] = false }, onControl: true);
        Assert.True(server.Join(TimeSpan.FromSeconds(10)), "the kernel did not stop");
        client.Dispose();
        kernel.Dispose();
    }

    [Fact]
    public void Kernel_info_names_the_protocol_and_the_language()
    {
        var (reply, _) = client.Ask("kernel_info_request", []);
        Assert.Equal("5.3", (string?)reply.Content["protocol_version"]);
        Assert.Equal("C#", (string?)reply.Content["language_info"]!["name"]);
        Assert.Equal(".cs", (string?)reply.Content["language_info"]!["file_extension"]);
        Assert.Equal("ok", (string?)client.Ask("kernel_info_request", [], onControl: true).Reply.Content["status"]);
    }

    [Fact]
    public void A_cell_publishes_busy_input_streams_result_and_idle_in_this_order()
    {
        var (reply, published) = client.Run("print a; err b; print c; value 42");
        Assert.Equal("ok", (string?)reply.Content["status"]);
        Assert.Equal(["status", "execute_input", "stream", "stream", "stream", "execute_result", "status"], published.Select(message => message.Type));
        Assert.Equal(["a", "b", "c"], published.Where(message => message.Type == "stream").Select(message => (string?)message.Content["text"]));
        Assert.Equal("42", (string?)published[^2].Content["data"]!["text/plain"]);
        Assert.Equal((int?)reply.Content["execution_count"], (int?)published[1].Content["execution_count"]);
    }

    [Fact]
    public void Silent_cells_publish_nothing_and_count_nothing()
    {
        var before = (int)client.Run("value 1").Reply.Content["execution_count"]!;
        var (reply, published) = client.Run("print a; value 2", content => content["silent"] = true);
        Assert.Equal(before, (int)reply.Content["execution_count"]!);
        Assert.Equal(["status", "status"], published.Select(message => message.Type));
        Assert.Equal(before + 1, (int)client.Run("value 1").Reply.Content["execution_count"]!);
    }

    [Fact]
    public void Displays_can_be_updated_and_cleared()
    {
        var (_, published) = client.Run("display one d1; update two d1; clear");
        Assert.Equal(["display_data", "update_display_data", "clear_output"], published.Skip(2).SkipLast(1).Select(message => message.Type));
        Assert.Equal("d1", (string?)published[2].Content["transient"]!["display_id"]);
        Assert.Equal("d1", (string?)published[3].Content["transient"]!["display_id"]);
    }

    [Fact]
    public void An_error_is_published_and_the_cells_behind_it_are_aborted()
    {
        var slow = client.Execute("sleep 200; fail");
        var second = client.Execute("value 2");
        var third = client.Execute("value 3");
        var (reply, published) = client.Collect(slow);
        Assert.Equal("error", (string?)reply.Content["status"]);
        Assert.Equal("it failed", (string?)published.Single(message => message.Type == "error").Content["evalue"]);
        Assert.Equal("aborted", (string?)client.Reply(second).Content["status"]);
        Assert.Equal("aborted", (string?)client.Reply(third).Content["status"]);
        Assert.Equal("ok", (string?)client.Run("value 4").Reply.Content["status"]);
    }

    [Fact]
    public void Without_stop_on_error_the_cells_behind_it_run()
    {
        var slow = client.Execute("sleep 100; fail", content => content["stop_on_error"] = false);
        var second = client.Execute("value 2");
        Assert.Equal("error", (string?)client.Reply(slow).Content["status"]);
        Assert.Equal("ok", (string?)client.Reply(second).Content["status"]);
    }

    [Fact]
    public void User_expressions_are_evaluated_after_the_cell_each_by_itself()
    {
        var (reply, _) = client.Run("value 1", content => content["user_expressions"] = new JsonObject { ["good"] = "value 7", ["bad"] = "fail" });
        Assert.Equal("7", (string?)reply.Content["user_expressions"]!["good"]!["data"]!["text/plain"]);
        Assert.Equal("error", (string?)reply.Content["user_expressions"]!["bad"]!["status"]);
    }

    [Fact]
    public void A_question_reaches_the_front_end_that_asked_and_its_answer_the_cell()
    {
        var request = client.Execute("ask name");
        var question = client.Question();
        Assert.Equal("input_request", question.Type);
        Assert.Equal("name", (string?)question.Content["prompt"]);
        client.Answer("Ada");
        Assert.Equal("Ada", (string?)client.Published(request).Single(message => message.Type == "execute_result").Content["data"]!["text/plain"]);
        var (reply, _) = client.Run("ask name", content => content["allow_stdin"] = false);
        Assert.Equal("error", (string?)reply.Content["status"]);
        Assert.Contains("cannot ask", (string?)reply.Content["evalue"]);
    }

    [Fact]
    public void An_answer_that_is_no_text_leaves_the_question_open()
    {
        var request = client.Execute("ask name");
        client.Question();
        client.Answer(5);
        client.Answer("Ada");
        Assert.Equal("ok", (string?)client.Reply(request).Content["status"]);
    }

    [LongFact]
    public void Two_hundred_interrupts_in_a_row_lose_nothing()
    {
        for (var i = 0; i < 200; i++)
        {
            var request = client.Execute("print in; forever");
            client.NextPublished("stream");
            Assert.Equal("ok", (string?)client.Ask("interrupt_request", [], onControl: true).Reply.Content["status"]);
            Assert.Equal("KeyboardInterrupt", (string?)client.Reply(request).Content["ename"]);
        }

        Assert.Equal("5", (string?)client.Run("value 5").Published.Single(message => message.Type == "execute_result").Content["data"]!["text/plain"]);
    }

    [Fact]
    public void An_interrupt_frees_a_cell_that_waits_for_an_answer()
    {
        var request = client.Execute("ask name");
        client.Question();
        client.Ask("interrupt_request", [], onControl: true);
        Assert.Equal("error", (string?)client.Reply(request).Content["status"]);
    }

    [Fact]
    public void A_million_lines_arrive_whole_and_in_few_messages()
    {
        var (_, published) = client.Run("lines 1000000");
        var texts = published.Where(message => message.Type == "stream").Select(message => (string)message.Content["text"]!).ToList();
        Assert.EndsWith("line 999999\n", texts[^1]);
        Assert.Equal(1_000_000, texts.Sum(text => text.Count(c => c == '\n')));
        Assert.InRange(texts.Count, 1, 2_000);
    }

    [Fact]
    public void History_is_found_by_tail_range_and_pattern()
    {
        client.Run("value 1");
        client.Run("value 22");
        JsonArray Ask(JsonObject content) => (JsonArray)client.Ask("history_request", content).Reply.Content["history"]!;
        var tail = Ask(new JsonObject { ["hist_access_type"] = "tail", ["n"] = 1, ["output"] = true, ["raw"] = true });
        Assert.Equal("value 22", (string?)Assert.Single(tail)![2]![0]);
        Assert.Equal("22", (string?)tail[0]![2]![1]);
        Assert.Equal("value 1", (string?)Assert.Single(Ask(new JsonObject { ["hist_access_type"] = "range", ["session"] = 0, ["start"] = 1, ["stop"] = 2 }))![2]);
        Assert.Equal("value 22", (string?)Assert.Single(Ask(new JsonObject { ["hist_access_type"] = "search", ["pattern"] = "*2?", ["n"] = 10 }))![2]);
    }

    [Fact]
    public void Positions_count_code_points()
    {
        // The emoji is one code point and two UTF-16 units.
        var (reply, _) = client.Ask("complete_request", new JsonObject { ["code"] = "\U0001F600 Con", ["cursor_pos"] = 5 });
        Assert.Equal("Console", (string?)Assert.Single((JsonArray)reply.Content["matches"]!));
        Assert.Equal((2, 5), ((int)reply.Content["cursor_start"]!, (int)reply.Content["cursor_end"]!));
        Assert.True((bool?)client.Ask("inspect_request", new JsonObject { ["code"] = "Console", ["cursor_pos"] = 3, ["detail_level"] = 0 }).Reply.Content["found"]);
        Assert.Equal("incomplete", (string?)client.Ask("is_complete_request", new JsonObject { ["code"] = "{" }).Reply.Content["status"]);
    }

    [Fact]
    public void A_comm_that_nobody_knows_is_closed()
    {
        var request = client.Send("comm_open", new JsonObject { ["comm_id"] = "c1", ["target_name"] = "unknown", ["data"] = new JsonObject() });
        Assert.Equal("c1", (string?)client.Published(request).Single(message => message.Type == "comm_close").Content["comm_id"]);
        Assert.Empty((JsonObject)client.Ask("comm_info_request", []).Reply.Content["comms"]!);
    }

    [Fact]
    public void The_heart_beats_while_a_cell_runs()
    {
        var request = client.Execute("print in; forever");
        client.NextPublished("stream");
        Assert.Equal([7, 0, 255], client.Beat([7, 0, 255]));
        client.Ask("interrupt_request", [], onControl: true);
        client.Reply(request);
    }

    [Fact]
    public void Ten_thousand_malformed_messages_leave_the_kernel_answering()
    {
        var random = new Random(2);
        var strange = new MessageCodec("not the key");
        for (var i = 0; i < 10_000; i++)
        {
            var channel = (Channel)random.Next(4); // None stands for the heartbeat here
            IEnumerable<byte[]> frames = random.Next(3) switch
            {
                0 => strange.Encode(Message.Create("execute_request", "s", new JsonObject { ["code"] = "value 1" }, null, [])),
                1 => Enumerable.Range(0, 1 + random.Next(9)).Select(_ => { var bytes = new byte[random.Next(60)]; random.NextBytes(bytes); return bytes; }),
                _ => new MessageCodec(connection.Key).Encode(Message.Create("execute_request", "s", [], null, [])).Take(1 + random.Next(5)),
            };
            client.SendRaw(frames, channel);
        }

        Assert.Equal("9", (string?)client.Run("value 9").Published.Single(message => message.Type == "execute_result").Content["data"]!["text/plain"]);
    }

    [Fact]
    public void Contents_of_the_wrong_type_are_answered_with_an_error()
    {
        var (reply, _) = client.Ask("execute_request", new JsonObject { ["code"] = 5 });
        Assert.Equal("error", (string?)reply.Content["status"]);
        Assert.Equal("error", (string?)client.Ask("complete_request", new JsonObject { ["code"] = "x", ["cursor_pos"] = "one" }).Reply.Content["status"]);
        Assert.Equal("ok", (string?)client.Run("value 1").Reply.Content["status"]);
    }

    [Fact]
    public void A_port_that_is_taken_is_named()
    {
        var error = Assert.Throws<KernelStartException>(() => new JupyterKernel(connection, new ScriptedBackend()));
        Assert.Contains(connection.ShellPort.ToString(System.Globalization.CultureInfo.InvariantCulture), error.Message);
    }

    internal static ConnectionFile FreeConnection()
    {
        var listeners = Enumerable.Range(0, 5).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Stop());
        return new ConnectionFile("127.0.0.1", ports[0], ports[1], ports[2], ports[3], ports[4], Guid.NewGuid().ToString());
    }
}
