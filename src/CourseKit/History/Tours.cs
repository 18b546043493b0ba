namespace CourseKit;

/// <summary>Round trips through n cities: their length, and the door where a distance matrix or a tour is checked.</summary>
/// <remarks>
/// Distances are a symmetric n x n array with zeros on its diagonal, in any unit; a tour lists each of the cities 0 ... n - 1 once, and
/// the way back from the last to the first belongs to it.
/// </remarks>
public static class Tours
{
    /// <summary>The length of a tour, the way back included; in the distances' unit.</summary>
    /// <exception cref="ArgumentException">The distances are not symmetric, or the tour does not visit each city once.</exception>
    public static double Length(double[,] distances, IReadOnlyList<int> tour)
    {
        ArgumentNullException.ThrowIfNull(tour);
        var n = Check(distances);
        if (!IsTour(tour, n))
            throw new ArgumentException($"[{string.Join(", ", tour)}] given; a tour visits each of the cities 0 ... {n - 1} once.", nameof(tour));
        return Sum(distances, tour);
    }

    /// <summary>Whether the list holds each of the cities 0 ... n - 1 once.</summary>
    public static bool IsTour(IReadOnlyList<int> tour, int n)
    {
        ArgumentNullException.ThrowIfNull(tour);
        return tour.Count == n && tour.All(city => city >= 0 && city < n) && tour.Distinct().Count() == n;
    }

    /// <summary>Whole distances, such as those of a city set of TSPLIB, as the models of this folder take them.</summary>
    public static double[,] Distances(int[,] whole)
    {
        ArgumentNullException.ThrowIfNull(whole);
        var distances = new double[whole.GetLength(0), whole.GetLength(1)];
        for (var i = 0; i < whole.GetLength(0); i++)
            for (var j = 0; j < whole.GetLength(1); j++)
                distances[i, j] = whole[i, j];
        return distances;
    }

    /// <summary>The straight distances between points in the plane.</summary>
    public static double[,] Euclidean(IReadOnlyList<(double X, double Y)> cities)
    {
        ArgumentNullException.ThrowIfNull(cities);
        var distances = new double[cities.Count, cities.Count];
        for (var i = 0; i < cities.Count; i++)
            for (var j = 0; j < cities.Count; j++)
                distances[i, j] = Math.Sqrt(Square(cities[i].X - cities[j].X) + Square(cities[i].Y - cities[j].Y));
        return distances;
    }

    /// <summary>Random cities in the unit square.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is less than 1.</exception>
    public static (double X, double Y)[] RandomCities(int n, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        var random = new RandomSource(seed);
        return [.. Enumerable.Range(0, n).Select(_ => (random.NextDouble(), random.NextDouble()))];
    }

    /// <summary>n for a good distance matrix; throws for any other.</summary>
    internal static int Check(double[,] distances)
    {
        ArgumentNullException.ThrowIfNull(distances);
        var n = distances.GetLength(0);
        if (n == 0 || distances.GetLength(1) != n)
            throw new ArgumentException($"Distances of shape {n}x{distances.GetLength(1)} given; a square array is expected.", nameof(distances));
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++)
                if (!(distances[i, j] >= 0 && distances[i, j] == distances[j, i] && double.IsFinite(distances[i, j]) && (i != j || distances[i, i] == 0)))
                    throw new ArgumentException(FormattableString.Invariant(
                        $"Distances [{i}, {j}] = {distances[i, j]} and [{j}, {i}] = {distances[j, i]} given; equal numbers of at least 0, with 0 on the diagonal, are expected."), nameof(distances));
        return n;
    }

    internal static double Sum(double[,] distances, IReadOnlyList<int> tour)
    {
        var sum = distances[tour[^1], tour[0]];
        for (var i = 1; i < tour.Count; i++)
            sum += distances[tour[i - 1], tour[i]];
        return sum;
    }

    private static double Square(double x) => x * x;
}

/// <summary>A tour that was found, and its length.</summary>
/// <param name="Cities">Each city once, in the order of the visit.</param>
/// <param name="Length">Its length, the way back included.</param>
public sealed record Tour(IReadOnlyList<int> Cities, double Length);
