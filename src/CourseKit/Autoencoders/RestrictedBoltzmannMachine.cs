using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace CourseKit;

/// <summary>
/// A restricted Boltzmann machine: visible units v and hidden units h, connected across and not among themselves, with the energy
/// E(v, h) = -b'v - c'h - h'Wv and p(v, h) ∝ exp(-E). Given one layer, the units of the other are independent:
/// p(h_k = 1 | v) = σ(c_k + W_k v), p(v_j = 1 | h) = σ(b_j + (W'h)_j).
/// </summary>
/// <remarks>
/// The gradient of ln p(v) is ⟨h v'⟩ with v given minus ⟨h v'⟩ as the machine itself would have it; contrastive divergence (CD-k) takes for
/// the second what k steps back and forth make of the data. <see cref="Contrast"/> writes the negative of that difference into the
/// parameters' gradients, and an <see cref="Optimiser"/> does the step. Gaussian visible units have v²/2 in the energy in place of the bits.
/// Sources: P. Smolensky, in "Parallel Distributed Processing" 1 (1986), chapter 6; G. E. Hinton, "Training products of experts by minimizing
/// contrastive divergence", Neural Computation 14 (2002), 1771-1800; G. E. Hinton, "A practical guide to training restricted Boltzmann
/// machines" (2010).
/// </remarks>
public sealed partial class RestrictedBoltzmannMachine
{
    private readonly TensorBuffer[] buffers = [.. Enumerable.Range(0, 5).Select(_ => new TensorBuffer())];
    private readonly RandomSource random;

    /// <summary>A machine with small random weights, and biases zero.</summary>
    /// <param name="visible">Visible units, at least 1.</param>
    /// <param name="hidden">Hidden units, at least 1.</param>
    /// <param name="seed">The seed of the weights and of the sampling.</param>
    /// <param name="visibleUnits">What the visible units are.</param>
    /// <param name="hiddenUnits">What the hidden units are.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1.</exception>
    public RestrictedBoltzmannMachine(int visible, int hidden, int seed, UnitKind visibleUnits = UnitKind.Binary, UnitKind hiddenUnits = UnitKind.Binary)
        : this(Start(hidden, visible, seed), new Tensor(visible), new Tensor(hidden), seed, visibleUnits, hiddenUnits)
    {
    }

    /// <summary>A machine of given weights and biases; the tensors are used, not copied.</summary>
    /// <param name="W">hidden x visible.</param>
    /// <param name="b">The visible biases.</param>
    /// <param name="c">The hidden biases.</param>
    /// <param name="seed">The seed of the sampling.</param>
    /// <param name="visibleUnits">What the visible units are.</param>
    /// <param name="hiddenUnits">What the hidden units are.</param>
    /// <exception cref="ArgumentException">The shapes do not fit together; the message names both.</exception>
    public RestrictedBoltzmannMachine(Tensor W, Tensor b, Tensor c, int seed, UnitKind visibleUnits = UnitKind.Binary, UnitKind hiddenUnits = UnitKind.Binary)
    {
        ArgumentNullException.ThrowIfNull(W);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(c);
        W.RequireShape("W of the Boltzmann machine", -1, -1);
        b.RequireShape("b of the Boltzmann machine", W.Shape[1]);
        c.RequireShape("c of the Boltzmann machine", W.Shape[0]);
        (Hidden, Visible, VisibleUnits, HiddenUnits) = (W.Shape[0], W.Shape[1], visibleUnits, hiddenUnits);
        this.W = new Parameter("W", W);
        this.b = new Parameter("b", b, isWeight: false);
        this.c = new Parameter("c", c, isWeight: false);
        Parameters = [this.W, this.b, this.c];
        random = new RandomSource(seed).Fork(1);
        Uniform = numbers => random.FillUniform(numbers);
    }

    /// <summary>How many visible units there are.</summary>
    public int Visible { get; }

    /// <summary>How many hidden units there are.</summary>
    public int Hidden { get; }

    /// <summary>What the visible units are.</summary>
    public UnitKind VisibleUnits { get; }

    /// <summary>What the hidden units are.</summary>
    public UnitKind HiddenUnits { get; }

    /// <summary>The weights, hidden x visible.</summary>
    public Parameter W { get; }

    /// <summary>The visible biases.</summary>
    public Parameter b { get; }

    /// <summary>The hidden biases.</summary>
    public Parameter c { get; }

    /// <summary>W, b, c: what an <see cref="Optimiser"/> takes.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>k of CD-k: the steps down and up again, at least 1.</summary>
    public int Steps { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Steps), value, "CD-k makes at least 1 step."); } = 1;

    /// <summary>Whether the visible units take their probabilities or means in the chain, without sampling: less noise, and usual for pictures.</summary>
    public bool MeanFieldVisible { get; init; } = true;

    /// <summary>Whether the data's half of the statistics takes the sampled hidden states in place of their probabilities.</summary>
    public bool SampledHiddenStatistics { get; init; }

    /// <summary>Where uniform numbers come from; a test hands in those of its reference.</summary>
    internal Action<Span<float>> Uniform { get; init; }

    /// <summary>p(h = 1 | v) for a batch, in a tensor of its own; the mean of Gaussian units.</summary>
    /// <param name="v">N x visible.</param>
    /// <exception cref="ArgumentException">The shape does not fit, or a number is not finite.</exception>
    public Tensor Up(Tensor v)
    {
        var h = new Tensor(Rows(v, Visible), Hidden);
        Up(v, h);
        return h;
    }

    /// <summary>p(v = 1 | h) for a batch, in a tensor of its own; the mean of Gaussian units.</summary>
    /// <param name="h">N x hidden.</param>
    /// <exception cref="ArgumentException">The shape does not fit, or a number is not finite.</exception>
    public Tensor Down(Tensor h)
    {
        var v = new Tensor(Rows(h, Hidden), Visible);
        Down(h, v);
        return v;
    }

    /// <summary>
    /// CD-k for a batch: writes -(⟨h v'⟩ of the data - ⟨h v'⟩ after k steps) and the like for b and c into the parameters' gradients, means
    /// over the batch. Allocates nothing once its buffers are made.
    /// </summary>
    /// <param name="v0">N x visible.</param>
    /// <returns>The mean over the batch of ‖v_k - v_0‖²: not what is learned, but easy to watch.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, a number is not finite, or a binary unit is given one outside 0 … 1.</exception>
    public double Contrast(Tensor v0)
    {
        Rows(v0, Visible);
        RequireRange(v0);
        return ContrastOf(v0);
    }

    /// <summary>The same for a batch of examples that were looked at before the training began.</summary>
    private double ContrastOf(Tensor v0)
    {
        var batch = v0.Shape[0];
        var (p0, h) = (buffers[0].Get(batch, Hidden), buffers[1].Get(batch, Hidden));
        var (v, p) = (buffers[2].Get(batch, Visible), buffers[3].Get(batch, Hidden));
        Up(v0, p0);
        Sample(p0, h, HiddenUnits);
        if (SampledHiddenStatistics)
            h.Span.CopyTo(p0.Span);
        for (var step = 1; step <= Steps; step++)
        {
            if (step > 1)
                Sample(p, h, HiddenUnits);
            Down(h, v);
            if (!MeanFieldVisible)
                Sample(v, v, VisibleUnits);
            Up(v, p);
        }

        var error = 0.0;
        for (var n = 0; n < batch; n++)
        {
            var distance = TensorPrimitives.Distance<float>(v0.Span.Slice(n * Visible, Visible), v.Span.Slice(n * Visible, Visible));
            error += (double)distance * distance;
        }

        WriteGradients(v0, p0, v, p);
        return error / batch;
    }

    /// <summary>Learns from examples: an epoch a pass over all, in batches drawn in an order that follows from the seed.</summary>
    /// <param name="x">N x visible.</param>
    /// <param name="optimiser">The rule of the update, with its rate and weight decay; this machine's alone.</param>
    /// <param name="epochs">How many passes, at least 1.</param>
    /// <param name="batchSize">How many examples a step, at least 1.</param>
    /// <param name="seed">The seed of the order.</param>
    /// <param name="epochEnded">Told after each epoch its number, from 1, and the mean of <see cref="Contrast"/>'s results.</param>
    /// <returns>Those means, one an epoch.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, a number is not finite, or a binary unit is given one outside 0 … 1.</exception>
    /// <exception cref="DivergedException">An update is not finite; the weights still are.</exception>
    public IReadOnlyList<double> Train(Tensor x, Optimiser optimiser, int epochs, int batchSize = 100, int seed = 0, Action<int, double>? epochEnded = null)
    {
        ArgumentNullException.ThrowIfNull(optimiser);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        var count = Rows(x, Visible);
        RequireRange(x);
        var batches = new Dataset("the examples of the Boltzmann machine", x, new int[count]).Batches(batchSize, seed);
        var errors = new double[epochs];
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            var sum = 0.0;
            foreach (var batch in batches)
            {
                sum += ContrastOf(batch.Inputs) * batch.Inputs.Shape[0];
                optimiser.Step(Parameters);
            }

            errors[epoch - 1] = sum / count;
            epochEnded?.Invoke(epoch, errors[epoch - 1]);
        }

        return errors;
    }

    /// <summary>Sizes and kinds in a line.</summary>
    public override string ToString() =>
        $"Restricted Boltzmann machine, {Visible} visible ({VisibleUnits}) and {Hidden} hidden ({HiddenUnits}) units";

    private void Up(Tensor v, Tensor h)
    {
        Sums(v, h);
        if (HiddenUnits == UnitKind.Binary)
            VectorMath.Sigmoid(h.Span, h.Span);
    }

    private void Sums(Tensor v, Tensor h)
    {
        RowMath.Repeat(c.Value.Span, h.Span);
        Gemm.Multiply(v, false, W.Value, true, h, beta: 1);
    }

    private void Down(Tensor h, Tensor v)
    {
        RowMath.Repeat(b.Value.Span, v.Span);
        Gemm.Multiply(h, false, W.Value, false, v, beta: 1);
        if (VisibleUnits == UnitKind.Binary)
            VectorMath.Sigmoid(v.Span, v.Span);
    }

    /// <summary>1 where u is below p, else 0; for Gaussian units the mean plus a normal number. To may be from.</summary>
    private void Sample(Tensor from, Tensor to, UnitKind kind)
    {
        if (kind == UnitKind.Gaussian)
        {
            for (var i = 0; i < to.Count; i++)
                to.Data[i] = from.Data[i] + (float)random.NextNormal();
            return;
        }

        var numbers = buffers[4].Get(from.Shape);
        Uniform(numbers.Span);
        var U = MemoryMarshal.Cast<float, Vector<float>>(numbers.Span);
        var P = MemoryMarshal.Cast<float, Vector<float>>(from.Span);
        var S = MemoryMarshal.Cast<float, Vector<float>>(to.Span);
        for (var i = 0; i < S.Length; i++)
            S[i] = Vector.ConditionalSelect(Vector.LessThan(U[i], P[i]), Vector<float>.One, Vector<float>.Zero);
        for (var i = S.Length * Vector<float>.Count; i < to.Count; i++)
            to.Data[i] = numbers.Data[i] < from.Data[i] ? 1 : 0;
    }

    /// <summary>The products of both ends of the chain; p0 and p are scaled on the way, so that W's part is two matrix products.</summary>
    private void WriteGradients(Tensor v0, Tensor p0, Tensor v, Tensor p)
    {
        var share = 1f / v0.Shape[0];
        TensorPrimitives.Multiply(p0.Span, -share, p0.Span);
        TensorPrimitives.Multiply(p.Span, share, p.Span);
        Gemm.Multiply(p0, true, v0, false, W.Gradient);
        Gemm.Multiply(p, true, v, false, W.Gradient, beta: 1);
        TensorPrimitives.Add(p.Span, p0.Span, p0.Span);
        RowMath.Sum(p0.Span, c.Gradient.Span);
        TensorPrimitives.Subtract(v.Span, v0.Span, v.Span);
        RowMath.Sum(v.Span, b.Gradient.Span);
        TensorPrimitives.Multiply(b.Gradient.Span, share, b.Gradient.Span);
    }

    private void RequireRange(Tensor x)
    {
        var (low, high) = (TensorPrimitives.Min<float>(x.Span), TensorPrimitives.Max<float>(x.Span));
        if (VisibleUnits == UnitKind.Binary && (low < 0 || high > 1))
            throw new ArgumentException(FormattableString.Invariant(
                $"Binary visible units take numbers from 0 to 1; {low} to {high} given. Standardised inputs want Gaussian visible units."), nameof(x));
    }

    private static int Rows(Tensor tensor, int width)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        tensor.RequireShape("The units of the Boltzmann machine", -1, width);
        if (tensor.Shape[0] == 0)
            throw new ArgumentException("The units of the Boltzmann machine: an empty batch given, at least one example expected.");
        Finiteness.Require(tensor, nameof(tensor)); // sampling would make a 0 of what is no number
        return tensor.Shape[0];
    }

    private static Tensor Start(int hidden, int visible, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(visible, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        var W = new Tensor(hidden, visible);
        new RandomSource(seed).Fork(0).FillNormal(W.Span, 0, 0.01f);
        return W;
    }
}
