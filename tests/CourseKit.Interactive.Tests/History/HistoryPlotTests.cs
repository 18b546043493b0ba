using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Interactive.Tests;

public class HistoryPlotTests
{
    private static readonly HistoryTimeline timeline = HistoryTimeline.Parse(
        "year,who,what,kind,source,correction\n" +
        "1943,Warren McCulloch; Walter Pitts,Nets of threshold units <compute> logic,paper,Bulletin 5,\n" +
        "1982,John Hopfield,A memory,paper,PNAS 79,\n" +
        "1990,IEEE,Transactions begin,journal,Volume 1,The lecture has 1993.\n" +
        "2014,Ian Goodfellow and seven others,Adversarial nets with a title that is much longer than what has room on the page because it never comes to an end and goes on and on and on,paper,NIPS 27,\n");

    private static readonly Lineage lineage = Lineage.Parse(
        "person,relation,to,source,correction\n" +
        "Ann A,daughter of,Root R,s,\nBen B,son of,Root R,s,\nCarl C,son of,Ann A,s,\nCarl C,student of,Late Teacher,s,not so\nDora D,co-author of,Carl C,s,\nX X,co-author of,Y Y,s,\n");

    [Fact]
    public void The_timeline_puts_each_event_at_its_year_and_rings_what_is_corrected()
    {
        var figure = Plot.Timeline(timeline);
        var traces = figure.Traces.Cast<MarkerTrace>().ToArray();

        Assert.Equal([1943, 1982, 2014], traces[0].X);
        Assert.Equal([0, 1, 3], traces[0].Y);
        Assert.Equal([1990], traces[1].X);
        Assert.Equal((MarkerShape.Ring, 1990.0), (traces[2].Shape, traces[2].X.Single()));
        Assert.Contains("The lecture has 1993.", traces[2].Texts!.Single());
        var labels = figure.Marks.Cast<TextMark>().ToArray();
        Assert.Equal("<b>1943</b> McCulloch, Pitts: Nets of threshold units &lt;compute&gt; logic", labels[0].Text);
        Assert.StartsWith("<b>2014</b> Goodfellow et al.: Adversarial", labels[3].Text);
        Assert.EndsWith("\u2026", labels[3].Text);
        Assert.Equal((TextSide.Right, TextSide.Left), (labels[0].Side, labels[3].Side));
    }

    [Fact]
    public void A_timeline_of_one_year_and_one_kind_is_drawn_too()
    {
        var figure = Plot.Timeline(HistoryTimeline.Parse("year,who,what,kind,source,correction\n1958,Frank Rosenblatt,The perceptron,paper,s,\n"));

        Assert.Single(figure.Traces);
        Assert.True(figure.X.To > figure.X.From);
    }

    [Fact]
    public void In_the_lineage_descent_goes_to_the_right_and_nobody_stands_on_another()
    {
        var layout = new LineageLayout(lineage);

        Assert.Equal((0, 1, 1, 2, 2), (layout.Column("Root R"), layout.Column("Ann A"), layout.Column("Ben B"), layout.Column("Carl C"), layout.Column("Dora D")));
        Assert.Equal(1, layout.Column("Late Teacher")); // just left of the first pupil
        Assert.Equal(layout.Column("X X"), layout.Column("Y Y"));
        foreach (var one in lineage.People)
            foreach (var other in lineage.People.Where(other => other != one && layout.Column(other) == layout.Column(one)))
                Assert.True(Math.Abs(layout.Row(one) - layout.Row(other)) > 0.99, $"{one} and {other} overlap.");
        Assert.All(lineage.People, person => Assert.InRange(layout.Row(person), 0, layout.Rows - 1));
    }

    [Fact]
    public void The_lineage_tells_families_schools_and_companions_apart()
    {
        var figure = Plot.Lineage(lineage);
        string[] names = [.. figure.Traces.Select(trace => trace.Name).OfType<string>()];

        Assert.Equal(["taught", "parent and child", "side by side", "the record differs from the lecture"], names);
        var differs = Assert.Single(figure.Traces.OfType<MarkerTrace>(), trace => trace.Shape == MarkerShape.Diamond);
        Assert.Contains("Carl C, student of Late Teacher", differs.Texts!.Single());
        Assert.Contains("not so", differs.Texts!.Single());
        Assert.Contains(figure.Marks.Cast<TextMark>(), mark => mark.Text == "Late<br>Teacher");
    }

    [Fact]
    public void A_gates_line_parts_its_corners_as_its_truth_table_says()
    {
        foreach (var gate in ThresholdGates.Search())
        {
            var figure = Plot.Gate(gate);
            var line = figure.Traces.OfType<LineTrace>().SingleOrDefault();
            var corners = figure.Traces.OfType<MarkerTrace>().SelectMany(trace => trace.X.Zip(trace.Y, (x, y) => (x, y, Bit: trace.Name == "1"))).ToArray();
            Assert.Equal(4, corners.Length);
            Assert.All(corners, corner => Assert.Equal(gate.TruthTable[(int)(2 * corner.x + corner.y)] == '1', corner.Bit));
            Assert.Equal(gate.TruthTable is "0000" or "1111" or "0110" or "1001", line is null);
            if (line is null)
                continue;
            double Side((double x, double y, bool Bit) corner) =>
                (line.X[1] - line.X[0]) * (corner.y - line.Y[0]) - (line.Y[1] - line.Y[0]) * (corner.x - line.X[0]);
            Assert.Single(corners.Where(corner => corner.Bit).Select(corner => Math.Sign(Side(corner))).Distinct());
            Assert.Single(corners.Where(corner => !corner.Bit).Select(corner => Math.Sign(Side(corner))).Distinct());
            Assert.NotEqual(Math.Sign(Side(corners.First(corner => corner.Bit))), Math.Sign(Side(corners.First(corner => !corner.Bit))));
        }

        Assert.Equal(16, Plot.Gates(ThresholdGates.Search()).Panels.Count);
        Assert.Throws<ArgumentException>(() => Plot.Gates([]));
    }

    [Fact]
    public void A_recall_has_a_picture_and_the_energy_so_far_for_every_moment()
    {
        var pattern = HopfieldPatterns.Random(1, 64, seed: 1)[0];
        var run = HopfieldNetwork.Store([pattern]).Recall(HopfieldPatterns.Noisy(pattern, 0.3, seed: 2), seed: 3);
        var figure = Plot.HopfieldRecall(run, moments: 9);

        Assert.Equal(9, figure.Frames.Count);
        Assert.Equal("0", figure.Frames[0].Name);
        Assert.Equal($"{run.Energies.Count - 1}", figure.Frames[^1].Name);
        foreach (var frame in figure.Frames)
        {
            var update = int.Parse(frame.Name);
            var picture = Assert.IsType<PictureTrace>(figure.PanelsAt(frame)[0].Traces[0]);
            Assert.Equal(run.StateAfter(update).Select(unit => unit > 0), picture.Pixels.Select(pixel => pixel < 128)); // +1 is dark
            var energy = Assert.IsType<LineTrace>(figure.PanelsAt(frame)[1].Traces[0]);
            Assert.Equal(run.Energies.Take(update + 1), energy.Y);
        }

        Assert.Throws<ArgumentException>(() => Plot.Patterns([[1, -1, 1]]));
        Assert.Throws<ArgumentException>(() => Plot.Patterns([]));
    }

    [Fact]
    public void The_tank_moves_every_place_from_the_middle_to_a_city()
    {
        var cities = TourCities.Ten();
        var run = HopfieldTank.RowsAndColumns.Run(TourCities.Distances(cities).ToArray(), seed: 2, framesEvery: 100);
        var figure = Plot.HopfieldTank(run, cities, moments: 12);

        Assert.Equal(12, figure.Frames.Count);
        LineTrace Way(int k) => Assert.IsType<LineTrace>(figure.PanelsAt(figure.Frames[k])[1].Traces[0]);
        Assert.Equal(11, Way(0).X.Count);
        Assert.All(Way(0).X, x => Assert.Equal(cities.Column(0).Average(), x, 0.05));
        for (var place = 0; place < 10; place++)
            Assert.Equal(cities[run.Tour!.Cities[place], 0], Way(11).X[place], 0.05);
        Assert.Contains("a tour of length 2.691", figure.Frames[^1].Title);
        Assert.Throws<ArgumentException>(() => Plot.HopfieldTank(run, TourCities.Uniform(9, seed: 1)));
    }

    [Fact]
    public void A_tour_is_closed_and_must_visit_each_city_once()
    {
        var cities = Matrix<double>.Build.DenseOfArray(new double[,] { { 0, 0 }, { 1, 0 }, { 0, 1 } });
        var figure = Plot.Tour(cities, new Tour([2, 0, 1], 3.414));

        Assert.Equal([0, 0, 1, 0], ((LineTrace)figure.Traces[0]).X);
        Assert.Equal([1, 0, 0, 1], ((LineTrace)figure.Traces[0]).Y);
        Assert.Equal("length 3.414", figure.Title);
        Assert.Single(Plot.Tour(cities).Traces);
        Assert.Throws<ArgumentException>(() => Plot.Tour(cities, new Tour([0, 1, 1], 2)));
    }

    [Fact]
    public void No_way_of_a_tour_runs_through_the_name_of_a_city()
    {
        var cities = TourCities.Ten();
        var tour = HeldKarp.Solve(TourCities.Distances(cities).ToArray());
        var figure = Plot.Tour(cities, tour);
        var names = figure.Marks.OfType<TextMark>().ToArray();
        Assert.Equal(10, names.Length);
        for (var place = 0; place < 10; place++)
        {
            var here = cities.Row(tour.Cities[place]);
            var (x, y) = names[tour.Cities[place]].Side switch { TextSide.Right => (1.0, 0.0), TextSide.Left => (-1, 0), TextSide.Above => (0, 1), _ => (0, -1) };
            foreach (var next in (int[])[(place + 1) % 10, (place + 9) % 10])
            {
                var way = (cities.Row(tour.Cities[next]) - here).Normalize(2);
                Assert.True(way[0] * x + way[1] * y < 0.8, $"{names[tour.Cities[place]].Text}: {way}");
            }

            Assert.InRange(here[0], figure.X.From!.Value + 0.09, figure.X.To!.Value - 0.09); // room for a name beyond the outermost
            Assert.InRange(here[1], figure.Y.From!.Value + 0.09, figure.Y.To!.Value - 0.09);
        }
    }
}
