namespace CourseKit;

/// <summary>
/// LeNet-5's loss on the distances y of <see cref="RadialBasis"/>: E = y_c + ln(e^-j + sum_k e^-y_k) for the right class c. It pulls the
/// output towards the right centre and pushes it away from the others, those it is near most of all.
/// </summary>
/// <remarks>
/// The maximum a posteriori criterion: -ln of the share that class c has of e^-y_k over all classes and one more of rubbish, whose distance
/// j is fixed; it stops what is far from all centres from being pushed on. Source: LeCun, Bottou, Bengio and Haffner (1998), formula 9.
/// </remarks>
/// <param name="j">The distance of the class of rubbish, above 0.</param>
public sealed class RadialBasisLoss(double j = 0.1) : Loss
{
    private readonly TensorBuffer shares = new();
    private Tensor? p;
    private int[] labels = [];

    /// <summary>j.</summary>
    public double J { get; } = j > 0 && double.IsFinite(j) ? j : throw new ArgumentOutOfRangeException(nameof(j), j, "The distance of the class of rubbish is a finite number above 0.");

    /// <summary>The answer is the nearest centre.</summary>
    public override bool SmallestIsChosen => true;

    internal override bool IsByExample => true;

    /// <inheritdoc/>
    public override double Forward(Tensor output, ReadOnlySpan<int> labels)
    {
        RequireBatch(output);
        if (output.Rank != 2)
            output.RequireShape("The distances of RadialBasisLoss", -1, -1);
        var classes = output.Shape[1];
        if (labels.Length != output.Shape[0])
            throw new ArgumentException($"RadialBasisLoss: {labels.Length} labels given for {output.Shape[0]} examples.", nameof(labels));
        RequireLabels(labels, classes);
        if (this.labels.Length < labels.Length)
            this.labels = new int[labels.Length];
        p = shares.Get(output.Shape);
        var sum = 0.0;
        for (var n = 0; n < labels.Length; n++)
        {
            this.labels[n] = labels[n];
            sum += Example(output.Span.Slice(n * classes, classes), labels[n], p.Span.Slice(n * classes, classes));
        }

        return sum * Scale(output);
    }

    /// <exception cref="NotSupportedException">Always: this loss takes class labels.</exception>
    /// <inheritdoc/>
    public override double Forward(Tensor output, Tensor target) =>
        throw new NotSupportedException("RadialBasisLoss takes class labels, not a tensor of targets: the targets are the centres of the layer before it.");

    /// <summary>dE/dy_k = 1 at k = c, less the share e^-y_k / (e^-j + sum_i e^-y_i).</summary>
    /// <inheritdoc/>
    public override Tensor Backward()
    {
        var gradient = GradientBuffer(p ?? throw NoForwardPass());
        var (classes, scale) = (gradient.Shape[1], (float)Scale(gradient));
        for (var i = 0; i < gradient.Count; i++)
            gradient.Data[i] = -scale * p.Data[i];
        for (var n = 0; n < gradient.Shape[0]; n++)
            gradient.Data[n * classes + labels[n]] += scale;
        return gradient;
    }

    /// <summary>E, and the shares; the smallest distance is taken out first, so that no exponential is zero throughout.</summary>
    private double Example(ReadOnlySpan<float> y, int label, Span<float> p)
    {
        var nearest = J;
        foreach (var distance in y)
            nearest = Math.Min(nearest, distance);
        var sum = Math.Exp(nearest - J);
        for (var k = 0; k < y.Length; k++)
        {
            var e = Math.Exp(nearest - y[k]);
            p[k] = (float)e;
            sum += e;
        }

        for (var k = 0; k < y.Length; k++)
            p[k] = (float)(p[k] / sum);
        return y[label] - nearest + Math.Log(sum);
    }
}
