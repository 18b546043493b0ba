using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>Measures how many random patterns a Hebbian <see cref="HopfieldNetwork"/> of N units holds: the load alpha = p / N at which recall breaks.</summary>
/// <remarks>
/// The network starts AT a stored pattern and moves one unit at a time until it rests. Below the critical load it ends close by, with
/// overlap m near 0.97 or above; beyond it, in a state of the spin glass with m about 0.3. Hardly anything lies between, so that
/// m &gt;= 0.7 says "still there" and any other bound in the gap gives the same answer (<see cref="Curve"/> shows the gap). The theory for
/// N to infinity, without replica symmetry breaking, puts the jump at alpha = 0.138; finite networks jump a little late and not all
/// at the same load.
/// <para>Implementation note: the N x N connections are never made. With M_mu = sum_i xi_i^mu s_i the field is
/// N h_i = sum_mu xi_i^mu M_mu - p s_i: p steps to look at a unit, p more to flip it, and to store a pattern costs nothing. All are whole
/// numbers far below 2^24, exact in float32, so that no result depends on the order of a sum.</para>
/// Sources: D. J. Amit, H. Gutfreund and H. Sompolinsky, "Storing infinite numbers of patterns in a spin-glass model of neural networks",
/// Physical Review Letters 55 (1985), 1530-1533, and "Statistical mechanics of neural networks near saturation", Annals of Physics 173
/// (1987), 30-67.
/// </remarks>
public static class HopfieldCapacity
{
    /// <summary>m &gt;= 0.7: the pattern is still there.</summary>
    public const double Recalled = 0.7;

    /// <summary>No load beyond this is tried: it is far from where networks of 200 units and more break.</summary>
    public const double LargestLoad = 0.3;

    /// <summary>
    /// The load at which recall breaks, network by network: patterns are added one after the other, and a network's load is p / N for the
    /// largest p at which at least half of its probed patterns are still there (found by bisection, to a pattern or to a thousandth of N).
    /// </summary>
    /// <param name="N">How many units, from 200 to 20,000.</param>
    /// <param name="networks">How many networks.</param>
    /// <param name="probes">How many of a network's patterns are tried (its first ones).</param>
    /// <param name="seed">The seed; network n does not depend on how many there are.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public static HopfieldCapacityResult Measure(int N, int networks, int probes, int seed)
    {
        Check(N, networks, probes);
        var source = new RandomSource(seed);
        var loads = new double[networks];
        InParallel.For(networks, n =>
        {
            var network = new Probe(N, (int)(LargestLoad * N), source.Fork(n));
            var (good, bad) = (0, (int)(LargestLoad * N));
            while (bad - good > Math.Max(1, N / 1_000))
            {
                var p = (good + bad) / 2;
                var tried = Math.Min(probes, p);
                if (2 * network.FinalOverlaps(p, tried).Count(m => m >= Recalled) >= tried)
                    good = p;
                else
                    bad = p;
            }

            loads[n] = good / (double)N;
        });
        return new HopfieldCapacityResult(N, loads);
    }

    /// <summary>What is left of a pattern at one load after another.</summary>
    /// <param name="N">How many units, from 200 to 20,000.</param>
    /// <param name="loads">The loads alpha, from 1 / N to <see cref="LargestLoad"/>.</param>
    /// <param name="networks">How many networks; the same ones at every load, with more and more patterns.</param>
    /// <param name="probes">How many of a network's patterns are tried.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    /// <exception cref="ArgumentException">There are no loads.</exception>
    public static IReadOnlyList<HopfieldCapacityPoint> Curve(int N, IReadOnlyList<double> loads, int networks, int probes, int seed)
    {
        ArgumentNullException.ThrowIfNull(loads);
        Check(N, networks, probes);
        if (loads.Count == 0)
            throw new ArgumentException("No load given; at least one is expected.", nameof(loads));
        foreach (var load in loads)
            if (!(load * N >= 1 && load <= LargestLoad))
                throw new ArgumentOutOfRangeException(nameof(loads), load, FormattableString.Invariant($"A load from 1 / {N} to {LargestLoad} is expected."));
        var source = new RandomSource(seed);
        var overlaps = new double[networks][][];
        InParallel.For(networks, n =>
        {
            var network = new Probe(N, (int)Math.Ceiling(loads.Max() * N), source.Fork(n));
            overlaps[n] = [.. loads.Select(load => network.FinalOverlaps((int)(load * N), Math.Min(probes, (int)(load * N))))];
        });
        return
        [
            .. loads.Select((load, k) =>
            {
                double[] all = [.. overlaps.SelectMany(network => network[k])];
                return new HopfieldCapacityPoint(load, all.Average(), all.Count(m => m >= Recalled) / (double)all.Length, all);
            }),
        ];
    }

    /// <summary>
    /// The trend: the least-squares line through the medians against 1 / sqrt(N). What it has at N to infinity is an extrapolation by a rule
    /// of thumb (the medians bend a little below the line), not a theorem.
    /// </summary>
    /// <param name="results">Results for at least two sizes.</param>
    /// <exception cref="ArgumentException">There are fewer than two sizes.</exception>
    public static (double AtInfinity, double Slope) Trend(IReadOnlyList<HopfieldCapacityResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        if (results.Select(result => result.N).Distinct().Count() < 2)
            throw new ArgumentException("A line needs results for at least two sizes N.", nameof(results));
        var (intercept, slope) = MathNet.Numerics.Fit.Line(
            [.. results.Select(result => 1 / Math.Sqrt(result.N))], [.. results.Select(result => result.Median)]);
        return (intercept, slope);
    }

    private static void Check(int N, int networks, int probes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(N, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(N, 20_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(networks, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(probes, 1);
    }

    /// <summary>One network, to which patterns can be added and from which they can be taken.</summary>
    private sealed class Probe
    {
        private readonly int N;
        private readonly int most;
        private readonly RandomSource source;
        private readonly float[] xi;

        public Probe(int N, int most, RandomSource source)
        {
            (this.N, this.most, this.source) = (N, most, source);
            xi = new float[N * most];
            for (var mu = 0; mu < most; mu++)
                for (var i = 0; i < N; i++)
                    xi[i * most + mu] = source.NextUInt64() >> 63 == 0 ? 1 : -1;
        }

        /// <summary>With the first p patterns stored: what is left of each of the first ones, the overlap where the network rests.</summary>
        public double[] FinalOverlaps(int p, int probes)
        {
            var runs = Enumerable.Range(0, probes).Select(_ => (s: new float[N], M: new float[p])).ToArray();
            for (var i = 0; i < N; i++)
            {
                var unit = xi.AsSpan(i * most, p);
                for (var k = 0; k < probes; k++)
                {
                    runs[k].s[i] = unit[k];
                    TensorPrimitives.MultiplyAdd(unit, unit[k], runs[k].M, runs[k].M);
                }
            }

            var random = source.Fork(p);
            for (var moving = runs; moving.Length > 0;)
            {
                var changed = new bool[moving.Length];
                foreach (var i in random.Permutation(N)) // all runs look at a unit in turn, so that its numbers are fetched once
                {
                    var unit = xi.AsSpan(i * most, p);
                    for (var k = 0; k < moving.Length; k++)
                    {
                        var (s, M) = moving[k];
                        if ((TensorPrimitives.Dot<float>(unit, M) - p * s[i]) * s[i] >= 0) // N h_i s_i
                            continue;
                        s[i] = -s[i];
                        TensorPrimitives.MultiplyAdd(unit, 2 * s[i], M, M);
                        changed[k] = true;
                    }
                }

                moving = [.. moving.Where((_, k) => changed[k])];
            }

            return [.. runs.Select((run, mu) => run.M[mu] / (double)N)];
        }
    }
}

/// <summary>The loads at which networks of one size broke.</summary>
/// <param name="N">How many units they have.</param>
/// <param name="Loads">For each network, p / N for the most patterns it held.</param>
public sealed record HopfieldCapacityResult(int N, IReadOnlyList<double> Loads)
{
    /// <summary>The median over the networks.</summary>
    public double Median => Quantile(0.5);

    /// <summary>A quarter of the networks broke at this load or before.</summary>
    public double LowerQuartile => Quantile(0.25);

    /// <summary>Three quarters of the networks broke at this load or before.</summary>
    public double UpperQuartile => Quantile(0.75);

    /// <summary>The mean over the networks.</summary>
    public double Mean => Loads.Average();

    /// <summary>The standard deviation over the networks.</summary>
    public double Deviation => MathNet.Numerics.Statistics.Statistics.StandardDeviation(Loads);

    private double Quantile(double share) => MathNet.Numerics.Statistics.Statistics.Quantile(Loads, share);
}

/// <summary>What is left of the patterns at one load.</summary>
/// <param name="Load">alpha = p / N.</param>
/// <param name="MeanOverlap">The mean of the final overlaps m.</param>
/// <param name="RecalledShare">The share of patterns with m at least <see cref="HopfieldCapacity.Recalled"/>.</param>
/// <param name="Overlaps">All of the final overlaps.</param>
public readonly record struct HopfieldCapacityPoint(double Load, double MeanOverlap, double RecalledShare, IReadOnlyList<double> Overlaps);
