using System.Globalization;
using System.Text.Json;

namespace CourseKit.Tests.Oracle;

/// <summary>One case of the reference numbers: named inputs, and the numbers that a correct implementation gives.</summary>
public sealed class OracleCase
{
    private readonly JsonElement inputs;
    private readonly JsonElement expected;

    public OracleCase(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = document.RootElement.Clone();
        Name = root.GetProperty("case").GetString()!;
        About = root.GetProperty("about").GetString()!;
        inputs = root.GetProperty("inputs");
        expected = root.GetProperty("expected64");
    }

    public string Name { get; }

    /// <summary>The formula in one sentence.</summary>
    public string About { get; }

    public IEnumerable<string> ExpectedNames => expected.EnumerateObject().Select(property => property.Name);

    public bool Has(string input) => inputs.TryGetProperty(input, out _);

    public bool Expects(string name) => expected.TryGetProperty(name, out _);

    public Tensor Input(string name)
    {
        var (shape, data) = Read(inputs, name);
        return Tensor.From([.. data.Select(number => (float)number)], shape);
    }

    public float Scalar(string name) => Input(name).Data.Single();

    public int[] Labels(string name) => [.. Input(name).Data.Select(label => (int)label)];

    public Tensor Expected(string name)
    {
        var (shape, data) = Read(expected, name);
        return Tensor.From([.. data.Select(number => (float)number)], shape);
    }

    /// <summary>Asserts every number: within the tolerance of its own size, and of a tenth of the largest number's beside it.</summary>
    public void AssertMatches(string name, Tensor actual, double tolerance)
    {
        var (shape, data) = Read(expected, name);
        Assert.True(actual.HasShape(shape), $"{Name}: {name} has shape {actual.ShapeText}, {string.Join('x', shape)} expected.");
        AssertMatches(name, data, actual.Data, tolerance);
    }

    public void AssertMatches(string name, double actual, double tolerance) =>
        AssertMatches(name, Read(expected, name).Data, [(float)actual], tolerance);

    /// <summary>Asserts entry <paramref name="step"/> of a trace, whose first index is the step.</summary>
    public void AssertMatches(string name, int step, ReadOnlySpan<float> actual, double tolerance)
    {
        var data = Read(expected, name).Data;
        AssertMatches($"{name}[{step}]", data[(step * actual.Length)..((step + 1) * actual.Length)], actual, tolerance);
    }

    /// <summary>Entry <paramref name="step"/> of an input whose first index is the step.</summary>
    public Tensor InputOfStep(string name, int step)
    {
        var all = Input(name);
        var size = all.Count / all.Shape[0];
        return Tensor.From(all.Data[(step * size)..((step + 1) * size)], all.Shape[1..]);
    }

    private void AssertMatches(string name, double[] wanted, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(wanted.Length, actual.Length);
        var largest = wanted.Max(Math.Abs);
        for (var i = 0; i < wanted.Length; i++)
        {
            var bound = tolerance * (Math.Abs(wanted[i]) + 0.1 * largest);
            Assert.True(
                Math.Abs(actual[i] - wanted[i]) <= bound,
                string.Create(CultureInfo.InvariantCulture, $"{Name}: {name}, number {i} is {actual[i]:G9}, {wanted[i]:G17} expected (difference {actual[i] - wanted[i]:G3}, at most {bound:G3})."));
        }
    }

    private static (int[] Shape, double[] Data) Read(JsonElement from, string name)
    {
        var entry = from.GetProperty(name);
        int[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32())];
        double[] data = [.. entry.GetProperty("data").EnumerateArray().Select(number => number.GetDouble())];
        return (shape, data);
    }
}
