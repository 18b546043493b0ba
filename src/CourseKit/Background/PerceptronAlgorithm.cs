using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>
/// The lecture's box "two-class perceptron algorithm": start from w_0 = 0, go through the samples, and wherever
/// w'(y_i x_i) &lt;= 0 set w_{k+1} = w_k + y_i x_i.
/// </summary>
/// <remarks>
/// Samples are augmented with a 1, so that w holds omega and b as in formula (2). The slide prints <c>&lt; 0</c>;
/// <see cref="UpdateRule"/> says what is wrong with that, and lets it be tried.
/// Source: F. Rosenblatt, Psychological Review 65 (1958), 386-408.
/// </remarks>
public sealed class PerceptronAlgorithm
{
    /// <summary>T: at most this many epochs (passes over all samples).</summary>
    public int T { get; init; } = 100;

    /// <summary>When a sample counts as a mistake.</summary>
    public UpdateRule Rule { get; init; } = UpdateRule.AtMostZero;

    /// <summary>In which order an epoch visits the samples.</summary>
    public SampleOrder Order { get; init; } = SampleOrder.InTurn;

    /// <summary>The seed of a shuffled order; unused where the samples come in turn.</summary>
    public int Seed { get; init; }

    /// <summary>The augmented start weights, d + 1 numbers; null stands for the lecture's w_0 = 0.</summary>
    public Vector<double>? w0 { get; init; }

    /// <summary>Whether to keep the weights after every correction (for a figure) or only the first and the last.</summary>
    public bool KeepTrace { get; init; } = true;

    /// <summary>Runs the box on labelled samples.</summary>
    /// <param name="X">N x d: a sample a row.</param>
    /// <param name="y">The N labels, each +1 or -1.</param>
    /// <exception cref="ArgumentException">
    /// X and y do not fit together, there is no sample, a label is neither +1 nor -1, a number is not finite, or w_0 has not d + 1 numbers.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">T is less than 1.</exception>
    public PerceptronRun Run(Matrix<double> X, IReadOnlyList<int> y)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(T, 1);
        var yx = TwoClasses.SignedAugmented(X, y);
        var w = StartWeights(X.ColumnCount + 1);
        var trace = new List<PerceptronStep> { new(0, 0, -1, w.Clone()) };
        var mistakesPerEpoch = new List<int>();
        var orders = new EpochOrders(yx.Length, Order, Seed);
        var k = 0;

        for (var t = 1; t <= T; t++)
        {
            var before = k;
            foreach (var i in orders.Next())
            {
                var product = w * yx[i];
                if (Rule == UpdateRule.AtMostZero ? product <= 0 : product < 0)
                {
                    w.Add(yx[i], w);
                    k++;
                    if (KeepTrace)
                        trace.Add(new(k, t, i, w.Clone()));
                }
            }

            mistakesPerEpoch.Add(k - before);
            if (k == before)
                break;
        }

        if (!KeepTrace && k > 0)
            trace.Add(new(k, mistakesPerEpoch.FindLastIndex(m => m > 0) + 1, -1, w.Clone()));
        var stopReason = mistakesPerEpoch[^1] == 0 ? PerceptronStopReason.NothingToCorrect : PerceptronStopReason.EpochLimit;
        return new PerceptronRun(w, stopReason, mistakesPerEpoch, trace);
    }

    private Vector<double> StartWeights(int count)
    {
        if (w0 is null)
            return Vector<double>.Build.Dense(count);
        if (w0.Count != count)
            throw new ArgumentException($"w0 has {w0.Count} numbers, but these samples ask for {count} (one an input, and the bias).");
        if (!w0.ForAll(double.IsFinite))
            throw new ArgumentException("w0 holds NaN or infinity; finite numbers are expected.");
        return w0.Clone();
    }
}
