namespace CourseKit.Tests;

public class VectorMathTests
{
    public static TheoryData<int> Widths => GemmTests.Widths;

    private delegate void Function(ReadOnlySpan<float> x, Span<float> y);

    [Theory]
    [MemberData(nameof(Widths))]
    public void Exp_keeps_its_error_bound_over_all_floats(int width) =>
        CheckBound(width, VectorMath.Exp, Math.Exp, relative: 1.5e-7, absolute: x => x < -87.3 ? 1.5e-45 : 0);

    [Theory]
    [MemberData(nameof(Widths))]
    public void Log_keeps_its_error_bound_over_all_floats(int width) =>
        CheckBound(width, VectorMath.Log, Math.Log, relative: 1.5e-7, absolute: _ => 0);

    [Theory]
    [MemberData(nameof(Widths))]
    public void Tanh_keeps_its_error_bound_over_all_floats(int width) =>
        CheckBound(width, VectorMath.Tanh, Math.Tanh, relative: 4e-7, absolute: _ => 0);

    [Theory]
    [MemberData(nameof(Widths))]
    public void Sigmoid_keeps_its_error_bound_over_all_floats(int width) =>
        CheckBound(width, VectorMath.Sigmoid, x => 1 / (1 + Math.Exp(-x)), relative: 3e-7, absolute: x => x < -87 ? 1.2e-38 : 0);

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_ends_of_the_range_are_exact(int width) => AtWidth.Run(width, () =>
    {
        Assert.Equal([0, float.PositiveInfinity, 1, 1, float.NaN], Of(VectorMath.Exp, float.NegativeInfinity, float.PositiveInfinity, 0f, -0f, float.NaN));
        Assert.Equal(
            [float.NegativeInfinity, float.NegativeInfinity, float.PositiveInfinity, 0, float.NaN, float.NaN, float.NaN],
            Of(VectorMath.Log, 0f, -0f, float.PositiveInfinity, 1, -1, float.NegativeInfinity, float.NaN));
        Assert.Equal([-1, 1, 0, float.NaN, float.Epsilon], Of(VectorMath.Tanh, float.NegativeInfinity, float.PositiveInfinity, 0f, float.NaN, float.Epsilon));
        Assert.Equal([0, 1, 0.5f, float.NaN], Of(VectorMath.Sigmoid, float.NegativeInfinity, float.PositiveInfinity, 0f, float.NaN));
    });

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_result_depends_on_its_own_argument_alone(int width) => AtWidth.Run(width, () =>
    {
        foreach (Function function in new Function[] { VectorMath.Exp, VectorMath.Log, VectorMath.Tanh, VectorMath.Sigmoid })
            for (var length = 0; length < 70; length++)
            {
                var x = Enumerable.Range(0, length).Select(i => 0.1f + 0.07f * i).ToArray();
                var whole = Of(function, x);
                Assert.Equal(x.Select(one => Of(function, one)[0]), whole);
                function(x, x);
                Assert.Equal(whole, x);
            }
    });

    [Theory]
    [MemberData(nameof(Widths))]
    public void Softmax_and_log_sum_exp_agree_with_doubles(int width) => AtWidth.Run(width, () =>
    {
        var random = new RandomSource(5);
        for (var length = 1; length < 70; length++)
            foreach (var offset in new[] { 0f, 1000f, -1e30f })
            {
                var x = Enumerable.Range(0, length).Select(_ => offset + 10 * (float)random.NextNormal()).ToArray();
                var largest = (double)x.Max();
                var sum = x.Sum(value => Math.Exp(value - largest));
                var y = Of(VectorMath.SoftMax, x);
                for (var j = 0; j < length; j++)
                    Assert.Equal(Math.Exp(x[j] - largest) / sum, y[j], 5e-7);
                Assert.Equal(largest + Math.Log(sum), VectorMath.LogSumExp(x), 1e-6 * (1 + Math.Abs(largest)));
                VectorMath.SoftMax(x, x);
                Assert.Equal(y, x);
            }
    });

    [Fact]
    public void Softmax_and_log_sum_exp_answer_at_the_ends()
    {
        Assert.Equal([0, 1, 0], Of(VectorMath.SoftMax, float.NegativeInfinity, 3, float.NegativeInfinity));
        Assert.All(Of(VectorMath.SoftMax, 1, float.NaN, 2), y => Assert.True(float.IsNaN(y)));
        Assert.Equal(float.NegativeInfinity, VectorMath.LogSumExp([]));
        Assert.Equal(float.NegativeInfinity, VectorMath.LogSumExp([float.NegativeInfinity]));
        Assert.Equal(float.PositiveInfinity, VectorMath.LogSumExp([1, float.PositiveInfinity]));
        Assert.Equal(float.NaN, VectorMath.LogSumExp([1, float.NaN]));
        Assert.Empty(Of(VectorMath.SoftMax));
    }

    [Fact]
    public void Spans_that_do_not_fit_are_refused()
    {
        var numbers = new float[10];
        Assert.Contains("3 numbers given with room for 4", Assert.Throws<ArgumentException>(() => VectorMath.Exp(new float[3], new float[4])).Message);
        Assert.Throws<ArgumentException>(() => VectorMath.Tanh(numbers.AsSpan(0, 9), numbers.AsSpan(1, 9)));
    }

    private static float[] Of(Function function, params float[] x)
    {
        var y = new float[x.Length];
        function(x, y);
        return y;
    }

    private static void CheckBound(int width, Function function, Func<double, double> exact, double relative, Func<float, double> absolute) => AtWidth.Run(width, () =>
    {
        // Every 4001st float: all exponents, both signs, denormals, infinities and NaNs among them.
        var x = new float[(int)(uint.MaxValue / 4001) + 1];
        for (var i = 0; i < x.Length; i++)
            x[i] = BitConverter.UInt32BitsToSingle((uint)i * 4001u);
        var y = Of(function, x);
        var worst = (Error: 0.0, At: 0f);
        for (var i = 0; i < x.Length; i++)
        {
            var expected = exact(x[i]);
            if (double.IsNaN(expected) || Math.Abs(expected) > float.MaxValue || y[i] == expected)
            {
                Assert.Equal((float)expected, y[i]);
                continue;
            }

            var error = Math.Max(0, Math.Abs(y[i] - expected) - absolute(x[i])) / Math.Abs(expected);
            if (!(error <= worst.Error))
                worst = (error, x[i]);
        }

        Assert.True(worst.Error <= relative, FormattableString.Invariant($"Relative error {worst.Error} at {worst.At}; {relative} is allowed."));
    });
}
