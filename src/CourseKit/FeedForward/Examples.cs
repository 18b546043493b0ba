namespace CourseKit;

/// <summary>The samples {(x_i, y_i)} of formula (9): inputs, and for each of them a class or a target.</summary>
public sealed class Examples
{
    /// <summary>Inputs with their classes; the arrays are used, not copied.</summary>
    /// <param name="inputs">N x d or N x C x H x W.</param>
    /// <param name="labels">N classes, counted from 0.</param>
    /// <exception cref="ArgumentException">
    /// There is no example, the counts differ, a label is negative, or an input is not finite; the message says where.
    /// </exception>
    public Examples(Tensor inputs, int[] labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Inputs = Checked(inputs, "inputs");
        Labels = labels;
        RequireCount(labels.Length, "labels");
        var negative = Array.FindIndex(labels, label => label < 0);
        if (negative >= 0)
            throw new ArgumentException($"The label of example {negative} is {labels[negative]}; classes are counted from 0.", nameof(labels));
    }

    /// <summary>Inputs with their targets; the tensors are used, not copied.</summary>
    /// <param name="inputs">N x d or N x C x H x W.</param>
    /// <param name="targets">What the network should give for each, the batch first; for an autoencoder the inputs themselves.</param>
    /// <exception cref="ArgumentException">
    /// There is no example, the counts differ, or a number is not finite; the message says where.
    /// </exception>
    public Examples(Tensor inputs, Tensor targets)
    {
        Inputs = Checked(inputs, "inputs");
        Targets = ReferenceEquals(inputs, targets) ? inputs : Checked(targets, "targets");
        RequireCount(targets.Shape[0], "targets");
    }

    /// <summary>A dataset's samples with their classes.</summary>
    /// <exception cref="ArgumentException">The dataset is empty.</exception>
    public Examples(Dataset data)
        : this(data?.Inputs ?? throw new ArgumentNullException(nameof(data)), data.Labels)
    {
    }

    /// <summary>The inputs, batch first.</summary>
    public Tensor Inputs { get; }

    /// <summary>The classes, or null where there are targets.</summary>
    public int[]? Labels { get; }

    /// <summary>The targets, or null where there are classes.</summary>
    public Tensor? Targets { get; }

    /// <summary>N: how many examples there are.</summary>
    public int Count => Inputs.Shape[0];

    /// <summary>The examples from one to before another; their numbers are copied.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie within the examples, or is empty.</exception>
    public Examples Slice(int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, Count);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        var inputs = Rows(Inputs, from, to);
        return Labels is not null ? new(inputs, Labels[from..to])
            : ReferenceEquals(Inputs, Targets) ? new(inputs, inputs)
            : new(inputs, Rows(Targets!, from, to));
    }

    private static Tensor Rows(Tensor tensor, int from, int to)
    {
        var size = tensor.Count / tensor.Shape[0];
        return Tensor.From(tensor.Data[(from * size)..(to * size)], [to - from, .. tensor.Shape[1..]]);
    }

    private static Tensor Checked(Tensor tensor, string what)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Rank < 2 || tensor.Count == 0)
            throw new ArgumentException($"The {what} have shape {tensor.ShapeText}; a batch of at least one example, N x …, is expected.");
        var wrong = Finiteness.FirstNonFinite(tensor.Span);
        if (wrong >= 0)
        {
            var size = tensor.Count / tensor.Shape[0];
            throw new ArgumentException(
                $"The {what} hold {Finiteness.Describe(tensor.Data[wrong])} at example {wrong / size}, number {wrong % size}; every number must be finite.");
        }

        return tensor;
    }

    private void RequireCount(int count, string what)
    {
        if (count != Count)
            throw new ArgumentException($"{Count} inputs given, but {count} {what}.");
    }
}
