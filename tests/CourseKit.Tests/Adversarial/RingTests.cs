namespace CourseKit.Tests.Adversarial;

/// <summary>Eight clouds on a ring: what mode collapse is measured on, with the figures of five seeds each.</summary>
public class RingTests
{
    private static readonly MixtureDensity Ring = MixtureDensity.Ring();

    [Fact]
    public void Coverage_counts_clouds_shares_and_divergence()
    {
        var own = ModeCoverage.Of(Ring.Sample(20_000, 1), Ring);
        Assert.Equal((8, 8), (own.Covered, own.Modes));
        Assert.InRange(own.HighQuality, 0.985, 0.993); // 1 - exp(-9/2) = 0.9889
        Assert.InRange(own.Divergence, 0, 0.002);
        var one = ModeCoverage.Of(Tensor.From([2, 0, 2, 0.1f, 0, 0, 1.9f, 0], 4, 2), Ring);
        Assert.Equal(1, one.Covered);
        Assert.Equal(0.75, one.HighQuality);
        Assert.Equal(Math.Log(8), one.Divergence, 1e-9);
        Assert.Equal([3, 0, 0, 0, 0, 0, 0, 0], one.Counts);
        Assert.True(double.IsNaN(ModeCoverage.Of(new Tensor(3, 2), Ring).Divergence));
        Assert.Throws<ArgumentException>(() => ModeCoverage.Of(new Tensor(3, 1), Ring));
        Assert.Throws<ArgumentException>(() => ModeCoverage.Of(new Tensor(0, 2), Ring));
    }
}
