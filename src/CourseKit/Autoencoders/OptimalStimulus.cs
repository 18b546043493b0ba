using System.Numerics.Tensors;

namespace CourseKit;

/// <summary>The input that a unit answers to most strongly, among those of at most a given length: what the unit is looking for.</summary>
/// <remarks>
/// For one unit σ(w'x + b) it is x = w/‖w‖ times the length. Deeper down it is found by climbing: a step along the gradient of the answer
/// with respect to the input, then back into the ball. A saturated unit has hardly a gradient left: leave its activation out of the network,
/// and climb on its state. Sources: A. Ng, "Sparse autoencoder", CS294A lecture notes (2011), section 4; D. Erhan,
/// Y. Bengio, A. Courville, P. Vincent, technical report 1341, Université de Montréal (2009); Q. Le et al., ICML 2012, section 4.3.
/// </remarks>
/// <param name="Input">The input found, 1 x d.</param>
/// <param name="Response">The unit's answer to it.</param>
/// <param name="Responses">The answer before each step of the climb, and after the last.</param>
public sealed record OptimalStimulus(Tensor Input, double Response, IReadOnlyList<double> Responses)
{
    /// <summary>Climbs from several random inputs, and returns the best that was found.</summary>
    /// <param name="network">The unit is one of its outputs.</param>
    /// <param name="unit">Which, counted from 0.</param>
    /// <param name="length">The largest ‖x‖, above 0: that of a typical input.</param>
    /// <param name="seed">The seed of the random inputs.</param>
    /// <param name="range">
    /// What every number of the input is kept within, such as 0 … 1 for pixels; 0 lies in it, as an input that is too long is shortened towards
    /// it. Null: any number.
    /// </param>
    /// <param name="steps">How many steps a climb makes.</param>
    /// <param name="climbs">How many climbs there are.</param>
    /// <param name="silence">True for the input that the unit answers to least: what a unit that is below its threshold for a class looks for.</param>
    /// <exception cref="ArgumentException">The network does not take vectors or does not give them.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit, or a number is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The unit's answer does not depend on any input that was tried: it is dead.</exception>
    public static OptimalStimulus Find(
        Network network, int unit, double length, int seed, (float Low, float High)? range = null, int steps = 200, int climbs = 3, bool silence = false)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.InputShape.Length != 1 || network.OutputExtents.Length != 1)
            throw new ArgumentException($"A network from vectors to vectors is expected; this one goes from {Tensor.Describe(network.InputShape)} to {Tensor.Describe(network.OutputExtents)}.", nameof(network));
        if ((uint)unit >= (uint)network.OutputExtents[0])
            throw new ArgumentOutOfRangeException(nameof(unit), unit, $"The network has the units 0 … {network.OutputExtents[0] - 1}.");
        if (!(length > 0) || !double.IsFinite(length))
            throw new ArgumentOutOfRangeException(nameof(length), length, "The length of the input is a finite number above 0.");
        if (range is { } limits && !(limits.Low < limits.High))
            throw new ArgumentOutOfRangeException(nameof(range), range, "The lower end of the range lies below the upper.");
        if (range is not (null or (Low: >= float.MinValue and <= 0, High: >= 0 and <= float.MaxValue)))
            throw new ArgumentOutOfRangeException(nameof(range), range, "The range has finite ends and holds 0: an input that is too long is shortened towards it.");
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(climbs, 1);
        var random = new RandomSource(seed);
        OptimalStimulus? best = null;
        for (var climb = 0; climb < climbs; climb++)
            if (Climb(network, unit, length, random.Fork(climb), range, steps, silence ? -1 : 1) is { } found
                && !(silence ? found.Response >= best?.Response : found.Response <= best?.Response))
                best = found;
        return best ?? throw new InvalidOperationException($"Unit {unit} answers the same to every input that was tried: its gradient is zero.");
    }

    private static OptimalStimulus? Climb(Network network, int unit, double length, RandomSource random, (float Low, float High)? range, int steps, float sign)
    {
        var (x, up) = (new Tensor(1, network.InputShape[0]), new Tensor(1, network.OutputExtents[0]));
        up[0, unit] = sign;
        random.FillNormal(x.Span);
        if (range is { } box)
            random.FillUniform(x.Span, box.Low, box.High);
        TensorPrimitives.Multiply(x.Span, (float)(length / TensorPrimitives.Norm<float>(x.Span)), x.Span);
        Confine(x, length, range);
        var responses = new double[steps + 1];
        for (var step = 0; step < steps; step++)
        {
            responses[step] = network.Forward(x)[0, unit];
            var gradient = network.Backward(up);
            var norm = TensorPrimitives.Norm<float>(gradient.Span);
            if (!(norm > 0)) // a dead unit at first; later on one that is saturated
            {
                if (step == 0)
                    return null;
                Array.Fill(responses, responses[step], step, steps - step);
                break;
            }

            var size = (float)(0.2 * length * (1 - (double)step / steps) / norm);
            TensorPrimitives.MultiplyAdd(gradient.Span, size, x.Span, x.Span);
            Confine(x, length, range);
        }

        responses[steps] = network.Forward(x)[0, unit];
        return new OptimalStimulus(x, responses[steps], responses);
    }

    /// <summary>Into the range, then into the ball, towards 0: what lies in a range that holds 0 stays in it.</summary>
    private static void Confine(Tensor x, double length, (float Low, float High)? range)
    {
        if (range is { } limits)
        {
            TensorPrimitives.Max(x.Span, limits.Low, x.Span);
            TensorPrimitives.Min(x.Span, limits.High, x.Span);
        }

        var norm = TensorPrimitives.Norm<float>(x.Span);
        if (norm > length)
            TensorPrimitives.Multiply(x.Span, (float)(length / norm), x.Span);
    }
}
