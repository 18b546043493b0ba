using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>
/// Hopfield's memory of 1982: N units of +1 or -1, each connected to all others. Patterns are stored in the connections; a state that
/// resembles one of them falls downhill in energy until it is that pattern.
/// </summary>
/// <remarks>
/// A unit takes the sign of its field h_i = sum_j w_ij s_j, and stays as it is where h_i = 0. With w_ij = w_ji and w_ii = 0 the energy
/// E(s) = -1/2 sum_ij w_ij s_i s_j falls by 2 |h_i| whenever a unit flips alone, so that asynchronous updates must come to rest; units that
/// all flip at once may also end in a cycle of two states.
/// Sources: J. J. Hopfield, "Neural networks and physical systems with emergent collective computational abilities", Proceedings of the
/// National Academy of Sciences 79 (1982), 2554-2558; L. Personnaz, I. Guyon and G. Dreyfus, "Information storage and retrieval in
/// spin-glass like neural networks", Journal de Physique Lettres 46 (1985), L359-L365 (pseudo-inverse rule); I. Kanter and H. Sompolinsky,
/// "Associative recall of memory without errors", Physical Review A 35 (1987), 380-392 (the same without self-connections).
/// </remarks>
public sealed class HopfieldNetwork
{
    /// <summary>A field this near to 0 is 0 but for rounding.</summary>
    private const double Rounding = 1e-12;

    private readonly double[] w;

    private HopfieldNetwork(int N, double[] w)
    {
        this.N = N;
        this.w = w;
    }

    /// <summary>How many units there are.</summary>
    public int N { get; }

    /// <summary>The connections, N x N: symmetric, zeros on the diagonal.</summary>
    public Matrix<double> W => Matrix<double>.Build.Dense(N, N, (i, j) => w[i * N + j]);

    /// <summary>Stores patterns in a new network.</summary>
    /// <param name="patterns">p patterns of N units, each +1 or -1.</param>
    /// <param name="storage">How the connections are made from them.</param>
    /// <exception cref="ArgumentException">
    /// No pattern is given, they differ in length, a unit is neither +1 nor -1, or the pseudo-inverse rule is asked to store patterns of which
    /// one is a combination of the others.
    /// </exception>
    public static HopfieldNetwork Store(IReadOnlyList<int[]> patterns, HopfieldStorage storage = HopfieldStorage.Hebbian)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        if (patterns.Count == 0)
            throw new ArgumentException("No pattern given; at least one is expected.", nameof(patterns));
        var N = patterns[0].Length;
        foreach (var pattern in patterns)
            HopfieldPatterns.Check(pattern, N);
        var w = storage == HopfieldStorage.Hebbian ? Hebbian(patterns, N) : PseudoInverse(patterns, N);
        for (var i = 0; i < N; i++)
            w[i * N + i] = 0;
        return new HopfieldNetwork(N, w);
    }

    /// <summary>E(s) = -1/2 sum_ij w_ij s_i s_j.</summary>
    /// <param name="s">N units, each +1 or -1.</param>
    /// <exception cref="ArgumentException">There are not N units, or one is neither +1 nor -1.</exception>
    public double Energy(int[] s)
    {
        HopfieldPatterns.Check(s, N);
        return Energy(ToDouble(s), Fields(ToDouble(s)));
    }

    /// <summary>The fields h_i = sum_j w_ij s_j.</summary>
    /// <param name="s">N units, each +1 or -1.</param>
    /// <exception cref="ArgumentException">There are not N units, or one is neither +1 nor -1.</exception>
    public double[] Fields(int[] s)
    {
        HopfieldPatterns.Check(s, N);
        return Fields(ToDouble(s));
    }

    /// <summary>Whether no unit wants to change: the network rests in this state.</summary>
    /// <param name="s">N units, each +1 or -1.</param>
    /// <exception cref="ArgumentException">There are not N units, or one is neither +1 nor -1.</exception>
    public bool IsFixedPoint(int[] s)
    {
        var h = Fields(s);
        return s.Zip(h).All(unit => unit.First * unit.Second >= -Rounding);
    }

    /// <summary>Lets the network run from a state until nothing changes.</summary>
    /// <param name="start">N units, each +1 or -1; not changed.</param>
    /// <param name="update">One unit after the other in a random order, or all at once.</param>
    /// <param name="seed">The seed of the orders: each sweep is a new permutation. Unused where all update at once.</param>
    /// <param name="maxSweeps">At most this many sweeps (N single updates, or one common one).</param>
    /// <exception cref="ArgumentException">There are not N units, or one is neither +1 nor -1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">maxSweeps is less than 1.</exception>
    public HopfieldRun Recall(int[] start, HopfieldUpdate update = HopfieldUpdate.Asynchronous, int seed = 0, int maxSweeps = 100)
    {
        HopfieldPatterns.Check(start, N);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSweeps, 1);
        var (s, random) = (ToDouble(start), new RandomSource(seed));
        var h = Fields(s);
        var energies = new List<double> { Energy(s, h) };
        var trace = new List<int[]> { ToInt(s) };
        var flips = new List<(int Update, int Unit)>();
        for (var sweep = 1; sweep <= maxSweeps; sweep++)
        {
            if (update == HopfieldUpdate.Asynchronous)
                SweepOneByOne(s, h, random, energies, flips);
            else
                SweepAtOnce(s, ref h, energies, flips);
            trace.Add(ToInt(s));
            if (trace[^1].AsSpan().SequenceEqual(trace[^2]))
                return new HopfieldRun(trace[^1], HopfieldEnd.FixedPoint, energies, trace, flips);
            if (update == HopfieldUpdate.Synchronous && trace.Count > 2 && trace[^1].AsSpan().SequenceEqual(trace[^3]))
                return new HopfieldRun(trace[^1], HopfieldEnd.CycleOfTwo, energies, trace, flips);
        }

        return new HopfieldRun(trace[^1], HopfieldEnd.SweepLimit, energies, trace, flips);
    }

    /// <summary>w_ij = 1/N sum_mu xi_i^mu xi_j^mu.</summary>
    private static double[] Hebbian(IReadOnlyList<int[]> patterns, int N)
    {
        var w = new double[N * N];
        foreach (var xi in patterns.Select(ToDouble))
            for (var i = 0; i < N; i++)
            {
                var row = w.AsSpan(i * N, N);
                TensorPrimitives.MultiplyAdd(xi, xi[i], row, row);
            }

        TensorPrimitives.Divide(w, N, w); // the sums are whole numbers until here, so the matrix is symmetric to the last bit
        return w;
    }

    /// <summary>w_ij = 1/N sum_mu,nu xi_i^mu (C^-1)_mu,nu xi_j^nu with C_mu,nu = 1/N xi^mu xi^nu: the projection onto the patterns.</summary>
    private static double[] PseudoInverse(IReadOnlyList<int[]> patterns, int N)
    {
        var Xi = Matrix<double>.Build.Dense(N, patterns.Count, (i, mu) => patterns[mu][i]);
        if (patterns.Count > N || Xi.Rank() < patterns.Count)
            throw new ArgumentException(
                $"The {patterns.Count} patterns of {N} units are linearly dependent; the pseudo-inverse rule needs independent ones.", nameof(patterns));
        var Q = Xi.QR(MathNet.Numerics.LinearAlgebra.Factorization.QRMethod.Thin).Q;
        var projection = Q * Q.Transpose();
        var w = new double[N * N];
        for (var i = 0; i < N; i++)
            for (var j = 0; j <= i; j++)
                w[i * N + j] = w[j * N + i] = projection[i, j];
        return w;
    }

    private static double[] ToDouble(int[] s) => Array.ConvertAll(s, unit => (double)unit);

    private static int[] ToInt(double[] s) => Array.ConvertAll(s, unit => (int)unit);

    private static double Energy(double[] s, double[] h) => -0.5 * TensorPrimitives.Dot<double>(s, h);

    private double[] Fields(double[] s)
    {
        var h = new double[N];
        for (var i = 0; i < N; i++)
            h[i] = TensorPrimitives.Dot<double>(w.AsSpan(i * N, N), s);
        return h;
    }

    private void SweepOneByOne(double[] s, double[] h, RandomSource random, List<double> energies, List<(int Update, int Unit)> flips)
    {
        foreach (var i in random.Permutation(N))
        {
            var energy = energies[^1];
            if (h[i] * s[i] < -Rounding)
            {
                energy -= 2 * Math.Abs(h[i]);
                s[i] = -s[i];
                TensorPrimitives.MultiplyAdd(w.AsSpan(i * N, N), 2 * s[i], h, h); // column i is row i
                flips.Add((energies.Count, i));
            }

            energies.Add(energy);
        }
    }

    private void SweepAtOnce(double[] s, ref double[] h, List<double> energies, List<(int Update, int Unit)> flips)
    {
        for (var i = 0; i < N; i++)
            if (h[i] * s[i] < -Rounding)
            {
                s[i] = -s[i];
                flips.Add((energies.Count, i));
            }

        h = Fields(s);
        energies.Add(Energy(s, h));
    }
}

/// <summary>How a <see cref="HopfieldNetwork"/> makes its connections from the patterns.</summary>
public enum HopfieldStorage
{
    /// <summary>w_ij = 1/N sum_mu xi_i^mu xi_j^mu: local, and good for up to about 0.138 N random patterns.</summary>
    Hebbian,

    /// <summary>The projection onto the span of the patterns: every pattern is a fixed point as long as they are independent (p &lt; N).</summary>
    PseudoInverse,
}

/// <summary>Which units of a <see cref="HopfieldNetwork"/> move at a time.</summary>
public enum HopfieldUpdate
{
    /// <summary>One after the other, in a random order: the energy never rises.</summary>
    Asynchronous,

    /// <summary>All at once, from the same fields: the state may end in a cycle of two.</summary>
    Synchronous,
}
