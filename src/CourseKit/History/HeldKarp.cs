namespace CourseKit;

/// <summary>The shortest tour, exactly, by dynamic programming over sets of cities: about n² 2^n steps instead of n! tours.</summary>
/// <remarks>
/// C(S, j) is the shortest way that starts in city 0, visits the set S and ends in j of S:
/// C({j}, j) = d_0j, and C(S, j) = min over i in S without j of C(S \ {j}, i) + d_ij. The tour is the least C(all, j) + d_j0.
/// Sources: M. Held and R. M. Karp, "A dynamic programming approach to sequencing problems", Journal of the Society for Industrial and
/// Applied Mathematics 10 (1962), 196-210; R. Bellman, Journal of the ACM 9 (1962), 61-63.
/// </remarks>
public static class HeldKarp
{
    /// <summary>More cities than this would ask for gigabytes.</summary>
    public const int MostCities = 20;

    /// <summary>Finds the shortest tour; it starts in city 0.</summary>
    /// <param name="distances">n x n, symmetric, zeros on the diagonal; n at most <see cref="MostCities"/>.</param>
    /// <exception cref="ArgumentException">The distances are not such, or there are too many cities.</exception>
    public static Tour Solve(double[,] distances)
    {
        var n = Tours.Check(distances);
        if (n > MostCities)
            throw new ArgumentException($"{n} cities given; Held-Karp takes at most {MostCities}.", nameof(distances));
        if (n == 1)
            return new Tour([0], 0);
        var m = n - 1; // city 0 is left out: bit j of a set stands for city j + 1
        var shortest = new double[(1 << m) * m];
        var previous = new sbyte[shortest.Length];
        Array.Fill(shortest, double.PositiveInfinity);
        for (var j = 0; j < m; j++)
            shortest[(1 << j) * m + j] = distances[0, j + 1];
        for (var set = 1; set < 1 << m; set++)
            for (var j = 0; j < m; j++)
            {
                var before = set & ~(1 << j);
                if (before == set || before == 0)
                    continue;
                for (var i = 0; i < m; i++)
                {
                    var length = shortest[before * m + i] + distances[i + 1, j + 1]; // infinite where i is not in the set
                    if (length < shortest[set * m + j])
                        (shortest[set * m + j], previous[set * m + j]) = (length, (sbyte)i);
                }
            }

        var all = (1 << m) - 1;
        var last = Enumerable.Range(0, m).MinBy(j => shortest[all * m + j] + distances[j + 1, 0]);
        var tour = new int[n];
        for (var (place, set, j) = (n - 1, all, last); place > 0; place--)
        {
            tour[place] = j + 1;
            (set, j) = (set & ~(1 << j), previous[set * m + j]);
        }

        return new Tour(tour, Tours.Sum(distances, tour));
    }
}
