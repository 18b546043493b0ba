using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>
/// Batch normalisation: each map, or each number of a vector, is brought to mean 0 and variance 1 over the batch and all its places, then
/// stretched by γ and shifted by β, which are learned: y = γ (x - μ) / sqrt(σ² + ε) + β.
/// </summary>
/// <remarks>
/// While learning, μ and σ² are the batch's own, and running means of them are kept; otherwise those take their place, so that an output
/// does not depend on its neighbours in the batch. Source: S. Ioffe and C. Szegedy, ICML 2015, algorithms 1 and 2.
/// </remarks>
public sealed class BatchNorm : Layer
{
    private const float Epsilon = 1e-5f;
    private const float Share = 0.1f; // of the newest batch in the running means

    private readonly TensorBuffer outputs = new();
    private readonly TensorBuffer normalised = new();
    private readonly TensorBuffer inputGradients = new();
    private readonly Tensor mean;
    private readonly Tensor variance;
    private readonly float[] factors;
    private Tensor? input;
    private Tensor? hat;
    private bool byBatch;

    /// <summary>A layer with γ = 1 and β = 0.</summary>
    /// <param name="maps">Maps of an image, or numbers of a vector, at least 1.</param>
    public BatchNorm(int maps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maps, 1);
        Maps = maps;
        gamma = new Parameter("gamma", new Tensor(maps), isWeight: false);
        beta = new Parameter("beta", new Tensor(maps), isWeight: false);
        (mean, variance, factors) = (new Tensor(maps), new Tensor(maps), new float[maps]);
        gamma.Value.Span.Fill(1);
        variance.Span.Fill(1);
        Parameters = [gamma, beta];
        State = [("mean", mean), ("variance", variance)];
    }

    /// <summary>How many maps or numbers are normalised, each by itself.</summary>
    public int Maps { get; }

    /// <summary>γ, one a map.</summary>
    public Parameter gamma { get; }

    /// <summary>β, one a map.</summary>
    public Parameter beta { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The running means of μ and σ².</summary>
    public override IReadOnlyList<(string Name, Tensor Value)> State { get; }

    /// <inheritdoc/>
    public override int[] OutputShape(ReadOnlySpan<int> inputShape) =>
        inputShape.Length >= 1 && inputShape[0] == Maps
            ? inputShape.ToArray()
            : throw new ArgumentException($"BatchNorm takes {Maps} maps or numbers an example; an example of shape {Tensor.Describe(inputShape)} was given.");

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, bool training = false)
    {
        if (input.Rank < 2 || input.Shape[1] != Maps || input.Count == 0)
            throw new ArgumentException($"The input of BatchNorm: shape {input.ShapeText} given, Nx{Maps} or Nx{Maps}xHxW with at least one example expected.");
        var places = input.Count / Maps;
        if (training && places < 2)
            throw new ArgumentException($"BatchNorm: a batch of shape {input.ShapeText} has one number a map, which has no variance; at least two are expected.");
        this.input = input;
        byBatch = training;
        hat = normalised.Get(input.Shape);
        var output = outputs.Get(input.Shape);
        var work = new ForwardWork(this, output);
        Workers.Run(ref work, Maps, 1, 4L * input.Count);
        return output;
    }

    /// <summary>
    /// dJ/dγ = the sum of δ x̂ and dJ/dβ = the sum of δ, with x̂ the normalised input; and since μ and σ² are made of the inputs,
    /// dJ/dx = γ/σ (δ - the mean of δ - x̂ times the mean of δ x̂).
    /// </summary>
    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient)
    {
        if (input is null)
            throw new InvalidOperationException("BatchNorm has no forward pass to go back through: call Forward first.");
        if (!outputGradient.HasShape(input.Shape))
            outputGradient.RequireShape("The output gradient of BatchNorm", input.Shape);
        var inputGradient = inputGradients.Get(input.Shape);
        var work = new BackwardWork(this, outputGradient, inputGradient);
        Workers.Run(ref work, Maps, 1, 4L * input.Count);
        return inputGradient;
    }

    /// <summary>γ = 1 and β = 0, whatever the distribution; the running means start anew.</summary>
    /// <inheritdoc/>
    public override void Initialise(Initialisation initialisation, RandomSource random)
    {
        gamma.Value.Span.Fill(1);
        beta.Value.Span.Clear();
        mean.Span.Clear();
        variance.Span.Fill(1);
    }

    /// <summary>Two for every number that passes: γ and β.</summary>
    /// <inheritdoc/>
    public override long ConnectionCount(ReadOnlySpan<int> inputShape)
    {
        var count = 2L;
        foreach (var extent in inputShape)
            count *= extent;
        return count;
    }

    /// <summary>Two vectors, or one image of several places: a single number has no variance.</summary>
    /// <inheritdoc/>
    public override int LeastBatch(ReadOnlySpan<int> inputShape)
    {
        var places = 1;
        foreach (var extent in inputShape[1..])
            places *= extent;
        return places > 1 ? 1 : 2;
    }

    /// <inheritdoc/>
    public override string ToString() => $"BatchNorm {Maps}";

    private void ForwardMap(int map, Tensor output)
    {
        var places = input!.Count / input.Shape[0] / Maps;
        var (mu, sigma2) = (mean.Data[map], variance.Data[map]);
        if (byBatch)
        {
            var count = input.Count / Maps;
            mu = (float)(Sum(input, map, places) / count);
            var squares = SquaresAround(mu, map, places);
            sigma2 = (float)(squares / count);
            var unbiased = (float)(squares / (count - 1));
            if (float.IsFinite(mu) && float.IsFinite(unbiased)) // what is not would stay in the running means for ever
            {
                mean.Data[map] += Share * (mu - mean.Data[map]);
                variance.Data[map] += Share * (unbiased - variance.Data[map]);
            }
        }

        factors[map] = 1 / MathF.Sqrt(sigma2 + Epsilon);
        Normalise(mu, map, places, output);
    }

    // The numbers of a vector lie a row apart, one to a span: spans would take most of the time.
    private double Sum(Tensor tensor, int map, int places)
    {
        var sum = 0.0;
        if (places == 1)
            for (var i = map; i < tensor.Count; i += Maps)
                sum += tensor.Data[i];
        else
            for (var n = 0; n < tensor.Shape[0]; n++)
                sum += TensorPrimitives.Sum<float>(Part(tensor, n, map, places));
        return sum;
    }

    private double SquaresAround(float mu, int map, int places)
    {
        var squares = 0.0;
        if (places == 1)
            for (var i = map; i < input!.Count; i += Maps)
            {
                var x = input.Data[i] - mu;
                squares += x * x;
            }
        else
            for (var n = 0; n < input!.Shape[0]; n++)
            {
                var x = Part(hat!, n, map, places);
                TensorPrimitives.Subtract(Part(input, n, map, places), mu, x);
                squares += TensorPrimitives.SumOfSquares<float>(x);
            }

        return squares;
    }

    private void Normalise(float mu, int map, int places, Tensor output)
    {
        var (factor, g, b) = (factors[map], gamma.Value.Data[map], beta.Value.Data[map]);
        if (places == 1)
            for (var i = map; i < input!.Count; i += Maps)
            {
                var x = (input.Data[i] - mu) * factor;
                hat!.Data[i] = x;
                output.Data[i] = x * g + b;
            }
        else
            for (var n = 0; n < input!.Shape[0]; n++)
            {
                var x = Part(hat!, n, map, places);
                var y = Part(output, n, map, places);
                TensorPrimitives.Subtract(Part(input, n, map, places), mu, x);
                TensorPrimitives.Multiply(x, factor, x);
                TensorPrimitives.Multiply(x, g, y);
                TensorPrimitives.Add(y, b, y);
            }
    }

    private void BackwardMap(int map, Tensor gradient, Tensor inputGradient)
    {
        var (examples, places) = (gradient.Shape[0], gradient.Count / gradient.Shape[0] / Maps);
        var (sum, products) = (Sum(gradient, map, places), 0.0);
        var (delta, x, result) = (gradient.Data, hat!.Data, inputGradient.Data);
        if (places == 1)
            for (var i = map; i < gradient.Count; i += Maps)
                products += delta[i] * x[i];
        else
            for (var n = 0; n < examples; n++)
                products += TensorPrimitives.Dot<float>(Part(gradient, n, map, places), Part(hat, n, map, places));

        gamma.Gradient.Data[map] = (float)products;
        beta.Gradient.Data[map] = (float)sum;
        var slope = gamma.Value.Data[map] * factors[map];
        var count = gradient.Count / Maps;
        var (mean, share) = byBatch ? ((float)(sum / count), (float)(products / count)) : (0, 0);
        for (var n = 0; n < examples; n++)
            for (var i = (n * Maps + map) * places; i < (n * Maps + map + 1) * places; i++)
                result[i] = slope * (delta[i] - mean - share * x[i]);
    }

    private Span<float> Part(Tensor tensor, int n, int map, int places) => tensor.Data.AsSpan((n * Maps + map) * places, places);

    private readonly struct ForwardWork(BatchNorm layer, Tensor output) : IRangeWork
    {
        public void Run(int from, int to)
        {
            for (var map = from; map < to; map++)
                layer.ForwardMap(map, output);
        }
    }

    private readonly struct BackwardWork(BatchNorm layer, Tensor gradient, Tensor inputGradient) : IRangeWork
    {
        public void Run(int from, int to)
        {
            for (var map = from; map < to; map++)
                layer.BackwardMap(map, gradient, inputGradient);
        }
    }
}
