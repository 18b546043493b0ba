namespace CourseKit;

/// <summary>Whether the convex hulls of two sets of points in the plane meet: where they do, no line parts the sets, and a common point is the proof.</summary>
/// <remarks>
/// Two finite sets in the plane whose hulls meet have a common point of one of two kinds: a point of one set in a triangle (or on a
/// segment) of the other, or a crossing of a segment of each. All of them are tried, so that finding none proves the hulls apart.
/// Source: P. Kirchberger, "Über Tchebychefsche Annäherungsmethoden", Mathematische Annalen 57 (1903), 509-540 (four points of the two
/// sets suffice in the plane).
/// </remarks>
public static class ConvexHulls
{
    private const int Largest = 10_000;

    /// <summary>A point in both hulls with the weights that prove it, or null where the hulls are apart.</summary>
    /// <param name="first">The points of one set, at least one; coordinates of at most 10,000 keep the arithmetic exact.</param>
    /// <param name="second">The points of the other.</param>
    /// <exception cref="ArgumentException">A set is empty, or a coordinate is too large.</exception>
    public static HullWitness? Meet(IReadOnlyList<(int X, int Y)> first, IReadOnlyList<(int X, int Y)> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count == 0 || second.Count == 0)
            throw new ArgumentException("An empty set given; both sets need at least one point.");
        foreach (var (x, y) in first.Concat(second))
            if (Math.Abs((long)x) > Largest || Math.Abs((long)y) > Largest)
                throw new ArgumentException($"Point ({x}, {y}) given; coordinates of at most {Largest} are expected.");
        return PointInTriangle(first, second, swap: false) ?? PointInTriangle(second, first, swap: true) ?? SegmentsCross(first, second);
    }

    private static HullWitness? PointInTriangle(IReadOnlyList<(int X, int Y)> points, IReadOnlyList<(int X, int Y)> corners, bool swap)
    {
        for (var p = 0; p < points.Count; p++)
            for (var i = 0; i < corners.Count; i++)
                for (var j = i; j < corners.Count; j++)
                    for (var k = j; k < corners.Count; k++)
                    {
                        if (Barycentric(points[p], corners[i], corners[j], corners[k]) is not { } weights)
                            continue;
                        var one = new double[points.Count];
                        one[p] = 1;
                        var three = new double[corners.Count];
                        three[i] += weights.A;
                        three[j] += weights.B;
                        three[k] += weights.C;
                        return new HullWitness((points[p].X, points[p].Y), swap ? three : one, swap ? one : three);
                    }

        return null;
    }

    private static HullWitness? SegmentsCross(IReadOnlyList<(int X, int Y)> first, IReadOnlyList<(int X, int Y)> second)
    {
        for (var i = 0; i < first.Count; i++)
            for (var j = i + 1; j < first.Count; j++)
                for (var k = 0; k < second.Count; k++)
                    for (var l = k + 1; l < second.Count; l++)
                    {
                        var (a, b, c, d) = (first[i], first[j], second[k], second[l]);
                        var (abc, abd, cda, cdb) = (Area(a, b, c), Area(a, b, d), Area(c, d, a), Area(c, d, b));
                        if (Math.Sign(abc) * Math.Sign(abd) >= 0 || Math.Sign(cda) * Math.Sign(cdb) >= 0)
                            continue; // touching ends are points in a segment: found before
                        var (s, t) = (cda / (double)(cda - cdb), abc / (double)(abc - abd));
                        var (one, two) = (new double[first.Count], new double[second.Count]);
                        (one[i], one[j], two[k], two[l]) = (1 - s, s, 1 - t, t);
                        return new HullWitness((a.X + s * (b.X - a.X), a.Y + s * (b.Y - a.Y)), one, two);
                    }

        return null;
    }

    /// <summary>The weights with which a, b, c give p, or null where p lies outside; the triangle may be a segment or a point.</summary>
    private static (double A, double B, double C)? Barycentric((int X, int Y) p, (int X, int Y) a, (int X, int Y) b, (int X, int Y) c)
    {
        var area = Area(a, b, c);
        if (area != 0)
        {
            var (u, v, w) = (Area(p, b, c), Area(a, p, c), Area(a, b, p));
            var sign = Math.Sign(area);
            return u * sign >= 0 && v * sign >= 0 && w * sign >= 0 ? (u / (double)area, v / (double)area, w / (double)area) : null;
        }

        // Three corners on one line span no more than two of them do, and every pair comes along as (i, i, k): only that form is judged here.
        if (a != b)
            return null;
        var (dx, dy) = ((long)c.X - a.X, (long)c.Y - a.Y);
        var length = dx * dx + dy * dy;
        if (length == 0)
            return p == a ? (1, 0, 0) : null;
        var along = (p.X - a.X) * dx + (p.Y - a.Y) * dy;
        return Area(a, c, p) == 0 && along >= 0 && along <= length ? (1 - along / (double)length, 0, along / (double)length) : null;
    }

    private static long Area((int X, int Y) a, (int X, int Y) b, (int X, int Y) c) =>
        ((long)b.X - a.X) * ((long)c.Y - a.Y) - ((long)b.Y - a.Y) * ((long)c.X - a.X);
}

/// <summary>A point that lies in two convex hulls, and how it is made of the points of each.</summary>
/// <param name="Point">The common point.</param>
/// <param name="First">Its weights over the first set: at least 0, sum 1.</param>
/// <param name="Second">Its weights over the second set.</param>
public sealed record HullWitness((double X, double Y) Point, IReadOnlyList<double> First, IReadOnlyList<double> Second);
