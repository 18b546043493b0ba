using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>The rule of <see cref="LmsAlgorithm"/> for speed: float32, the weights moved in place, nothing allocated in a step.</summary>
/// <remarks>
/// Implementation note: sample by sample every step waits for the one before, so that short loops over the d inputs are all there is to
/// win; two inputs, the case of the figures, keep their weights in registers. In full batch the samples lie input by input (d x N), so that
/// all N outputs, and the sum over the N samples, run along whole vectors whatever d is.
/// </remarks>
public sealed class LmsTrainer
{
    private readonly int d;
    private readonly float[] x;
    private readonly float[] columns;
    private readonly float[] t;
    private readonly float[] w;
    private readonly float[] error;

    /// <summary>Takes the samples; the weights start at 0.</summary>
    /// <param name="X">N x d: a sample a row; copied.</param>
    /// <param name="t">N targets; copied.</param>
    /// <exception cref="ArgumentException">The shapes are not N x d and N, there is no sample or no input, or a number is not finite.</exception>
    public LmsTrainer(Tensor X, Tensor t)
    {
        ArgumentNullException.ThrowIfNull(X);
        ArgumentNullException.ThrowIfNull(t);
        X.RequireShape("X of LmsTrainer", -1, -1);
        t.RequireShape("t of LmsTrainer", X.Shape[0]);
        if (X.Count == 0)
            throw new ArgumentException($"X of shape {X.ShapeText} given; at least one sample and one input are expected.", nameof(X));
        Finiteness.Require(X, nameof(X));
        Finiteness.Require(t, nameof(t));
        d = X.Shape[1];
        x = [.. X.Data];
        this.t = [.. t.Data];
        w = new float[d + 1];
        error = new float[t.Count];
        columns = new float[x.Length];
        for (var i = 0; i < t.Count; i++)
            for (var j = 0; j < d; j++)
                columns[j * t.Count + i] = x[i * d + j];
    }

    /// <summary>The d weights and, last, the bias; may be written to.</summary>
    public Span<float> Weights => w;

    /// <summary>One pass over the samples in turn, a step each: w += eta (t_i - w'x_i) x_i.</summary>
    /// <param name="eta">The learning rate.</param>
    public void Epoch(float eta)
    {
        if (d == 2)
        {
            EpochOfTwoInputs(eta);
            return;
        }

        var weights = w.AsSpan(0, d);
        for (var i = 0; i < t.Length; i++)
        {
            var sample = x.AsSpan(i * d, d);
            var step = eta * (t[i] - TensorPrimitives.Dot(sample, weights) - w[d]);
            TensorPrimitives.MultiplyAdd(sample, step, weights, weights);
            w[d] += step;
        }
    }

    /// <summary>One step with all samples: w += eta/N sum_i (t_i - w'x_i) x_i.</summary>
    /// <param name="eta">The learning rate.</param>
    public void BatchStep(float eta)
    {
        var N = t.Length;
        TensorPrimitives.Subtract(t, w[d], error);
        for (var j = 0; j < d; j++)
            TensorPrimitives.MultiplyAdd(columns.AsSpan(j * N, N), -w[j], error, error);
        for (var j = 0; j < d; j++)
            w[j] += eta / N * TensorPrimitives.Dot(columns.AsSpan(j * N, N), error);
        w[d] += eta / N * TensorPrimitives.Sum<float>(error);
    }

    private void EpochOfTwoInputs(float eta)
    {
        var (w1, w2, b) = (w[0], w[1], w[2]);
        ReadOnlySpan<float> samples = x;
        ReadOnlySpan<float> targets = t;
        for (var i = 0; i < targets.Length; i++)
        {
            var (x1, x2) = (samples[2 * i], samples[2 * i + 1]);
            var step = eta * (targets[i] - b - w1 * x1 - w2 * x2);
            w1 += step * x1;
            w2 += step * x2;
            b += step;
        }

        (w[0], w[1], w[2]) = (w1, w2, b);
    }
}
