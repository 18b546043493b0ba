namespace CourseKit;

/// <content>The machine as a model of its inputs: samples of it, and how likely it finds an input.</content>
public sealed partial class RestrictedBoltzmannMachine
{
    /// <summary>Lets the machine dream: steps up and down from given visible units.</summary>
    /// <param name="v">N x visible, where the chains start; not changed.</param>
    /// <param name="steps">How many steps up and down.</param>
    /// <returns>p(v = 1 | h) of the last step, N x visible.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, or a number is not finite.</exception>
    public Tensor Gibbs(Tensor v, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var state = v.Clone();
        var h = new Tensor(Rows(v, Visible), Hidden);
        for (var step = 1; step <= steps; step++)
        {
            Up(state, h);
            Sample(h, h, HiddenUnits);
            Down(h, state);
            if (step < steps)
                Sample(state, state, VisibleUnits);
        }

        return state;
    }

    /// <summary>
    /// The free energy of each example, F(v) = -b'v - Σ_k ln(1 + exp(c_k + W_k v)), so that p(v) ∝ exp(-F(v)); ½‖v - b‖² in place of -b'v for
    /// Gaussian visible units.
    /// </summary>
    /// <param name="v">N x visible.</param>
    /// <exception cref="ArgumentException">The shape does not fit, or a number is not finite.</exception>
    /// <exception cref="NotSupportedException">The hidden units are not binary.</exception>
    public double[] FreeEnergy(Tensor v)
    {
        if (HiddenUnits != UnitKind.Binary)
            throw new NotSupportedException("The free energy is given for binary hidden units.");
        var z = new Tensor(Rows(v, Visible), Hidden);
        Sums(v, z);
        var energies = new double[v.Shape[0]];
        for (var n = 0; n < energies.Length; n++)
        {
            for (var j = 0; j < Visible; j++)
                energies[n] += VisibleUnits == UnitKind.Binary
                    ? -b.Value[j] * (double)v[n, j]
                    : 0.5 * Math.Pow(v[n, j] - b.Value[j], 2);
            for (var k = 0; k < Hidden; k++)
                energies[n] -= Math.Max(z[n, k], 0) + Math.Log(1 + Math.Exp(-Math.Abs((double)z[n, k])));
        }

        return energies;
    }
}
