namespace CourseKit;

/// <summary>Collects gradients, then compares each with finite differences.</summary>
/// <param name="J">The value that all of them are the gradient of.</param>
/// <param name="random">Chooses the entries that are looked at.</param>
/// <param name="tolerance">The largest difference that passes, as a share of the tensor's largest gradient.</param>
/// <param name="mostEntries">How many entries of a tensor are looked at.</param>
internal sealed class GradientChecker(Func<double> J, RandomSource random, double tolerance, int mostEntries)
{
    /// <summary>Below this, gradients are lost in the rounding of J.</summary>
    private const double Noise = 2e-6;

    // With 0 the scale would be infinite, and whatever a rule says would pass.
    private readonly double tolerance = tolerance > 0 && double.IsFinite(tolerance)
        ? tolerance
        : throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "The tolerance is a finite number above 0.");

    private readonly List<(string Name, Tensor Value, float[] Gradient)> gradients = [];

    /// <summary>Takes a copy of what a backward pass has written.</summary>
    public void Add(string name, Tensor value, Tensor gradient)
    {
        gradient.RequireShape($"The gradient of {name}", value.Shape);
        gradients.Add((name, value, gradient.Data.ToArray()));
    }

    public GradientCheckResult Run(string what) =>
        new(what, tolerance, [.. gradients.Select(gradient => Compare(gradient.Name, gradient.Value, gradient.Gradient))]);

    private GradientComparison Compare(string name, Tensor value, float[] gradient)
    {
        int[] entries = [.. random.Permutation(value.Count).Take(mostEntries).Order()];
        var largest = gradient.Where(float.IsFinite).Select(MathF.Abs).DefaultIfEmpty().Max();
        var estimates = entries.Select(i => FiniteDifference.At(J, value.Span, i, tolerance / 20 * Math.Max(largest, Noise))).ToArray();
        var scale = Math.Max(Math.Max(largest, estimates.Max(estimate => Math.Abs(estimate.Derivative))), Noise / tolerance);

        var (worst, worstDifference, skipped, passed) = (0, -1.0, 0, true);
        for (var e = 0; e < entries.Length; e++)
        {
            var (numeric, change, rounding) = estimates[e];
            if (change > tolerance / 2 * scale + rounding)
            {
                skipped++;
                continue;
            }

            var difference = Math.Abs(gradient[entries[e]] - numeric) / scale;
            passed &= difference <= tolerance + rounding / scale;
            if (!(difference <= worstDifference))
                (worst, worstDifference) = (e, double.IsNaN(difference) ? double.PositiveInfinity : difference);
        }

        var compared = entries.Length - skipped;
        return new(
            name, IndexText(value.Shape, entries[worst]), gradient[entries[worst]], estimates[worst].Derivative, Math.Max(worstDifference, 0),
            compared, skipped, passed && compared > skipped);
    }

    private static string IndexText(ReadOnlySpan<int> shape, int offset)
    {
        var index = new int[shape.Length];
        for (var axis = shape.Length - 1; axis >= 0; axis--)
            (offset, index[axis]) = Math.DivRem(offset, shape[axis]);
        return $"[{string.Join(", ", index)}]";
    }
}
