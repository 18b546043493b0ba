namespace CourseKit.Interactive;

/// <summary>
/// Films a game on the line, as the slides' (a) to (d) show it: the data's density, the generator's, the discriminator's answer D(x), and arrows
/// from noise z to the samples G(z). <see cref="Take"/> a picture whenever you like and show <see cref="Figure"/> at the end.
/// </summary>
/// <remarks>
/// The noise is not drawn but laid out evenly: the arrows leave from the quantiles of p_z, so each carries the same share of all samples, and
/// where arrows end close together the generator's density is high. That density is a Parzen window on many such samples.
/// </remarks>
public sealed class AdversarialFilm
{
    private const double NoiseLine = -0.62;
    private const double SampleLine = -0.12;
    private const double ReachOfNoise = 2.4;
    private const double Top = 1.3;
    private const int Quantiles = 1000;
    private const int Places = 161;

    private readonly GenerativeAdversarialNetwork gan;
    private readonly double from, to, width;
    private readonly Tensor noise;
    private readonly Tensor arrowNoise;
    private readonly double[] places;
    private readonly LineTrace generator;
    private readonly LineTrace discriminator;
    private readonly LineTrace shafts;
    private readonly MarkerTrace heads;

    /// <summary>Begins a film; its first picture is the game as it is now.</summary>
    /// <param name="gan">A game on the line: one number of noise, samples of one number.</param>
    /// <param name="data">p_data, on the line.</param>
    /// <param name="from">Where the horizontal axis begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="arrows">How many arrows, at least 2.</param>
    /// <exception cref="ArgumentException">The game or the data are not on the line, or the axis has no length.</exception>
    public AdversarialFilm(GenerativeAdversarialNetwork gan, MixtureDensity data, double from, double to, int arrows = 25)
    {
        ArgumentNullException.ThrowIfNull(gan);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(arrows, 2);
        if (!gan.Generator.InputShape.SequenceEqual([1]) || !gan.Generator.OutputExtents.SequenceEqual([1]) || data.Dimension != 1)
            throw new ArgumentException($"A film shows one number of noise and samples of one number; noise of {gan.Generator.InputShape.Length}, samples of {gan.Generator.OutputExtents.Length} and data of {data.Dimension} extents or numbers given.", nameof(gan));
        if (!(from < to))
            throw new ArgumentException(FormattableString.Invariant($"An axis from {from} to {to} given; the end lies above the beginning."), nameof(to));
        (this.gan, this.from, this.to) = (gan, from, to);
        width = (to - from) / 100;
        (noise, arrowNoise) = (Even(Quantiles), Even(arrows));
        places = Numbers.Evenly(from, to, Places);
        (generator, discriminator, shafts, heads) = Draw();
        Figure = new Figure { Height = 460, FrameMilliseconds = 120, ShowLegend = true }
            .AddLine(places, places.Select(x => data.Density(x)), "p_data(x)", FigureColors.Blue, LineDash.Dot)
            .Add(generator).Add(discriminator).Add(shafts).Add(heads)
            .AddHorizontal(0.5, "½")
            .AddText(to, NoiseLine, "z", side: TextSide.Left).AddText(to, SampleLine, "x = G(z)", side: TextSide.Left)
            .WithXAxis("x", from, to).WithYAxis("density, and D(x)", -0.75, Top);
        Figure.Y.Ticks = [0, 0.25, 0.5, 0.75, 1, 1.25];
        Figure.Traces[0] = ((LineTrace)Figure.Traces[0]) with { LabelAtEnd = false };
    }

    /// <summary>The figure, with a moment for each picture that was taken.</summary>
    public Figure Figure { get; }

    /// <summary>Takes a picture of the game as it is now.</summary>
    /// <param name="name">What the slider shows for it, such as the iteration; unique in the film.</param>
    /// <param name="title">The figure's title at this moment; null leaves it.</param>
    public void Take(string name, string? title = null)
    {
        var (G, D, lines, ends) = Draw();
        Figure.Title ??= title;
        Figure.Add(new FigureFrame(name) { Title = title, Replacements = [(generator, G), (discriminator, D), (shafts, lines), (heads, ends)] });
    }

    private (LineTrace Generator, LineTrace Discriminator, LineTrace Shafts, MarkerTrace Heads) Draw()
    {
        var pG = new ParzenWindow(gan.Generate(noise), width);
        var axis = new Tensor(Places, 1);
        for (var i = 0; i < Places; i++)
            axis[i, 0] = (float)places[i];
        var samples = gan.Generate(arrowNoise).Data.Select(x => (double)x).ToArray();
        double[] starts = [.. arrowNoise.Data.Select(z => (from + to) / 2 + (to - from) / 2 * z / ReachOfNoise)];
        double[] x = [.. starts.Zip(samples).SelectMany(pair => new[] { pair.First, pair.Second, double.NaN })];
        double[] y = [.. starts.SelectMany(_ => new[] { NoiseLine, SampleLine, double.NaN })];
        return (
            new LineTrace(places, [.. pG.LogDensities(axis).Select(Math.Exp)]) { Name = "p_g(x)", Color = FigureColors.Vermilion, LabelAtEnd = false },
            new LineTrace(places, [.. gan.Discriminate(axis).Select(d => (double)d)]) { Name = "D(x)", Color = FigureColors.Ink, Dash = LineDash.Dash, LabelAtEnd = false },
            new LineTrace(x, y) { Color = FigureColors.Vermilion, Opacity = 0.45, Width = 1, InLegend = false, LabelAtEnd = false },
            new MarkerTrace(samples, [.. samples.Select(_ => SampleLine)]) { Color = FigureColors.Vermilion, Shape = MarkerShape.Triangle, Size = 6, InLegend = false });
    }

    /// <summary>The middles of so many equal shares of p_z.</summary>
    private Tensor Even(int count)
    {
        var z = new Tensor(count, 1);
        for (var i = 0; i < count; i++)
        {
            var share = (i + 0.5) / count;
            z[i, 0] = (float)(gan.Prior == NoisePrior.Normal ? MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, share) : 2 * share - 1);
        }

        return z;
    }
}
