using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>
/// The pocket algorithm with ratchet: the perceptron's corrections go on for ever where no line separates the classes, so the best
/// weights seen so far are kept "in the pocket".
/// </summary>
/// <remarks>
/// Samples are drawn at random. Weights that have answered more samples in a row than the pocket's are counted on the whole training
/// set, and replace the pocket's if they make fewer errors; so the pocket never gets worse.
/// Source: S. I. Gallant, "Perceptron-based learning algorithms", IEEE Transactions on Neural Networks 1 (1990), 179-191.
/// </remarks>
public sealed class PocketAlgorithm
{
    /// <summary>How many samples are drawn in all.</summary>
    public int Draws { get; init; } = 10_000;

    /// <summary>The seed of the draws.</summary>
    public int Seed { get; init; }

    /// <summary>Runs the algorithm; it ends early where the pocket makes no error.</summary>
    /// <param name="X">N x d: a sample a row.</param>
    /// <param name="y">The N labels, each +1 or -1.</param>
    /// <exception cref="ArgumentException">
    /// X and y do not fit together, a label is neither +1 nor -1, a number is not finite, or there is no sample.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">Draws is less than 1.</exception>
    public PocketRun Run(Matrix<double> X, IReadOnlyList<int> y)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Draws, 1);
        var yx = TwoClasses.SignedAugmented(X, y);
        var random = new Random(Seed);
        var w = Vector<double>.Build.Dense(X.ColumnCount + 1);
        var pocket = w.Clone();
        var (run, pocketRun, pocketErrors) = (0, 0, CountMistakes(pocket, yx));
        var trace = new List<PocketStep> { new(0, pocketErrors, pocketErrors) };

        for (var draw = 1; draw <= Draws && pocketErrors > 0; draw++)
        {
            var z = yx[random.Next(yx.Length)];
            if (w * z <= 0)
            {
                w.Add(z, w);
                run = 0;
                trace.Add(new(draw, CountMistakes(w, yx), pocketErrors));
            }
            else if (++run > pocketRun)
            {
                var errors = CountMistakes(w, yx);
                if (errors < pocketErrors)
                {
                    w.CopyTo(pocket);
                    (pocketRun, pocketErrors) = (run, errors);
                    trace.Add(new(draw, errors, pocketErrors));
                }
            }
        }

        return new PocketRun(pocket, pocketErrors, w, trace);
    }

    private static int CountMistakes(Vector<double> w, Vector<double>[] yx)
    {
        var mistakes = 0;
        foreach (var z in yx)
            if (w * z <= 0)
                mistakes++;
        return mistakes;
    }
}

/// <summary>What one run of the pocket algorithm found.</summary>
/// <param name="w">The augmented weights in the pocket; the last number is the bias.</param>
/// <param name="Errors">How many samples the pocket's weights do not put strictly on their own side.</param>
/// <param name="LastW">The weights of the plain perceptron when the run ended.</param>
/// <param name="Trace">Errors over time: an entry for the start, for every correction and for every change of the pocket.</param>
public sealed record PocketRun(Vector<double> w, int Errors, Vector<double> LastW, IReadOnlyList<PocketStep> Trace)
{
    /// <summary>The decision rule in the pocket.</summary>
    public Perceptron Perceptron => Perceptron.FromAugmented(w);
}

/// <summary>The errors on the training set at one moment of a pocket run.</summary>
/// <param name="Draw">How many samples had been drawn; 0 is the start.</param>
/// <param name="CurrentErrors">Errors of the perceptron's present weights.</param>
/// <param name="PocketErrors">Errors of the weights in the pocket.</param>
public readonly record struct PocketStep(int Draw, int CurrentErrors, int PocketErrors);
