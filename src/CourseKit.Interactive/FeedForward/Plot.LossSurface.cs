namespace CourseKit.Interactive;

public static partial class Plot
{
    private const int SurfaceResolution = 100;
    private const double SmallestShare = 1e-4; // what lies below this share of the largest J is drawn as one floor

    /// <summary>J over two weights as lines of equal height, drawn for log10 J so that the valley shows its shape too, and the paths that optimisers take over it, step by step with a slider.</summary>
    /// <param name="J">J at (w_1, w_2), not negative.</param>
    /// <param name="w1">The range of the first weight.</param>
    /// <param name="w2">The range of the second weight.</param>
    /// <param name="paths">A path each optimiser: where it stands at the start and after each step.</param>
    /// <exception cref="ArgumentException">A path has no point.</exception>
    public static Figure LossSurface(
        Func<double, double, double> J,
        (double From, double To) w1,
        (double From, double To) w2,
        params IReadOnlyList<(string Name, IReadOnlyList<(double w1, double w2)> Path)> paths)
    {
        ArgumentNullException.ThrowIfNull(J);
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Any(path => path.Path.Count == 0))
            throw new ArgumentException($"The path of {paths.First(path => path.Path.Count == 0).Name} has no point; its start is expected at least.", nameof(paths));
        var (z, xs, ys) = Sample(J, w1, w2, SurfaceResolution);
        var floor = z.Where(double.IsFinite).DefaultIfEmpty(1).Max() * SmallestShare;
        z = [.. z.Select(height => Math.Log10(Math.Max(height, floor)))];
        var figure = new Figure { Height = 520, ShowLegend = true }
            .Add(new ContourTrace(z, SurfaceResolution, SurfaceResolution) { X = xs, Y = ys, Filled = true, Opacity = 0.55, Name = "J", InLegend = false })
            .WithXAxis("w<sub>1</sub>", w1.From, w1.To).WithYAxis("w<sub>2</sub>", w2.From, w2.To);
        (LineTrace Path, MarkerTrace Head)[] whole = [.. paths.Select((path, i) => Walk(path, i, path.Path.Count))];
        foreach (var (path, head) in whole)
            figure.Add(path).Add(head);
        if (paths.Count > 0)
            foreach (var steps in Moments(paths.Max(path => path.Path.Count) - 1))
                figure.Add(new FigureFrame(FormattableString.Invariant($"{steps}"))
                {
                    Replacements = [.. paths.SelectMany((path, i) =>
                    {
                        var (line, head) = Walk(path, i, Math.Min(path.Path.Count, steps + 1));
                        return new (FigureTrace, FigureTrace)[] { (whole[i].Path, line), (whole[i].Head, head) };
                    })],
                });
        figure.FramePrefix = "step ";
        return figure;

        // Every step at first, when all is still close together, then every so many-th.
        static IEnumerable<int> Moments(int last)
        {
            for (var step = 0; step < last; step += step < 10 ? 1 : Math.Max(2, step / 5))
                yield return step;
            yield return last;
        }

        static (LineTrace, MarkerTrace) Walk((string Name, IReadOnlyList<(double w1, double w2)> Path) path, int i, int points)
        {
            var shown = path.Path.Take(points).ToArray();
            return (
                new LineTrace([.. shown.Select(w => w.w1)], [.. shown.Select(w => w.w2)]) { Name = path.Name, Color = FigureColors.Of(i), LabelAtEnd = false },
                new MarkerTrace([shown[^1].w1], [shown[^1].w2]) { Name = path.Name, Color = FigureColors.Of(i), Size = 11, InLegend = false });
        }
    }

    /// <summary>How much of the error reaches each layer: ||dJ/dW^(l)|| over l on a logarithmic axis, with the spread over seeds.</summary>
    /// <param name="networks">For each kind of network its name and, for each seed, the norms of layers 1 … L (<see cref="NetworkPass.GradientNorms"/>).</param>
    /// <exception cref="ArgumentException">There is no network, or its seeds differ in depth.</exception>
    public static Figure GradientNorms(params IReadOnlyList<(string Name, IReadOnlyList<IReadOnlyList<double>> Norms)> networks)
    {
        ArgumentNullException.ThrowIfNull(networks);
        if (networks.Count == 0 || networks.Any(network => network.Norms.Count == 0))
            throw new ArgumentException("No norms given; at least one network with one seed is expected.", nameof(networks));
        var figure = new Figure().WithXAxis("layer l").WithYAxis("\u2016\u2202J/\u2202W<sup>(l)</sup>\u2016", logarithmic: true);
        foreach (var (name, norms) in networks)
            figure.AddSpread(Enumerable.Range(1, norms[0].Count), norms, name);
        return WithWholeTicks(figure, networks.Max(network => network.Norms[0].Count));
    }
}
