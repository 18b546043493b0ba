namespace CourseKit.Tests.Data;

public class DeadLeavesTests
{
    [Fact]
    public void A_picture_depends_on_the_seed_and_its_number_alone()
    {
        var pictures = DeadLeaves.Draw(4, seed: 2, size: 48, threads: 1);
        Assert.Equal(pictures.Data, DeadLeaves.Draw(4, seed: 2, size: 48, threads: 2).Data);
        Assert.Equal(pictures.Data[..(2 * 48 * 48)], DeadLeaves.Draw(2, seed: 2, size: 48).Data);
        Assert.NotEqual(pictures.Data, DeadLeaves.Draw(4, seed: 3, size: 48).Data);
        Assert.InRange(pictures.Data.Min(), 0, 0.2);
        Assert.InRange(pictures.Data.Max(), 0.8, 1);
    }

    [Fact]
    public void Leaves_hide_each_other_wholly()
    {
        // Without blur each pixel shows one leaf: most neighbours are equal, the others differ by edges of any height.
        var picture = DeadLeaves.Draw(1, seed: 1, size: 128, smallest: 4, blur: 0).Data;
        var equal = Enumerable.Range(0, picture.Length).Count(i => i % 128 > 0 && picture[i] == picture[i - 1]) / (127.0 * 128);
        Assert.InRange(equal, 0.6, 0.97);
        Assert.InRange(picture.Distinct().Count(), 50, 5_000);
    }

    [Fact]
    public void The_spectrum_falls_with_frequency_as_in_photographs()
    {
        // Power along rows about f^-2 for a one-dimensional cut through edges; white noise would be flat.
        var pictures = DeadLeaves.Draw(20, seed: 5, size: 128, blur: 0).Data;
        var power = new double[64];
        for (var row = 0; row < 20 * 128; row += 4)
            for (var f = 1; f < 64; f++)
            {
                double re = 0, im = 0;
                for (var x = 0; x < 128; x++)
                {
                    var (sin, cos) = Math.SinCos(Math.Tau * f * x / 128);
                    (re, im) = (re + pictures[row * 128 + x] * cos, im + pictures[row * 128 + x] * sin);
                }

                power[f] += re * re + im * im;
            }

        Assert.InRange(Math.Log(power[4] / power[32]) / Math.Log(8), 1.0, 2.5);
    }

    [Fact]
    public void Filters_learned_from_them_are_like_those_of_V1()
    {
        var pictures = DeadLeaves.Draw(20, seed: 1);
        var learned = FastIca.Fit(Patches.Sample(pictures, size: 10, count: 5_000, seed: 1), k: 25, seed: 1);
        var alike = Enumerable.Range(0, 25).Count(i => GaborFit.Of(learned.Filters.Data.AsSpan(i * 100, 100)).Correlation > 0.8);
        Assert.InRange(alike / 25.0, 0.7, 1);
    }

    [Fact]
    public void Impossible_wishes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DeadLeaves.Draw(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => DeadLeaves.Draw(1, 1, size: 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => DeadLeaves.Draw(1, 1, smallest: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => DeadLeaves.Draw(1, 1, smallest: 5, largest: 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => DeadLeaves.Draw(1, 1, largest: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => DeadLeaves.Draw(1, 1, blur: -1));
    }
}
