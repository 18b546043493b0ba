using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Interactive.Tests.FeedForward;

public class NetworkDiagramTests
{
    private static Network Slides() => new(
        2,
        new Dense(Tensor.From([1, -2, -1, 1], 2, 2), Tensor.From([1, 0], 2)), new Sigmoid(),
        new Dense(Tensor.From([2, -1, -2, -1], 2, 2), Tensor.From([0, 0], 2)), new Sigmoid(),
        new Dense(Tensor.From([3, -1, -1, 4], 2, 2), Tensor.From([-2, 2], 2)), new Sigmoid());

    private static Figure Diagram() =>
        Plot.NetworkDiagram(new NetworkPass(Slides(), Tensor.From([1, -1], 1, 2), new HalfSquaredError(), Tensor.From([1, 0], 1, 2)));

    private static string[] Texts(FigureFrame frame) => [.. frame.Marks!.OfType<TextMark>().Select(mark => mark.Text)];

    [Fact]
    public void There_is_a_moment_for_each_arrow_of_formula_8_and_for_each_step_back() => Assert.Equal(
        ["x", "z(1)", "a(1)", "z(2)", "a(2)", "z(3)", "a(3)", "\u03b4(3)", "dW(3)", "\u03b4(2)", "dW(2)", "\u03b4(1)", "dW(1)"],
        Diagram().Frames.Select(frame => frame.Name));

    [Fact]
    public void The_numbers_appear_when_they_are_computed_and_not_before()
    {
        var frames = Diagram().Frames.ToDictionary(frame => frame.Name, Texts);
        Assert.DoesNotContain(frames["x"], text => text.StartsWith("z ", StringComparison.Ordinal));
        Assert.Contains("z 4.00", frames["z(1)"]);
        Assert.Contains("z 4.00<br>a 0.98", frames["a(1)"]);
        Assert.Contains("z 0.48<br>a 0.62", frames["a(3)"]);
        Assert.DoesNotContain(frames["a(3)"], text => text.Contains('\u03b4'));
        Assert.Contains("<b>\u03b4 0.12</b>", frames["\u03b4(3)"]);
        Assert.Contains("<b>\u03b4 \u22120.046</b>", frames["\u03b4(2)"]);
        Assert.Contains("<b>\u22120.045</b>", frames["dW(2)"]);
        Assert.DoesNotContain("<b>\u22120.045</b>", frames["\u03b4(2)"]);
    }

    [Fact]
    public void Edges_show_the_sign_of_a_weight_in_colour_and_its_size_in_width()
    {
        var edges = Diagram().Traces.OfType<LineTrace>().ToArray();
        Assert.Equal(12, edges.Length);
        Assert.Equal(FigureColors.Blue, edges[0].Color); // 1 from x1 to the upper unit
        Assert.Equal(FigureColors.Vermilion, edges[1].Color); // -1 from x1 to the lower unit
        Assert.True(edges[2].Width > edges[0].Width); // -2 from x2 to the upper unit
    }

    [Fact]
    public void Every_moment_replaces_every_trace_so_that_the_slider_may_jump()
    {
        var figure = Diagram();
        Assert.All(figure.Frames, frame => Assert.Equal(figure.Traces, frame.Replacements.Select(replacement => replacement.Original)));
    }

    [Fact]
    public void Without_a_target_the_diagram_stops_at_the_output()
    {
        var forward = Plot.NetworkDiagram(new NetworkPass(Slides(), Tensor.From([1, -1], 1, 2)));
        Assert.Equal("a(3)", forward.Frames[^1].Name);
        Assert.Empty(Plot.NetworkDiagram(Slides()).Frames);
    }

    [Fact]
    public void What_cannot_be_drawn_is_named()
    {
        Assert.Contains("2 examples", Assert.Throws<ArgumentException>(() => Plot.NetworkDiagram(new NetworkPass(Slides(), new Tensor(2, 2)))).Message);
        Assert.Contains("3-9", Assert.Throws<ArgumentException>(() => Plot.NetworkDiagram(new Network(3, new Dense(3, 9)))).Message);
    }

    [Fact]
    public void The_film_keeps_each_picture_as_the_network_was_then()
    {
        var network = new Network(2, new Dense(Tensor.From([1, 0], 1, 2), Tensor.From([0], 1)), new Sigmoid());
        var X = Matrix<double>.Build.DenseOfArray(new double[,] { { -1, -1 }, { 1, 1 } });
        var film = new DecisionFilm(network, X, [-1, +1], resolution: 11);
        film.Take("before");
        network.Parameters[0].Value.Data[0] = -1;
        film.Take("after", "turned round");
        var z = film.Figure.Frames.Select(frame => ((ContourTrace)Assert.Single(frame.Replacements).Now).Z).ToArray();
        Assert.Equal(["before", "after"], film.Figure.Frames.Select(frame => frame.Name));
        Assert.True(z[0][0] < 0.5 && z[1][0] > 0.5); // the left edge changes its answer
        Assert.Equal("turned round", film.Figure.Frames[1].Title);
    }

    [Fact]
    public void Regions_of_a_network_are_those_of_the_function_it_computes()
    {
        var network = new Network(2, new Dense(2, 3), new Tanh(), new Dense(3, 1), new Sigmoid()).Initialise(Initialisation.XavierNormal, 1);
        var (X, y) = ToySets.Moons(20, seed: 1);
        var wanted = (ContourTrace)Plot.DecisionRegions((x1, x2) => network.Forward(Tensor.From([(float)x1, (float)x2], 1, 2)).Data[0], X, y, 0.5, 12).Traces[0];
        var actual = (ContourTrace)Plot.DecisionRegions(network, X, y, resolution: 12).Traces[0];
        Assert.Equal(wanted.Z.Count, actual.Z.Count);
        Assert.All(wanted.Z.Zip(actual.Z), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.Contains("3 inputs", Assert.Throws<ArgumentException>(() => Plot.DecisionRegions(new Network(3, new Dense(3, 1)), X, y)).Message);
    }
}
