namespace CourseKit.Interactive;

public static partial class Plot
{
    /// <summary>States of a Hopfield network as pictures: +1 dark, -1 light.</summary>
    /// <param name="patterns">The states, each of a square number of units, row by row.</param>
    /// <param name="titles">A short text above each; null for none.</param>
    /// <exception cref="ArgumentException">There is none, their lengths differ or are no squares, or there are not as many titles.</exception>
    public static Figure Patterns(IReadOnlyList<int[]> patterns, params string[] titles)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        var side = Side(patterns);
        var images = Tensor.From([.. patterns.SelectMany(pattern => pattern.Select(unit => -(float)unit))], patterns.Count, side, side);
        return Images(images, columns: Math.Min(8, patterns.Count), titles: titles.Length > 0 ? titles : null, range: (-1.25, 1.25));
    }

    /// <summary>
    /// A memory at work: on the left the state, on the right the energy of all updates so far, one moment after the other, with a slider.
    /// </summary>
    /// <param name="run">What <see cref="HopfieldNetwork.Recall"/> gave; of a square number of units.</param>
    /// <param name="moments">At most this many moments, evenly spaced over the flips; the start and the end are always among them.</param>
    /// <exception cref="ArgumentException">The number of units is no square.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="moments"/> is less than 2.</exception>
    public static Figure HopfieldRecall(HopfieldRun run, int moments = 40)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentOutOfRangeException.ThrowIfLessThan(moments, 2);
        int[] updates = [.. run.Flips.Select(flip => flip.Update).Prepend(0).Append(run.Energies.Count - 1).Distinct()];
        var shown = Thin(updates, moments).ToArray();
        var picture = PatternAt(0);
        var (curve, point) = EnergyAt(0);
        var energy = new Figure { Title = "energy E(s)" }.WithXAxis("unit updates", 0, run.Energies.Count - 1.0).Add(curve).Add(point);
        var span = Math.Max(1e-9, run.Energies[0] - run.Energies.Min());
        energy.WithYAxis(from: run.Energies.Min() - 0.06 * span, to: run.Energies.Max() + 0.06 * span);
        var state = Patterns([run.Trace[0]]);
        state.Title = "state s";
        state.Traces[0] = picture;
        var figure = Figure.SideBySide(state, energy).WithSize(360, 780);
        figure.FramePrefix = "updates: ";
        figure.FrameMilliseconds = 200;
        foreach (var update in shown)
        {
            var (line, end) = EnergyAt(update);
            figure.Add(new FigureFrame(FormattableString.Invariant($"{update}")) { Replacements = [(picture, PatternAt(update)), (curve, line), (point, end)] });
        }

        return figure;

        FigureTrace PatternAt(int update) => Patterns([run.StateAfter(update)]).Traces[0];

        (LineTrace Line, MarkerTrace End) EnergyAt(int update) => (
            new LineTrace([.. Enumerable.Range(0, update + 1).Select(k => (double)k)], [.. run.Energies.Take(update + 1)]) { Color = FigureColors.Blue },
            new MarkerTrace([update], [run.Energies[update]]) { Color = FigureColors.Orange, Size = 10, InLegend = false });
    }

    private static int Side(IReadOnlyList<int[]> patterns)
    {
        if (patterns.Count == 0)
            throw new ArgumentException("No pattern given; at least one is expected.", nameof(patterns));
        var side = (int)Math.Round(Math.Sqrt(patterns[0].Length));
        foreach (var pattern in patterns)
            if (pattern.Length == 0 || pattern.Length != side * side)
                throw new ArgumentException(
                    $"A pattern of {pattern.Length} units given; as a picture it needs a square number of them, the same for all.", nameof(patterns));
        return side;
    }
}
