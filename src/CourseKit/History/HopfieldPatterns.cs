namespace CourseKit;

/// <summary>Patterns of +1 and -1 for a <see cref="HopfieldNetwork"/>: random ones, noisy ones, mixtures, and how alike two are.</summary>
public static class HopfieldPatterns
{
    /// <summary>Independent random patterns, each unit +1 or -1 with equal chance.</summary>
    /// <param name="count">How many patterns.</param>
    /// <param name="N">How many units each has.</param>
    /// <param name="seed">The seed; pattern n is the same whatever the count.</param>
    /// <exception cref="ArgumentOutOfRangeException">count or N is less than 1.</exception>
    public static int[][] Random(int count, int N, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(N, 1);
        var source = new RandomSource(seed);
        return [.. Enumerable.Range(0, count).Select(n => Random(N, source.Fork(n)))];
    }

    /// <summary>The pattern with exactly round(share N) units flipped, chosen at random.</summary>
    /// <param name="pattern">Units of +1 and -1; not changed.</param>
    /// <param name="share">From 0 to 1; 0.2 is 20 % noise.</param>
    /// <param name="seed">The seed of the choice.</param>
    /// <exception cref="ArgumentException">A unit is neither +1 nor -1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">share lies outside 0 ... 1.</exception>
    public static int[] Noisy(int[] pattern, double share, int seed)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        Check(pattern, pattern.Length);
        if (!(share >= 0 && share <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share from 0 to 1 is expected.");
        int[] noisy = [.. pattern];

        // Forked: a recall with the same seed would else visit the flipped units first, and in order.
        foreach (var i in new RandomSource(seed).Fork(0).Permutation(pattern.Length).Take((int)Math.Round(share * pattern.Length)))
            noisy[i] = -noisy[i];
        return noisy;
    }

    /// <summary>The overlap m = 1/N sum_i a_i b_i: 1 for equal patterns, 0 for unrelated ones, -1 for opposite ones.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or a unit is neither +1 nor -1.</exception>
    public static double Overlap(int[] a, int[] b)
    {
        ArgumentNullException.ThrowIfNull(a);
        Check(a, a.Length);
        Check(b, a.Length);
        var sum = 0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum / (double)a.Length;
    }

    /// <summary>The pattern with every unit flipped: as stable as the pattern itself, since the energy is even in s.</summary>
    /// <exception cref="ArgumentException">A unit is neither +1 nor -1.</exception>
    public static int[] Negative(int[] pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        Check(pattern, pattern.Length);
        return Array.ConvertAll(pattern, unit => -unit);
    }

    /// <summary>The majority vote of an odd number of patterns, unit by unit: a spurious memory that nobody stored.</summary>
    /// <exception cref="ArgumentException">The number is even, a length differs, or a unit is neither +1 nor -1.</exception>
    public static int[] Mixture(params IReadOnlyList<int[]> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        if (patterns.Count % 2 == 0)
            throw new ArgumentException($"{patterns.Count} patterns given; a vote needs an odd number.", nameof(patterns));
        foreach (var pattern in patterns)
            Check(pattern, patterns[0].Length);
        return [.. Enumerable.Range(0, patterns[0].Length).Select(i => Math.Sign(patterns.Sum(pattern => pattern[i])))];
    }

    internal static int[] Random(int N, RandomSource source)
    {
        var pattern = new int[N];
        for (var i = 0; i < N; i++)
            pattern[i] = source.NextUInt64() >> 63 == 0 ? +1 : -1;
        return pattern;
    }

    internal static void Check(int[] pattern, int N)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (N == 0 || pattern.Length != N)
            throw new ArgumentException($"A pattern of {pattern.Length} units given, {Math.Max(N, 1)} expected.", nameof(pattern));
        foreach (var unit in pattern)
            if (unit is not (+1 or -1))
                throw new ArgumentException($"A unit of {unit} given; units are +1 or -1.", nameof(pattern));
    }
}
