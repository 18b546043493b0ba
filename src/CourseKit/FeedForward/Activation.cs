namespace CourseKit;

/// <summary>
/// a = f(z) for every element, formula (3)'s second line. Going back, the error term of z is f'(z) times that of a, element by element:
/// the f'(z) ⊙ … of the backpropagation step.
/// </summary>
/// <remarks>
/// The slides call ⊙ a dot product; it is the element-wise (Hadamard) product. A class below gives f and f' side by side; f' is handed
/// both z and a, because for sigmoid and tanh it follows from a alone.
/// </remarks>
public abstract class Activation : Layer
{
    private const int Grain = 1024;
    private const int ForwardCost = 16; // in multiply-adds an element, as tanh takes
    private const int BackwardCost = 8;

    private readonly TensorBuffer outputs = new();
    private readonly TensorBuffer inputGradients = new();
    private Tensor? z;
    private Tensor? a;

    // One of a student's own may add a penalty on activity, which is a mean over the batch.
    internal override bool IsByExample => GetType().Assembly == typeof(Activation).Assembly;

    /// <inheritdoc/>
    public override int[] OutputShape(ReadOnlySpan<int> inputShape) => inputShape.ToArray();

    /// <inheritdoc/>
    public sealed override Tensor Forward(Tensor input, bool training = false)
    {
        z = input;
        a = outputs.Get(input.Shape);
        var work = new ForwardWork(this, z.Data, a.Data);
        Workers.Run(ref work, a.Count, Grain, (long)a.Count * ForwardCost);
        return a;
    }

    /// <inheritdoc/>
    public sealed override Tensor Backward(Tensor outputGradient)
    {
        if (z is null || a is null)
            throw new InvalidOperationException($"{this} has no forward pass to go back through: call Forward first.");
        if (!outputGradient.HasShape(a.Shape))
            outputGradient.RequireShape($"The output gradient of {this}", a.Shape);
        var inputGradient = inputGradients.Get(z.Shape);
        var work = new BackwardWork(this, z.Data, a.Data, outputGradient.Data, inputGradient.Data);
        Workers.Run(ref work, a.Count, Grain, (long)a.Count * BackwardCost);
        return inputGradient;
    }

    /// <summary>Writes a = f(z).</summary>
    /// <param name="z">The states.</param>
    /// <param name="a">The activations; as long as z.</param>
    protected abstract void Apply(ReadOnlySpan<float> z, Span<float> a);

    /// <summary>Writes result = f'(z) ⊙ gradient.</summary>
    /// <param name="z">The states of the last forward pass.</param>
    /// <param name="a">Their activations f(z).</param>
    /// <param name="gradient">The loss's gradient with respect to a.</param>
    /// <param name="result">The loss's gradient with respect to z; as long as the others.</param>
    protected abstract void ApplyDerivative(ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> gradient, Span<float> result);

    private readonly struct ForwardWork(Activation f, float[] z, float[] a) : IRangeWork
    {
        public void Run(int from, int to) => f.Apply(z.AsSpan(from, to - from), a.AsSpan(from, to - from));
    }

    private readonly struct BackwardWork(Activation f, float[] z, float[] a, float[] gradient, float[] result) : IRangeWork
    {
        public void Run(int from, int to)
        {
            var count = to - from;
            f.ApplyDerivative(z.AsSpan(from, count), a.AsSpan(from, count), gradient.AsSpan(from, count), result.AsSpan(from, count));
        }
    }
}
