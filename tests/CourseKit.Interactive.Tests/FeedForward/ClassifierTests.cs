namespace CourseKit.Interactive.Tests.FeedForward;

public class ClassifierTests
{
    [Fact]
    public void The_confusion_matrix_counts_and_leaves_the_right_answers_white()
    {
        var figure = Plot.ConfusionMatrix([0, 0, 1, 1, 1, 2], [0, 1, 1, 2, 2, 2]);
        var map = Assert.IsType<HeatmapTrace>(Assert.Single(figure.Traces));
        Assert.Equal([0, 1, 0, 0, 0, 2, 0, 0, 0], map.Z); // a class a row
        Assert.Equal("3 of 6 wrong", figure.Title);
        var texts = figure.Marks.OfType<TextMark>().ToDictionary(mark => (Row: mark.Y, Column: mark.X), mark => mark.Text);
        Assert.Equal(5, texts.Count);
        Assert.Equal("2", texts[(1, 2)]);
        Assert.Equal("1", texts[(0, 0)]);
    }

    [Fact]
    public void A_confusion_matrix_refuses_what_does_not_fit()
    {
        Assert.Contains("2 labels and 1", Assert.Throws<ArgumentException>(() => Plot.ConfusionMatrix([0, 1], [0])).Message);
        Assert.Contains("from 0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => Plot.ConfusionMatrix([0, 2], [0, 1], ["no", "yes"])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Plot.ConfusionMatrix([0, -1], [0, 1]));
    }

    [Fact]
    public void The_worst_mistakes_come_first_and_right_answers_do_not_come()
    {
        var data = new Dataset("four", new Tensor(4, 1, 2, 2), [0, 0, 1, 1], ["zero", "one"]);
        var scores = Tensor.From([2, 0, /* wrong, unsure */ 0, 1, 0, 3, /* wrong, sure */ 5, 0], 4, 2);
        var figure = Plot.WorstMistakes(data, scores, count: 5);
        Assert.Equal(["one \u2192 zero, 99 %", "zero \u2192 one, 73 %"], figure.Marks.OfType<TextMark>().Select(mark => mark.Text));
        Assert.Contains("No mistake among 4", Plot.WorstMistakes(data, Tensor.From([1, 0, 1, 0, 0, 1, 0, 1], 4, 2)).Title);
        Assert.Contains("4x3", Assert.Throws<ArgumentException>(() => Plot.WorstMistakes(data, new Tensor(4, 3))).Message);
    }

    [Fact]
    public void A_loss_surface_walks_its_paths_step_by_step_to_the_end()
    {
        (double, double)[] slow = [.. Enumerable.Range(0, 31).Select(k => (k * 0.1, 0.0))];
        (double, double)[] quick = [(0, 0), (1, 1)];
        var figure = Plot.LossSurface((w1, w2) => (w1 * w1) + w2 * w2, (-3, 3), (-3, 3), ("slow", slow), ("quick", quick));
        Assert.Equal("0", figure.Frames[0].Name);
        Assert.Equal("30", figure.Frames[^1].Name);
        var lines = figure.Frames.Select(frame => ((LineTrace)frame.Replacements[0].Now).X.Count).ToArray();
        Assert.Equal(figure.Frames.Select(frame => int.Parse(frame.Name, System.Globalization.CultureInfo.InvariantCulture) + 1), lines);
        Assert.Equal(2, ((LineTrace)figure.Frames[^1].Replacements[2].Now).X.Count);
        var ground = Assert.IsType<ContourTrace>(figure.Traces[0]);
        Assert.Equal(Math.Log10(18), ground.Z.Max(), 1e-9);
        Assert.Contains("none", Assert.Throws<ArgumentException>(() => Plot.LossSurface((_, _) => 0, (0, 1), (0, 1), ("none", []))).Message);
    }

    [Fact]
    public void Gradient_norms_are_drawn_over_the_layers_on_a_logarithmic_axis()
    {
        var figure = Plot.GradientNorms(("net", [[1e-3, 1e-2, 1], [1e-4, 1e-2, 2]]));
        Assert.True(figure.Y.IsLogarithmic);
        Assert.Equal([1, 2, 3], figure.X.Ticks!);
        Assert.Equal(1.5, Assert.Single(figure.Traces.OfType<LineTrace>()).Y[^1]);
        Assert.Throws<ArgumentException>(() => Plot.GradientNorms());
    }
}
