using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>The point of a convex hull that is nearest to the origin, by Wolfe's finite algorithm.</summary>
/// <remarks>
/// Wolfe keeps a "corral": affinely independent points whose nearest affine combination is also a convex one. A step adds the point that
/// reaches furthest towards the origin; where the new nearest affine combination has negative weights, the walk towards it stops at the
/// border and drops a point. The distance falls with every step and there are finitely many corrals, so the end is exact up to rounding.
/// Source: P. Wolfe, "Finding the nearest point in a polytope", Mathematical Programming 11 (1976), 128-149.
/// </remarks>
internal sealed class MinimumNormPoint
{
    /// <summary>A share below this is 0 but for rounding.</summary>
    private const double SmallestShare = 1e-13;

    /// <summary>Products with a relative difference below this are equal but for rounding.</summary>
    private const double Rounding = 1e-14;

    private readonly Vector<double>[] points;
    private readonly double radius;
    private readonly List<int> corral;
    private List<double> weights;

    private MinimumNormPoint(Vector<double>[] points)
    {
        this.points = points;
        radius = points.Max(p => p.L2Norm());
        corral = [Enumerable.Range(0, points.Length).MinBy(i => points[i] * points[i])];
        weights = [1];
        Point = points[corral[0]];
    }

    /// <summary>The nearest point itself.</summary>
    public Vector<double> Point { get; private set; }

    /// <summary>The given points that the nearest one is mixed from, with their shares; the shares are positive and sum to 1.</summary>
    public IEnumerable<(int Index, double Share)> Mixture => corral.Zip(weights);

    /// <summary>Finds the nearest point of the hull of the points given.</summary>
    /// <param name="points">At least one; all of one length.</param>
    public static MinimumNormPoint Of(Vector<double>[] points)
    {
        var search = new MinimumNormPoint(points);
        while (search.Improve())
        {
        }

        return search;
    }

    private bool Improve()
    {
        if (Point.L2Norm() <= Rounding * radius || corral.Count > Point.Count)
            return false; // The origin itself lies in the hull.
        var candidate = Enumerable.Range(0, points.Length).MinBy(i => Point * points[i]);
        if (Point * Point - Point * points[candidate] <= Rounding * radius * Point.L2Norm() || corral.Contains(candidate))
            return false;
        var before = (Corral: corral.ToArray(), Weights: weights, Point);
        corral.Add(candidate);
        weights = [.. weights, 0];
        MoveToNearest();
        if (Point * Point < before.Point * before.Point)
            return true;

        // Rounding ate the gain: what was there before is the answer.
        corral.Clear();
        corral.AddRange(before.Corral);
        (weights, Point) = (before.Weights, before.Point);
        return false;
    }

    private void MoveToNearest()
    {
        for (var affine = NearestAffine(); ; affine = NearestAffine())
        {
            if (affine.All(share => share > SmallestShare))
            {
                weights = affine;
                break;
            }

            // Walk from the present weights towards the affine ones until the first share reaches 0.
            var step = 1.0;
            for (var j = 0; j < affine.Count; j++)
                if (affine[j] <= SmallestShare)
                    step = Math.Min(step, weights[j] / (weights[j] - affine[j]));
            weights = [.. weights.Zip(affine, (from, to) => from + step * (to - from))];
            var leaving = Enumerable.Range(0, weights.Count).Where(j => affine[j] <= SmallestShare).MinBy(j => weights[j]);
            corral.RemoveAt(leaving);
            weights.RemoveAt(leaving);
            var sum = weights.Sum();
            weights = [.. weights.Select(share => share / sum)];
        }

        Point = Mixture.Select(part => part.Share * points[part.Index]).Aggregate((sum, part) => sum + part);
    }

    /// <summary>Shares, of sum 1, of the affine combination of the corral that is nearest to the origin: a least-squares problem.</summary>
    private List<double> NearestAffine()
    {
        if (corral.Count == 1)
            return [1];
        var origin = points[corral[0]];
        var directions = Matrix<double>.Build.DenseOfColumnVectors(corral.Skip(1).Select(i => points[i] - origin));
        var others = directions.QR().Solve(-origin);
        return [1 - others.Sum(), .. others];
    }
}
