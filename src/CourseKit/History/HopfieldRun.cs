namespace CourseKit;

/// <summary>What a <see cref="HopfieldNetwork"/> did from one start, for a figure that shows the recall.</summary>
/// <param name="State">The last state, N units.</param>
/// <param name="End">Why the run ended.</param>
/// <param name="Energies">The energy at the start and after every update: of a single unit where they move one by one, of all otherwise.</param>
/// <param name="Trace">The state at the start and after every sweep.</param>
/// <param name="Flips">
/// The units that changed, in turn, each with the number of its update (counted from 1, as <paramref name="Energies"/> are); of units that
/// moved at once, several share a number.
/// </param>
public sealed record HopfieldRun(
    int[] State, HopfieldEnd End, IReadOnlyList<double> Energies, IReadOnlyList<int[]> Trace, IReadOnlyList<(int Update, int Unit)> Flips)
{
    /// <summary>How many sweeps were made, the last one (in which nothing changed) included.</summary>
    public int Sweeps => Trace.Count - 1;

    /// <summary>The state after that many updates: 0 is the start.</summary>
    /// <param name="updates">From 0 to the number of updates, one less than there are <see cref="Energies"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There were not so many updates.</exception>
    public int[] StateAfter(int updates)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(updates);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(updates, Energies.Count);
        int[] s = [.. Trace[0]];
        foreach (var (_, unit) in Flips.TakeWhile(flip => flip.Update <= updates))
            s[unit] = -s[unit];
        return s;
    }
}

/// <summary>Why a run of a <see cref="HopfieldNetwork"/> ended.</summary>
public enum HopfieldEnd
{
    /// <summary>A whole sweep changed nothing.</summary>
    FixedPoint,

    /// <summary>Two states follow each other for ever; only where all units move at once.</summary>
    CycleOfTwo,

    /// <summary>The sweeps were used up.</summary>
    SweepLimit,
}
