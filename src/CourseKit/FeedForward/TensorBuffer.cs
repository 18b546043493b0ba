namespace CourseKit;

/// <summary>
/// A tensor that is made once for each shape asked for, and handed out again the next time: what a layer keeps its outputs and
/// gradients in, so that a training step allocates nothing.
/// </summary>
/// <remarks>
/// The last few shapes are kept: the batch, the smaller batch at the end of an epoch, the batch of an evaluation. What is handed out
/// holds whatever was last written to it.
/// </remarks>
public sealed class TensorBuffer
{
    private const int Kept = 4;

    private readonly Tensor?[] recent = new Tensor?[Kept];

    /// <summary>The tensor of this shape, made now if it is new; its contents are not cleared.</summary>
    /// <param name="shape">The extents.</param>
    public Tensor Get(params ReadOnlySpan<int> shape)
    {
        for (var i = 0; i < recent.Length; i++)
        {
            var tensor = recent[i];
            if (tensor is null)
                break;
            if (!tensor.HasShape(shape))
                continue;
            if (i > 0)
                MoveToFront(tensor, i);
            return tensor;
        }

        var made = new Tensor(shape);
        MoveToFront(made, Kept - 1);
        return made;
    }

    private void MoveToFront(Tensor tensor, int from)
    {
        for (var i = from; i > 0; i--)
            recent[i] = recent[i - 1];
        recent[0] = tensor;
    }
}
