namespace CourseKit;

/// <summary>Improves a tour by taking out two ways and joining the ends crosswise, until no such exchange makes it shorter.</summary>
/// <remarks>
/// Source: G. A. Croes, "A method for solving traveling-salesman problems", Operations Research 6 (1958), 791-812.
/// </remarks>
public static class TwoOpt
{
    /// <summary>Improves a tour; each round makes the exchange that saves the most.</summary>
    /// <param name="distances">n x n, symmetric, zeros on the diagonal.</param>
    /// <param name="start">Any tour; not changed.</param>
    /// <returns>The tours from the start to the last one, each shorter than the one before: a figure can play them.</returns>
    /// <exception cref="ArgumentException">The distances are not such, or the start does not visit each city once.</exception>
    public static IReadOnlyList<Tour> Improve(double[,] distances, IReadOnlyList<int> start)
    {
        var trace = new List<Tour> { new([.. start], Tours.Length(distances, start)) };
        while (BestExchange(distances, trace[^1].Cities) is var (i, j))
        {
            int[] tour = [.. trace[^1].Cities];
            Array.Reverse(tour, i + 1, j - i);
            trace.Add(new Tour(tour, Tours.Sum(distances, tour)));
        }

        return trace;
    }

    /// <summary>The ways (i, i + 1) and (j, j + 1) whose exchange saves the most, or null where none saves anything.</summary>
    private static (int I, int J)? BestExchange(double[,] distances, IReadOnlyList<int> tour)
    {
        (int, int)? best = null;
        var most = 1e-9 * Tours.Sum(distances, tour); // less is rounding, and could go round in circles
        for (var i = 0; i < tour.Count - 2; i++)
            for (var j = i + 2; j < tour.Count; j++)
            {
                var (a, b, c, d) = (tour[i], tour[i + 1], tour[j], tour[(j + 1) % tour.Count]);
                var saved = distances[a, b] + distances[c, d] - distances[a, c] - distances[b, d];
                if (saved > most)
                    (most, best) = (saved, (i, j));
            }

        return best;
    }
}
