namespace CourseKit.Tests.Convolution;

/// <summary>Formulas (15) and (16), and the filters.</summary>
public class ConvolutionTests
{
    private static readonly double[] X = [1, 2, 4, -1, 3];
    private static readonly double[] F = [1, 10, 100];

    [Fact]
    public void Formula_15_sums_f_k_times_x_at_t_minus_k_plus_1()
    {
        double[] wanted = [.. Enumerable.Range(1, X.Length + F.Length - 1).Select(t =>
            Enumerable.Range(1, F.Length).Sum(k => t - k + 1 is >= 1 and var at && at <= X.Length ? F[k - 1] * X[at - 1] : 0))];
        Assert.Equal([1, 12, 124, 239, 393, -70, 300], wanted); // by hand
        Assert.Equal(wanted, Convolution1D.ConvolveWide(X, F));
        Assert.Equal(wanted[2..5], Convolution1D.ConvolveNarrow(X, F));
        Assert.Equal(wanted[1..6], Convolution1D.ConvolveSame(X, F));
    }

    [Fact]
    public void Correlation_is_convolution_with_the_mirrored_filter()
    {
        double[] mirrored = [.. F.Reverse()];
        Assert.Equal([421, -58, 294], Convolution1D.CorrelateNarrow(X, F));
        Assert.Equal(Convolution1D.ConvolveWide(X, mirrored), Convolution1D.CorrelateWide(X, F));
        Assert.Equal(Convolution1D.ConvolveNarrow(X, mirrored), Convolution1D.CorrelateNarrow(X, F));
        Assert.Equal(Convolution1D.ConvolveSame(X, mirrored), Convolution1D.CorrelateSame(X, F));
        Assert.NotEqual(Convolution1D.ConvolveNarrow(X, F), Convolution1D.CorrelateNarrow(X, F));
    }

    [Theory]
    [InlineData(9, 1)]
    [InlineData(9, 4)]
    [InlineData(3, 3)]
    public void Wide_narrow_and_same_have_the_lengths_of_the_slides(int n, int m)
    {
        var (x, f) = (new double[n], new double[m]);
        Assert.Equal(n + m - 1, Convolution1D.ConvolveWide(x, f).Length);
        Assert.Equal(n - m + 1, Convolution1D.ConvolveNarrow(x, f).Length);
        Assert.Equal(n, Convolution1D.ConvolveSame(x, f).Length);
        var (X, F) = (new Tensor(n, n + 1), new Tensor(m, 1));
        Assert.Equal([n + m - 1, n + 1], Convolution2D.ConvolveWide(X, F).Shape.ToArray());
        Assert.Equal([n - m + 1, n + 1], Convolution2D.CorrelateNarrow(X, F).Shape.ToArray());
        Assert.Equal([n, n + 1], Convolution2D.ConvolveSame(X, F).Shape.ToArray());
    }

    [Fact]
    public void Formula_16_sums_f_uv_times_X_at_i_minus_u_plus_1_and_j_minus_v_plus_1()
    {
        var random = new RandomSource(1);
        var (X, f) = (new Tensor(6, 5), new Tensor(2, 3));
        random.FillNormal(X.Span);
        random.FillNormal(f.Span);
        var wide = Convolution2D.ConvolveWide(X, f);
        for (var i = 1; i <= 7; i++)
            for (var j = 1; j <= 7; j++)
            {
                var sum = 0.0;
                for (var u = 1; u <= 2; u++)
                    for (var v = 1; v <= 3; v++)
                        if (i - u + 1 is >= 1 and <= 6 && j - v + 1 is >= 1 and <= 5)
                            sum += f[u - 1, v - 1] * X[i - u, j - v];
                Assert.Equal(sum, wide[i - 1, j - 1], 1e-5);
            }

        var narrow = Convolution2D.ConvolveNarrow(X, f);
        Assert.Equal(wide[1, 2], narrow[0, 0]);
        var turned = Tensor.From([.. f.Data.Reverse()], 2, 3);
        Assert.Equal(narrow.Data, Convolution2D.CorrelateNarrow(X, turned).Data);
        Assert.Equal(wide.Data, Convolution2D.CorrelateWide(X, turned).Data);
        Assert.Equal(Convolution2D.ConvolveSame(X, f).Data, Convolution2D.CorrelateSame(X, turned).Data);
    }

    [Fact]
    public void Filters_do_what_they_are_named_for()
    {
        Assert.Equal([2, 3, 4], Convolution1D.ConvolveNarrow([1, 2, 3, 4, 5], Filters.MovingAverage(3)).Select(y => Math.Round(y, 12)));
        var edge = Tensor.From([0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1], 3, 4); // lighter to the right
        Assert.Equal([4, 4], Convolution2D.CorrelateNarrow(edge, Filters.SobelAcross).Data);
        Assert.Equal([-4, -4], Convolution2D.ConvolveNarrow(edge, Filters.SobelAcross).Data);
        Assert.Equal([0, 0], Convolution2D.CorrelateNarrow(edge, Filters.SobelDown).Data);
        Assert.Equal([1 / 3f, 2 / 3f], Convolution2D.ConvolveNarrow(edge, Filters.Mean(3)).Data.Select(y => y), (a, b) => Math.Abs(a - b) < 1e-6);
        var gabor = Filters.Gabor(9, 0, 4, 2);
        Assert.Equal(0, gabor.Data.Average(), 1e-6);
        Assert.True(gabor[4, 4] > 0 && gabor[4, 2] < 0 && gabor[2, 4] > 0);
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_the_sizes()
    {
        Assert.Contains("filter of 4 numbers is longer than the sequence of 3", Assert.Throws<ArgumentException>(() => Convolution1D.ConvolveNarrow(new double[3], new double[4])).Message);
        Assert.Contains("sequence of 3 and a filter of 0", Assert.Throws<ArgumentException>(() => Convolution1D.CorrelateWide(new double[3], [])).Message);
        Assert.Contains("filter of 3x2 is larger than the image of 2x9", Assert.Throws<ArgumentException>(() => Convolution2D.CorrelateNarrow(new Tensor(2, 9), new Tensor(3, 2))).Message);
        Assert.Contains("The image: shape 2x2x2 given", Assert.Throws<ArgumentException>(() => Convolution2D.ConvolveSame(new Tensor(2, 2, 2), new Tensor(3, 2))).Message);
    }
}
