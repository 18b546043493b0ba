namespace CourseKit.Interactive.Tests.Autoencoders;

public class AutoencoderPlotTests
{
    [Fact]
    public void The_names_of_classes_that_lie_on_each_other_do_not()
    {
        var codes = new Tensor(1000, 2);
        new RandomSource(1).FillNormal(codes.Span);
        var names = Plot.CodePlane(codes, [.. Enumerable.Range(0, 1000).Select(n => n % 10)]).Panels[0].Marks.OfType<TextMark>().ToList();
        var (across, up) = (codes.Data.Where((_, i) => i % 2 == 0).ToArray(), codes.Data.Where((_, i) => i % 2 == 1).ToArray());
        Assert.Equal(10, names.Count);
        foreach (var (a, i) in names.Select((name, i) => (name, i)))
            foreach (var b in names.Take(i))
                Assert.True(Math.Abs(a.X - b.X) > 0.03 * (across.Max() - across.Min()) || Math.Abs(a.Y - b.Y) > 0.04 * (up.Max() - up.Min()), $"{a.Text} and {b.Text}");
        Assert.All(names, name => Assert.InRange(Math.Abs(name.X) + Math.Abs(name.Y), 0, 2)); // still in the crowd
    }

    [Fact]
    public void Reconstructions_stand_below_their_inputs_with_their_error()
    {
        var x = Tensor.From([0, 1, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0], 3, 4);
        var figure = Plot.Reconstructions(x, [("right", x), ("black", new Tensor(3, 4))], count: 2);
        var picture = Assert.IsType<PictureTrace>(Assert.Single(figure.Traces));
        Assert.Equal((3 * 3 - 1) * (2 * 3 - 1), picture.Pixels.Length); // three rows of two 2x2 pictures with gaps of one
        Assert.Equal(["input", "right: 0.0", "black: 2.0"], figure.Marks.OfType<TextMark>().Select(mark => mark.Text)); // (2 + 4 + 0) / 3
        Assert.Contains("3x3", Assert.Throws<ArgumentException>(() => Plot.Reconstructions(x, [("wrong", new Tensor(3, 3))])).Message);
    }

    [Fact]
    public void Codes_in_the_plane_carry_their_classes_names_in_their_middle()
    {
        var figure = Plot.CodePlane(Tensor.From([0, 0, 1, 1, 9, 9, -5, 2], 4, 2), [7, 7, 7, 2]);
        Assert.Equal(["2", "7"], figure.Traces.Select(trace => trace.Name));
        var seven = figure.Marks.OfType<TextMark>().Single(mark => mark.Text == "<b>7</b>");
        Assert.Equal((1, 1), (seven.X, seven.Y));
        Assert.Contains("Nx2", Assert.Throws<ArgumentException>(() => Plot.CodePlane(new Tensor(4, 3), [1, 1, 1, 1])).Message.Replace("4x2", "Nx2"));
    }

    [Fact]
    public void A_units_answers_are_shown_on_both_sides_of_its_threshold()
    {
        var activations = Tensor.From([0.1f, 0.2f, 0.9f, 0.8f, 0.95f], 5, 1);
        int[] labels = [0, 1, 2, 2, 0];
        var figure = Plot.UnitResponses(new SelectiveUnit(0, 0.5, true, 1), activations, labels, 2);
        Assert.Equal(["all others", "class 2"], figure.Traces.Select(trace => trace.Name));
        Assert.Equal(0.5, Assert.Single(figure.Marks.OfType<RuleMark>()).At);
        Assert.Contains("83.3 %", figure.Title); // both of the class, two of the three others
        Assert.Throws<ArgumentException>(() => Plot.UnitResponses(new SelectiveUnit(0, 0.5, true, 1), activations, labels, 7));
    }
}
