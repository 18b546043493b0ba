using CourseKit.Interactive;

namespace CourseKit.Plotly.Tests;

public class FigureTests
{
    [Fact]
    public void An_empty_figure_draws_without_legend_or_traces()
    {
        var json = new FigureJson(new Figure());

        Assert.Empty(json.Data);
        Assert.Empty(json.LegendEntries);
        Assert.False(json.Layout["showlegend"]!.GetValue<bool>());
    }

    [Fact]
    public void A_legend_that_is_asked_for_but_would_be_empty_is_not_drawn()
    {
        var json = new FigureJson(Plot.Line([0.0, 1], [0.0, 1]).WithLegend());

        Assert.False(json.Layout["showlegend"]!.GetValue<bool>());
    }

    [Fact]
    public void An_axis_that_is_given_one_end_leaves_the_other_to_the_data()
    {
        var y = new FigureJson(Plot.Line([0.0, 1], [3.0, 4]).WithYAxis(from: 0)).Layout["yaxis"]!;

        // Not a range with a gap: plotly forgets it when it makes room for the tick labels.
        Assert.Null(y["range"]);
        Assert.Equal(0, y["autorangeoptions"]!["minallowed"]!.GetValue<double>());
        Assert.Null(y["autorangeoptions"]!["maxallowed"]);
    }

    [Fact]
    public void Everything_can_be_changed_after_it_was_made()
    {
        var figure = Plot.Line([0.0, 1], [0.0, 1], "a").WithTitle("before");
        figure.Title = "after";
        figure.WithXAxis("time in s", 0, 5).WithYAxis("height in m", logarithmic: true).WithSize(300, 500).AddMarkers([0.5], [0.5], color: "red");
        var json = new FigureJson(figure);

        Assert.Equal("after", json.Layout["title"]!["text"]!.GetValue<string>());
        Assert.Equal("time in s", json.AxisTitle("xaxis"));
        Assert.Equal([0, 5], FigureJson.Numbers(json.Layout["xaxis"]!["range"]!));
        Assert.Equal("log", json.Layout["yaxis"]!["type"]!.GetValue<string>());
        Assert.Equal("red", json.Data[1]!["marker"]!["color"]!.GetValue<string>());
    }

    [Fact]
    public void Figures_side_by_side_have_axes_of_their_own_that_do_not_overlap()
    {
        var json = new FigureJson(Figure.SideBySide(
            Plot.Line([0.0, 1], [0.0, 1], "first").WithXAxis("a").WithTitle("left"), Plot.Line([0.0, 1], [0.0, 1]).WithXAxis("b").WithTitle("right")));

        Assert.Equal("x2", json.Data[1]!["xaxis"]!.GetValue<string>());
        Assert.Equal("a", json.AxisTitle("xaxis"));
        Assert.Equal("b", json.AxisTitle("xaxis2"));
        var (left, right) = (FigureJson.Numbers(json.Layout["xaxis"]!["domain"]!), FigureJson.Numbers(json.Layout["xaxis2"]!["domain"]!));
        Assert.True(left[0] < left[1] && left[1] < right[0] && right[0] < right[1] && right[1] <= 1 + 1e-9);
        Assert.Subset(json.Annotations.Select(note => note!["text"]!.GetValue<string>()).ToHashSet(), new HashSet<string> { "left", "right" });
    }

    [Fact]
    public void A_grid_of_eight_lies_inside_the_figure()
    {
        var json = new FigureJson(Figure.Grid(4, [.. Enumerable.Range(0, 8).Select(i => Plot.Line([0.0, 1], [0.0, i]).WithTitle($"{i}"))]));

        for (var i = 1; i <= 8; i++)
            foreach (var axis in (string[])["xaxis", "yaxis"])
            {
                var domain = FigureJson.Numbers(json.Layout[axis + (i == 1 ? "" : $"{i}")]!["domain"]!);
                Assert.True(domain[0] >= -1e-9 && domain[0] < domain[1] && domain[1] <= 1 + 1e-9);
            }
    }

    [Fact]
    public void Names_at_the_ends_of_lines_are_pushed_apart_where_they_would_overlap()
    {
        var json = new FigureJson(Plot.Lines(("a", [0, 1.00]), ("b", [0, 1.001]), ("c", [0, 1.002]), ("far", [0, 0])));

        var shifts = json.Annotations.ToDictionary(note => note!["text"]!.GetValue<string>(), note => note!["yshift"]?.GetValue<double>() ?? 0);
        Assert.True(shifts["b"] - shifts["a"] >= 15);
        Assert.True(shifts["c"] - shifts["b"] >= 15);
        Assert.Equal(0, shifts["far"]);
    }

    [Fact]
    public void Marks_on_a_logarithmic_axis_are_placed_where_plotly_expects_them()
    {
        var json = new FigureJson(Plot.Line([1.0, 100], [1.0, 1000]).WithXAxis(logarithmic: true).WithYAxis(logarithmic: true)
            .AddText(10, 100, "here").AddVertical(50));

        var text = Assert.Single(json.Annotations)!;
        Assert.Equal((1, 2), (text["x"]!.GetValue<double>(), text["y"]!.GetValue<double>()));
        Assert.Equal(50, json.Layout["shapes"]![0]!["x0"]!.GetValue<double>());
    }

    [Fact]
    public void Marks_can_move_from_frame_to_frame()
    {
        var figure = new Figure().WithXAxis(from: 0, to: 1).WithYAxis(from: 0, to: 1)
            .Add(new FigureFrame("0")).Add(new FigureFrame("1") { Marks = [new ArrowMark(0, 0, 1, 1)], Title = "moved" });
        var json = new FigureJson(figure);

        Assert.Empty(json.Frames[0]!["layout"]!["annotations"]!.AsArray());
        Assert.Equal(1, Assert.Single(json.Frames[1]!["layout"]!["annotations"]!.AsArray())!["x"]!.GetValue<double>());
        Assert.Equal("moved", json.Frames[1]!["layout"]!["title"]!["text"]!.GetValue<string>());
    }

    [Fact]
    public void A_figure_shows_its_first_moment_and_every_frame_says_all_that_changes()
    {
        var line = new LineTrace([0, 1], [0, 1]) { Name = "a" };
        var json = new FigureJson(new Figure().Add(line)
            .Add(new FigureFrame("0") { Replacements = [(line, line with { Y = [0, 5] })], Title = "first" })
            .Add(new FigureFrame("1") { Replacements = [(line, line with { Color = "red" })] })
            .Add(new FigureFrame("2")));

        Assert.Equal([0, 5], json.Numbers(0, "y"));
        Assert.Equal("first", json.Layout["title"]!["text"]!.GetValue<string>());
        foreach (var frame in json.Frames)
        {
            Assert.Equal([0], FigureJson.Numbers(frame!["traces"]!));
            Assert.Equal(["type", "line", "y"], frame["data"]![0]!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal).OrderBy(key => key != "type"));
            Assert.NotNull(frame["layout"]!["annotations"]);
        }

        Assert.Equal([0, 1], FigureJson.Numbers(json.Frames[2]!["data"]![0]!["y"]!));
        Assert.Equal("red", json.Frames[1]!["data"]![0]!["line"]!["color"]!.GetValue<string>());
    }

    [Fact]
    public void Frames_that_cannot_be_drawn_are_refused_with_their_name()
    {
        var line = new LineTrace([0, 1], [0, 1]);
        var points = new MarkerTrace([0], [0]);
        var stranger = new Figure().Add(line).Add(new FigureFrame("k") { Replacements = [(points, points)] });
        var otherKind = new Figure().Add(line).Add(new FigureFrame("k") { Replacements = [(line, points)] });
        var twice = new Figure().Add(new FigureFrame("k")).Add(new FigureFrame("k"));

        foreach (var figure in (Figure[])[stranger, otherKind, twice])
            Assert.Contains("k", Assert.Throws<InvalidOperationException>(() => new FigureJson(figure)).Message);
    }

    [Fact]
    public void A_surface_has_a_scene_and_a_path_in_it()
    {
        var json = new FigureJson(Plot.Surface((a, b) => a * b, (-1, 1), (-1, 1), 3).Add(new SpaceLineTrace([0, 1], [0, 1], [0, 1]) { Name = "path" }));

        Assert.Equal([1, 0, -1, 0, 0, 0, -1, 0, 1], json.Numbers(0, "z"));
        Assert.Equal("scene", json.Data[1]!["scene"]!.GetValue<string>());
        Assert.Null(json.Layout["xaxis"]);
    }

    [Fact]
    public void The_embedded_plotly_is_whole_and_safe_inside_a_script_element()
    {
        var plotly = new PlotlyRenderer().PlotlyJavaScript;

        Assert.Contains("plotly.js v2.28", plotly);
        Assert.True(plotly.Length > 3_000_000);
        Assert.DoesNotContain("</script", plotly, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_text_says_that_nothing_is_behind_it_or_what_is()
    {
        var json = new FigureJson(new Figure().Add(new TextMark(0, 0, "on a line") { Fill = "#ffffff" }).Add(new TextMark(1, 1, "free")));
        var fills = json.Layout["annotations"]!.AsArray().Select(annotation => annotation!["bgcolor"]!.GetValue<string>());
        Assert.Equal(["#ffffff", "rgba(0,0,0,0)"], fills); // unsaid, it would keep what the moment before had there
    }
}
