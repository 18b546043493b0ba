namespace CourseKit.Tests.Numerics;

public class RandomSourceTests
{
    [Fact]
    public void The_stream_of_seed_0_is_that_of_the_authors_reference_code()
    {
        // SplitMix64 from 0 gives e220a8397b1dcdaf, 6e789e6aa1b965f4, 06c45d188009454f, f88bb8a8724c81ec (published test vector);
        // the first number of xoshiro256** from that state is rotl(s1 * 5, 7) * 9.
        var expected = System.Numerics.BitOperations.RotateLeft(unchecked(0x6e789e6aa1b965f4UL * 5), 7) * 9;
        Assert.Equal(expected, new RandomSource(0).NextUInt64());
    }

    [Fact]
    public void The_same_seed_gives_the_same_stream_and_another_seed_another_one()
    {
        var (a, b, c) = (new RandomSource(7), new RandomSource(7), new RandomSource(8));
        var (x, y, z) = (Draw(a), Draw(b), Draw(c));
        Assert.Equal(x, y);
        Assert.DoesNotContain(x, z.Contains);

        static ulong[] Draw(RandomSource source) => [.. Enumerable.Range(0, 100).Select(_ => source.NextUInt64())];
    }

    [Fact]
    public void A_fork_depends_on_the_seed_and_its_number_and_not_on_what_was_drawn()
    {
        var (fresh, used) = (new RandomSource(3), new RandomSource(3));
        for (var i = 0; i < 10; i++)
            used.NextUInt64();
        Assert.Equal(fresh.Fork(5).NextUInt64(), used.Fork(5).NextUInt64());
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(n => fresh.Fork(n).NextUInt64()).Distinct().Count());
    }

    [Fact]
    public void Uniform_numbers_fill_the_interval_evenly()
    {
        var source = new RandomSource(1);
        var bins = new int[20];
        for (var i = 0; i < 200_000; i++)
            bins[(int)(source.NextDouble() * 20)]++;
        var chiSquare = bins.Sum(count => Math.Pow(count - 10_000, 2) / 10_000);
        Assert.InRange(chiSquare, 5, 43); // 19 degrees of freedom: outside with probability below 0.002
    }

    [Fact]
    public void Normal_numbers_have_the_moments_and_the_tails_of_the_normal_distribution()
    {
        var block = new float[400_000];
        new RandomSource(2).FillNormal(block, 3, 2);
        var standard = block.Select(x => (x - 3) / 2.0).ToArray();
        Assert.InRange(standard.Average(), -0.006, 0.006);
        Assert.InRange(standard.Average(x => x * x), 0.99, 1.01);
        Assert.InRange(standard.Average(x => x * x * x * x), 2.93, 3.07);
        Assert.InRange(standard.Count(x => Math.Abs(x) > 1.959964) / 400_000.0, 0.0485, 0.0515);
    }

    [Fact]
    public void NextInt_is_even_and_stays_below_its_limit()
    {
        var source = new RandomSource(4);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
            counts[source.NextInt(7)]++;
        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.NextInt(0));
    }

    [Fact]
    public void All_orders_of_four_items_are_equally_likely()
    {
        var source = new RandomSource(5);
        var counts = new Dictionary<string, int>();
        for (var i = 0; i < 48_000; i++)
        {
            var order = string.Concat(source.Permutation(4));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(24, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 1_800, 2_200));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Permutation(-1));
    }
}
