namespace CourseKit.Interactive.Tests.Adversarial;

public class AdversarialPlotTests
{
    private static readonly MixtureDensity Data = MixtureDensity.Gaussian(4, 0.5);

    /// <summary>G(z) = 0.5 z + 4, which is the data's own; D answers 1/2 to everything.</summary>
    private static GenerativeAdversarialNetwork Even() => new(
        new Network(1, new Dense(Tensor.From([0.5f], 1, 1), Tensor.From([4f], 1))), new Network(1, new Dense(1, 1)), new Adam(1e-3), new Adam(1e-3));

    [Fact]
    public void A_film_shows_both_densities_D_and_arrows_of_equal_shares()
    {
        var film = new AdversarialFilm(Even(), Data, 0, 8, arrows: 5);
        film.Take("a", "first");
        film.Take("b", "second");
        var figure = film.Figure;
        Assert.Equal(["a", "b"], figure.Frames.Select(frame => frame.Name));
        Assert.Equal("first", figure.Title);
        LineTrace Named(string name) => figure.Traces.OfType<LineTrace>().Single(trace => trace.Name == name);
        var (data, generator, discriminator) = (Named("p_data(x)"), Named("p_g(x)"), Named("D(x)"));
        for (var i = 0; i < data.X.Count; i++)
            Assert.InRange(generator.Y[i], data.Y[i] - 0.03, data.Y[i] + 0.03); // a window has a width
        Assert.All(discriminator.Y, D => Assert.Equal(0.5, D, 1e-6));
        var heads = figure.Traces.OfType<MarkerTrace>().Single();
        Assert.Equal([4 - 0.64, 4 - 0.26, 4, 4 + 0.26, 4 + 0.64], heads.X.Select(x => Math.Round(x, 2)));
        Assert.All(figure.Frames, frame => Assert.Equal(4, frame.Replacements.Count));
        Assert.Equal(4, figure.PanelsAt(figure.Frames[1])[0].Traces.Count(trace => !ReferenceEquals(trace, data)));
    }

    [Fact]
    public void A_film_is_of_games_on_the_line()
    {
        var plane = new GenerativeAdversarialNetwork(new Network(1, new Dense(1, 2)), new Network(2, new Dense(2, 1)), new Adam(1e-3), new Adam(1e-3));
        Assert.Throws<ArgumentException>(() => new AdversarialFilm(plane, MixtureDensity.Ring(), 0, 8));
        Assert.Throws<ArgumentException>(() => new AdversarialFilm(Even(), MixtureDensity.Ring(), 0, 8));
        Assert.Throws<ArgumentException>(() => new AdversarialFilm(Even(), Data, 8, 0));
    }

    [Fact]
    public void A_history_is_drawn_as_means_of_stretches()
    {
        var gan = Even();
        Assert.Throws<ArgumentException>(() => Plot.AdversarialHistory(gan.History));
        gan.Train(Data, 250);
        var figure = Plot.AdversarialHistory(gan.History, points: 100);
        var value = Assert.IsType<LineTrace>(Assert.Single(figure.Panels[0].Traces));
        Assert.Equal(84, value.X.Count); // stretches of 3
        Assert.Equal(3, value.X[0]);
        Assert.Equal(gan.History.Steps.Take(3).Average(step => step.V), value.Y[0], 1e-12);
        Assert.Equal(2, figure.Panels[1].Traces.Count);
        Assert.Equal(-Math.Log(4), Assert.Single(figure.Panels[0].Marks.OfType<RuleMark>()).At);
    }

    [Fact]
    public void Samples_change_in_a_panel_each_and_their_coverage_stands_above()
    {
        var ring = MixtureDensity.Ring();
        var (good, bad) = (ring.Sample(400, 1), new Tensor(400, 2));
        var figure = Plot.SamplesChanging(ring, ["100", "200"], ("first", [bad, good]), ("second", [bad, bad]));
        Assert.Equal(2, figure.Panels.Count);
        Assert.Equal("first: 0 of 8 modes, 0 % good | second: 0 of 8 modes, 0 % good", figure.Title!.Replace('\u00a0', ' '));
        Assert.Equal(2, figure.Title.Count(c => c == ' ')); // a line ends before or after the bar, and nowhere else
        Assert.StartsWith("first:\u00a08\u00a0of\u00a08\u00a0modes", figure.Frames[1].Title);
        var last = figure.PanelsAt(figure.Frames[1]);
        Assert.Equal(good[0, 0], ((MarkerTrace)last[0].Traces[1]).X[0], 1e-6);
        Assert.Equal(0, ((MarkerTrace)last[1].Traces[1]).X[0]);
        Assert.Throws<ArgumentException>(() => Plot.SamplesChanging(ring, ["100"], ("first", [bad, good])));
        Assert.Throws<ArgumentException>(() => Plot.SamplesChanging(Data, ["100"], ("first", [bad])));
        Assert.Throws<ArgumentException>(() => Plot.SamplesChanging(ring, ["100"]));
    }

    [Fact]
    public void Samples_stand_above_their_nearest_examples_with_the_distance()
    {
        var examples = new Tensor(3, 4);
        examples.Span[4..8].Fill(1);
        examples.Span[8..].Fill(0.5f);
        var figure = Plot.BesideNearest(Tensor.From([1, 1, 1, 1, 0.5f, 0.5f, 0.5f, 0, 0, 0, 0, 0], 3, 4), examples, columns: 2);
        var texts = figure.Marks.OfType<TextMark>().Select(mark => mark.Text).ToArray();
        Assert.Equal(["made", "made", "0.0 away", "0.5 away", "made", "", "0.0 away", ""], texts);
        Assert.Throws<ArgumentException>(() => Plot.BesideNearest(new Tensor(1, 9), examples));
    }
}
