namespace CourseKit;

/// <summary>
/// Feature selection: keeps the features that differ most between the classes, measured by how much they scatter within a class.
/// </summary>
/// <remarks>
/// The score of a feature is the variance of its class means over the mean of its variances within the classes.
/// Source: R. A. Fisher, "The use of multiple measurements in taxonomic problems", Annals of Eugenics 7 (1936), 179-188, for one feature
/// at a time; a feature that only helps together with another one is not seen.
/// </remarks>
public sealed class FisherSelection : IPipelineStep
{
    private int[]? kept;
    private int features;

    /// <summary>How many features are kept; all where there are fewer.</summary>
    public int Keep { get; init; } = 64;

    /// <inheritdoc/>
    public string Name => $"best {Keep} by Fisher's score";

    /// <summary>The columns that are kept, counted from 0, in their old order.</summary>
    /// <exception cref="InvalidOperationException">Nothing was learned yet.</exception>
    public IReadOnlyList<int> Kept => kept ?? throw new InvalidOperationException("Nothing was learned yet: call Fit first.");

    /// <summary>Fisher's score of every feature; 0 for a feature that never changes.</summary>
    /// <param name="samples">N x d.</param>
    /// <param name="labels">The N classes, counted from 0.</param>
    /// <exception cref="ArgumentException">
    /// The counts differ, there is no sample, the shape is another one, a label is negative, or a number is not finite.
    /// </exception>
    public static double[] Scores(Tensor samples, IReadOnlyList<int> labels)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(labels);
        samples.RequireShape("The features of FisherSelection", labels.Count, -1);
        if (labels.Count == 0)
            throw new ArgumentException("No sample given; at least one is expected.", nameof(samples));
        if (labels.Min() < 0)
            throw new ArgumentException($"Label {labels.Min()} given; classes are counted from 0.", nameof(labels));
        Finiteness.Require(samples, nameof(samples));
        var (count, d, classes) = (samples.Shape[0], samples.Shape[1], labels.Max() + 1);
        var members = new double[classes];
        var sums = new double[classes, d];
        var squares = new double[d];
        for (var n = 0; n < count; n++)
        {
            members[labels[n]]++;
            for (var j = 0; j < d; j++)
            {
                double value = samples.Data[n * d + j];
                sums[labels[n], j] += value;
                squares[j] += value * value;
            }
        }

        var scores = new double[d];
        for (var j = 0; j < d; j++)
        {
            double total = 0, explained = 0;
            for (var c = 0; c < classes; c++)
                if (members[c] > 0)
                {
                    total += sums[c, j];
                    explained += sums[c, j] * sums[c, j] / members[c];
                }

            var between = explained - total * total / count;
            var within = squares[j] - explained;
            scores[j] = within > 1e-9 * squares[j] ? between / within : between > 1e-9 * squares[j] ? double.PositiveInfinity : 0;
        }

        return scores;
    }

    /// <summary>Scores the features and remembers the best.</summary>
    /// <inheritdoc/>
    public void Fit(Tensor samples, IReadOnlyList<int> labels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Keep, 1);
        var scores = Scores(samples, labels);
        features = scores.Length;
        kept = [.. Enumerable.Range(0, scores.Length).OrderByDescending(j => scores[j]).Take(Keep).Order()];
    }

    /// <summary>Leaves the other features out.</summary>
    /// <param name="samples">N x d, with d as in training.</param>
    /// <returns>N x Keep.</returns>
    /// <exception cref="ArgumentException">There are not as many features as in training.</exception>
    /// <exception cref="InvalidOperationException">Nothing was learned yet.</exception>
    public Tensor Apply(Tensor samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var (columns, d) = (Kept, features);
        samples.RequireShape("The features of FisherSelection, as many as in training", -1, d);
        var result = new Tensor(samples.Shape[0], columns.Count);
        for (var n = 0; n < samples.Shape[0]; n++)
            for (var j = 0; j < columns.Count; j++)
                result.Data[n * columns.Count + j] = samples.Data[n * d + columns[j]];
        return result;
    }
}
