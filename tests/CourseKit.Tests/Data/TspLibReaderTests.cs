using CourseKit.Testing;

namespace CourseKit.Tests.Data;

public sealed class TspLibReaderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("coursekit-tsp-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Distances_are_rounded_to_the_nearest_integer_and_the_tour_is_closed()
    {
        var cities = TspLibReader.ReadCities(Write("NAME: three\nCOMMENT: 3-4-5\nTYPE: TSP\nDIMENSION: 3\nEDGE_WEIGHT_TYPE : EUC_2D\nNODE_COORD_SECTION\n1 0 0\n 2 3.0 0\n3 3e0 4.6\nEOF\n\n"));
        Assert.Equal(("three", "3-4-5", 3), (cities.Name, cities.Comment, cities.Count));
        Assert.Equal((3, 5, 5), (cities[0, 1], cities[1, 2], cities[2, 0]));
        Assert.Equal(13, cities.TourLength([2, 0, 1]));
        Assert.Equal(new[,] { { 0, 3, 5 }, { 3, 0, 5 }, { 5, 5, 0 } }, cities.ToMatrix());
        Assert.Equal(6, cities.Take(2).TourLength([0, 1]));
        Assert.Contains("occurs twice", Assert.Throws<ArgumentException>(() => cities.TourLength([0, 1, 1])).Message);
        Assert.Contains("has 3", Assert.Throws<ArgumentException>(() => cities.TourLength([0, 1])).Message);
    }

    [Theory]
    [InlineData("TYPE: ATSP\nDIMENSION: 1\nEDGE_WEIGHT_TYPE: GEO\nNODE_COORD_SECTION\n1 0 0\n", "line 1", "TYPE ATSP")]
    [InlineData("TYPE: TSP\nDIMENSION: 1\nEDGE_WEIGHT_TYPE: ATT\nNODE_COORD_SECTION\n1 0 0\n", "line 3", "EUC_2D or GEO")]
    [InlineData("TYPE: TSP\nDIMENSION: 2147483647\nEDGE_WEIGHT_TYPE: GEO\nNODE_COORD_SECTION\n1 0 0\n", "line 2", "from 1 to 2000")]
    [InlineData("TYPE: TSP\nDIMENSION: 2\nEDGE_WEIGHT_TYPE: GEO\nNODE_COORD_SECTION\n1 0 0\n", "line 5", "the end after 1 cities")]
    [InlineData("TYPE: TSP\nDIMENSION: 2\nEDGE_WEIGHT_TYPE: GEO\nNODE_COORD_SECTION\n1 0 0\n1 3 3\n", "line 6", "city number '1'")]
    [InlineData("TYPE: TSP\nDIMENSION: 1\nEDGE_WEIGHT_TYPE: GEO\nNODE_COORD_SECTION\n1 91 0\n", "line 5", "latitude")]
    [InlineData("TYPE: TSP\nDIMENSION: 1\nEDGE_WEIGHT_TYPE: EUC_2D\nNODE_COORD_SECTION\n1 NaN 0\n", "line 5", "coordinate 'NaN'")]
    [InlineData("TYPE: TSP\nDIMENSION: 1\nEDGE_WEIGHT_TYPE: EUC_2D\nNODE_COORD_SECTION\n1 0 0\n2 0 0\n", "line 6", "more lines")]
    [InlineData("TYPE: TSP\nDIMENSION: 1\n", "line 2", "NODE_COORD_SECTION")]
    [InlineData("what is this", "line 1", "KEYWORD : value")]
    public void A_file_that_is_no_city_set_is_refused_with_its_line(string text, string place, string says)
    {
        var error = Assert.Throws<DataFormatException>(() => TspLibReader.ReadCities(Write(text)));
        Assert.Equal(place, error.Place);
        Assert.Contains(says, error.Message);
    }

    [Theory]
    [InlineData("TYPE: TOUR\nDIMENSION: 3\nTOUR_SECTION\n1 3\n-1\n", "'-1' after 2 cities")]
    [InlineData("TYPE: TOUR\nDIMENSION: 3\nTOUR_SECTION\n1 3 3 -1\n", "'3' after 2 cities")]
    [InlineData("TYPE: TOUR\nDIMENSION: 3\nTOUR_SECTION\n1 3 2\n", "the end after 3 cities")]
    [InlineData("TYPE: TOUR\nDIMENSION: 3\nTOUR_SECTION\n1 3 4\n", "a city from 1 to 3")]
    public void A_tour_visits_each_city_once(string text, string says) =>
        Assert.Contains(says, Assert.Throws<DataFormatException>(() => TspLibReader.ReadTour(Write(text))).Message);

    [RealDataFact("tsplib/ulysses16.opt.tour")]
    public void The_published_optimal_tours_have_their_published_lengths()
    {
        Assert.Equal(6859, Real("ulysses16.tsp").TourLength(TspLibReader.ReadTour(Path("ulysses16.opt.tour"))));
        Assert.Equal(7542, Real("berlin52.tsp").TourLength(TspLibReader.ReadTour(Path("berlin52.opt.tour"))));
        int[] burma = [1, 10, 9, 11, 8, 13, 7, 12, 6, 5, 4, 3, 14, 2];
        Assert.Equal(3323, Real("burma14.tsp").TourLength([.. burma.Select(city => city - 1)]));
    }

    private static CitySet Real(string name) => TspLibReader.ReadCities(Path(name));

    private static string Path(string name) => System.IO.Path.Combine(RepositoryPaths.RealData!, "tsplib", name);

    private string Write(string text)
    {
        var path = System.IO.Path.Combine(folder, "set.tsp");
        File.WriteAllText(path, text);
        return path;
    }
}
