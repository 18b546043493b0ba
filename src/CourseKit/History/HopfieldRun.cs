namespace CourseKit;

/// <summary>What a <see cref="HopfieldNetwork"/> did from one start, for a figure that shows the recall.</summary>
/// <param name="State">The last state, N units.</param>
/// <param name="End">Why the run ended.</param>
/// <param name="Energies">The energy at the start and after every update: of a single unit where they move one by one, of all otherwise.</param>
/// <param name="Trace">The state at the start and after every sweep.</param>
public sealed record HopfieldRun(int[] State, HopfieldEnd End, IReadOnlyList<double> Energies, IReadOnlyList<int[]> Trace)
{
    /// <summary>How many sweeps were made, the last one (in which nothing changed) included.</summary>
    public int Sweeps => Trace.Count - 1;
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
