namespace CourseKit;

/// <summary>Every way in which a straight line can part a finite set of points in the plane, found by going through all orderings.</summary>
/// <remarks>
/// A line a'x = c asks where a'x_i lies against c, so only the order of the points along the direction a matters. Turning a, that order
/// changes only where a stands at right angles to the difference of two points: finitely many critical directions. In a critical direction
/// some points are level; between two neighbouring ones the order stays the same, so that one direction between them stands for all.
/// Going through both kinds and cutting each order at every place gives all dichotomies, exactly, since all numbers are whole.
/// Source: T. M. Cover, "Geometrical and statistical properties of systems of linear inequalities with applications in pattern
/// recognition", IEEE Transactions on Electronic Computers EC-14 (1965), 326-334; M. Minsky and S. Papert, "Perceptrons" (1969).
/// </remarks>
public static class LineDichotomies
{
    private const int Largest = 10_000;

    /// <summary>The corners of the unit square with the classes of XOR: (0,0) and (1,1) are -1, the other two +1.</summary>
    public static (IReadOnlyList<(int X, int Y)> Points, IReadOnlyList<int> y) Xor { get; } =
        ([(0, 0), (0, 1), (1, 0), (1, 1)], [-1, +1, +1, -1]);

    /// <summary>All orders of the points along a direction, one for each critical direction and each gap between two.</summary>
    /// <param name="points">Points with whole coordinates of at most 10,000; they must not all be the same.</param>
    /// <exception cref="ArgumentException">There are not two different points, or a coordinate is too large.</exception>
    public static IReadOnlyList<LineOrdering> Orderings(IReadOnlyList<(int X, int Y)> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        foreach (var (x, y) in points)
            if (Math.Abs((long)x) > Largest || Math.Abs((long)y) > Largest)
                throw new ArgumentException($"Point ({x}, {y}) given; coordinates of at most {Largest} are expected.", nameof(points));
        var critical = CriticalDirections(points);
        if (critical.Count == 0)
            throw new ArgumentException("All points are the same; at least two different ones are expected.", nameof(points));
        var orderings = new List<LineOrdering>();
        for (var n = 0; n < critical.Count; n++)
        {
            var (a, next) = (critical[n], critical[(n + 1) % critical.Count]);

            // The sum of two neighbours lies between them. Critical directions come with their opposites, so neighbours are at most 180
            // degrees apart; where all points lie on one line there are just two, and the right angle to them is the direction between.
            var opposite = a.X == -next.X && a.Y == -next.Y;
            var between = opposite ? (X: -a.Y, Y: a.X) : (X: a.X + next.X, Y: a.Y + next.Y);
            orderings.Add(Order(points, a));
            orderings.Add(Order(points, between));
        }

        return orderings;
    }

    /// <summary>All dichotomies: each is a list of +1 (beyond the line) and -1 for the points, without repetition.</summary>
    /// <param name="points">See <see cref="Orderings"/>.</param>
    public static IReadOnlyList<int[]> All(IReadOnlyList<(int X, int Y)> points)
    {
        var seen = new HashSet<string>();
        var dichotomies = new List<int[]>();
        foreach (var ordering in Orderings(points))
            foreach (var labels in ordering.Cuts(points.Count))
                if (seen.Add(string.Join(',', labels)))
                    dichotomies.Add(labels);
        return dichotomies;
    }

    /// <summary>The most points that any line puts on the side of their class.</summary>
    /// <param name="points">See <see cref="Orderings"/>.</param>
    /// <param name="y">Their classes, each +1 or -1.</param>
    /// <exception cref="ArgumentException">There are not as many classes as points, or one is neither +1 nor -1.</exception>
    public static int MostRight(IReadOnlyList<(int X, int Y)> points, IReadOnlyList<int> y)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(y);
        if (points.Count != y.Count)
            throw new ArgumentException($"{points.Count} points given, but {y.Count} classes.", nameof(y));
        for (var i = 0; i < y.Count; i++)
            if (y[i] is not (+1 or -1))
                throw new ArgumentException($"Class {y[i]} of point {i} given; the two classes are +1 and -1.", nameof(y));
        return All(points).Max(labels => labels.Zip(y).Count(pair => pair.First == pair.Second));
    }

    private static List<(long X, long Y)> CriticalDirections(IReadOnlyList<(int X, int Y)> points)
    {
        var directions = new HashSet<(long X, long Y)>();
        foreach (var p in points)
            foreach (var q in points)
                if (p != q)
                {
                    var (dx, dy) = (p.X - q.X, p.Y - q.Y);
                    var divisor = (long)System.Numerics.BigInteger.GreatestCommonDivisor(dx, dy);
                    directions.Add((-dy / divisor, dx / divisor));
                }

        return [.. directions.OrderBy(a => Math.Atan2(a.Y, a.X))];
    }

    private static LineOrdering Order(IReadOnlyList<(int X, int Y)> points, (long X, long Y) a) =>
        new(a, [.. Enumerable.Range(0, points.Count).GroupBy(i => a.X * points[i].X + a.Y * points[i].Y).OrderBy(level => level.Key).Select(level => level.ToArray())]);
}

/// <summary>The order in which points come along a direction.</summary>
/// <param name="a">The direction: the normal of the lines that cut this order.</param>
/// <param name="Levels">The points' indices from the lowest a'x to the highest; points that are level share a group.</param>
public sealed record LineOrdering((long X, long Y) a, IReadOnlyList<int[]> Levels)
{
    /// <summary>The dichotomies that lines with this normal make: the points above the cut are +1; the first and last cut leave none and all.</summary>
    internal IEnumerable<int[]> Cuts(int count)
    {
        for (var cut = 0; cut <= Levels.Count; cut++)
        {
            var labels = new int[count];
            Array.Fill(labels, -1);
            foreach (var i in Levels.Skip(cut).SelectMany(level => level))
                labels[i] = +1;
            yield return labels;
        }
    }
}
