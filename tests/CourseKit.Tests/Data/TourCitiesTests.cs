using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Tests.Data;

public class TourCitiesTests
{
    [Fact]
    public void The_ten_cities_have_the_published_shortest_tour()
    {
        var shortest = double.MaxValue;
        Extend(TourCities.Distances(TourCities.Ten()), [.. Enumerable.Range(0, 10)], 1, 0, ref shortest);
        Assert.Equal(2.691, shortest, 5e-4);
    }

    [Fact]
    public void Random_cities_lie_in_the_unit_square()
    {
        var cities = TourCities.Uniform(1_000, seed: 1);
        Assert.InRange(cities.Enumerate().Min(), 0, 0.01);
        Assert.InRange(cities.Enumerate().Max(), 0.99, 1);
        Assert.Equal(cities, TourCities.Uniform(1_000, seed: 1));
        Assert.NotEqual(cities, TourCities.Uniform(1_000, seed: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => TourCities.Uniform(0, 1));
        Assert.Throws<ArgumentException>(() => TourCities.Distances(Matrix<double>.Build.Dense(3, 3)));
    }

    private static void Extend(Matrix<double> distances, int[] tour, int known, double length, ref double shortest)
    {
        if (length >= shortest)
            return;
        if (known == tour.Length)
        {
            shortest = Math.Min(shortest, length + distances[tour[^1], tour[0]]);
            return;
        }

        for (var i = known; i < tour.Length; i++)
        {
            (tour[known], tour[i]) = (tour[i], tour[known]);
            Extend(distances, tour, known + 1, length + distances[tour[known - 1], tour[known]], ref shortest);
            (tour[known], tour[i]) = (tour[i], tour[known]);
        }
    }
}
