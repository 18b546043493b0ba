namespace CourseKit.Notebooks.Tests.Convolution;

/// <summary>What the prose of chapter 4 says in numbers, measured again with the calls and the seeds of its cells.</summary>
public class ChapterTests
{
    [Fact]
    public void Of_three_moving_averages_that_over_15_is_nearest_to_the_wave()
    {
        var random = new RandomSource(1);
        double[] wave = [.. Enumerable.Range(0, 240).Select(t => Math.Sin(t / 18.0))];
        double[] noisy = [.. wave.Select(v => v + 0.5 * random.NextNormal())];
        double Off(int m) => Math.Sqrt(Convolution1D.ConvolveSame(noisy, Filters.MovingAverage(m)).Zip(wave, (a, b) => (a - b) * (a - b)).Average());
        Assert.InRange(Off(3), 0.25, 0.35); // more than half of the noise's 0.5
        Assert.InRange(Off(15), 0, 0.2);
        Assert.InRange(Off(61), 0.5, 0.8); // nearly the wave itself, whose root mean square is 0.7
    }

    [Fact]
    public void Twelve_ones_stay_ones_in_the_narrow_convolution_alone()
    {
        double[] ones = [.. Enumerable.Repeat(1.0, 12)];
        var f = Filters.MovingAverage(5);
        var (wide, same, narrow) = (Convolution1D.ConvolveWide(ones, f), Convolution1D.ConvolveSame(ones, f), Convolution1D.ConvolveNarrow(ones, f));
        Assert.Equal((16, 12, 8), (wide.Length, same.Length, narrow.Length));
        Assert.All(narrow, y => Assert.Equal(1, y, 1e-12));
        Assert.True(wide[0] < 0.3 && wide[^1] < 0.3 && same[0] < 0.7 && same[^1] < 0.7);
        Assert.Equal([1, 2, 3], Convolution1D.ConvolveSame([0, 0, 0, 0, 1, 0, 0, 0, 0], [1, 2, 3]).Where(y => y > 0));
        Assert.Equal([3, 2, 1], Convolution1D.CorrelateSame([0, 0, 0, 0, 1, 0, 0, 0, 0], [1, 2, 3]).Where(y => y > 0));
    }

    [Fact]
    public void The_parameters_are_as_many_as_the_text_counts()
    {
        Assert.Equal(1516, new Conv2D(6, 16, 5, table: ConnectionTable.LeNet5).ParameterCount);
        Assert.Equal(2416, new Conv2D(6, 16, 5).ParameterCount);
        Assert.Equal(156, new Conv2D(1, 6, 5).ParameterCount);
        Assert.Equal(4_821_600, new Dense(1024, 4704).ParameterCount);
        Assert.Equal([0, 4, 5], ConnectionTable.LeNet5.InputsOf(4).ToArray()); // round the corner
        Assert.Equal(7 * 12, LeNet5.Targets().Shape[1]);
        var rows = LeNet5.Create(1).Rows.Where(row => row.Connections > 0).ToArray();
        Assert.Equal((156, 122_304, 48_120, 48_120), ((int)rows[0].Parameters, (int)rows[0].Connections, (int)rows[4].Parameters, (int)rows[4].Connections));
        Assert.Equal(rows.Max(row => row.Parameters), rows[4].Parameters);
        Assert.Equal(rows.Max(row => row.Connections), rows[2].Connections);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 6)]
    [InlineData(5, 14)]
    [InlineData(7, 16)]
    [InlineData(9, 32)]
    public void A_unit_sees_as_many_pixels_as_computed(int layers, int rows)
    {
        var x = new Tensor(1, 1, 32, 32);
        new RandomSource(1).FillNormal(x.Span);
        var part = new Network([1, 32, 32], [.. LeNet5.Create(seed: 1).Layers.Take(layers)]);
        var delta = new Tensor(part.Forward(x).Shape);
        delta[0, 0, 0, 0] = 1;
        Assert.Equal(rows, part.Backward(delta).Reshape(32, 32).ToMatrix().EnumerateRows().Count(row => row.L2Norm() > 0));
    }
}
