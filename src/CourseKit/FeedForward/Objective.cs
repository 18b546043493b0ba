using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>J(W, b) = Σ ℓ(f(x_i), y_i) + (λ/2)||W||², formula (9): what learning makes small, and its gradient.</summary>
/// <remarks>
/// The sum over the examples is the loss's, and its <see cref="Loss.Reduction"/> says whether it is a sum, as in the lecture, or the mean
/// over the batch, the default. With the mean, J is the lecture's divided by n if λ is too. ||W||² counts weights, not biases.
/// </remarks>
public sealed class Objective
{
    private readonly Parameter[] parameters; // an array, because going through a list by its interface allocates
    private readonly BatchParts? parts;
    private Tensor? output;
    private bool isWhole; // whether network and loss hold the whole of the last pass, so that it can be gone back through

    /// <summary>Joins a network and a loss.</summary>
    /// <param name="network">f.</param>
    /// <param name="loss">ℓ.</param>
    /// <param name="lambda">λ of the L2 term; 0 leaves it out.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative or not finite.</exception>
    public Objective(Network network, Loss loss, float lambda = 0)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        if (!(lambda >= 0) || !float.IsFinite(lambda))
            throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "λ is a finite number, not negative.");
        (Network, Loss, Lambda) = (network, loss, lambda);
        parameters = [.. network.Parameters];
        parts = loss.IsByExample ? BatchParts.For(network) : null;
    }

    /// <summary>f.</summary>
    public Network Network { get; }

    /// <summary>ℓ.</summary>
    public Loss Loss { get; }

    /// <summary>λ.</summary>
    public float Lambda { get; }

    /// <summary>Σ ℓ of the last forward pass: J without the L2 term and the layers' own penalties.</summary>
    public double LossValue { get; private set; }

    /// <summary>(λ/2)||W||² of the last forward pass, and what the layers themselves add (<see cref="Layer.Penalty"/>).</summary>
    public double PenaltyValue { get; private set; }

    /// <summary>The network's output in the last forward pass.</summary>
    /// <exception cref="InvalidOperationException">There was no forward pass before.</exception>
    public Tensor Output => output ?? throw new InvalidOperationException("The objective has no forward pass yet: call Forward first.");

    /// <summary>J for a batch with targets.</summary>
    /// <param name="x">The inputs, an example a row.</param>
    /// <param name="target">What the outputs should be.</param>
    /// <param name="training">As in <see cref="Layer.Forward"/>.</param>
    public double Forward(Tensor x, Tensor target, bool training = true)
    {
        Begin();
        var y = Network.Forward(x, training);
        return End(y, Loss.Forward(y, target), isWhole: true);
    }

    /// <summary>J for a batch with class labels.</summary>
    /// <param name="x">The inputs, an example a row.</param>
    /// <param name="labels">The classes, counted from 0.</param>
    /// <param name="training">As in <see cref="Layer.Forward"/>.</param>
    public double Forward(Tensor x, ReadOnlySpan<int> labels, bool training = true)
    {
        Begin();
        var y = Network.Forward(x, training);
        return End(y, Loss.Forward(y, labels), isWhole: true);
    }

    /// <summary>Writes dJ/dW and dJ/db of the last forward pass into the parameters' gradients: backpropagation, and λW.</summary>
    /// <exception cref="InvalidOperationException">There was no forward pass before, or it was refused.</exception>
    public void Backward()
    {
        if (!isWhole)
            throw new InvalidOperationException("The objective has no forward pass to go back through: call Forward first.");
        Network.BackwardParameters(Loss.Backward());
        AddPenaltyGradient();
    }

    /// <summary>J for a batch, and its gradients: both passes of a training step.</summary>
    /// <param name="x">The inputs, an example a row.</param>
    /// <param name="target">What the outputs should be; null where there are labels.</param>
    /// <param name="labels">The classes, counted from 0.</param>
    internal double ForwardBackward(Tensor x, Tensor? target, ReadOnlySpan<int> labels)
    {
        ArgumentNullException.ThrowIfNull(x);
        // What does not fit together goes the usual way, too, where it is refused with all its numbers.
        if (parts is null || x.Rank == 0 || x.Shape[0] <= parts.Size || !parts.Fit(x, target, labels))
        {
            var J = target is null ? Forward(x, labels) : Forward(x, target);
            // Of a J that is not finite there is no gradient to go by; the caller says so.
            if (double.IsFinite(J))
                Backward();
            return J;
        }

        Begin();
        var loss = parts.Run(Loss, x, target, labels, out var y);
        var sum = End(y, loss, isWhole: false); // the layers hold the last part alone
        AddPenaltyGradient();
        return sum;
    }

    /// <summary>Until a pass has come to its end there is none: where it is refused, network and loss may hold parts of two.</summary>
    private void Begin() => (output, isWhole) = (null, false);

    private double End(Tensor y, double loss, bool isWhole)
    {
        (output, LossValue, PenaltyValue, this.isWhole) = (y, loss, Penalty(), isWhole);
        return LossValue + PenaltyValue;
    }

    private void AddPenaltyGradient()
    {
        if (Lambda == 0)
            return;
        foreach (var parameter in parameters)
            if (parameter is { IsWeight: true, IsFrozen: false })
                TensorPrimitives.MultiplyAdd(parameter.Value.Span, Lambda, parameter.Gradient.Span, parameter.Gradient.Span);
    }

    private double Penalty()
    {
        var own = Network.Penalty;
        if (Lambda == 0)
            return own;
        var sum = 0.0;
        foreach (var parameter in parameters)
            if (parameter.IsWeight)
                sum += HalfSquaredError.SumOfSquares(parameter.Value);
        return own + 0.5 * Lambda * sum;
    }
}
