using CourseKit.Testing;

namespace CourseKit.Tests.History;

public class ToursTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void HeldKarp_finds_the_shortest_of_all_tours_through_7_cities(int seed)
    {
        var distances = Tours.Euclidean(Tours.RandomCities(7, seed));
        var shortest = Orders([1, 2, 3, 4, 5, 6]).Min(order => Tours.Length(distances, [0, .. order]));
        var tour = HeldKarp.Solve(distances);
        Assert.Equal(shortest, tour.Length, 1e-12);
        Assert.Equal(tour.Length, Tours.Length(distances, tour.Cities), 1e-12);

        static IEnumerable<int[]> Orders(int[] left) =>
            left.Length == 0 ? [[]] : left.SelectMany(city => Orders([.. left.Where(other => other != city)]).Select(rest => (int[])[city, .. rest]));
    }

    [RealDataFact("tsplib/burma14.tsp")]
    public void HeldKarp_gives_3323_for_burma14()
    {
        var distances = Tours.Distances(TspLibReader.ReadCities(Path.Combine(RepositoryPaths.RealData!, "tsplib/burma14.tsp")).ToMatrix());
        Assert.Equal(3323, HeldKarp.Solve(distances).Length);
    }

    [RealDataFact("tsplib/ulysses16.tsp")]
    public void HeldKarp_gives_6859_for_ulysses16_and_the_other_ways_come_close()
    {
        var folder = Path.Combine(RepositoryPaths.RealData!, "tsplib");
        var distances = Tours.Distances(TspLibReader.ReadCities(Path.Combine(folder, "ulysses16.tsp")).ToMatrix());
        Assert.Equal(6859, HeldKarp.Solve(distances).Length);
        Assert.Equal(6859, Tours.Length(distances, TspLibReader.ReadTour(Path.Combine(folder, "ulysses16.opt.tour"))));
        Assert.InRange(TwoOpt.Improve(distances, NearestNeighbourTour.Best(distances).Cities)[^1].Length, 6859, 1.1 * 6859);
    }

    [Fact]
    public void On_a_ring_of_12_cities_the_shortest_tour_goes_round()
    {
        var cities = Enumerable.Range(0, 12).Select(k => (Math.Cos(k * 5 * Math.PI / 6), Math.Sin(k * 5 * Math.PI / 6))).ToArray();
        Assert.Equal(12 * 2 * Math.Sin(Math.PI / 12), HeldKarp.Solve(Tours.Euclidean(cities)).Length, 1e-12);
    }

    [Fact]
    public void Few_cities_have_the_only_tours_there_are()
    {
        Assert.Equal(0, HeldKarp.Solve(new double[1, 1]).Length);
        Assert.Equal(6, HeldKarp.Solve(new double[,] { { 0, 3 }, { 3, 0 } }).Length);
        Assert.Equal(12, HeldKarp.Solve(new double[,] { { 0, 3, 4 }, { 3, 0, 5 }, { 4, 5, 0 } }).Length);
    }

    [Fact]
    public void Nearest_neighbour_and_two_opt_give_tours_that_are_never_shorter_than_the_optimum()
    {
        var (improved, optimal) = (0, 0);
        for (var seed = 0; seed < 20; seed++)
        {
            var distances = Tours.Euclidean(Tours.RandomCities(10, seed));
            var optimum = HeldKarp.Solve(distances).Length;
            var nearest = NearestNeighbourTour.From(distances, 0);
            Assert.True(NearestNeighbourTour.Best(distances).Length <= nearest.Length);
            var trace = TwoOpt.Improve(distances, nearest.Cities);
            foreach (var (before, after) in trace.Zip(trace.Skip(1)))
                Assert.True(after.Length < before.Length);
            foreach (var tour in trace.Append(nearest))
                Assert.Equal(Tours.Length(distances, tour.Cities), tour.Length, 1e-12);
            Assert.True(trace[^1].Length >= optimum - 1e-12);
            improved += trace.Count > 1 ? 1 : 0;
            optimal += trace[^1].Length < optimum + 1e-9 ? 1 : 0;
        }

        Assert.True(improved > 10 && optimal > 5);
    }

    [Fact]
    public void Two_opt_takes_a_crossing_out()
    {
        var distances = Tours.Euclidean([(0, 0), (1, 0), (1, 1), (0, 1)]);
        var trace = TwoOpt.Improve(distances, [0, 2, 1, 3]);
        Assert.Equal(2 + 2 * Math.Sqrt(2), trace[0].Length, 1e-12);
        Assert.Equal(4, trace[^1].Length, 1e-12);
    }

    [Fact]
    public void Bad_distances_and_tours_are_refused()
    {
        Assert.Contains("shape 1x2", Assert.Throws<ArgumentException>(() => HeldKarp.Solve(new double[1, 2])).Message);
        Assert.Contains("[1, 0] = 2 and [0, 1] = 1", Assert.Throws<ArgumentException>(() => HeldKarp.Solve(new double[,] { { 0, 1 }, { 2, 0 } })).Message);
        Assert.Contains("21 cities given", Assert.Throws<ArgumentException>(() => HeldKarp.Solve(new double[21, 21])).Message);
        Assert.Contains("[0, 0, 1] given", Assert.Throws<ArgumentException>(() => Tours.Length(new double[3, 3], [0, 0, 1])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => NearestNeighbourTour.From(new double[3, 3], 3));
    }
}
