using System.Numerics;
using System.Runtime.CompilerServices;

namespace CourseKit;

/// <summary>
/// The rule by which a gradient changes the parameters. All rules here start from the gradient step (10),
/// W ← W - α dJ/dW, and differ in what they remember of earlier gradients.
/// </summary>
/// <remarks>
/// An optimiser belongs to the parameters of its first <see cref="Step"/>: it keeps numbers for each of them. Frozen parameters are left
/// alone. An update that would leave a parameter infinite or not a number is not made: the old value stays, and
/// <see cref="DivergedException"/> says so.
/// </remarks>
public abstract class Optimiser
{
    private const int Grain = 1024;
    private const int Cost = 8; // in multiply-adds a parameter: the memory is slower than the arithmetic

    private readonly int memories;
    private bool metNonFinite;
    private Parameter[] known = [];
    private IReadOnlyList<Parameter>? last;
    private float[][] memory = [];

    /// <summary>Sets the rate.</summary>
    /// <param name="learningRate">α.</param>
    /// <param name="memories">How many numbers are remembered for each parameter's number: 0, 1 or 2.</param>
    protected Optimiser(LearningRate learningRate, int memories)
    {
        ArgumentNullException.ThrowIfNull(learningRate);
        ArgumentOutOfRangeException.ThrowIfNegative(memories);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(memories, 2);
        LearningRate = learningRate;
        this.memories = memories;
    }

    /// <summary>α, or its schedule over the updates. May be changed between two steps.</summary>
    public LearningRate LearningRate
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    }

    /// <summary>
    /// λ of (9) as part of the step: λW is added to the gradient of every weight, which is (10)'s term of the L2 objective. The reported
    /// loss does not hold (λ/2)||W||².
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public float WeightDecay
    {
        get;
        init => field = value >= 0 && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(WeightDecay), value, "The weight decay is a finite number, not negative.");
    }

    /// <summary>Whether <see cref="WeightDecay"/> counts for biases too, as in other libraries; (9) has it for the weights alone.</summary>
    public bool DecayBiases { get; init; }

    /// <summary>
    /// How many updates were made since the start, or since <see cref="Reset"/>. A step that ends in a <see cref="DivergedException"/> counts:
    /// it has changed every number whose new value was finite.
    /// </summary>
    public long Updates { get; private set; }

    /// <summary>Changes every parameter that is not frozen, by its gradient.</summary>
    /// <param name="parameters">The same list of parameters in every call.</param>
    /// <exception cref="InvalidOperationException">
    /// The parameters are not those of the steps before, or there is none that is not frozen.
    /// </exception>
    /// <exception cref="DivergedException">A new value was infinite or not a number; the old one stands.</exception>
    /// <exception cref="OperationCanceledException">The notebook's cell was interrupted; nothing was changed.</exception>
    public void Step(IReadOnlyList<Parameter> parameters)
    {
        Interruption.Check();
        if (!ReferenceEquals(parameters, last))
            Attach(parameters);
        RequireLearning();
        var rate = LearningRate.At(Updates);
        BeginStep(rate, Updates + 1);
        Updates++;
        metNonFinite = false;
        for (var i = 0; i < known.Length; i++)
        {
            var parameter = known[i];
            if (parameter.IsFrozen)
                continue;
            var decay = parameter.IsWeight || DecayBiases ? WeightDecay : 0;
            var work = new UpdateWork(
                this, parameter.Value.Data, parameter.Gradient.Data,
                memories > 0 ? memory[i * memories] : null, memories > 1 ? memory[i * memories + 1] : null, decay);
            Workers.Run(ref work, parameter.Value.Count, Grain, (long)parameter.Value.Count * Cost);
        }

        if (metNonFinite)
            throw new DivergedException(Updates, rate, "some parameters would have become infinite or not a number; they keep their old values.");
    }

    /// <summary>Forgets all earlier gradients and counts updates from 0 again; the parameters may then be others.</summary>
    public void Reset()
    {
        (known, memory, last, Updates) = ([], [], null, 0);
    }

    /// <summary>Called once a step, before the parameters are changed.</summary>
    /// <param name="rate">α of this step.</param>
    /// <param name="update">The step's number, counted from 1.</param>
    protected abstract void BeginStep(float rate, long update);

    /// <summary>Changes one block of parameters.</summary>
    /// <param name="theta">The parameters.</param>
    /// <param name="g">Their gradients, as long.</param>
    /// <param name="first">The first memory, as long, zero at the start; empty where the rule has none.</param>
    /// <param name="second">The second memory, likewise.</param>
    /// <param name="decay">λ for this block.</param>
    /// <returns>Whether all new values were finite; where one is not, the old one is kept.</returns>
    protected abstract bool Update(Span<float> theta, ReadOnlySpan<float> g, Span<float> first, Span<float> second, float decay);

    /// <summary>The new values where they are finite, the old ones elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected static Vector<float> Finite(Vector<float> next, Vector<float> old, ref Vector<int> allFinite)
    {
        var isFinite = Vector.LessThanOrEqual(Vector.Abs(next), new Vector<float>(float.MaxValue));
        allFinite &= isFinite;
        return Vector.ConditionalSelect(isFinite, next, old);
    }

    /// <summary>The new value where it is finite, the old one otherwise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected static float Finite(float next, float old, ref bool allFinite)
    {
        if (float.IsFinite(next))
            return next;
        allFinite = false;
        return old;
    }

    private void RequireLearning()
    {
        foreach (var parameter in known)
            if (!parameter.IsFrozen)
                return;
        throw new InvalidOperationException("There is nothing to learn: the network has no parameters, or all of them are frozen.");
    }

    /// <summary>What is remembered for a parameter that this optimiser was attached to.</summary>
    private protected float[] MemoryOf(int parameter, int which) => memory[parameter * memories + which];

    /// <summary>Makes these the parameters that the optimiser belongs to, or throws where they are others.</summary>
    private protected void Attach(IReadOnlyList<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (last is null)
        {
            known = [.. parameters];
            memory = [.. known.SelectMany(parameter => Enumerable.Range(0, memories).Select(_ => new float[parameter.Value.Count]))];
        }
        else if (!known.SequenceEqual(parameters))
        {
            throw new InvalidOperationException($"This {GetType().Name} remembers the gradients of another network's parameters: make one for each network, or Reset it.");
        }

        last = parameters;
    }

    private readonly struct UpdateWork(Optimiser rule, float[] theta, float[] g, float[]? first, float[]? second, float decay) : IRangeWork
    {
        public void Run(int from, int to)
        {
            var count = to - from;
            var firstPart = first is null ? default : first.AsSpan(from, count);
            var secondPart = second is null ? default : second.AsSpan(from, count);
            if (!rule.Update(theta.AsSpan(from, count), g.AsSpan(from, count), firstPart, secondPart, decay))
                rule.metNonFinite = true; // set by any thread, read when all have ended
        }
    }
}
