namespace CourseKit;

/// <summary>Class labels as targets: 1 at the class, 0 elsewhere.</summary>
public static class OneHot
{
    /// <summary>Writes a row for each label.</summary>
    /// <param name="labels">The classes, counted from 0.</param>
    /// <param name="classes">How many classes there are, at least 1.</param>
    /// <param name="off">What stands where the class is not: 0, or -1 for units with two-sided outputs.</param>
    /// <returns>N x classes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no class, or a label is not one of them.</exception>
    public static Tensor Encode(ReadOnlySpan<int> labels, int classes, float off = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        var targets = new Tensor(labels.Length, classes);
        targets.Span.Fill(off);
        for (var n = 0; n < labels.Length; n++)
        {
            if ((uint)labels[n] >= (uint)classes)
                throw new ArgumentOutOfRangeException(nameof(labels), labels[n], $"The label of example {n} is not one of the {classes} classes 0 ... {classes - 1}.");
            targets.Data[n * classes + labels[n]] = 1;
        }

        return targets;
    }
}
