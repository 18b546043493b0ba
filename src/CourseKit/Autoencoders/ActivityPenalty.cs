namespace CourseKit;

/// <summary>
/// A layer that changes nothing on the way forward and adds a penalty on what passes: the penalty is part of J, and its gradient is added to
/// the error terms on their way back. Behind a code it makes an autoencoder a sparse one.
/// </summary>
/// <remarks>The penalty is a mean over the batch, whatever the loss's <see cref="Reduction"/>.</remarks>
public abstract class ActivityPenalty : Layer
{
    private readonly TensorBuffer inputGradients = new();
    private Tensor? h;

    /// <inheritdoc/>
    public sealed override double Penalty => h is null ? 0 : Price(h);

    /// <inheritdoc/>
    public sealed override int[] OutputShape(ReadOnlySpan<int> inputShape) => inputShape.ToArray();

    /// <summary>Hands the input on.</summary>
    /// <inheritdoc/>
    public sealed override Tensor Forward(Tensor input, bool training = false)
    {
        if (input.Rank < 2 || input.Count == 0)
            throw new ArgumentException($"The input of {this}: shape {input.ShapeText} given, a batch of at least one example expected.");
        Prepare(input); // throws where it must before anything of the last pass is written over
        h = input;
        return input;
    }

    /// <summary>δ + the penalty's derivative.</summary>
    /// <inheritdoc/>
    public sealed override Tensor Backward(Tensor outputGradient)
    {
        if (h is null)
            throw new InvalidOperationException($"{this} has no forward pass to go back through: call Forward first.");
        if (!outputGradient.HasShape(h.Shape))
            outputGradient.RequireShape($"The output gradient of {this}", h.Shape);
        var inputGradient = inputGradients.Get(h.Shape);
        AddDerivative(h, outputGradient.Span, inputGradient.Span);
        return inputGradient;
    }

    /// <summary>Nothing is weighted here.</summary>
    /// <inheritdoc/>
    public sealed override long ConnectionCount(ReadOnlySpan<int> inputShape) => 0;

    /// <summary>Looks at a batch before its penalty is asked for; throws where it has none.</summary>
    /// <param name="h">The activations, an example a row.</param>
    protected virtual void Prepare(Tensor h)
    {
    }

    /// <summary>The penalty of a batch.</summary>
    /// <param name="h">The activations, an example a row.</param>
    protected abstract double Price(Tensor h);

    /// <summary>Writes result = gradient + the derivative of the penalty with respect to every activation.</summary>
    /// <param name="h">The activations, an example a row.</param>
    /// <param name="gradient">The gradient that comes back from the layers above.</param>
    /// <param name="result">What goes on to the layers below.</param>
    protected abstract void AddDerivative(Tensor h, ReadOnlySpan<float> gradient, Span<float> result);

    /// <summary>A weight of a penalty: finite, and not negative.</summary>
    private protected static double Weight(double weight, string name) =>
        weight >= 0 && double.IsFinite(weight) ? weight : throw new ArgumentOutOfRangeException(name, weight, "The weight of a penalty is a finite number, not negative.");
}
