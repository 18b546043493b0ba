namespace CourseKit;

/// <summary>Cities with integer distances between them: what a travelling salesman is given.</summary>
/// <remarks>Distances are TSPLIB's, rounded to integers as its formulas prescribe, so that the length of a tour is an exact number and the
/// published optima can be compared with ==.</remarks>
public sealed class CitySet
{
    private readonly int[] distances;

    internal CitySet(string name, string comment, string[] cities, double[] x, double[] y, CityDistance distance)
    {
        (Name, Comment, Cities, X, Y, Distance) = (name, comment, cities, x, y, distance);
        distances = new int[Count * Count];
        for (var i = 0; i < Count; i++)
            for (var j = 0; j < i; j++)
                distances[i * Count + j] = distances[j * Count + i] = TspLibDistance.Between(distance, x[i], y[i], x[j], y[j]);
    }

    /// <summary>The set's name, such as <c>burma14</c>.</summary>
    public string Name { get; }

    /// <summary>What the file says about itself; empty where it says nothing.</summary>
    public string Comment { get; }

    /// <summary>What the file calls each city; numbers from 1 in TSPLIB.</summary>
    public IReadOnlyList<string> Cities { get; }

    /// <summary>The first coordinates: x, or for <see cref="CityDistance.Geographical"/> the latitude as DDD.MM (degrees and minutes).</summary>
    public IReadOnlyList<double> X { get; }

    /// <summary>The second coordinates: y, or the longitude as DDD.MM.</summary>
    public IReadOnlyList<double> Y { get; }

    /// <summary>Which formula makes a distance of two places.</summary>
    public CityDistance Distance { get; }

    /// <summary>How many cities there are.</summary>
    public int Count => X.Count;

    /// <summary>The distance between cities i and j, counted from 0; 0 where they are the same.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such city.</exception>
    public int this[int i, int j]
    {
        get
        {
            Require(i, nameof(i));
            Require(j, nameof(j));
            return distances[i * Count + j];
        }
    }

    /// <summary>The length of the closed tour that visits the cities in this order and returns to the first.</summary>
    /// <param name="tour">Every city once, counted from 0.</param>
    /// <exception cref="ArgumentException">A city is missing, occurs twice or does not exist.</exception>
    public long TourLength(IReadOnlyList<int> tour)
    {
        ArgumentNullException.ThrowIfNull(tour);
        if (tour.Count != Count)
            throw new ArgumentException($"A tour of {tour.Count} cities given; {Name} has {Count}.", nameof(tour));
        var seen = new bool[Count];
        long length = 0;
        for (var k = 0; k < tour.Count; k++)
        {
            Require(tour[k], nameof(tour));
            if (seen[tour[k]])
                throw new ArgumentException($"City {tour[k]} occurs twice in the tour; each is visited once.", nameof(tour));
            seen[tour[k]] = true;
            length += this[tour[k], tour[(k + 1) % Count]];
        }

        return length;
    }

    /// <summary>The distances among all cities, row by row.</summary>
    public int[,] ToMatrix()
    {
        var matrix = new int[Count, Count];
        Buffer.BlockCopy(distances, 0, matrix, 0, distances.Length * sizeof(int));
        return matrix;
    }

    /// <summary>The first n cities as a set of their own, for methods that cannot take them all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1 or above <see cref="Count"/>.</exception>
    public CitySet Take(int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, Count);
        return new CitySet($"{Name} (first {n})", Comment, [.. Cities.Take(n)], [.. X.Take(n)], [.. Y.Take(n)], Distance);
    }

    /// <summary>Name, number of cities and the formula.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Count} cities, {Distance} distances");

    private void Require(int city, string parameter)
    {
        if ((uint)city >= (uint)Count)
            throw new ArgumentOutOfRangeException(parameter, city, $"{Name} has cities 0 to {Count - 1}.");
    }
}
