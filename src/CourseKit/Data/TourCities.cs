using MathNet.Numerics.LinearAlgebra;

namespace CourseKit;

/// <summary>Cities in the unit square for the travelling salesman of chapter 1, N x 2: x and y of a city a row.</summary>
public static class TourCities
{
    /// <summary>Ten cities on which Hopfield and Tank's network is usually tried; their shortest tour is 2.691 long.</summary>
    /// <remarks>Later work passes the set on as that of J. J. Hopfield and D. W. Tank, Biological Cybernetics 52 (1985), 141-152, whose
    /// figures show ten cities in the unit square; a test finds the shortest tour again.</remarks>
    public static Matrix<double> Ten() => Matrix<double>.Build.DenseOfArray(new[,]
    {
        { 0.4000, 0.4439 }, { 0.2439, 0.1463 }, { 0.1707, 0.2293 }, { 0.2293, 0.7610 }, { 0.5171, 0.9414 },
        { 0.8732, 0.6536 }, { 0.6878, 0.5219 }, { 0.8488, 0.3609 }, { 0.6683, 0.2536 }, { 0.6195, 0.2634 },
    });

    /// <summary>Fourteen towns of Burma with the distances along the surface of the earth; their shortest tour is 3323 long.</summary>
    /// <remarks>Coordinates and optimum: G. Reinelt, "TSPLIB: a traveling salesman problem library", ORSA Journal on Computing 3 (1991),
    /// 376-384, set burma14 (Zaw Win).</remarks>
    public static CitySet Burma14() => Geographical(
        "burma14",
        [16.47, 16.47, 20.09, 22.39, 25.23, 22.00, 20.47, 17.20, 16.30, 14.05, 16.53, 21.52, 19.41, 20.09],
        [96.10, 94.44, 92.54, 93.37, 97.24, 96.05, 97.02, 96.29, 97.38, 98.12, 97.38, 95.59, 97.13, 94.55]);

    /// <summary>Sixteen places of the Odyssey with the distances along the surface of the earth; their shortest tour is 6859 long.</summary>
    /// <remarks>Coordinates and optimum: G. Reinelt, "TSPLIB: a traveling salesman problem library", ORSA Journal on Computing 3 (1991),
    /// 376-384, set ulysses16 (M. Grötschel, M. Padberg).</remarks>
    public static CitySet Ulysses16() => Geographical(
        "ulysses16",
        [38.24, 39.57, 40.56, 36.26, 33.48, 37.56, 38.42, 37.52, 41.23, 41.17, 36.08, 38.47, 38.15, 37.51, 35.49, 39.36],
        [20.42, 26.15, 25.32, 23.12, 10.54, 12.19, 13.11, 20.44, 9.10, 13.05, -5.21, 15.13, 15.35, 15.17, 14.32, 19.56]);

    /// <summary>Cities spread at random over the unit square.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="seed">The seed of their places.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is less than 1.</exception>
    public static Matrix<double> Uniform(int count, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var random = new RandomSource(seed);
        var cities = Matrix<double>.Build.Dense(count, 2);
        for (var i = 0; i < count; i++)
            (cities[i, 0], cities[i, 1]) = (random.NextDouble(), random.NextDouble());
        return cities;
    }

    /// <summary>The straight distances between all cities.</summary>
    /// <param name="cities">N x 2.</param>
    /// <returns>N x N, symmetric.</returns>
    /// <exception cref="ArgumentException">The matrix has not two columns.</exception>
    public static Matrix<double> Distances(Matrix<double> cities)
    {
        ArgumentNullException.ThrowIfNull(cities);
        if (cities.ColumnCount != 2)
            throw new ArgumentException(
                $"A matrix of {cities.RowCount}x{cities.ColumnCount} given; a city a row and two columns are expected.", nameof(cities));
        return Matrix<double>.Build.Dense(cities.RowCount, cities.RowCount, (i, j) =>
            Math.Sqrt(Math.Pow(cities[i, 0] - cities[j, 0], 2) + Math.Pow(cities[i, 1] - cities[j, 1], 2)));
    }

    private static CitySet Geographical(string name, double[] latitude, double[] longitude) => new(
        name, "", [.. Enumerable.Range(1, latitude.Length).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture))],
        latitude, longitude, CityDistance.Geographical);
}
