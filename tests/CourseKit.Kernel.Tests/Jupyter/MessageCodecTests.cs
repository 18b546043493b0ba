using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CourseKit.Kernel.Jupyter;

namespace CourseKit.Kernel.Tests.Jupyter;

public class MessageCodecTests
{
    private const string Key = "a0436f6c-1916-498b-8eb9-e81ab9368e84";

    private static Message Request(string code = "1 + 1") =>
        Message.Create("execute_request", "s1", new JsonObject { ["code"] = code }, null, [[1, 2, 3]]);

    [Fact]
    public void A_message_comes_back_as_it_was_sent()
    {
        var sent = Request("\"汉字 \U0001F600 <b>&</b>\"");
        Assert.True(new MessageCodec(Key).TryDecode(new MessageCodec(Key).Encode(sent), out var received, out _));
        Assert.Equal("execute_request", received.Type);
        Assert.Equal([1, 2, 3], Assert.Single(received.Identities));
        Assert.Equal((string)sent.Content["code"]!, (string)received.Content["code"]!);
    }

    [Fact]
    public void The_signature_is_the_HMAC_of_the_four_parts()
    {
        var frames = new MessageCodec(Key).Encode(Request());
        var expected = System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), frames.Skip(3).SelectMany(part => part).ToArray());
        Assert.Equal(Convert.ToHexStringLower(expected), Encoding.ASCII.GetString(frames[2]));
    }

    /// <summary>Every answer carries the header of its request, so a header that cannot be written again must not come in.</summary>
    [Theory]
    [InlineData("\"\\ud83d\\ude00\"", true)]
    [InlineData("\"\\ud83d\"", false)]
    [InlineData("{\"deep\": [\"\\udc00\"]}", false)]
    [InlineData("{\"twice\": 1, \"twice\": 2}", true)]
    public void A_header_comes_in_only_if_it_can_be_echoed(string id, bool comesIn)
    {
        var codec = new MessageCodec(Key);
        Assert.Equal(comesIn, codec.TryDecode(Signed($"{{\"msg_type\": \"x\", \"msg_id\": {id}}}"), out var message, out var fault));
        if (!comesIn)
        {
            Assert.StartsWith("parts that are not JSON", fault, StringComparison.Ordinal);
            return;
        }

        using var sent = JsonDocument.Parse(id);
        using var echo = JsonDocument.Parse(codec.Encode(Message.Create("reply", "s1", [], message))[3]);
        Assert.True(JsonElement.DeepEquals(sent.RootElement, echo.RootElement.GetProperty("msg_id")), $"{id} came back as {echo.RootElement}");
    }

    [Fact]
    public void A_wrong_signature_is_refused()
    {
        var frames = new MessageCodec("another key").Encode(Request());
        Assert.False(new MessageCodec(Key).TryDecode(frames, out _, out var fault));
        Assert.Equal("wrong signature", fault);
    }

    [Fact]
    public void A_changed_message_is_refused()
    {
        var frames = new MessageCodec(Key).Encode(Request());
        frames[^1] = Encoding.UTF8.GetBytes("{\"code\": \"2 + 2\"}");
        Assert.False(new MessageCodec(Key).TryDecode(frames, out _, out _));
    }

    [Fact]
    public void A_message_that_was_received_before_is_refused()
    {
        var (receiver, frames) = (new MessageCodec(Key), new MessageCodec(Key).Encode(Request()));
        Assert.True(receiver.TryDecode(frames, out _, out _));
        Assert.False(receiver.TryDecode(frames, out _, out var fault));
        Assert.Contains("before", fault);
    }

    [Fact]
    public void Without_a_key_messages_are_not_signed()
    {
        var frames = new MessageCodec("").Encode(Request());
        Assert.Empty(frames[2]);
        Assert.True(new MessageCodec("").TryDecode(frames, out _, out _));
    }

    [Fact]
    public void Ten_thousand_broken_messages_are_refused_and_none_throws()
    {
        var (random, receiver) = (new Random(1), new MessageCodec(Key));
        var refused = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var frames = new MessageCodec(Key).Encode(Request());
            switch (random.Next(5))
            {
                case 0:
                    frames.RemoveAt(1 + random.Next(frames.Count - 1)); // the first is an identity, and may be missing
                    break;
                case 1:
                    var part = 3 + random.Next(4);
                    frames[part] = frames[part][..random.Next(frames[part].Length)];
                    break;
                case 2:
                    frames[2][random.Next(frames[2].Length)] ^= 1;
                    break;
                case 3:
                    random.NextBytes(frames[3 + random.Next(4)]);
                    break;
                default:
                    frames = [.. Enumerable.Range(0, random.Next(12)).Select(_ => new byte[random.Next(40)])];
                    break;
            }

            if (!receiver.TryDecode(frames, out _, out _))
                refused++;
        }

        Assert.Equal(10_000, refused);
        Assert.True(receiver.TryDecode(new MessageCodec(Key).Encode(Request()), out _, out _));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"msg_type\": 3}")]
    [InlineData("{\"msg_type\": \"a\", \"msg_type\": \"b\"}")]
    public void A_header_that_is_none_is_refused_even_when_signed_rightly(string header)
    {
        Assert.False(new MessageCodec(Key).TryDecode(Signed(header), out _, out var fault));
        Assert.Contains("part", fault);
    }

    /// <summary>The frames of a message with this header and nothing else, signed rightly.</summary>
    private static List<byte[]> Signed(string header)
    {
        byte[][] parts = [Encoding.UTF8.GetBytes(header), [.. "{}"u8], [.. "{}"u8], [.. "{}"u8]];
        var signature = System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), parts.SelectMany(part => part).ToArray());
        return [[.. "<IDS|MSG>"u8], Encoding.ASCII.GetBytes(Convert.ToHexStringLower(signature)), .. parts];
    }
}
