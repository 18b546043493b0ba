using System.Globalization;
using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>
/// Sparsity by rate: each unit's mean activation over the batch, ρ̂_k, is drawn to a small target ρ by
/// β Σ_k (ρ ln(ρ/ρ̂_k) + (1 - ρ) ln((1 - ρ)/(1 - ρ̂_k))), the Kullback-Leibler divergence of two coins. For activations between 0 and 1.
/// </summary>
/// <remarks>
/// Where ℓ1 silences units for good, this keeps every unit at work now and then: a unit that is too quiet is pushed up. ρ̂ is kept at least
/// 1e-6 away from 0 and 1. Source: A. Ng, "Sparse autoencoder", CS294A lecture notes, Stanford 2011, section 3.
/// </remarks>
/// <param name="beta">β, not negative.</param>
/// <param name="rho">ρ, between 0 and 1.</param>
public sealed class KLSparsity(double beta, double rho = 0.05) : ActivityPenalty
{
    private const double Edge = 1e-6;

    private float[] rhoHat = [];
    private float[] slopes = [];

    /// <summary>β.</summary>
    public double Beta { get; } = Weight(beta, nameof(beta));

    /// <summary>ρ.</summary>
    public double Rho { get; } = rho is > 0 and < 1
        ? rho
        : throw new ArgumentOutOfRangeException(nameof(rho), rho, "The target of the mean activation lies between 0 and 1.");

    /// <summary>ρ̂: each unit's mean activation over the last batch; written over by the next.</summary>
    public ReadOnlySpan<float> MeanActivations => rhoHat;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"KLSparsity β = {Beta}, ρ = {Rho}");

    /// <inheritdoc/>
    protected override void Prepare(Tensor h)
    {
        var (batch, units) = (h.Shape[0], h.Count / h.Shape[0]);
        if (TensorPrimitives.Min<float>(h.Span) < 0 || TensorPrimitives.Max<float>(h.Span) > 1)
            throw new ArgumentException($"{this} takes activations between 0 and 1; {TensorPrimitives.Min<float>(h.Span)} to {TensorPrimitives.Max<float>(h.Span)} given. Put a Sigmoid before it.");
        if (rhoHat.Length != units)
            (rhoHat, slopes) = (new float[units], new float[units]);
        RowMath.Sum(h.Span, rhoHat);
        TensorPrimitives.Divide(rhoHat, batch, rhoHat);
    }

    /// <inheritdoc/>
    protected override double Price(Tensor h)
    {
        var sum = 0.0;
        foreach (var mean in rhoHat)
        {
            var r = Inside(mean);
            sum += Rho * Math.Log(Rho / r) + (1 - Rho) * Math.Log((1 - Rho) / (1 - r));
        }

        return Beta * sum;
    }

    /// <summary>β/B (-ρ/ρ̂_k + (1 - ρ)/(1 - ρ̂_k)) for unit k, the same for every example.</summary>
    /// <inheritdoc/>
    protected override void AddDerivative(Tensor h, ReadOnlySpan<float> gradient, Span<float> result)
    {
        var units = rhoHat.Length;
        for (var k = 0; k < units; k++)
        {
            var r = Inside(rhoHat[k]);
            slopes[k] = (float)(Beta / h.Shape[0] * ((1 - Rho) / (1 - r) - Rho / r));
        }

        for (var n = 0; n < result.Length; n += units)
            TensorPrimitives.Add(gradient.Slice(n, units), slopes, result.Slice(n, units));
    }

    private static double Inside(double mean) => Math.Clamp(mean, Edge, 1 - Edge);
}
