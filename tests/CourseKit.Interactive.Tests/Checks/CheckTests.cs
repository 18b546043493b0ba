using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Interactive.Tests.Checks;

/// <summary>What a check says: whether an answer is right, where to look if not, and never what the right one is.</summary>
public class CheckTests
{
    private static readonly double[,] Table = { { 1, 2, 3 }, { 4, 5, 6 } };

    [Fact]
    public void A_right_answer_passes_in_every_form_that_students_write()
    {
        object[] forms =
        [
            Table, Matrix<double>.Build.DenseOfArray(Table), new double[][] { [1, 2, 3], [4, 5, 6] }, new List<double[]> { ([1, 2, 3]), ([4, 5, 6]) }, new[,] { { 1, 2, 3 }, { 4, 5, 6 } },
            Tensor.From([1, 2, 3, 4, 5, 6], 2, 3), new[] { Vector<double>.Build.DenseOfArray([1, 2, 3]), Vector<double>.Build.DenseOfArray([4, 5, 6]) }, new[,] { { 1f, 2, 3 }, { 4, 5, 6 } },
            Table.Cast<double>().Chunk(3).Select(row => row.Select(value => value * (1 + 1e-9))),
        ];
        Assert.All(forms, form => Check.Value("f", () => form, Table));
    }

    public static TheoryData<string, object, object?> Wrong => new()
    {
        { "the shape is transposed: 3x2 given, 2x3 expected", Table, new double[,] { { 1, 4 }, { 2, 5 }, { 3, 6 } } },
        { "the shape is off by one: 2x2 given, 2x3 expected", Table, new double[,] { { 1, 2 }, { 4, 5 } } },
        { "the shape is wrong: a single number given, 2x3 expected", Table, 1.0 },
        { "one part given, 2 parts expected", (1.0, 2.0), 1.0 },
        { "entry [1, 2], 7, is not right (the first of 1 that differ, of 6)", Table, new double[,] { { 1, 2, 3 }, { 4, 5, 7 } } },
        { "the right numbers, transposed", new double[,] { { 1, 2 }, { 3, 4 } }, new double[,] { { 1, 3 }, { 2, 4 } } },
        { "NaN or infinite", Table, new[,] { { 1, 2, 3 }, { 4, 5, double.NaN } } },
        { "NaN or infinite", 1.0, double.NegativeInfinity },
        { "every number is 0", Table, new double[2, 3] },
        { "the sign is the wrong way round", Table, new double[,] { { -1, -2, -3 }, { -4, -5, -6 } } },
        { "0 and 1 are exchanged", new[] { 0, 1, 1 }, new[] { 1, 0, 0 } },
        { "in the reverse order", new[] { 1.0, 2, 4 }, new[] { 4.0, 2, 1 } },
        { "one place further: an index is off by one", new[] { 1.0, 2, 4, 8 }, new[] { 2.0, 4, 8, 0 } },
        { "the same multiple", new[] { 1.0, 2, 4 }, new[] { 0.5, 1, 2 } },
        { "off by the same amount", new[] { 1.0, 2, 4 }, new[] { 2.0, 3, 5 } },
        { "at the wrong places", new[] { 1.0, 2, 4, 8 }, new[] { 2.0, 1, 8, 4 } },
        { "every number is the same", new[] { 1.0, 2, 4, 8 }, new[] { 3.0, 3, 3, 3 } },
        { "The answer is null", 1.0, null },
        { "The answer is a text", 1.0, "1" },
        { "of the type Object", 1.0, new object() },
        { "5 is not right", 1.0, 5.0 },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void A_wrong_answer_is_told_what_is_wrong_with_it(string expected, object right, object? given) =>
        Assert.Contains(expected, Message(() => Check.Value("f", () => given, right)), StringComparison.Ordinal);

    [Fact]
    public void The_mistake_that_the_task_knows_comes_before_all_others()
    {
        Assert.Equal("f(1): the bias is missing", Message(() => Check.Value("f(1)", () => 2.0, 3.0, ("α is missing", 9.0), ("the bias is missing", 2.0))));
        Assert.Equal("f(1): the bias is missing", Message(() => Check.Value("f(1)", () => -3.0, 3.0, ("the bias is missing", -3.0))));
    }

    [Fact]
    public void What_is_thrown_is_told_in_words()
    {
        Assert.Contains("nothing is written here yet", Message(() => Check.Value("f", () => throw new NotImplementedException(), 1)), StringComparison.Ordinal);
        Assert.Contains("does a loop go one too far", Message(() => Check.Value("f", () => (new int[1])[2 - 1], 1)), StringComparison.Ordinal);
        Assert.Contains("shapes or arguments do not fit", Message(() => Check.Value("f", () => Matrix<double>.Build.Dense(2, 3) * Matrix<double>.Build.Dense(2, 3), 1)), StringComparison.Ordinal);
        Assert.Contains("it throws FormatException", Message(() => Check.That("f", () => throw new FormatException("no"), "hint")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_right_answer_is_never_in_the_message() =>
        Assert.DoesNotContain("31415", Message(() => Check.Value("f", () => 1.5, 31415.0)) + Message(() => Check.Value("f", () => new[] { 1.5, 2 }, new[] { 31415.0, 2 })), StringComparison.Ordinal);

    [Fact]
    public void A_hidden_test_run_as_a_cell_compares_the_fingerprint()
    {
        static double[] Drawn(RandomSource random) => Draw.Numbers(random, 3);
        var fingerprint = Check.Fingerprint(Drawn, x => x.Sum());
        Check.Hidden("sums", Drawn, x => x.Sum() * (1 + 1e-9), fingerprint);
        Assert.Equal("sums: this is the product", Message(() => Check.Hidden("sums", Drawn, x => x[0] * x[1] * x[2], fingerprint, ("this is the product", x => x[0] * x[1] * x[2]))));
        Assert.Equal("sums: the answer is not right", Message(() => Check.Hidden("sums", Drawn, x => x[0], fingerprint)));
        Assert.Contains("NotImplemented", Message(() => Check.Hidden("sums", Drawn, _ => throw new NotImplementedException(), double.NaN)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"draws\":[],\"fault\":3}")]
    [InlineData("{\"draws\":[[{\"shape\":[2],\"values\":[1]}]],\"fault\":null}")]
    [InlineData("{\"draws\":[[{\"shape\":[-1],\"values\":[]}]],\"fault\":null}")]
    [InlineData("{\"draws\":[[{\"shape\":[1000000,1000000,1000000],\"values\":[]}]],\"fault\":null}")]
    [InlineData("{\"draws\":[[{\"shape\":[1],\"values\":[\"one\"]}]],\"fault\":null}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public void What_is_no_answer_is_not_taken_for_one(string json)
    {
        if (json == "{\"draws\":[],\"fault\":3}")
            Assert.Empty(Answer.Parse(json).Draws);
        else
            Assert.Throws<ArgumentException>(() => Answer.Parse(json));
    }

    [Fact]
    public void An_answer_comes_back_from_its_JSON_as_it_was()
    {
        var answer = new Answer([NumberBlock.Of((new[] { 0.1, double.NaN, double.PositiveInfinity, -0.0 }, 1.0 / 3))], null);
        var back = Answer.Parse(answer.ToJson());
        Assert.Equal(answer.Draws[0][0].Values, back.Draws[0][0].Values);
        Assert.Equal(answer.Draws[0][1].Values, back.Draws[0][1].Values);
        Assert.Equal([4], back.Draws[0][0].Shape);
    }

    [Fact]
    public void A_value_without_end_and_one_that_holds_itself_are_refused()
    {
        static IEnumerable<double> Endless()
        {
            while (true)
                yield return 1;
        }

        var self = new object[1];
        self[0] = self;
        Assert.Contains("too large", Message(() => Check.Value("f", () => Endless(), 1)), StringComparison.Ordinal);
        Assert.Contains("nested too deeply", Message(() => Check.Value("f", () => self, 1)), StringComparison.Ordinal);
    }

    private static string Message(Action check) => Assert.Throws<CheckFailedException>(check).Message;
}
