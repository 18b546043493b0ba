using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>
/// One linear unit a class; the largest wins. Learned by lowering the cross-entropy -ln p(y | x), with
/// p(c | x) = exp(w_c'x + b_c) / sum_j exp(w_j'x + b_j).
/// </summary>
/// <remarks>
/// The chapter compares features with it: whatever accuracy it reaches is due to the features, since all it can do is draw hyperplanes.
/// Inputs are centred and scaled by one common factor, so that the same step size suits pixels and histograms. Training is stochastic
/// gradient descent with momentum over a falling step size; chapter 3 derives it.
/// Source: D. R. Cox, "Some procedures connected with the logistic qualitative response curve" (1966); C. M. Bishop, "Pattern
/// Recognition and Machine Learning" (2006), section 4.3.4.
/// </remarks>
public sealed class SoftmaxRegression
{
    private const int BatchSize = 100;
    private const float Momentum = 0.9f;

    private Tensor? W;
    private float[] b = [];
    private float[] mean = [];
    private float scale;

    /// <summary>How many passes over the training samples are made.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>The first step size; it falls linearly to 0.</summary>
    public float LearningRate { get; init; } = 3;

    /// <summary>lambda of the L2 term (lambda/2)||W||².</summary>
    public float Lambda { get; init; } = 1e-6f;

    /// <summary>The seed of the order in which samples are visited.</summary>
    public int Seed { get; init; }

    /// <summary>The weights, classes x d, on the inputs as they are given (centring and scaling are folded in).</summary>
    /// <exception cref="InvalidOperationException">Nothing was learned yet.</exception>
    public Tensor Weights
    {
        get
        {
            var weights = Learned().Clone();
            TensorPrimitives.Multiply(weights.Data, scale, weights.Data);
            return weights;
        }
    }

    /// <summary>Learns from samples and their classes; what was learned before is forgotten.</summary>
    /// <param name="X">N x d, or N x anything, which is then read as N x d.</param>
    /// <param name="labels">The N classes, counted from 0.</param>
    /// <exception cref="ArgumentException">The counts differ, there is no sample, a label is negative, or a number is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Epochs is less than 1, LearningRate is not above 0, or Lambda is negative.</exception>
    /// <exception cref="InvalidOperationException">The weights left all bounds: the step size is too large. Nothing is learned then.</exception>
    public void Fit(Tensor X, IReadOnlyList<int> labels)
    {
        ArgumentNullException.ThrowIfNull(X);
        ArgumentNullException.ThrowIfNull(labels);
        if (X.Rank < 2 || X.Shape[0] != labels.Count || labels.Count == 0)
            throw new ArgumentException($"Samples of shape {X.ShapeText} given with {labels.Count} labels; N x d and N labels are expected, N at least 1.");
        if (labels.Min() < 0)
            throw new ArgumentException($"Label {labels.Min()} given; classes are counted from 0.", nameof(labels));
        Finiteness.Require(X, nameof(X));
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        if (LearningRate is not (> 0 and <= float.MaxValue))
            throw new ArgumentOutOfRangeException(nameof(LearningRate), LearningRate, "The step size is a finite number above 0.");
        if (Lambda is not (>= 0 and <= float.MaxValue))
            throw new ArgumentOutOfRangeException(nameof(Lambda), Lambda, "λ is a finite number, not negative.");
        var inputs = Centred(X.Reshape(labels.Count, -1), learn: true);
        var (d, classes) = (inputs.Shape[1], labels.Max() + 1);
        W = new Tensor(classes, d);
        b = new float[classes];
        var velocity = new Tensor(classes, d);
        var velocityB = new float[classes];
        var gradient = new Tensor(classes, d);
        var batchSize = Math.Min(BatchSize, labels.Count);
        var batch = new Tensor(batchSize, d);
        var p = new Tensor(batchSize, classes);
        var random = new Random(Seed);
        int[] order = [.. Enumerable.Range(0, labels.Count)];
        var steps = labels.Count / batchSize * Epochs;
        for (var step = 0; step < steps; step++)
        {
            var first = step * batchSize % (labels.Count / batchSize * batchSize);
            if (first == 0)
                random.Shuffle(order);
            for (var i = 0; i < batchSize; i++)
                inputs.Data.AsSpan(order[first + i] * d, d).CopyTo(batch.Data.AsSpan(i * d));
            Probabilities(batch, p);
            for (var i = 0; i < batchSize; i++)
                p.Data[i * classes + labels[order[first + i]]] -= 1; // now the error p - y of each unit
            Gemm.Multiply(p, true, batch, false, gradient);
            var rate = LearningRate * (1 - (float)step / steps);
            for (var j = 0; j < velocity.Count; j++)
            {
                velocity.Data[j] = Momentum * velocity.Data[j] - rate * (gradient.Data[j] / batchSize + Lambda * W.Data[j]);
                W.Data[j] += velocity.Data[j];
            }

            for (var c = 0; c < classes; c++)
            {
                var error = 0f;
                for (var i = 0; i < batchSize; i++)
                    error += p.Data[i * classes + c];
                velocityB[c] = Momentum * velocityB[c] - rate * error / batchSize;
                b[c] += velocityB[c];
            }
        }

        if (Finiteness.FirstNonFinite(W.Span) < 0 && Finiteness.FirstNonFinite(b) < 0)
            return;
        W = null;
        throw new InvalidOperationException(FormattableString.Invariant($"The softmax regression diverged at step size {LearningRate}: take a smaller one."));
    }

    /// <summary>The class of every sample, counted from 0.</summary>
    /// <param name="X">N x d, with d as in training.</param>
    /// <exception cref="ArgumentException">d is another one, or a number is not finite.</exception>
    /// <exception cref="InvalidOperationException">Nothing was learned yet.</exception>
    public int[] Predict(Tensor X)
    {
        ArgumentNullException.ThrowIfNull(X);
        var classes = Learned().Shape[0];
        Finiteness.Require(X, nameof(X));
        var inputs = Centred(X.Reshape(X.Shape[0], -1), learn: false);
        var p = new Tensor(X.Shape[0], classes);
        Probabilities(inputs, p);
        return [.. Enumerable.Range(0, X.Shape[0]).Select(n => TensorPrimitives.IndexOfMax(p.Data.AsSpan(n * classes, classes)))];
    }

    /// <summary>The share of samples that are put into their own class, from 0 to 1.</summary>
    /// <param name="X">N x d, with d as in training.</param>
    /// <param name="labels">The N classes.</param>
    /// <exception cref="ArgumentException">The counts differ, or d is another one than in training.</exception>
    public double Accuracy(Tensor X, IReadOnlyList<int> labels)
    {
        var predicted = Predict(X);
        if (labels.Count != predicted.Length)
            throw new ArgumentException($"{predicted.Length} samples given, but {labels.Count} labels.", nameof(labels));
        return predicted.Zip(labels).Count(pair => pair.First == pair.Second) / (double)predicted.Length;
    }

    private Tensor Learned() => W ?? throw new InvalidOperationException("Nothing was learned yet: call Fit first.");

    private void Probabilities(Tensor inputs, Tensor p)
    {
        Gemm.Multiply(inputs, false, W!, true, p);
        for (var n = 0; n < p.Shape[0]; n++)
        {
            var row = p.Data.AsSpan(n * b.Length, b.Length);
            TensorPrimitives.Add(row, b, row);
            TensorPrimitives.SoftMax(row, row);
        }
    }

    /// <summary>The inputs less their mean, scaled so that the training samples have a mean squared length of 1.</summary>
    private Tensor Centred(Tensor X, bool learn)
    {
        var d = X.Shape[1];
        if (learn)
        {
            mean = new float[d];
            for (var n = 0; n < X.Shape[0]; n++)
                TensorPrimitives.Add(mean, X.Data.AsSpan(n * d, d), mean);
            TensorPrimitives.Divide(mean, X.Shape[0], mean);
        }
        else if (d != mean.Length)
        {
            throw new ArgumentException($"Samples of {d} numbers given, but the classifier was trained on {mean.Length}.", nameof(X));
        }

        var result = X.Clone();
        for (var n = 0; n < X.Shape[0]; n++)
            TensorPrimitives.Subtract(result.Data.AsSpan(n * d, d), mean, result.Data.AsSpan(n * d, d));
        if (learn)
        {
            var square = 0.0;
            for (var n = 0; n < X.Shape[0]; n++)
                square += TensorPrimitives.SumOfSquares<float>(result.Data.AsSpan(n * d, d));
            scale = square > 0 ? (float)Math.Sqrt(X.Shape[0] / square) : 1;
        }

        TensorPrimitives.Multiply(result.Data, scale, result.Data);
        return result;
    }
}
