using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace CourseKit;

/// <summary>
/// The lecture's sparse autoencoder: λ times the ℓ1 norm of the code, λ/B Σ_n Σ_k |h_nk|, is added to the reconstruction error, so that
/// every code uses few of its units.
/// </summary>
/// <remarks>
/// The derivative is λ/B times the sign, however small the activation: what is not needed goes to zero and stays there (with the derivative
/// 0 at 0). A squared norm only makes everything smaller. Source: B. Olshausen and D. Field, Nature 381 (1996), 607-609.
/// </remarks>
/// <param name="lambda">λ, not negative.</param>
public sealed class L1Sparsity(double lambda) : ActivityPenalty
{
    /// <summary>λ.</summary>
    public double Lambda { get; } = Weight(lambda, nameof(lambda));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"L1Sparsity λ = {Lambda}");

    /// <inheritdoc/>
    protected override double Price(Tensor h)
    {
        var (sum, units) = (0.0, h.Count / h.Shape[0]);
        for (var n = 0; n < h.Shape[0]; n++)
            sum += TensorPrimitives.SumOfMagnitudes<float>(h.Span.Slice(n * units, units));
        return Lambda / h.Shape[0] * sum;
    }

    /// <inheritdoc/>
    protected override void AddDerivative(Tensor h, ReadOnlySpan<float> gradient, Span<float> result)
    {
        var step = (float)(Lambda / h.Shape[0]);
        var H = MemoryMarshal.Cast<float, Vector<float>>(h.Span);
        var G = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        var R = MemoryMarshal.Cast<float, Vector<float>>(result);
        for (var i = 0; i < R.Length; i++)
        {
            var up = Vector.ConditionalSelect(Vector.GreaterThan(H[i], Vector<float>.Zero), new Vector<float>(step), Vector<float>.Zero);
            var down = Vector.ConditionalSelect(Vector.LessThan(H[i], Vector<float>.Zero), new Vector<float>(step), Vector<float>.Zero);
            R[i] = G[i] + (up - down);
        }

        for (var i = R.Length * Vector<float>.Count; i < result.Length; i++)
            result[i] = gradient[i] + step * (h.Data[i] > 0 ? 1 : h.Data[i] < 0 ? -1 : 0);
    }
}
