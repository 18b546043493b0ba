using CourseKit.Testing;

namespace CourseKit.Tests.History;

public class HopfieldCapacityTests
{
    [LongFact]
    public void Networks_break_later_than_0_138_N_and_the_larger_the_closer()
    {
        HopfieldCapacityResult[] results =
        [
            HopfieldCapacity.Measure(200, networks: 40, probes: 9, seed: 1),
            HopfieldCapacity.Measure(500, networks: 30, probes: 9, seed: 2),
            HopfieldCapacity.Measure(1_000, networks: 16, probes: 9, seed: 3),
        ];
        Assert.InRange(results[0].Median, 0.19, 0.24);
        Assert.InRange(results[1].Median, 0.165, 0.195);
        Assert.InRange(results[2].Median, 0.15, 0.18);
        Assert.True(results[0].Median > results[1].Median && results[1].Median > results[2].Median);
        Assert.True(results[2].Deviation < results[0].Deviation);
        Assert.All(results, result => Assert.InRange(result.Median, result.LowerQuartile, result.UpperQuartile));
        Assert.InRange(HopfieldCapacity.Trend(results).AtInfinity, 0.11, 0.15);
    }

    [Fact]
    public void Around_the_critical_load_the_curve_of_the_larger_network_is_the_steeper()
    {
        double[] loads = [0.10, 0.16, 0.20];
        var small = HopfieldCapacity.Curve(200, loads, networks: 40, probes: 10, seed: 5);
        var large = HopfieldCapacity.Curve(1_000, loads, networks: 12, probes: 10, seed: 6);
        Assert.True(small[0].RecalledShare > 0.95 && large[0].RecalledShare > 0.97);
        Assert.True(small[1].RecalledShare - large[1].RecalledShare > 0.1);
        Assert.True(small[2].RecalledShare - large[2].RecalledShare > 0.3);
        Assert.True(large[0].MeanOverlap > 0.97 && large[2].MeanOverlap < 0.5);
    }

    [Fact]
    public void The_fields_from_overlaps_recall_what_the_network_of_weights_recalls()
    {
        // At a load of 0.1 and N = 200 both forms of the network stay at nearly every pattern; the mean overlaps must agree closely.
        var curve = HopfieldCapacity.Curve(200, [0.1], networks: 20, probes: 10, seed: 8);
        var mean = Enumerable.Range(0, 20).Average(n =>
        {
            var patterns = HopfieldPatterns.Random(20, 200, seed: n);
            var network = HopfieldNetwork.Store(patterns);
            return patterns.Take(10).Average(pattern => HopfieldPatterns.Overlap(network.Recall(pattern, seed: n).State, pattern));
        });
        Assert.Equal(mean, curve[0].MeanOverlap, 0.01);
        Assert.Equal(curve[0].MeanOverlap, curve[0].Overlaps.Average(), 1e-12);
    }

    [Fact]
    public void A_network_does_not_depend_on_how_many_there_are()
    {
        var few = HopfieldCapacity.Measure(200, networks: 2, probes: 5, seed: 4);
        Assert.Equal(few.Loads, HopfieldCapacity.Measure(200, networks: 5, probes: 5, seed: 4).Loads.Take(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => HopfieldCapacity.Measure(10, 1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => HopfieldCapacity.Curve(200, [0.9], 1, 1, 1));
        Assert.Throws<ArgumentException>(() => HopfieldCapacity.Trend([few]));
    }
}
