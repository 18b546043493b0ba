namespace CourseKit.Interactive;

/// <summary>The part of the line w_1 x_1 + w_2 x_2 + b = 0 that lies in a rectangle.</summary>
internal static class DecisionLine
{
    /// <summary>The line's two ends on the rectangle's border; empty where it does not cross, or where w is 0 and there is no line.</summary>
    public static (double[] X, double[] Y) Within(Perceptron perceptron, double x0, double x1, double y0, double y1)
    {
        ArgumentNullException.ThrowIfNull(perceptron);
        if (perceptron.omega.Count != 2)
            throw new ArgumentException($"A perceptron with {perceptron.omega.Count} inputs given; a line in the plane has 2.", nameof(perceptron));
        var (a, c, b) = (perceptron.omega[0], perceptron.omega[1], perceptron.b);
        if (a == 0 && c == 0)
            return ([], []);

        // A point of the line and its direction; the line is cut against the four sides in turn (Liang and Barsky).
        var square = a * a + c * c;
        var (px, py) = (-b * a / square, -b * c / square);
        var (dx, dy) = (-c, a);
        var (t0, t1) = (double.NegativeInfinity, double.PositiveInfinity);
        foreach (var (start, step, low, high) in ((double, double, double, double)[])[(px, dx, Math.Min(x0, x1), Math.Max(x0, x1)), (py, dy, Math.Min(y0, y1), Math.Max(y0, y1))])
        {
            if (step == 0 && (start < low || start > high))
                return ([], []);
            if (step == 0)
                continue;
            var (enter, leave) = ((low - start) / step, (high - start) / step);
            t0 = Math.Max(t0, Math.Min(enter, leave));
            t1 = Math.Min(t1, Math.Max(enter, leave));
        }

        return t0 < t1 ? ([px + t0 * dx, px + t1 * dx], [py + t0 * dy, py + t1 * dy]) : ([], []);
    }
}
