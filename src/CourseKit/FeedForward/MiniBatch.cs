namespace CourseKit;

/// <summary>Some of the examples, copied together into buffers that are made once.</summary>
internal sealed class MiniBatch
{
    private readonly TensorBuffer inputs = new();
    private readonly TensorBuffer targets = new();
    private int[] inputShape = [];
    private int[] targetShape = [];
    private int[] labels = [];
    private int count;

    public Tensor Inputs { get; private set; } = new(0, 0);

    public Tensor? Targets { get; private set; }

    /// <summary>The classes; empty where there are targets.</summary>
    public ReadOnlySpan<int> Labels => Targets is null ? labels.AsSpan(0, count) : [];

    /// <summary>Gathers the examples with these numbers.</summary>
    public void Gather(Examples examples, ReadOnlySpan<int> numbers)
    {
        count = numbers.Length;
        Inputs = Rows(examples.Inputs, numbers, inputs, ref inputShape);
        Targets = examples.Targets is null ? null
            : ReferenceEquals(examples.Targets, examples.Inputs) ? Inputs
            : Rows(examples.Targets, numbers, targets, ref targetShape);
        if (examples.Labels is null)
            return;
        if (labels.Length < count)
            labels = new int[count];
        for (var n = 0; n < count; n++)
            labels[n] = examples.Labels[numbers[n]];
    }

    private static Tensor Rows(Tensor source, ReadOnlySpan<int> numbers, TensorBuffer buffer, ref int[] shape)
    {
        if (shape.Length != source.Rank)
            shape = new int[source.Rank];
        source.Shape.CopyTo(shape);
        shape[0] = numbers.Length;
        var rows = buffer.Get(shape);
        var size = source.Count / source.Shape[0];
        for (var n = 0; n < numbers.Length; n++)
            source.Data.AsSpan(numbers[n] * size, size).CopyTo(rows.Data.AsSpan(n * size));
        return rows;
    }
}
