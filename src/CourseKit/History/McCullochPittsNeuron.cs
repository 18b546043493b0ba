namespace CourseKit;

/// <summary>
/// The neuron of 1943: inputs and output are 0 or 1; it fires where the excitation that reaches it is at least its threshold,
/// y = 1 if w_1 x_1 + ... + w_d x_d &gt;= theta, and 0 otherwise.
/// </summary>
/// <remarks>
/// A positive weight is an excitatory input (2 stands for two synapses), a negative one an inhibitory input. In the paper's first model
/// one active inhibitory input forbids firing, whatever the excitation (<see cref="Inhibition.Absolute"/>); its section on relative
/// inhibition subtracts instead, which is the threshold gate of today (<see cref="Inhibition.Relative"/>). Nothing is learned here.
/// Source: W. S. McCulloch and W. Pitts, "A logical calculus of the ideas immanent in nervous activity", Bulletin of Mathematical
/// Biophysics 5 (1943), 115-133.
/// </remarks>
public sealed class McCullochPittsNeuron
{
    private readonly int[] weights;

    /// <summary>Makes a neuron.</summary>
    /// <param name="weights">One whole number for each of the d inputs: above 0 excites, below 0 inhibits, 0 is not connected.</param>
    /// <param name="threshold">theta: how much excitation makes it fire.</param>
    /// <param name="inhibition">What an active inhibitory input does.</param>
    /// <exception cref="ArgumentException">There is no input.</exception>
    public McCullochPittsNeuron(IReadOnlyList<int> weights, int threshold, Inhibition inhibition = Inhibition.Relative)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Count == 0)
            throw new ArgumentException("No weight given; a neuron has at least one input.", nameof(weights));
        this.weights = [.. weights];
        Threshold = threshold;
        Inhibition = inhibition;
    }

    /// <summary>The d weights: above 0 excites, below 0 inhibits.</summary>
    public IReadOnlyList<int> Weights => weights;

    /// <summary>theta: the neuron fires where the excitation is at least this.</summary>
    public int Threshold { get; }

    /// <summary>What an active inhibitory input does.</summary>
    public Inhibition Inhibition { get; }

    /// <summary>1 where the neuron fires on these inputs, else 0.</summary>
    /// <param name="x">d inputs, each 0 or 1.</param>
    /// <exception cref="ArgumentException">There are not d inputs, or one is neither 0 nor 1.</exception>
    public int Fire(params ReadOnlySpan<int> x)
    {
        if (x.Length != weights.Length)
            throw new ArgumentException($"{x.Length} inputs given, but the neuron has {weights.Length}.", nameof(x));
        for (var j = 0; j < x.Length; j++)
            if (x[j] is not (0 or 1))
                throw new ArgumentException($"Input {j} is {x[j]}; a McCulloch-Pitts neuron takes 0 or 1.", nameof(x));
        var excitation = 0L;
        for (var j = 0; j < x.Length; j++)
        {
            if (x[j] == 1 && weights[j] < 0 && Inhibition == Inhibition.Absolute)
                return 0;
            excitation += weights[j] * x[j];
        }

        return excitation >= Threshold ? 1 : 0;
    }

    /// <summary>The rule as text, such as <c>fires where 1 x1 - 1 x2 >= 1</c>.</summary>
    public override string ToString() =>
        $"fires where {string.Join(" + ", weights.Select((w, j) => $"{w} x{j + 1}")).Replace("+ -", "- ")} >= {Threshold}";
}

/// <summary>What an active inhibitory input does to a <see cref="McCullochPittsNeuron"/>.</summary>
public enum Inhibition
{
    /// <summary>It is subtracted from the excitation.</summary>
    Relative,

    /// <summary>It forbids firing, whatever the excitation: the first model of 1943.</summary>
    Absolute,
}
