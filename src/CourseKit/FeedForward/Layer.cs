namespace CourseKit;

/// <summary>
/// One stage of a network: a forward rule and, beside it, the backward rule that backpropagation (11)-(14) needs.
/// </summary>
/// <remarks>
/// The tensors that <see cref="Forward"/> and <see cref="Backward"/> return belong to the layer and are written over by its next
/// call: a training step allocates nothing. Whoever wants to keep one clones it.
/// </remarks>
public abstract class Layer
{
    /// <summary>The parameters that are learned, in a fixed order; empty for an activation.</summary>
    public virtual IReadOnlyList<Parameter> Parameters => [];

    /// <summary>
    /// What is kept with the parameters without being learned, such as the running means of a batch normalisation; saved and loaded
    /// with them. Empty for most layers.
    /// </summary>
    public virtual IReadOnlyList<(string Name, Tensor Value)> State => [];

    /// <summary>
    /// What the layer itself adds to J for the batch of its last forward pass, such as a penalty on activity; 0 for most layers. Its gradient
    /// is part of what the layer's backward rule gives.
    /// </summary>
    public virtual double Penalty => 0;

    /// <summary>The parameters with names that are unique in the layer; a layer of layers puts theirs before them.</summary>
    public virtual IReadOnlyList<(string Name, Parameter Parameter)> NamedParameters => [.. Parameters.Select(parameter => (parameter.Name, parameter))];

    /// <summary>The shape of one example's output, without the batch, for one example's input of the given shape.</summary>
    /// <exception cref="ArgumentException">The layer cannot take such an input; the message names both sizes.</exception>
    public abstract int[] OutputShape(ReadOnlySpan<int> inputShape);

    /// <summary>Computes the layer's output for a batch.</summary>
    /// <param name="input">Batch first: N x d or N x C x H x W.</param>
    /// <param name="training">True while learning: what differs between the two (dropout, batch statistics) goes by it.</param>
    /// <returns>The output, batch first; the layer's own tensor.</returns>
    /// <exception cref="ArgumentException">The input's shape does not fit; the message names both.</exception>
    public abstract Tensor Forward(Tensor input, bool training = false);

    /// <summary>
    /// Takes the loss's gradient with respect to the last forward pass's output, writes the gradient of every parameter, and
    /// returns the gradient with respect to that pass's input.
    /// </summary>
    /// <param name="outputGradient">The shape of the last output.</param>
    /// <returns>The shape of the last input; the layer's own tensor.</returns>
    /// <exception cref="InvalidOperationException">There was no forward pass before.</exception>
    /// <exception cref="ArgumentException">The shape is not that of the last output.</exception>
    public abstract Tensor Backward(Tensor outputGradient);

    /// <summary>
    /// As <see cref="Backward"/>, but without the gradient with respect to the input, which nobody needs below the first layer that
    /// learns: for it, a training step saves a third of the work.
    /// </summary>
    /// <param name="outputGradient">The shape of the last output.</param>
    /// <exception cref="InvalidOperationException">There was no forward pass before.</exception>
    /// <exception cref="ArgumentException">The shape is not that of the last output.</exception>
    public virtual void BackwardParameters(Tensor outputGradient) => Backward(outputGradient);

    /// <summary>Gives the weights their start values, and the biases zero. Does nothing in a layer without parameters.</summary>
    /// <param name="initialisation">The distribution that the weights are drawn from.</param>
    /// <param name="random">The stream they are drawn from.</param>
    public virtual void Initialise(Initialisation initialisation, RandomSource random)
    {
    }

    /// <summary>How many connections one example runs through: multiplications by a weight, and additions of a bias.</summary>
    /// <remarks>A layer that shares its weights between places has more connections than parameters.</remarks>
    /// <param name="inputShape">One example's input, without the batch.</param>
    public virtual long ConnectionCount(ReadOnlySpan<int> inputShape) => ParameterCount;

    /// <summary>How many examples a batch must have to be learned from; 1 for most layers.</summary>
    /// <param name="inputShape">One example's input, without the batch.</param>
    public virtual int LeastBatch(ReadOnlySpan<int> inputShape) => 1;

    /// <summary>How many numbers are learned.</summary>
    public long ParameterCount
    {
        get
        {
            var count = 0L;
            foreach (var parameter in Parameters)
                count += parameter.Value.Count;
            return count;
        }
    }

    /// <summary>Freezes every parameter, so that optimisers leave it alone, or thaws it.</summary>
    public void Freeze(bool frozen = true)
    {
        foreach (var parameter in Parameters)
            parameter.IsFrozen = frozen;
    }

    /// <summary>
    /// Whether an example's output and gradient depend on that example alone and on no drawn number: then it is the same whether a batch
    /// goes through the layer whole or in parts. A layer of one's own is taken not to be so.
    /// </summary>
    internal virtual bool IsByExample => false;

    /// <summary>Whether the layer uses its weights at many places: then a large batch saves no loading of weights, and fills the caches.</summary>
    internal virtual bool SharesWeights => false;

    /// <summary>The kind of layer and its sizes, for the network's table.</summary>
    public override string ToString() => GetType().Name;
}
