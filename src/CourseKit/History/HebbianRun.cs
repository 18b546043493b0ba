using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>What a run of <see cref="HebbRule"/> or <see cref="OjaRule"/> did, for a figure of the weights as they move.</summary>
/// <param name="w">The final weights.</param>
/// <param name="Trace">The weights at the start and after every epoch (and where the run stopped early).</param>
/// <param name="Steps">How many samples were seen.</param>
/// <param name="LeftTheLimit">Whether the run stopped because the length of w passed the limit.</param>
public sealed record HebbianRun(Vector<double> w, IReadOnlyList<Vector<double>> Trace, int Steps, bool LeftTheLimit)
{
    internal static HebbianRun Make(
        Matrix<double> X, int seed, int epochs, double eta, double decay, double limit, Func<Vector<double>, Vector<double>, double, Vector<double>> step)
    {
        ArgumentNullException.ThrowIfNull(X);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(eta);
        ArgumentOutOfRangeException.ThrowIfNegative(decay);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        if (X.RowCount == 0 || X.ColumnCount == 0)
            throw new ArgumentException($"X of {X.RowCount}x{X.ColumnCount} given; at least one sample of one number is expected.", nameof(X));
        Finiteness.Require(X, nameof(X));
        var random = new RandomSource(seed);
        var w = Vector<double>.Build.Dense(X.ColumnCount, _ => random.NextNormal()).Normalize(2);
        var trace = new List<Vector<double>> { w };
        var samples = X.EnumerateRows().ToArray();
        var steps = 0;
        for (var t = 0; t < epochs; t++)
        {
            foreach (var i in random.Permutation(samples.Length))
            {
                w = step(w, samples[i], eta / (1 + decay * t));
                steps++;
                if (!(w.L2Norm() <= limit))
                    return new HebbianRun(w, [.. trace, w], steps, LeftTheLimit: true);
            }

            trace.Add(w);
        }

        return new HebbianRun(w, trace, steps, LeftTheLimit: false);
    }

    internal static void RequireSameLength(Vector<double> w, Vector<double> x)
    {
        ArgumentNullException.ThrowIfNull(w);
        ArgumentNullException.ThrowIfNull(x);
        if (w.Count != x.Count)
            throw new ArgumentException($"A sample of {x.Count} numbers given, but there are {w.Count} weights.", nameof(x));
    }
}
