namespace CourseKit;

/// <summary>Ways through the space of noise: G of each step shows what lies between two samples.</summary>
public static class LatentWalk
{
    /// <summary>Even steps along the straight line from one noise vector to another.</summary>
    /// <param name="from">The first step.</param>
    /// <param name="to">The last step; as long.</param>
    /// <param name="steps">How many, at least 2.</param>
    /// <returns>steps x d.</returns>
    /// <exception cref="ArgumentException">The lengths differ or are 0.</exception>
    public static Tensor Line(ReadOnlySpan<float> from, ReadOnlySpan<float> to, int steps) =>
        Walk(from, to, steps, t => (1 - t, t));

    /// <summary>
    /// Even steps along the arc: sin((1-t)ω)/sin ω a + sin(tω)/sin ω b with ω the angle between a and b. Normal noise of many numbers lies near
    /// a sphere; the straight line leaves it in the middle, the arc stays.
    /// </summary>
    /// <remarks>Sources: K. Shoemake, SIGGRAPH 1985; T. White, "Sampling generative networks" (2016), section 2.1.</remarks>
    /// <inheritdoc cref="Line"/>
    public static Tensor Arc(ReadOnlySpan<float> from, ReadOnlySpan<float> to, int steps)
    {
        RequirePair(from, to);
        var (dot, a, b) = (0.0, 0.0, 0.0);
        for (var j = 0; j < from.Length; j++)
            (dot, a, b) = (dot + (double)from[j] * to[j], a + (double)from[j] * from[j], b + (double)to[j] * to[j]);
        var omega = a == 0 || b == 0 ? 0 : Math.Acos(Math.Clamp(dot / Math.Sqrt(a * b), -1, 1));
        return Math.Sin(omega) < 1e-6 // parallel, or one of them zero: there is no arc, or no one arc
            ? Line(from, to, steps)
            : Walk(from, to, steps, t => (Math.Sin((1 - t) * omega) / Math.Sin(omega), Math.Sin(t * omega) / Math.Sin(omega)));
    }

    /// <summary>A square of noise between four corners, row by row: G of it is a map of the space.</summary>
    /// <param name="corners">4 x d: top left, top right, bottom left, bottom right.</param>
    /// <param name="side">Steps a side, at least 2.</param>
    /// <returns>side · side x d.</returns>
    /// <exception cref="ArgumentException">The shape is another one.</exception>
    public static Tensor Square(Tensor corners, int side)
    {
        ArgumentNullException.ThrowIfNull(corners);
        corners.RequireShape("The corners of a square of noise", 4, -1);
        var d = corners.Shape[1];
        var left = Arc(corners.Span[..d], corners.Span[(2 * d)..(3 * d)], side);
        var right = Arc(corners.Span[d..(2 * d)], corners.Span[(3 * d)..], side);
        var square = new Tensor(side * side, d);
        for (var row = 0; row < side; row++)
            Arc(left.Span.Slice(row * d, d), right.Span.Slice(row * d, d), side).Span.CopyTo(square.Span[(row * side * d)..]);
        return square;
    }

    private static Tensor Walk(ReadOnlySpan<float> from, ReadOnlySpan<float> to, int steps, Func<double, (double From, double To)> shares)
    {
        RequirePair(from, to);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        var z = new Tensor(steps, from.Length);
        for (var i = 0; i < steps; i++)
        {
            var share = shares(i / (steps - 1.0));
            for (var j = 0; j < from.Length; j++)
                z.Data[i * from.Length + j] = (float)(share.From * from[j] + share.To * to[j]);
        }

        return z;
    }

    private static void RequirePair(ReadOnlySpan<float> from, ReadOnlySpan<float> to)
    {
        if (from.Length == 0 || from.Length != to.Length)
            throw new ArgumentException($"A walk from {from.Length} numbers to {to.Length} given; as many, at least 1, are expected.");
    }
}
