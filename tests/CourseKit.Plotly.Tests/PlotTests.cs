using CourseKit.Interactive;
using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Plotly.Tests;

public class PlotTests
{
    private static readonly Matrix<double> X = Matrix<double>.Build.DenseOfArray(new[,] { { 2.5, 1 }, { 3, 2.25 }, { -1, -1 }, { -2, 0.5 }, { -1.5, -2 } });
    private static readonly int[] y = [+1, +1, -1, -1, -1];

    [Fact]
    public void A_scatter_has_a_trace_for_each_class_with_its_own_colour_and_shape()
    {
        var json = new FigureJson(Plot.Scatter(X, y, "length in cm", "width in cm"));

        Assert.Equal(2, json.Data.Count);
        Assert.Equal([2.5, 3], json.Numbers(0, "x"));
        Assert.Equal([1, 2.25], json.Numbers(0, "y"));
        Assert.Equal([-1, -2, -1.5], json.Numbers(1, "x"));
        Assert.Equal("length in cm", json.AxisTitle("xaxis"));
        Assert.Equal("width in cm", json.AxisTitle("yaxis"));
        Assert.Equal(["y = +1", "y = \u22121"], json.LegendEntries);
        Assert.NotEqual(json.Data[0]!["marker"]!["color"]!.GetValue<string>(), json.Data[1]!["marker"]!["color"]!.GetValue<string>());
        Assert.Null(json.Data[0]!["marker"]!["symbol"]);
        Assert.Equal("square", json.Data[1]!["marker"]!["symbol"]!.GetValue<string>());
    }

    [Fact]
    public void The_learning_figure_has_a_frame_for_each_correction_and_its_line_is_the_rule_of_that_moment()
    {
        var run = Perceptron.Train(X, y);
        var json = new FigureJson(Plot.PerceptronLearning(run, X, y));

        Assert.Equal(4, json.Data.Count);
        Assert.Equal(run.Trace.Count, json.Frames.Count);
        Assert.Equal(run.Trace.Select(step => $"{step.k}"), json.Frames.Select(frame => frame!["name"]!.GetValue<string>()));
        var steps = json.Layout["sliders"]![0]!["steps"]!.AsArray();
        Assert.Equal(run.Trace.Select(step => $"{step.k}"), steps.Select(step => step!["args"]![0]![0]!.GetValue<string>()));
        Assert.Equal(2, json.Layout["updatemenus"]![0]!["buttons"]!.AsArray().Count);
        var last = json.Frames[^1]!;
        Assert.Equal([2, 3], FigureJson.Numbers(last["traces"]!));
        var (px, py) = (FigureJson.Numbers(last["data"]![0]!["x"]!), FigureJson.Numbers(last["data"]![0]!["y"]!));
        Assert.Equal(2, px.Length);
        for (var i = 0; i < 2; i++)
            Assert.Equal(0, run.w[0] * px[i] + run.w[1] * py[i] + run.w[2], 1e-9);
        Assert.Contains("0 of 5 answered wrongly", last["layout"]!["title"]!["text"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(500)]
    [InlineData(1200)]
    public void The_slider_begins_beside_the_buttons_whatever_width_the_page_leaves(int? width)
    {
        var figure = Plot.Line([0, 1], [0, 1]).Add(new FigureFrame("1")).Add(new FigureFrame("2"));
        figure.Width = width;
        var layout = new FigureJson(figure).Layout;
        var (slider, buttons) = (layout["sliders"]![0]!, layout["updatemenus"]![0]!);
        Assert.Equal((0, 1), (slider["x"]!.GetValue<double>(), slider["len"]!.GetValue<double>())); // no share of a width that is only assumed
        Assert.Equal(0, buttons["x"]!.GetValue<double>());
        Assert.Equal(150, slider["pad"]!["l"]!.GetValue<double>()); // pixels, as the buttons' own 138
    }

    [Fact]
    public void A_long_run_is_thinned_to_the_moments_asked_for_and_keeps_the_last()
    {
        var xor = Matrix<double>.Build.DenseOfArray(new double[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } });
        var run = Perceptron.Train(xor, [-1, +1, +1, -1], T: 200);
        var json = new FigureJson(Plot.PerceptronLearning(run, xor, [-1, +1, +1, -1], moments: 20));

        Assert.Equal(20, json.Frames.Count);
        Assert.Equal($"{run.K}", json.Frames[^1]!["name"]!.GetValue<string>());
    }

    [Fact]
    public void Mistakes_against_the_bound_are_drawn_on_logarithmic_axes_with_the_diagonal_named()
    {
        var json = new FigureJson(Plot.MistakesAgainstBound([(20.5, 3), (400, 100)]));

        Assert.Equal("log", json.Layout["xaxis"]!["type"]!.GetValue<string>());
        Assert.Equal("log", json.Layout["yaxis"]!["type"]!.GetValue<string>());
        Assert.Equal([0, 3], FigureJson.Numbers(json.Layout["xaxis"]!["range"]!));
        Assert.Equal([1, 1000], json.Numbers(0, "x"));
        Assert.Equal([20.5, 400], json.Numbers(1, "x"));
        Assert.Equal([3, 100], json.Numbers(1, "y"));
        Assert.Empty(json.LegendEntries);
        var label = Assert.Single(json.Annotations, note => note!["text"]!.GetValue<string>() == "K = R\u00b2/\u03b3\u00b2")!;
        Assert.Equal(3, label["x"]!.GetValue<double>());
        Assert.Throws<ArgumentException>(() => Plot.MistakesAgainstBound([(20.5, 0)]));
    }

    [Fact]
    public void Training_curves_count_epochs_from_one_and_are_named_at_their_ends()
    {
        var json = new FigureJson(Plot.TrainingCurve("loss", ("training", [3, 2, 1.5]), ("validation", [3.1, 2.4])));

        Assert.Equal([1, 2, 3], json.Numbers(0, "x"));
        Assert.Equal([3.1, 2.4], json.Numbers(1, "y"));
        Assert.Equal("epoch", json.AxisTitle("xaxis"));
        Assert.Equal("loss", json.AxisTitle("yaxis"));
        Assert.Empty(json.LegendEntries);
        Assert.Equal(["training", "validation"], json.Annotations.Select(note => note!["text"]!.GetValue<string>()));
    }

    [Fact]
    public void The_curve_of_a_run_shows_its_corrections_by_epoch()
    {
        var run = Perceptron.Train(X, y);
        var json = new FigureJson(Plot.TrainingCurve(run));

        Assert.Equal(run.MistakesPerEpoch.Select(m => (double)m), json.Numbers(0, "y"));
        Assert.Equal("epoch t", json.AxisTitle("xaxis"));
    }

    [Fact]
    public void Long_lines_travel_as_base64_and_come_back_bit_for_bit()
    {
        double[] values = [.. Enumerable.Range(0, 500).Select(i => Math.Sin(i / 7.0))];
        var json = new FigureJson(Plot.Lines(("sine", values)));

        Assert.NotNull(json.Data[0]!["y"]!["bdata"]);
        Assert.Equal(values, json.Numbers(0, "y"));
    }

    [Fact]
    public void Gaps_stay_gaps_in_short_lines_and_in_long_ones()
    {
        var json = new FigureJson(Plot.Lines(("short", [1, double.NaN, 3]), ("long", [.. Enumerable.Repeat(1.0, 40), double.PositiveInfinity])));

        Assert.True(double.IsNaN(json.Numbers(0, "y")[1]));
        Assert.True(double.IsNaN(json.Numbers(1, "y")[40]));
    }

    [Fact]
    public void Bars_carry_categories_values_and_errors()
    {
        var json = new FigureJson(Plot.Bars(["a", "b"], [1.5, 2], errors: [0.1, 0.2], yTitle: "error in %"));

        Assert.Equal(["a", "b"], json.Data[0]!["x"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.Equal([1.5, 2], json.Numbers(0, "y"));
        Assert.Equal([0.1, 0.2], FigureJson.Numbers(json.Data[0]!["error_y"]!["array"]!));
        Assert.Equal("error in %", json.AxisTitle("yaxis"));
        Assert.Throws<ArgumentException>(() => Plot.Bars(["a"], [1.0, 2]));
    }

    [Fact]
    public void A_histogram_of_densities_has_area_one_and_one_of_counts_sums_to_their_number()
    {
        double[] values = [0, 0.1, 0.2, 0.9, 1];
        var counts = new FigureJson(Plot.Histogram(values, bins: 5));
        var density = new FigureJson(Plot.Histogram(values, bins: 5, density: true));

        Assert.Equal([2, 1, 0, 0, 2], counts.Numbers(0, "y"));
        Assert.Equal(1, density.Numbers(0, "y").Sum() * density.Data[0]!["width"]!.GetValue<double>(), 1e-12);
        Assert.Equal("density", density.AxisTitle("yaxis"));
    }

    [Fact]
    public void A_heat_map_has_the_first_row_on_top_and_white_at_zero_where_there_are_signs()
    {
        var json = new FigureJson(Plot.Heatmap(Matrix<double>.Build.DenseOfArray(new double[,] { { 1, -3, 2 }, { 0, 1, 1 } }), ["a", "b"]));

        Assert.Equal([1, -3, 2, 0, 1, 1], json.Numbers(0, "z"));
        Assert.Equal("2,3", json.Data[0]!["z"]!["shape"]!.GetValue<string>().Replace(" ", ""));
        Assert.Equal(-3, json.Data[0]!["zmin"]!.GetValue<double>());
        Assert.Equal(3, json.Data[0]!["zmax"]!.GetValue<double>());
        Assert.Equal([1.5, -0.5], FigureJson.Numbers(json.Layout["yaxis"]!["range"]!));
        Assert.Throws<ArgumentException>(() => Plot.Heatmap(Matrix<double>.Build.Dense(2, 2), ["a"]));
    }

    [Fact]
    public void Pictures_are_one_block_of_bytes_with_nothing_between_the_pixels()
    {
        var images = Tensor.From([0, 1, 0.5f, 0.25f, 1, 1, 1, 0], 2, 2, 2);
        var json = new FigureJson(Plot.Images(images, columns: 2));

        Assert.Single(json.Data);
        Assert.Equal("u1", json.Data[0]!["z"]!["dtype"]!.GetValue<string>());
        Assert.Null(json.Data[0]!["zsmooth"]);
        Assert.Equal([0, 255, 255, 255, 255, 128, 64, 255, 255, 0], json.Numbers(0, "z"));
        Assert.False(json.Layout["xaxis"]!["visible"]!.GetValue<bool>());
        Assert.Equal("x", json.Layout["yaxis"]!["scaleanchor"]!.GetValue<string>());
    }

    [Fact]
    public void Pictures_that_change_share_a_range_and_send_only_their_bytes()
    {
        var (dark, bright) = (Tensor.From([0, 1, 1, 0], 1, 2, 2), Tensor.From([2, 4, 4, 2], 1, 2, 2));
        var json = new FigureJson(Plot.ImagesChanging([("0", dark), ("1", bright)]));

        Assert.Equal([0, 64, 64, 0], json.Numbers(0, "z"));
        Assert.Equal([128, 255, 255, 128], FigureJson.Numbers(json.Frames[1]!["data"]![0]!["z"]!));
        Assert.Equal(["type", "z"], json.Frames[1]!["data"]![0]!.AsObject().Select(member => member.Key));
        Assert.Throws<ArgumentException>(() => Plot.ImagesChanging([("0", dark), ("1", new Tensor(2, 2, 2))]));
    }

    [Fact]
    public void A_spread_is_the_mean_within_the_smallest_and_the_largest()
    {
        var json = new FigureJson(new Figure().AddSpread([1, 2], [[1.0, 5], [3.0, 7], [2.0, 6]], "error"));

        Assert.Equal([3, 7, 5, 1], json.Numbers(0, "y"));
        Assert.Equal([1, 2, 2, 1], json.Numbers(0, "x"));
        Assert.Equal([2, 6], json.Numbers(1, "y"));
        Assert.Empty(json.LegendEntries);
        Assert.Throws<ArgumentException>(() => new Figure().AddSpread([1, 2], [[1.0]]));
    }

    [Fact]
    public void Every_channel_of_a_feature_map_is_a_picture_and_rows_of_square_length_too()
    {
        Assert.Equal(4, PictureCount(new Tensor(2, 2, 3, 3)));
        Assert.Equal(5, PictureCount(new Tensor(5, 9)));
        var error = Assert.Throws<ArgumentException>(() => Plot.Images(new Tensor(5, 8)));
        Assert.Contains("5x8", error.Message);
        Assert.Throws<ArgumentException>(() => Plot.Images(new Tensor(2, 3, 3), titles: ["only one"]));

        static int PictureCount(Tensor images)
        {
            var picture = (PictureTrace)Plot.Images(images, columns: 1).Traces[0];
            return (picture.Rows + 1) / 4;
        }
    }

    [Fact]
    public void One_picture_takes_its_own_range_or_that_of_another()
    {
        var image = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfRowArrays([0, 4]);
        static byte[] Greys(Figure figure) => [.. ((PictureTrace)figure.Traces[0]).Pixels];
        Assert.Equal([0, 255], Greys(Plot.Image(image)));
        Assert.Equal([128, 255], Greys(Plot.Image(image, (-4, 4))));
    }

    [Fact]
    public void Decision_regions_ask_the_classifier_and_lie_under_the_samples()
    {
        var figure = Plot.DecisionRegions((a, b) => a + 2 * b, X, y, resolution: 5);
        var json = new FigureJson(figure);

        Assert.Equal(["contour", "scatter", "scatter"], json.Data.Select(trace => trace!["type"]!.GetValue<string>()));
        var (xs, ys, z) = (json.Numbers(0, "x"), json.Numbers(0, "y"), json.Numbers(0, "z"));
        Assert.Equal((float)(xs[3] + 2 * ys[1]), z[1 * 5 + 3]);
        Assert.Equal(0, json.Data[0]!["contours"]!["start"]!.GetValue<double>());
        Assert.Equal(2, json.LegendEntries.Count);
    }

    [Fact]
    public void Regions_that_move_replace_their_numbers_and_nothing_else()
    {
        var json = new FigureJson(Plot.DecisionRegionsLearning([("0", (a, _) => a), ("10", (_, b) => b)], X, y, resolution: 6));

        Assert.Equal(2, json.Frames.Count);
        var change = json.Frames[1]!["data"]![0]!.AsObject();
        Assert.Contains("z", change.Select(member => member.Key));
        Assert.DoesNotContain("x", change.Select(member => member.Key));
        Assert.DoesNotContain("colorscale", change.Select(member => member.Key));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Numbers_are_written_the_same_under_every_locale(string culture)
    {
        var run = Perceptron.Train(X, y);
        foreach (var make in (Func<Figure>[])[
            () => Plot.PerceptronLearning(run, X, y),
            () => Plot.TrainingCurve("loss", ("a", [1.25, 0.5])).AddHorizontal(0.75, "limit").AddText(1.5, 0.5, "here"),
            () => Plot.MistakesAgainstBound([(20.5, 3)]),
            () => Plot.Heatmap(Matrix<double>.Build.Dense(2, 2, 0.5)),
            () => Plot.Contour((a, b) => a * b, (-1.5, 1.5), (0, 0.25), 4)])
            Assert.Equal(FigureJson.In("", () => new FigureJson(make()).Text), FigureJson.In(culture, () => new FigureJson(make()).Text));
    }
}
