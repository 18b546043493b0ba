namespace CourseKit;

/// <summary>
/// Which maps are computed together, and from what: the maps that are summed into are taken a few at a time, and all of a tile's run over
/// the maps that feed any of them. Where one does not, its weight is zero.
/// </summary>
/// <remarks>
/// The sums of a tile stay in registers, and what is loaded for one map serves the others. Few maps a tile waste less on a sparse
/// connection table, many load less; <see cref="For"/> weighs one against the other.
/// </remarks>
internal sealed class MapTiles
{
    /// <summary>Maps a tile: 6 or 2.</summary>
    public int Rows { get; }

    /// <summary>How many tiles there are.</summary>
    public int Count => Taps.Length;

    /// <summary>For every tile, where its taps lie: from the position that is computed to the number that the weight belongs to.</summary>
    public nint[][] Taps { get; }

    /// <summary>For every tile, its weights' places in the layer's W, tap by tap and within a tap map by map; -1 for none.</summary>
    public int[][] Weights { get; }

    /// <summary>Where each tile's weights begin, were they written one tile after the other; the last entry is the length of all.</summary>
    public int[] Starts { get; }

    private MapTiles(int rows, List<nint[]> taps, List<int[]> weights)
    {
        (Rows, Taps, Weights, Starts) = (rows, [.. taps], [.. weights], new int[weights.Count + 1]);
        for (var t = 0; t < Count; t++)
            Starts[t + 1] = Starts[t] + Weights[t].Length;
    }

    /// <summary>Tiles for the sums over a filter's taps.</summary>
    /// <param name="maps">How many maps are summed into.</param>
    /// <param name="feeding">The maps that feed a map.</param>
    /// <param name="window">The taps on one feeding map.</param>
    /// <param name="tap">Where the number for a feeding map and a tap of the window lies.</param>
    /// <param name="weight">Where the weight lies in W, for a map, a feeding map and a tap.</param>
    /// <param name="registers">How many registers one map's positions fill; 0 for tiles of two maps whatever it costs.</param>
    public static MapTiles For(
        int maps, Func<int, int[]> feeding, int window, Func<int, int, nint> tap, Func<int, int, int, int> weight, int registers)
    {
        var pairs = Make(maps, 2, feeding, window, tap, weight);
        if (registers == 0 || maps <= 2)
            return pairs;
        var sixes = Make(maps, 6, feeding, window, tap, weight);
        // Six maps by two registers keep the multipliers busy, two by three wait for their loads. Both
        // costs are estimates, in the time of multiply-adds; only their ratio counts.
        var costOfSixes = sixes.Taps.Sum(taps => (long)taps.Length) * 12 * ((registers + 1) / 2);
        var costOfPairs = pairs.Taps.Sum(taps => (long)taps.Length) * 8 * ((registers + 2) / 3);
        return costOfSixes <= costOfPairs ? sixes : pairs;
    }

    /// <summary>Writes W into the tiles' order, zero where a tile has no weight.</summary>
    public void Pack(ReadOnlySpan<float> W, Span<float> packed)
    {
        for (var t = 0; t < Count; t++)
        {
            var to = packed[Starts[t]..];
            var from = Weights[t];
            for (var i = 0; i < from.Length; i++)
                to[i] = from[i] < 0 ? 0 : W[from[i]];
        }
    }

    /// <summary>Writes what stands in the tiles' order back to W's.</summary>
    public void Unpack(ReadOnlySpan<float> packed, Span<float> W)
    {
        for (var t = 0; t < Count; t++)
        {
            var from = packed[Starts[t]..];
            var to = Weights[t];
            for (var i = 0; i < to.Length; i++)
                if (to[i] >= 0)
                    W[to[i]] = from[i];
        }
    }

    private static MapTiles Make(int maps, int rows, Func<int, int[]> feeding, int window, Func<int, int, nint> tap, Func<int, int, int, int> weight)
    {
        var (taps, weights) = (new List<nint[]>(), new List<int[]>());
        for (var first = 0; first < maps; first += rows)
        {
            var own = Enumerable.Range(first, Math.Min(rows, maps - first)).Select(feeding).ToArray();
            int[] union = [.. own.SelectMany(inputs => inputs).Distinct().Order()];
            taps.Add([.. union.SelectMany(p => Enumerable.Range(0, window).Select(w => tap(p, w)))]);
            weights.Add([.. union.SelectMany(p => Enumerable.Range(0, window).SelectMany(w => Enumerable.Range(0, rows).Select(
                r => r < own.Length && own[r].Contains(p) ? weight(first + r, p, w) : -1)))]);
        }

        return new(rows, taps, weights);
    }
}
