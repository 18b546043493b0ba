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
}
