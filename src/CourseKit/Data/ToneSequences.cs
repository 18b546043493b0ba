namespace CourseKit;

/// <summary>
/// Short sounds hidden somewhere in a longer sequence, one kind a class: their pitch rises, falls, stays, or rises and falls again. What a
/// time-delay network is for: the pattern counts, not the time at which it comes.
/// </summary>
/// <remarks>
/// Rising and falling sounds have the same spectrum, played backwards; so the order in time must be seen. Each sound has its own start,
/// speed, loudness and phase, and noise lies over all. After A. Waibel et al., "Phoneme recognition using time-delay neural networks", IEEE
/// Transactions on Acoustics, Speech, and Signal Processing 37 (1989), 328-339, where the sounds are spoken.
/// </remarks>
public static class ToneSequences
{
    private const double Low = 0.06; // cycles a sample
    private const double High = 0.3;

    /// <summary>What the labels 0, 1, 2, 3 stand for.</summary>
    public static IReadOnlyList<string> Names { get; } = ["rising", "falling", "steady", "up and down"];

    /// <summary>Draws sequences; the classes take turns.</summary>
    /// <param name="count">How many, at least 0.</param>
    /// <param name="seed">The seed; sequence n depends on it and on n alone.</param>
    /// <param name="length">Samples a sequence, at least 32; a sound is about three eighths as long.</param>
    /// <param name="shift">How freely the sound starts: 0 always in the middle, 1 anywhere.</param>
    /// <param name="warp">By at most which share a sound is shorter or longer; from 0 to 0.5.</param>
    /// <param name="noise">The standard deviation of the noise; the sounds have a loudness of about 1.</param>
    /// <returns>count x 1 x length.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its limits.</exception>
    public static Dataset Draw(int count, int seed, int length = 64, double shift = 1, double warp = 0.2, double noise = 0.1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 32);
        Require(shift, 1, nameof(shift));
        Require(warp, 0.5, nameof(warp));
        Require(noise, 1e6, nameof(noise));
        var sequences = new Tensor(count, 1, length);
        var labels = new int[count];
        var source = new RandomSource(seed);
        for (var n = 0; n < count; n++)
        {
            labels[n] = n % Names.Count;
            Write(sequences.Data.AsSpan(n * length, length), labels[n], source.Fork(n), shift, warp, noise);
        }

        return new Dataset(FormattableString.Invariant($"tones, noise {noise:0.###}"), sequences, labels, Names);
    }

    /// <summary>The pitch of a sound, in cycles a sample.</summary>
    /// <param name="label">The class.</param>
    /// <param name="t">The time within the sound, 0 to 1.</param>
    internal static double Pitch(int label, double t) => label switch
    {
        0 => Low + (High - Low) * t,
        1 => High - (High - Low) * t,
        2 => (Low + High) / 2,
        _ => Low + (High - Low) * (1 - Math.Abs(2 * t - 1)),
    };

    private static void Write(Span<float> sequence, int label, RandomSource random, double shift, double warp, double noise)
    {
        var duration = 0.375 * sequence.Length * (1 + warp * (2 * random.NextDouble() - 1));
        var room = sequence.Length - duration;
        var start = room * (0.5 + shift * (random.NextDouble() - 0.5));
        var loudness = 0.8 + 0.4 * random.NextDouble();
        var phase = Math.Tau * random.NextDouble();
        for (var i = 0; i < sequence.Length; i++)
        {
            var t = (i - start) / duration;
            if (t is >= 0 and <= 1)
            {
                sequence[i] = (float)(loudness * Math.Sin(Math.PI * t) * Math.Sin(phase));
                phase += Math.Tau * Pitch(label, t);
            }

            sequence[i] += (float)(noise * random.NextNormal());
        }
    }

    private static void Require(double value, double largest, string name)
    {
        if (!(value >= 0 && value <= largest))
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"A number from 0 to {largest} is expected."));
    }
}
