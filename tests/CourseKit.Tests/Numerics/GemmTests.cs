namespace CourseKit.Tests;

public class GemmTests
{
    public static TheoryData<int> Widths => [.. new[] { 128, 256, 512 }.Where(width => width <= LaneWidth.Widest)];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Small_shapes_agree_with_the_double_reference(int width) => AtWidth.Run(width, () =>
    {
        var random = new RandomSource(1);
        for (var trial = 0; trial < 600; trial++)
            Check(1 + random.NextInt(40), 1 + random.NextInt(40), 1 + random.NextInt(40), random);
    });

    [Theory]
    [MemberData(nameof(Widths))]
    public void Long_and_prime_shapes_agree_with_the_double_reference(int width) => AtWidth.Run(width, () =>
    {
        var random = new RandomSource(2);
        foreach (var (m, n, k) in new[]
        {
            (1, 1, 1009), (1, 300, 784), (300, 784, 1), (32, 100, 300), (10, 100, 32), (197, 211, 263), (7, 1031, 19), (401, 13, 523),
            (128, 300, 784), (64, 64, 64), (193, 1025, 257), (2, 2, 5000), (3, 500, 300), (100, 30, 250),
        })
        {
            for (var i = 0; i < 4; i++)
                Check(m, n, k, random, transpose: i);
        }
    });

    [Theory]
    [InlineData(0, 3, 4)]
    [InlineData(3, 0, 4)]
    [InlineData(3, 4, 0)]
    [InlineData(0, 0, 0)]
    public void Empty_extents_leave_beta_C(int m, int n, int k) => Check(m, n, k, new RandomSource(3));

    [Fact]
    public void With_beta_0_what_stood_in_C_does_not_matter()
    {
        foreach (var (m, n, k) in new[] { (1, 5, 3), (6, 32, 8), (7, 33, 300), (40, 3, 2), (3, 3, 0), (1, 200, 1), (64, 1, 600) })
        {
            var c = new Tensor(m, n);
            Array.Fill(c.Data, float.NaN);
            Gemm.Multiply(new Tensor(m, k), false, new Tensor(k, n), false, c);
            Assert.All(c.Data, x => Assert.Equal(0, x));
            Array.Fill(c.Data, float.NaN);
            Gemm.Multiply(new Tensor(m, k), false, new Tensor(n, k), true, c);
            Assert.All(c.Data, x => Assert.Equal(0, x));
        }
    }

    [Fact]
    public void Rows_that_lie_apart_are_read_and_written_where_they_lie()
    {
        var random = new RandomSource(4);
        var (m, n, k) = (9, 21, 34);
        var a = Random(m * 40, random);
        var b = Random(n * 37, random);
        var c = Random(m * 25, random);
        var before = (float[])c.Clone();
        Gemm.Multiply(m, n, k, a, 40, false, b, 37, true, c, 25, beta: 0.5f);
        for (var i = 0; i < m; i++)
            for (var j = 0; j < 25; j++)
            {
                var expected = (double)before[i * 25 + j];
                if (j < n)
                    expected = 0.5 * expected + Enumerable.Range(0, k).Sum(p => (double)a[i * 40 + p] * b[j * 37 + p]);
                Assert.Equal(expected, c[i * 25 + j], 1e-5);
            }
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        var error = Assert.Throws<ArgumentException>(() => Gemm.Multiply(new Tensor(2, 3), false, new Tensor(4, 5), false, new Tensor(2, 5)));
        Assert.Contains("2x3 times 4x5", error.Message);
        error = Assert.Throws<ArgumentException>(() => Gemm.Multiply(new Tensor(2, 3), false, new Tensor(3, 5), false, new Tensor(5, 2)));
        Assert.Contains("shape 5x2 given, 2x5 expected", error.Message);
    }

    [Fact]
    public void A_product_over_one_of_its_factors_is_refused()
    {
        var a = new Tensor(3, 3);
        Assert.Throws<ArgumentException>(() => Gemm.Multiply(a, false, new Tensor(3, 3), false, a));
    }

    [Fact]
    public void Spans_that_are_too_short_are_refused() =>
        Assert.Throws<ArgumentException>(() => Gemm.Multiply(2, 2, 2, new float[4], 2, false, new float[4], 2, false, new float[4], 3));

    private static void Check(int m, int n, int k, RandomSource random, int transpose = -1)
    {
        var (transposeA, transposeB) = transpose < 0 ? (random.NextInt(2) == 0, random.NextInt(2) == 0) : (transpose % 2 == 1, transpose > 1);
        var beta = random.NextInt(3) switch { 0 => 0f, 1 => 1f, _ => -0.7f };
        var a = Tensor.From(Random(m * k, random), transposeA ? k : m, transposeA ? m : k);
        var b = Tensor.From(Random(k * n, random), transposeB ? n : k, transposeB ? k : n);
        var c = Tensor.From(Random(m * n, random), m, n);
        var before = c.Clone();
        Gemm.Multiply(a, transposeA, b, transposeB, c, beta);
        for (var i = 0; i < m; i++)
            for (var j = 0; j < n; j++)
            {
                var sum = 0.0;
                for (var p = 0; p < k; p++)
                    sum += (double)(transposeA ? a.Data[p * m + i] : a.Data[i * k + p]) * (transposeB ? b.Data[j * k + p] : b.Data[p * n + j]);
                var expected = sum + (double)beta * before.Data[i * n + j];
                // Numbers of [-1, 1): the error of a sum of k products grows with its square root.
                if (!(Math.Abs(c.Data[i * n + j] - expected) <= 1e-6 * (2 + Math.Sqrt(k))))
                    Assert.Fail($"{m}x{n}x{k}, A{(transposeA ? "'" : "")} B{(transposeB ? "'" : "")}, beta {beta}: C[{i}, {j}] is {c.Data[i * n + j]}, not {expected}.");
            }
    }

    private static float[] Random(int count, RandomSource random)
    {
        var numbers = new float[count];
        for (var i = 0; i < count; i++)
            numbers[i] = 2 * random.NextSingle() - 1;
        return numbers;
    }
}
