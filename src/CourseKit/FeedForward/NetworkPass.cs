namespace CourseKit;

/// <summary>
/// One batch through a network of fully connected layers and, where a loss is given, back: every state, activation, error term and
/// gradient of the lecture's (6) and (11)-(14), kept, under the lecture's index l = 1 … L.
/// </summary>
/// <remarks>
/// A training step keeps none of this longer than it must; this class is for looking at it. Layer l is the l-th <see cref="Dense"/> with
/// whatever follows it up to the next one, its f_l; layers before the first Dense only reshape the input.
/// </remarks>
public sealed class NetworkPass
{
    private readonly Tensor[] states;
    private readonly Tensor[] activations;
    private readonly Tensor[] errorTerms = [];
    private readonly Tensor[] weightGradients = [];
    private readonly Tensor[] biasGradients = [];

    /// <summary>Forward only: (8).</summary>
    /// <param name="network">The network, with at least one <see cref="Dense"/>.</param>
    /// <param name="x">The inputs, an example a row.</param>
    /// <exception cref="ArgumentException">The network has no Dense layer, or the shape of x does not fit it.</exception>
    public NetworkPass(Network network, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(x);
        x.RequireShape("The input of the pass", [-1, .. network.InputShape]);
        Network = network;
        Layers = [.. network.Layers.OfType<Dense>()];
        if (Layers.Count == 0)
            throw new ArgumentException($"A network with a Dense layer is expected; this one has {network.Layers.Count} layers and none is.", nameof(network));
        (states, activations) = (new Tensor[L + 1], new Tensor[L + 1]);
        states[0] = activations[0] = x;
        var (l, a) = (0, x);
        foreach (var layer in network.Layers)
        {
            a = layer.Forward(a);
            if (layer is Dense)
                states[++l] = a.Clone();
            activations[l] = a.Clone();
        }
    }

    /// <summary>Forward, then back through all error terms.</summary>
    /// <param name="network">The network, with at least one <see cref="Dense"/>; its parameters' gradients are written over.</param>
    /// <param name="x">The inputs, an example a row.</param>
    /// <param name="loss">ℓ of (9); its reduction scales the error terms.</param>
    /// <param name="target">What the outputs should be.</param>
    /// <exception cref="ArgumentException">The network has no Dense layer, or a shape does not fit.</exception>
    public NetworkPass(Network network, Tensor x, Loss loss, Tensor target)
        : this(network, x)
    {
        ArgumentNullException.ThrowIfNull(loss);
        J = loss.Forward(activations[L], target);
        (errorTerms, weightGradients, biasGradients) = (new Tensor[L + 1], new Tensor[L + 1], new Tensor[L + 1]);
        errorTerms[0] = weightGradients[0] = biasGradients[0] = new Tensor(0);
        var (l, gradient) = (L, loss.Backward());
        for (var k = network.Layers.Count - 1; l > 0; k--)
        {
            if (network.Layers[k] is not Dense dense)
            {
                gradient = network.Layers[k].Backward(gradient);
                continue;
            }

            errorTerms[l] = gradient.Clone();
            gradient = dense.Backward(gradient);
            (weightGradients[l], biasGradients[l]) = (dense.W.Gradient.Clone(), dense.b.Gradient.Clone());
            l--;
        }
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>The fully connected layers; number l of the lecture is <c>Layers[l - 1]</c>.</summary>
    public IReadOnlyList<Dense> Layers { get; }

    /// <summary>L: how many layers there are.</summary>
    public int L => Layers.Count;

    /// <summary>Whether there was a loss, and with it a way back.</summary>
    public bool IsBackward => errorTerms.Length > 0;

    /// <summary>The loss; not a number where none was given.</summary>
    public double J { get; } = double.NaN;

    /// <summary>z^(l), an example a row, at index l; index 0 holds the input.</summary>
    public IReadOnlyList<Tensor> z => states;

    /// <summary>a^(l), an example a row, at index l; a^(0) = x.</summary>
    public IReadOnlyList<Tensor> a => activations;

    /// <summary>δ^(l) = dJ/dz^(l), an example a row, at index l = 1 … L; empty where no loss was given.</summary>
    public IReadOnlyList<Tensor> delta => errorTerms;

    /// <summary>dJ/dW^(l), formula (13) summed over the batch, at index l = 1 … L; empty where no loss was given.</summary>
    public IReadOnlyList<Tensor> dW => weightGradients;

    /// <summary>dJ/db^(l), formula (14) summed over the batch, at index l = 1 … L; empty where no loss was given.</summary>
    public IReadOnlyList<Tensor> db => biasGradients;

    /// <summary>||dJ/dW^(l)||, the Frobenius norm, for l = 1 … L: how much of the error reaches each layer.</summary>
    /// <exception cref="InvalidOperationException">No loss was given.</exception>
    public double[] GradientNorms() => IsBackward
        ? [.. weightGradients.Skip(1).Select(gradient => Math.Sqrt(HalfSquaredError.SumOfSquares(gradient)))]
        : throw new InvalidOperationException("This pass went forward only: give a loss and a target to have gradients.");
}
