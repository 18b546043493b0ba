using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace CourseKit.Tests.FeedForward;

public sealed class SafetensorsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("coursekit-safetensors-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string PathOf(string name) => Path.Combine(folder, name);

    private static Network Small(int seed = 1, int hidden = 4) =>
        new Network(3, new Dense(3, hidden), new Tanh(), new Network(hidden, new Dense(hidden, 2), new Dense(2, 2))).Initialise(Initialisation.XavierUniform, seed);

    private static float[] Weights(Network network) => [.. network.Parameters.SelectMany(parameter => parameter.Value.Data)];

    private string Write(string header, int dataBytes, ulong? length = null)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + text.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length ?? (ulong)text.Length);
        text.CopyTo(bytes, 8);
        File.WriteAllBytes(PathOf("file"), bytes);
        return PathOf("file");
    }

    [Fact]
    public void What_was_saved_is_loaded_bit_for_bit()
    {
        var (first, second) = (Small(1), Small(2));
        first.Save(PathOf("a.safetensors"));
        Assert.NotEqual(Weights(first), Weights(second));
        second.Load(PathOf("a.safetensors"));
        Assert.Equal(Weights(first), Weights(second));
        Assert.Equal(["a.safetensors"], Directory.EnumerateFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void The_file_is_as_the_format_has_it()
    {
        Small().Save(PathOf("a"));
        var bytes = File.ReadAllBytes(PathOf("a"));
        var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0UL, length % 8);
        var header = JsonDocument.Parse(bytes.AsMemory(8, (int)length)).RootElement;
        Assert.Equal(
            ["__metadata__", "dense1.W", "dense1.b", "network1.dense1.W", "network1.dense1.b", "network1.dense2.W", "network1.dense2.b"],
            header.EnumerateObject().Select(property => property.Name));
        Assert.Equal("""{"dtype":"F32","shape":[4,3],"data_offsets":[0,48]}""", header.GetProperty("dense1.W").GetRawText());
        Assert.Equal("""{"dtype":"F32","shape":[4],"data_offsets":[48,64]}""", header.GetProperty("dense1.b").GetRawText());
        Assert.Equal(Small().Parameters[0].Value.Data[1], BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(8 + (int)length + 4)));
    }

    [Fact]
    public void A_file_of_another_tool_is_read()
    {
        // No metadata, names out of order, a scalar, an empty tensor, spaces behind the header.
        var path = Write("""{"z":{"shape":[2],"data_offsets":[4,12],"dtype":"F32"},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"e":{"dtype":"F32","shape":[0,3],"data_offsets":[12,12]}}   """, 12);
        var bytes = File.ReadAllBytes(path);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(bytes.Length - 4), 2.5f);
        File.WriteAllBytes(path, bytes);
        var tensors = Safetensors.Read(path);
        Assert.Equal(["a", "e", "z"], tensors.Keys.Order());
        Assert.Equal(2.5f, tensors["z"][1]);
        Assert.True(tensors["a"].HasShape());
        Assert.True(tensors["e"].HasShape(0, 3));
    }

    [Theory]
    [InlineData("[]", 0, "not a JSON object")]
    [InlineData("{", 0, "is not JSON")]
    [InlineData("\0\0\0\0", 0, "is not JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "is not JSON")]
    [InlineData("""{"a":7}""", 0, "tensor a needs a dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "tensor a needs a dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "tensor a needs a dtype")]
    [InlineData("""{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}""", 8, "tensor a is of type F64; F32 is expected")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "the extent -1")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "the extent 1.5")]
    [InlineData("""{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", 4, "the extent 1")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,4]}}""", 4, "larger than an array can be")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1610612736,1610612736,16],"data_offsets":[0,0]}}""", 0, "larger than an array can be")] // 9 * 2^64 bytes
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483591,2147483647],"data_offsets":[0,0]}}""", 0, "larger than an array can be")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,9223372036854775807]}}""", 4, "has 4 bytes, but lies from 0 to 9223372036854775807")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,9223372036854775808]}}""", 4, "no range of bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "shape 2 has 8 bytes, but lies from 0 to 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "no range of bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 4, "no range of bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "leave a gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "cut off")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "too long")]
    public void A_corrupt_header_is_refused(string header, int dataBytes, string reason)
    {
        var path = Write(header, dataBytes);
        var error = Assert.Throws<SafetensorsException>(() => Safetensors.Read(path));
        Assert.Contains(reason, error.Message);
        Assert.StartsWith(path, error.Message);
    }

    [Fact]
    public void A_header_length_beyond_the_file_or_all_measure_is_refused()
    {
        foreach (var length in new ulong[] { 3, 100, 100_000_001, ulong.MaxValue, long.MaxValue })
            Assert.Throws<SafetensorsException>(() => Safetensors.Read(Write("{}", 0, length)));
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        Assert.Contains("no such file", Assert.Throws<SafetensorsException>(() => Small().Load(PathOf("nowhere"))).Message);
        Assert.Contains("no such file", Assert.Throws<SafetensorsException>(() => Small().Load(PathOf("no/where"))).Message);
    }

    [Fact]
    public void A_file_cut_off_anywhere_changes_nothing()
    {
        Small(1).Save(PathOf("a"));
        var bytes = File.ReadAllBytes(PathOf("a"));
        var network = Small(2);
        var before = Weights(network);
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(PathOf("cut"), bytes[..length]);
            Assert.Throws<SafetensorsException>(() => network.Load(PathOf("cut")));
        }

        Assert.Equal(before, Weights(network));
    }

    [Fact]
    public void A_file_with_any_byte_of_its_header_changed_is_refused_or_read_but_never_half()
    {
        Small(1).Save(PathOf("a"));
        var (bytes, saved) = (File.ReadAllBytes(PathOf("a")), Weights(Small(1)));
        var headerEnd = 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        for (var i = 0; i < headerEnd; i++)
        {
            var network = Small(2);
            var before = Weights(network);
            var changed = (byte[])bytes.Clone();
            changed[i] ^= 0x15;
            File.WriteAllBytes(PathOf("changed"), changed);
            try
            {
                network.Load(PathOf("changed"));
                Assert.Equal(saved, Weights(network)); // a letter of the metadata, or a space
            }
            catch (SafetensorsException)
            {
                Assert.Equal(before, Weights(network));
            }
        }
    }

    [Fact]
    public void Another_networks_weights_are_refused_and_nothing_is_changed()
    {
        Small(1).Save(PathOf("a"));
        var wider = Small(2, hidden: 5);
        var before = Weights(wider);
        Assert.Contains("dense1.W has shape 4x3, but 5x3 in the network", Assert.Throws<SafetensorsException>(() => wider.Load(PathOf("a"))).Message);
        Assert.Equal(before, Weights(wider));
        var other = new Network(3, new Dense(3, 4), new Dense(4, 1));
        Assert.Contains(
            "Not in the file: dense2.W, dense2.b. Not in the network: network1.dense1.W",
            Assert.Throws<SafetensorsException>(() => other.Load(PathOf("a"))).Message);
    }

    [Fact]
    public void Weights_that_are_not_finite_are_refused()
    {
        var broken = Small(1);
        broken.Parameters[3].Value.Data[1] = float.NaN;
        broken.Save(PathOf("a"));
        var network = Small(2);
        var before = Weights(network);
        Assert.Contains("network1.dense1.b holds NaN (number 1)", Assert.Throws<SafetensorsException>(() => network.Load(PathOf("a"))).Message);
        Assert.Equal(before, Weights(network));
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_nothing_else()
    {
        Small(1).Save(PathOf("a"));
        var before = File.ReadAllBytes(PathOf("a"));
        Assert.Throws<ArgumentException>(() => Safetensors.Write(PathOf("a"), [("x", new Tensor(1)), ("x", new Tensor(1))]));
        Directory.CreateDirectory(PathOf("taken"));
        File.WriteAllText(PathOf("taken/file"), "");
        Assert.ThrowsAny<Exception>(() => Small(2).Save(PathOf("taken")));
        Assert.Equal(before, File.ReadAllBytes(PathOf("a")));
        Assert.Equal(["a"], Directory.EnumerateFiles(folder).Select(Path.GetFileName));
    }
}
