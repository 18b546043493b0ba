namespace CourseKit.Tests.Background;

public class GaborTests
{
    [Theory]
    [InlineData(5.5, 5.2, 0.3, 0.15, 2.0, 2.5, 0.4)]
    [InlineData(4.0, 7.0, 2.0, 0.25, 1.5, 3.0, -1.2)]
    [InlineData(6.5, 5.0, 1.2, 0.10, 2.5, 1.5, 3.0)]
    public void A_fit_finds_the_function_that_was_drawn(double x0, double y0, double theta, double frequency, double along, double across, double phase)
    {
        var drawn = new Gabor(x0, y0, theta, frequency, along, across, phase);
        var fit = GaborFit.Of(drawn.Draw(12));
        Assert.InRange(fit.Correlation, 0.999, 1.000001);
        Assert.Equal(1, Correlation(fit.Gabor.Draw(12), drawn.Draw(12)), 1e-3);
    }

    [Fact]
    public void A_fit_survives_noise()
    {
        var random = new Random(1);
        var drawn = new Gabor(5, 6, 0.8, 0.2, 2, 3, 1).Draw(12);
        float[] noisy = [.. drawn.Select(v => v + 0.15f * (random.NextSingle() - 0.5f))];
        Assert.InRange(GaborFit.Of(noisy).Correlation, 0.95, 1);
    }

    [Fact]
    public void Noise_alone_does_not_fit()
    {
        // The control of every claim about learned filters: what random pixels reach.
        var random = new Random(2);
        var correlations = Enumerable.Range(0, 40).Select(_ =>
            GaborFit.Of([.. Enumerable.Range(0, 144).Select(_ => random.NextSingle() - 0.5f)]).Correlation).ToList();
        Assert.All(correlations, c => Assert.InRange(c, 0, 0.6));
    }

    [Fact]
    public void Filters_of_a_bank_are_silent_on_even_surfaces_and_have_length_one()
    {
        var bank = new GaborBank(directions: 6, size: 9, wavelength: 5);
        Assert.Equal([12, 1, 9, 9], bank.Filters.Shape.ToArray());
        for (var f = 0; f < 12; f++)
        {
            var filter = bank.Filters.Data.AsSpan(f * 81, 81).ToArray();
            Assert.Equal(0, filter.Sum(), 1e-5);
            Assert.Equal(1, filter.Sum(v => v * v), 1e-5);
        }

        var even = new Tensor(20, 20);
        even.Span.Fill(7);
        Assert.All(bank.ComplexCells(even).Data, answer => Assert.Equal(0, answer, 1e-4));
    }

    [Fact]
    public void The_cell_whose_direction_is_the_edges_answers_most()
    {
        var bank = new GaborBank(directions: 8, size: 11);
        for (var d = 0; d < 8; d++)
        {
            var answers = bank.SimpleCells(Edge(bank.Directions[d]));
            var middle = Enumerable.Range(0, 8).Select(k => answers[k, 5, 5]).ToArray();
            Assert.Equal(d, Array.IndexOf(middle, middle.Max()));
            Assert.True(middle.Max() > 3 * Math.Abs(middle[(d + 4) % 8]));
        }
    }

    [Fact]
    public void A_complex_cell_answers_to_an_edge_wherever_it_lies_and_a_simple_cell_does_not()
    {
        var bank = new GaborBank(directions: 4, size: 11, wavelength: 6);
        double[] simple = [.. Enumerable.Range(-2, 5).Select(shift => (double)bank.SimpleCells(Edge(0, shift))[0, 5, 5])];
        double[] complex = [.. Enumerable.Range(-2, 5).Select(shift => (double)bank.ComplexCells(Edge(0, shift))[0, 5, 5])];
        Assert.True(simple.Min() < 0.4 * simple.Max(), string.Join(" ", simple));
        Assert.True(complex.Min() > 0.6 * complex.Max(), string.Join(" ", complex));
    }

    /// <summary>A 21x21 picture, dark on one side of a line through its middle, brighter across it in the direction theta.</summary>
    private static Tensor Edge(double theta, double shift = 0)
    {
        var image = new Tensor(21, 21);
        for (var i = 0; i < image.Count; i++)
            image.Data[i] = (float)Math.Clamp((i % 21 - 10) * Math.Cos(theta) + (i / 21 - 10) * Math.Sin(theta) - shift + 0.5, 0, 1);
        return image;
    }

    private static double Correlation(float[] a, float[] b) =>
        MathNet.Numerics.Statistics.Correlation.Pearson(a.Select(v => (double)v), b.Select(v => (double)v));
}
