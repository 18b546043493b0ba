namespace CourseKit;

/// <summary>Sees each example under another shape; the numbers and their order stay, and nothing is copied.</summary>
public class Reshape : Layer
{
    private readonly int[] shape;
    private readonly TensorViews outputs = new();
    private readonly TensorViews inputGradients = new();
    private Tensor? lastInput;
    private Tensor? lastOutput;

    /// <summary>One example's new shape, without the batch.</summary>
    /// <param name="shape">The extents, each at least 1; one of them may be -1, which takes what is left.</param>
    /// <exception cref="ArgumentException">An extent is another number, or two are -1.</exception>
    public Reshape(params ReadOnlySpan<int> shape)
    {
        foreach (var extent in shape)
            if (extent is not (-1 or >= 1))
                throw new ArgumentException($"An extent of {extent} given to Reshape; at least 1, or -1 for what is left, is expected.", nameof(shape));
        if (shape.Count(-1) > 1)
            throw new ArgumentException($"{shape.Count(-1)} extents of -1 given to Reshape; at most one can take what is left.", nameof(shape));
        this.shape = shape.ToArray();
    }

    internal override bool IsByExample => true;

    /// <inheritdoc/>
    public override int[] OutputShape(ReadOnlySpan<int> inputShape)
    {
        var (given, asked, open) = (1L, 1L, Array.IndexOf(shape, -1));
        foreach (var extent in inputShape)
            given *= extent;
        foreach (var extent in shape)
            asked *= extent == -1 ? 1 : extent;
        if (open < 0 ? given != asked : asked == 0 || given % asked != 0)
            throw new ArgumentException($"{this}: an example of shape {Tensor.Describe(inputShape)} holds {given} numbers, which does not fit.");
        var result = shape.ToArray();
        if (open >= 0)
            result[open] = (int)(given / asked);
        return result;
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, bool training = false)
    {
        if (input.Rank < 2)
            throw new ArgumentException($"{this} takes a batch of examples; a tensor of shape {input.ShapeText} was given.");
        lastOutput = outputs.Find(input) ?? outputs.Keep(input, input.Reshape([input.Shape[0], .. OutputShape(input.Shape[1..])]));
        lastInput = input;
        return lastOutput;
    }

    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient)
    {
        if (lastInput is null || lastOutput is null)
            throw new InvalidOperationException($"{this} has no forward pass to go back through: call Forward first.");
        if (!outputGradient.HasShape(lastOutput.Shape))
            outputGradient.RequireShape($"The output gradient of {this}", lastOutput.Shape);
        var view = inputGradients.Find(outputGradient);
        return view is not null && view.HasShape(lastInput.Shape)
            ? view
            : inputGradients.Keep(outputGradient, outputGradient.Reshape(lastInput.Shape));
    }

    /// <inheritdoc/>
    public override string ToString() => $"Reshape to {Tensor.Describe(shape)}";
}
