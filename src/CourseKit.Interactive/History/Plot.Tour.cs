using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Interactive;

public static partial class Plot
{
    /// <summary>A round trip through cities in the plane.</summary>
    /// <param name="cities">N x 2.</param>
    /// <param name="tour">The trip; null shows the cities alone.</param>
    /// <param name="title">What stands above; null gives the trip's length.</param>
    /// <exception cref="ArgumentException">The cities have not two columns, or the tour does not visit each once.</exception>
    public static Figure Tour(Matrix<double> cities, Tour? tour = null, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(cities);
        RequirePlane(cities, cities.RowCount);
        if (tour is not null && !Tours.IsTour(tour.Cities, cities.RowCount))
            throw new ArgumentException($"[{string.Join(", ", tour.Cities)}] given; a tour visits each of the {cities.RowCount} cities once.", nameof(tour));
        var figure = new Figure { Height = 380, Width = 400, Title = title ?? (tour is null ? null : FormattableString.Invariant($"length {tour.Length:0.###}")) };
        if (tour is not null)
        {
            int[] way = [.. tour.Cities, tour.Cities[0]];
            figure.Add(Way([.. way.Select(city => cities[city, 0])], [.. way.Select(city => cities[city, 1])], FigureColors.Blue));
        }

        return AddCities(figure, cities, tour);
    }

    /// <summary>
    /// Hopfield and Tank's network on its way: on the left the activities V, a row for each city and a column for each place of the tour; on
    /// the right each place at the mean of the cities, weighted with its column of V. All places start in the middle; where V has become a
    /// tour, each has arrived in a city.
    /// </summary>
    /// <param name="run">A run that kept frames.</param>
    /// <param name="cities">The cities it ran on, n x 2.</param>
    /// <param name="moments">At most this many moments; the first and the last are always among them.</param>
    /// <exception cref="ArgumentException">The cities have not two columns, or are not as many as the network's.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="moments"/> is less than 2.</exception>
    public static Figure HopfieldTank(HopfieldTankRun run, Matrix<double> cities, int moments = 40)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(cities);
        ArgumentOutOfRangeException.ThrowIfLessThan(moments, 2);
        RequirePlane(cities, run.V.GetLength(0));
        var n = cities.RowCount;
        var activity = Activities(0);
        var left = new Figure { Title = "activities V" }.Add(activity).WithXAxis("place in the tour", -0.5, n - 0.5).WithYAxis("city", n - 0.5, -0.5).WithEqualAspect();
        double[] ticks = [.. Enumerable.Range(0, n).Select(i => (double)i)];
        string[] letters = [.. Enumerable.Range(0, n).Select(CityName)];
        (left.X.Ticks, left.X.TickLabels) = (ticks, [.. Enumerable.Range(1, n).Select(i => FormattableString.Invariant($"{i}"))]);
        (left.Y.Ticks, left.Y.TickLabels) = (ticks, letters);
        var way = Places(0);
        var right = AddCities(new Figure { Title = "mean of the cities at each place" }.Add(way), cities);
        var figure = Figure.SideBySide(left, right).WithSize(430, 860);
        figure.FramePrefix = "moment ";
        figure.FrameMilliseconds = 150;
        figure.Title = Title(0);
        foreach (var k in Thin([.. Enumerable.Range(0, run.Frames.Count)], moments))
            figure.Add(new FigureFrame(FormattableString.Invariant($"{k}")) { Title = Title(k), Replacements = [(activity, Activities(k)), (way, Places(k))] });
        return figure;

        HeatmapTrace Activities(int k) => new([.. run.Frames[k].Cast<double>()], n, n) { Low = 0, High = 1, ShowScale = false, Name = "V" };

        LineTrace Places(int k)
        {
            var V = Matrix<double>.Build.DenseOfArray(run.Frames[k]);
            var centres = Enumerable.Range(0, n + 1).Select(i => V.Column(i % n) * cities / Math.Max(V.Column(i % n).Sum(), 1e-12)).ToArray();
            return Way([.. centres.Select(centre => centre[0])], [.. centres.Select(centre => centre[1])], FigureColors.Vermilion);
        }

        string Title(int k) => (k == run.Frames.Count - 1, run.Tour) switch
        {
            (true, { } tour) => FormattableString.Invariant($"After {run.Steps} steps: a tour of length {tour.Length:0.000}"),
            (true, null) => FormattableString.Invariant($"After {run.Steps} steps: no tour, {run.V.Cast<double>().Count(v => v > 0.5)} units above 1/2"),
            _ => FormattableString.Invariant($"{run.Frames[k].Cast<double>().Count(v => v > 0.5)} of {n * n} units above 1/2, {n} wanted"),
        };
    }

    private static LineTrace Way(double[] x, double[] y, string color) =>
        new(x, y) { Color = color, LabelAtEnd = false, InLegend = false, WithMarkers = true, Name = "tour" };

    private static Figure AddCities(Figure figure, Matrix<double> cities, Tour? tour = null)
    {
        const double RoomForNames = 0.15;
        ((figure.X.From, figure.X.To), (figure.Y.From, figure.Y.To)) = (Numbers.PaddedRange(cities.Column(0), RoomForNames), Numbers.PaddedRange(cities.Column(1), RoomForNames));
        figure.WithXAxis("x").WithYAxis("y").WithEqualAspect();
        figure.Add(new MarkerTrace([.. cities.Column(0)], [.. cities.Column(1)]) { Name = "city", Color = FigureColors.Ink, Size = 9, InLegend = false });
        for (var city = 0; city < cities.RowCount; city++)
            figure.AddText(cities[city, 0], cities[city, 1], CityName(city), side: LabelSide(cities, city, tour));
        return figure;
    }

    /// <summary>The side on which there is most room: away from the nearest other city and from the tour's two ways out of this one.</summary>
    private static TextSide LabelSide(Matrix<double> cities, int city, Tour? tour)
    {
        var here = cities.Row(city);
        var others = Enumerable.Range(0, cities.RowCount).Where(other => other != city).ToArray();
        if (others.Length == 0)
            return TextSide.Right;
        var near = new List<int> { others.MinBy(other => (cities.Row(other) - here).L2Norm()) };
        if (tour is not null)
        {
            var n = tour.Cities.Count;
            var place = tour.Cities.ToList().IndexOf(city);
            near.AddRange([tour.Cities[(place + 1) % n], tour.Cities[(place + n - 1) % n]]);
        }

        Vector<double>[] ways = [.. near.Select(other => cities.Row(other) - here).Where(way => way.L2Norm() > 0).Select(way => way.Normalize(2))];
        (TextSide Side, double X, double Y)[] sides = [(TextSide.Right, 1, 0), (TextSide.Left, -1, 0), (TextSide.Above, 0, 1), (TextSide.Below, 0, -1)];
        return sides.MinBy(side => ways.Length == 0 ? 0 : ways.Max(way => side.X * way[0] + side.Y * way[1])).Side;
    }

    private static string CityName(int city) => city < 26 ? $"{(char)('A' + city)}" : FormattableString.Invariant($"{city + 1}");
}
