using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Tests.Data;

public class MixtureDensityTests
{
    [Fact]
    public void The_normal_density_has_its_known_values()
    {
        var normal = MixtureDensity.Gaussian(1, 2);
        Assert.Equal(0.199471140, normal.Density(1), 1e-9);
        Assert.Equal(0.120985362, normal.Density(3), 1e-9);
        Assert.Equal(-0.5 * 100 * 100 - Math.Log(2) - 0.5 * Math.Log(Math.Tau), normal.LogDensity(201), 1e-9);
    }

    [Fact]
    public void Numbers_that_are_none_are_refused_and_what_is_endlessly_far_has_no_density()
    {
        foreach (var mean in new[] { double.NaN, double.PositiveInfinity })
            Assert.Contains("A mean of", Assert.Throws<ArgumentException>(() => MixtureDensity.Gaussian(mean)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => MixtureDensity.Ring(radius: double.PositiveInfinity));
        var two = MixtureDensity.OnTheLine("two", (3, -1, 0.4), (1, 2, 0.7));
        foreach (var far in new[] { 1e200, double.PositiveInfinity, double.NegativeInfinity })
            Assert.Equal((double.NegativeInfinity, 0), (two.LogDensity(far), two.Density(far)));
        Assert.Throws<ArgumentException>(() => two.Density(double.NaN));
        Assert.Throws<ArgumentException>(() => two.NearestMode(double.NaN));
    }

    [Fact]
    public void A_density_adds_up_to_one()
    {
        var mixture = MixtureDensity.OnTheLine("two", (3, -1, 0.4), (1, 2, 0.7));
        Assert.Equal(1, Enumerable.Range(-600, 1201).Sum(i => 0.01 * mixture.Density(0.01 * i)), 1e-6);
        foreach (var density in new[] { MixtureDensity.Ring(), MixtureDensity.Grid(3, 1, 0.2) })
        {
            var sum = 0.0;
            for (var i = -150; i <= 150; i++)
                for (var j = -150; j <= 150; j++)
                    sum += 0.02 * 0.02 * density.Density(0.02 * i, 0.02 * j);
            Assert.Equal(1, sum, 1e-6);
        }
    }

    [Fact]
    public void Samples_have_the_means_deviations_and_shares_of_their_clouds()
    {
        var mixture = MixtureDensity.OnTheLine("two", (3, -1, 0.1), (1, 2, 0.2));
        var samples = mixture.Sample(20_000, seed: 5).Data;
        var (left, right) = (samples.Where(x => x < 0.5).ToArray(), samples.Where(x => x >= 0.5).ToArray());
        Assert.Equal(0.75, left.Length / 20_000.0, 0.01);
        Assert.Equal(-1, left.Average(), 0.003);
        Assert.Equal(2, right.Average(), 0.01);
        Assert.Equal(0.1, Math.Sqrt(left.Average(x => (x + 1) * (x + 1))), 0.002);
        Assert.Equal(0.2, Math.Sqrt(right.Average(x => (x - 2) * (x - 2))), 0.006);
    }

    [Fact]
    public void The_rings_samples_fall_evenly_about_its_eight_modes()
    {
        var ring = MixtureDensity.Ring();
        var samples = ring.Sample(8_000, seed: 1);
        var counts = new int[8];
        for (var n = 0; n < 8_000; n++)
        {
            var (mode, deviations) = ring.NearestMode(samples[n, 0], samples[n, 1]);
            counts[mode]++;
            Assert.InRange(deviations, 0, 6);
        }

        Assert.All(counts, count => Assert.InRange(count, 900, 1_100));
        Assert.Equal(samples.Data[..100], ring.Sample(50, seed: 1).Data);
    }

    [Fact]
    public void The_grid_stands_about_the_origin()
    {
        var grid = MixtureDensity.Grid(5, 2);
        Assert.Equal(25, grid.Means.RowCount);
        Assert.Equal(Vector<double>.Build.Dense([-4, -4]), grid.Means.Row(0));
        Assert.Equal(Vector<double>.Build.Dense([4, 4]), grid.Means.Row(24));
        Assert.Equal(0, grid.Means.ColumnSums().L2Norm(), 1e-12);
    }

    [Fact]
    public void Wrong_numbers_are_refused()
    {
        Assert.Contains("positive numbers", Assert.Throws<ArgumentException>(() => MixtureDensity.Gaussian(0, 0)).Message);
        Assert.Throws<ArgumentException>(() => MixtureDensity.OnTheLine("none"));
        Assert.Contains("over 2", Assert.Throws<ArgumentException>(() => MixtureDensity.Ring().Density(1)).Message);
        Assert.Throws<ArgumentException>(() => MixtureDensity.Ring().Fill(new Tensor(3, 3), new RandomSource(1)));
    }
}
