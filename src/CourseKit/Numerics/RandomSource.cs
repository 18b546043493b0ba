using System.Numerics;

namespace CourseKit;

/// <summary>
/// A stream of random numbers that is the same on every machine and in every version: xoshiro256**, its state filled from the seed by
/// SplitMix64.
/// </summary>
/// <remarks>
/// What each call draws from the stream is part of the contract, so that a result in a notebook stays what it is:
/// <see cref="NextUInt64"/> takes one number; <see cref="NextDouble"/>, <see cref="NextSingle"/> and <see cref="NextInt"/> one (the last
/// one more for every rejected number); <see cref="NextNormal"/> two for every second call (Box and Muller's pair; the other half is kept).
/// Not safe for several threads at once: give each piece of work a source of its own with <see cref="Fork"/>, and the result does not
/// depend on how many threads there are.
/// Sources: D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", ACM Transactions on Mathematical Software 47
/// (2021), article 36; D. Lemire, "Fast random integer generation in an interval", ACM Transactions on Modeling and Computer Simulation
/// 29 (2019), article 3; G. E. P. Box and M. E. Muller, Annals of Mathematical Statistics 29 (1958), 610-611.
/// </remarks>
public sealed class RandomSource
{
    private readonly ulong seed;
    private ulong s0, s1, s2, s3;
    private double keptNormal = double.NaN;

    /// <summary>Starts the stream that belongs to a seed.</summary>
    /// <param name="seed">Any number; neighbouring seeds give unrelated streams.</param>
    public RandomSource(int seed)
        : this(unchecked((ulong)seed))
    {
    }

    private RandomSource(ulong seed)
    {
        this.seed = seed;
        var mix = seed;
        (s0, s1, s2, s3) = (SplitMix(ref mix), SplitMix(ref mix), SplitMix(ref mix), SplitMix(ref mix));
    }

    /// <summary>
    /// A source of its own for the n-th piece of work. It depends on this source's seed and on n alone, not on what has been drawn.
    /// </summary>
    /// <param name="n">The number of the piece: a sample's index, a layer's.</param>
    public RandomSource Fork(int n)
    {
        var mix = seed ^ 0xD1B54A32D192ED03;
        var root = SplitMix(ref mix);
        mix = root + unchecked((ulong)n);
        return new RandomSource(SplitMix(ref mix));
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        var t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), a multiple of 2^-53.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, 1), a multiple of 2^-24.</summary>
    public float NextSingle() => (NextUInt64() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform among 0 ... count - 1, without bias.</summary>
    /// <param name="count">How many outcomes there are, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Count is less than 1.</exception>
    public int NextInt(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var range = (uint)count;
        var product = (NextUInt64() >> 32) * range;
        if ((uint)product < range)
        {
            var threshold = unchecked(0u - range) % range;
            while ((uint)product < threshold)
                product = (NextUInt64() >> 32) * range;
        }

        return (int)(product >> 32);
    }

    /// <summary>Normal with mean 0 and standard deviation 1.</summary>
    public double NextNormal()
    {
        if (!double.IsNaN(keptNormal))
        {
            var kept = keptNormal;
            keptNormal = double.NaN;
            return kept;
        }

        var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble())); // 1 - u lies in (0, 1]: its logarithm is finite
        var (sin, cos) = Math.SinCos(2 * Math.PI * NextDouble());
        keptNormal = radius * sin;
        return radius * cos;
    }

    /// <summary>Fills a block with uniform numbers in [low, high).</summary>
    public void FillUniform(Span<float> block, float low = 0, float high = 1)
    {
        for (var i = 0; i < block.Length; i++)
            block[i] = low + (high - low) * NextSingle();
    }

    /// <summary>Fills a block with normal numbers.</summary>
    /// <param name="block">What is written.</param>
    /// <param name="mean">Their mean.</param>
    /// <param name="deviation">Their standard deviation.</param>
    public void FillNormal(Span<float> block, float mean = 0, float deviation = 1)
    {
        for (var i = 0; i < block.Length; i++)
            block[i] = mean + deviation * (float)NextNormal();
    }

    /// <summary>Puts the items into a random order, each order equally likely (Fisher and Yates, from the last place down).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>The numbers 0 ... count - 1 in a random order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Count is negative.</exception>
    public int[] Permutation(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        int[] order = [.. Enumerable.Range(0, count)];
        Shuffle<int>(order);
        return order;
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
