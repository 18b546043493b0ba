namespace CourseKit;

/// <summary>
/// The one unit of a code that tells a class from all others best, by nothing but a threshold on its activation: the search that found the
/// "cat neuron" in a network that was never told what a cat is.
/// </summary>
/// <remarks>
/// Classes of unequal size are counted alike: the balanced accuracy is the mean of the share of the class that is accepted and the share
/// of the others that is not, so guessing has 50 %. Labels serve to find the unit and to measure it, not to learn it.
/// Source: Q. Le, M. Ranzato, R. Monga, M. Devin, K. Chen, G. Corrado, J. Dean, A. Ng, "Building high-level features using large scale
/// unsupervised learning", ICML 2012, section 4.
/// </remarks>
/// <param name="Unit">Which unit, counted from 0.</param>
/// <param name="Threshold">The activation at which the answer changes.</param>
/// <param name="IsAbove">Whether the class is above the threshold; else below.</param>
/// <param name="BalancedAccuracy">On the samples that the unit was found with, 0.5 … 1.</param>
public sealed record SelectiveUnit(int Unit, double Threshold, bool IsAbove, double BalancedAccuracy)
{
    /// <summary>Tries every unit and every threshold.</summary>
    /// <param name="activations">N x units.</param>
    /// <param name="labels">N classes.</param>
    /// <param name="wanted">The class.</param>
    /// <exception cref="ArgumentException">
    /// The counts differ, the samples are all of the class, none is, no unit changes over them, or a number is not finite.
    /// </exception>
    public static SelectiveUnit Find(Tensor activations, IReadOnlyList<int> labels, int wanted) =>
        Search(activations, [Members(activations, labels, wanted)])[0];

    /// <summary>The same for every class: <see cref="Find"/>'s units, at the price of sorting each unit's activations once.</summary>
    /// <param name="activations">N x units.</param>
    /// <param name="labels">N classes, counted from 0.</param>
    /// <param name="classes">How many classes there are, at least 2.</param>
    /// <returns>The unit of each class, in their order.</returns>
    /// <exception cref="ArgumentException">The counts differ, a class has no sample, no unit changes over them, or a number is not finite.</exception>
    public static SelectiveUnit[] FindEach(Tensor activations, IReadOnlyList<int> labels, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        return Search(activations, [.. Enumerable.Range(0, classes).Select(wanted => Members(activations, labels, wanted))]);
    }

    /// <summary>The balanced accuracy of this unit and threshold on other samples.</summary>
    /// <param name="activations">N x units.</param>
    /// <param name="labels">N classes.</param>
    /// <param name="wanted">The class.</param>
    /// <exception cref="ArgumentException">The counts differ, or the samples are all of the class, or none is.</exception>
    public double AccuracyOn(Tensor activations, IReadOnlyList<int> labels, int wanted)
    {
        var inside = Members(activations, labels, wanted);
        var (accepted, rejected, members) = (0, 0, inside.Count(member => member));
        for (var n = 0; n < inside.Length; n++)
        {
            var yes = activations[n, Unit] > Threshold == IsAbove;
            accepted += yes && inside[n] ? 1 : 0;
            rejected += !yes && !inside[n] ? 1 : 0;
        }

        return 0.5 * accepted / members + 0.5 * rejected / (inside.Length - members);
    }

    /// <summary>For each way to divide the samples into members of a class and others, the unit that tells them apart best.</summary>
    private static SelectiveUnit[] Search(Tensor activations, bool[][] classes)
    {
        Finiteness.Require(activations, nameof(activations));
        var (count, units) = (activations.Shape[0], activations.Shape[1]);
        var (values, order) = (new float[count], new int[count]);
        SelectiveUnit[] best = [.. classes.Select(_ => new SelectiveUnit(-1, 0, true, 0))];
        int[] members = [.. classes.Select(inside => inside.Count(member => member))];
        for (var unit = 0; unit < units; unit++)
        {
            for (var n = 0; n < count; n++)
                (values[n], order[n]) = (activations.Data[n * units + unit], n);
            Array.Sort(values, order);
            for (var c = 0; c < classes.Length; c++)
                best[c] = BestThreshold(unit, values, order, classes[c], members[c], best[c]);
        }

        return best[0].Unit >= 0
            ? best
            : throw new ArgumentException($"None of the {units} units changes over the {count} samples: no threshold tells them apart.", nameof(activations));
    }

    private static SelectiveUnit BestThreshold(int unit, float[] values, int[] order, bool[] inside, int members, SelectiveUnit best)
    {
        var others = inside.Length - members;
        var (membersBelow, othersBelow) = (0, 0);
        for (var i = 0; i < values.Length - 1; i++)
        {
            if (inside[order[i]])
                membersBelow++;
            else
                othersBelow++;
            if (values[i] == values[i + 1])
                continue;
            var below = 0.5 * membersBelow / members + 0.5 * (others - othersBelow) / others; // the class is below
            if (Math.Max(below, 1 - below) > best.BalancedAccuracy)
                best = new SelectiveUnit(unit, ((double)values[i] + values[i + 1]) / 2, below < 0.5, Math.Max(below, 1 - below));
        }

        return best;
    }

    private static bool[] Members(Tensor activations, IReadOnlyList<int> labels, int wanted)
    {
        ArgumentNullException.ThrowIfNull(activations);
        ArgumentNullException.ThrowIfNull(labels);
        activations.RequireShape("The activations", labels.Count, -1);
        bool[] inside = [.. labels.Select(label => label == wanted)];
        return inside.Contains(true) && inside.Contains(false)
            ? inside
            : throw new ArgumentException($"Samples of class {wanted} and of others are expected; {inside.Count(member => member)} of {inside.Length} are of that class.", nameof(labels));
    }
}
