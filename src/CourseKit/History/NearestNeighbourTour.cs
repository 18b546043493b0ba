namespace CourseKit;

/// <summary>The tour that always goes on to the nearest city not yet visited.</summary>
/// <remarks>
/// Source: D. J. Rosenkrantz, R. E. Stearns and P. M. Lewis, "An analysis of several heuristics for the traveling salesman problem",
/// SIAM Journal on Computing 6 (1977), 563-581.
/// </remarks>
public static class NearestNeighbourTour
{
    /// <summary>The tour from one start; of cities equally near, the one with the lower number is taken.</summary>
    /// <param name="distances">n x n, symmetric, zeros on the diagonal.</param>
    /// <param name="start">The first city.</param>
    /// <exception cref="ArgumentException">The distances are not such.</exception>
    /// <exception cref="ArgumentOutOfRangeException">start is not a city.</exception>
    public static Tour From(double[,] distances, int start)
    {
        var n = Tours.Check(distances);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(start, n);
        var left = Enumerable.Range(0, n).Where(city => city != start).ToList();
        var tour = new List<int> { start };
        while (left.Count > 0)
        {
            var next = left.MinBy(city => distances[tour[^1], city]);
            left.Remove(next);
            tour.Add(next);
        }

        return new Tour(tour, Tours.Sum(distances, tour));
    }

    /// <summary>The shortest of the tours from every start.</summary>
    /// <param name="distances">n x n, symmetric, zeros on the diagonal.</param>
    /// <exception cref="ArgumentException">The distances are not such.</exception>
    public static Tour Best(double[,] distances) =>
        Enumerable.Range(0, Tours.Check(distances)).Select(start => From(distances, start)).MinBy(tour => tour.Length)!;
}
