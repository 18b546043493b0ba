using System.Globalization;
using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>
/// The encoder of a contractive autoencoder: h = σ(W x + b), with λ times the squared Frobenius norm of its Jacobian added to J,
/// λ/B Σ_n ‖∂h/∂x‖² = λ/B Σ_n Σ_k (h_nk (1 - h_nk))² ‖W_k‖²: the code should change little where the input does.
/// </summary>
/// <remarks>
/// The reconstruction error keeps the directions in which the data differ; the penalty gives up the others. Source: S. Rifai, P. Vincent,
/// X. Muller, X. Glorot, Y. Bengio, "Contractive auto-encoders", ICML 2011, formula 3.
/// </remarks>
public sealed class ContractiveSigmoid : Layer
{
    private readonly Dense dense;
    private readonly Sigmoid sigmoid = new();
    private readonly TensorBuffer gradients = new();
    private readonly float[] norms;
    private readonly float[] squares;
    private Tensor? h;

    /// <summary>A layer with all weights and biases zero: <see cref="Initialise"/> it.</summary>
    /// <param name="inputs">Numbers in each example, at least 1.</param>
    /// <param name="outputs">Units, at least 1.</param>
    /// <param name="lambda">λ, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1, or λ is negative or not finite.</exception>
    public ContractiveSigmoid(int inputs, int outputs, double lambda)
    {
        if (!(lambda >= 0) || !double.IsFinite(lambda))
            throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "The weight of a penalty is a finite number, not negative.");
        dense = new Dense(inputs, outputs);
        Lambda = lambda;
        (norms, squares) = (new float[outputs], new float[outputs]);
    }

    /// <summary>λ.</summary>
    public double Lambda { get; }

    /// <summary>The weights, outputs x inputs.</summary>
    public Parameter W => dense.W;

    /// <summary>The biases, one a unit.</summary>
    public Parameter b => dense.b;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => dense.Parameters;

    /// <inheritdoc/>
    public override double Penalty
    {
        get
        {
            if (h is null || Lambda == 0)
                return 0;
            var sum = 0.0;
            for (var k = 0; k < norms.Length; k++)
                sum += (double)squares[k] * norms[k];
            return Lambda / h.Shape[0] * sum;
        }
    }

    /// <inheritdoc/>
    public override int[] OutputShape(ReadOnlySpan<int> inputShape) => dense.OutputShape(inputShape);

    /// <summary>h = σ(W x + b).</summary>
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, bool training = false)
    {
        h = sigmoid.Forward(dense.Forward(input, training), training);
        if (Lambda == 0)
            return h;
        var inputs = dense.Inputs;
        for (var k = 0; k < norms.Length; k++)
            norms[k] = TensorPrimitives.SumOfSquares<float>(W.Value.Span.Slice(k * inputs, inputs));
        Array.Clear(squares);
        for (var n = 0; n < h.Count; n += norms.Length)
            for (var k = 0; k < norms.Length; k++)
            {
                var slope = h.Data[n + k] * (1 - h.Data[n + k]);
                squares[k] += slope * slope;
            }

        return h;
    }

    /// <summary>
    /// The penalty reaches W on two ways: through h, by 2λ/B h (1 - h)(1 - 2h) ‖W_k‖² that is added to dJ/dh, and directly, by
    /// 2λ/B Σ_n (h_nk (1 - h_nk))² W_k.
    /// </summary>
    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient)
    {
        var inputGradient = dense.Backward(sigmoid.Backward(WithPenalty(outputGradient)));
        AddDirect();
        return inputGradient;
    }

    /// <inheritdoc/>
    public override void BackwardParameters(Tensor outputGradient)
    {
        dense.BackwardParameters(sigmoid.Backward(WithPenalty(outputGradient)));
        AddDirect();
    }

    /// <inheritdoc/>
    public override void Initialise(Initialisation initialisation, RandomSource random) => dense.Initialise(initialisation, random);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"ContractiveSigmoid {dense.Inputs} → {dense.Outputs}, λ = {Lambda}");

    private Tensor WithPenalty(Tensor outputGradient)
    {
        if (h is null)
            throw new InvalidOperationException("ContractiveSigmoid has no forward pass to go back through: call Forward first.");
        if (!outputGradient.HasShape(h.Shape))
            outputGradient.RequireShape("The output gradient of ContractiveSigmoid", h.Shape);
        if (Lambda == 0)
            return outputGradient;
        var gradient = gradients.Get(h.Shape);
        var weight = (float)(2 * Lambda / h.Shape[0]);
        for (var n = 0; n < h.Count; n += norms.Length)
            for (var k = 0; k < norms.Length; k++)
            {
                var a = h.Data[n + k];
                gradient.Data[n + k] = outputGradient.Data[n + k] + weight * norms[k] * (a * (1 - a) * (1 - 2 * a));
            }

        return gradient;
    }

    private void AddDirect()
    {
        if (Lambda == 0 || W.IsFrozen)
            return;
        var (inputs, weight) = (dense.Inputs, (float)(2 * Lambda / h!.Shape[0]));
        for (var k = 0; k < norms.Length; k++)
        {
            var gradient = W.Gradient.Span.Slice(k * inputs, inputs);
            TensorPrimitives.MultiplyAdd(W.Value.Span.Slice(k * inputs, inputs), weight * squares[k], gradient, gradient);
        }
    }
}
