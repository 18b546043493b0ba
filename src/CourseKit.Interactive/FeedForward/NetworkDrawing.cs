using System.Globalization;

namespace CourseKit.Interactive;

/// <summary>Draws a pass of one example through a small network, moment by moment.</summary>
internal sealed class NetworkDrawing
{
    private const int MostUnits = 8;
    private const int MostLabelledEdges = 20;
    private const double LabelPlace = 0.27; // along an edge from its source, where edges that cross are still apart
    private const string Resting = "#ececec";
    private const string Forward = "#d3e6f3";
    private const string Backward = "#f3dce8";

    private readonly NetworkPass pass;
    private readonly int[] units;

    public NetworkDrawing(NetworkPass pass)
    {
        if (pass.a[0].Shape[0] != 1)
            throw new ArgumentException($"A pass of {pass.a[0].Shape[0]} examples given; the drawing shows the numbers of one.", nameof(pass));
        this.pass = pass;
        units = [.. pass.a.Select(a => a.Count)];
        if (units.Any(n => n > MostUnits))
            throw new ArgumentException($"A network of {string.Join("-", units)} units given; with more than {MostUnits} in a layer nobody could read the drawing.", nameof(pass));
    }

    /// <summary>The network alone.</summary>
    public Figure Still()
    {
        var moment = new Moment("network", "Weights on the edges, biases above the units") { ReachedZ = -1, ReachedA = -1 };
        return Canvas(moment, out _).WithTitle(moment.Title);
    }

    /// <summary>All moments, with a slider.</summary>
    public Figure Film()
    {
        var moments = Moments().ToArray();
        var figure = Canvas(moments[0], out var first).WithTitle(moments[0].Title);
        figure.FrameMilliseconds = 1500;
        foreach (var moment in moments)
            figure.Add(new FigureFrame(moment.Name)
            {
                Title = moment.Title,
                Replacements = [.. first.Zip(Traces(moment))],
                Marks = [.. Marks(moment)],
            });
        return figure;
    }

    private IEnumerable<Moment> Moments()
    {
        var L = pass.L;
        yield return new("x", "The example: x = a<sup>(0)</sup>") { ReachedZ = 0, ReachedA = 0, Lit = 0 };
        for (var l = 1; l <= L; l++)
        {
            yield return new($"z({l})", $"(6), first line: z<sup>({l})</sup> = W<sup>({l})</sup> a<sup>({l - 1})</sup> + b<sup>({l})</sup>") { ReachedZ = l, ReachedA = l - 1, Edges = l, Lit = l };
            yield return new($"a({l})", $"(6), second line: a<sup>({l})</sup> = f(z<sup>({l})</sup>)") { ReachedZ = l, ReachedA = l, Lit = l };
        }

        for (var l = L; l >= 1 && pass.IsBackward; l--)
        {
            var rule = l == L
                ? $"\u03b4<sup>({l})</sup> = f\u2032(z<sup>({l})</sup>) \u2299 \u2202\u2113/\u2202a<sup>({l})</sup>: the error enters at the output"
                : $"\u03b4<sup>({l})</sup> = f\u2032(z<sup>({l})</sup>) \u2299 (W<sup>({l + 1})T</sup> \u03b4<sup>({l + 1})</sup>): the error flows back";
            yield return new($"\u03b4({l})", rule) { ReachedZ = L, ReachedA = L, ReachedDelta = l, Edges = l < L ? l + 1 : 0, Lit = l, IsBackward = true };
            yield return new($"dW({l})", $"(13): \u2202J/\u2202W<sup>({l})</sup> = \u03b4<sup>({l})</sup> (a<sup>({l - 1})</sup>)<sup>T</sup>, now on the edges")
            {
                ReachedZ = L, ReachedA = L, ReachedDelta = l, Edges = l, Gradients = l, Lit = l, IsBackward = true,
            };
        }
    }

    private Figure Canvas(Moment moment, out FigureTrace[] traces)
    {
        var figure = new Figure { Height = Math.Clamp(110 + 96 * units.Max(), 300, 700), Width = 900, ShowLegend = false };
        figure.WithXAxis(from: -0.35, to: pass.L + 0.35).WithYAxis(from: -units.Max() / 2.0 - 0.15, to: units.Max() / 2.0 + 0.15);
        (figure.X.IsVisible, figure.Y.IsVisible) = (false, false);
        traces = [.. Traces(moment)];
        foreach (var trace in traces)
            figure.Add(trace);
        foreach (var mark in Marks(moment))
            figure.Add(mark);
        return figure;
    }

    private IEnumerable<FigureTrace> Traces(Moment moment)
    {
        for (var l = 1; l <= pass.L; l++)
        {
            var W = pass.Layers[l - 1].W.Value;
            var largest = W.Data.Max(Math.Abs) is > 0 and var most ? most : 1;
            foreach (var (i, j) in Edges(l))
                yield return new LineTrace([l - 1, l], [Height(l - 1, j), Height(l, i)])
                {
                    Color = W[i, j] < 0 ? FigureColors.Vermilion : FigureColors.Blue,
                    Width = 1 + 3 * Math.Abs(W[i, j]) / largest,
                    Opacity = moment.Edges is null || moment.Edges == l ? 0.85 : 0.25,
                    LabelAtEnd = false,
                    InLegend = false,
                };
        }

        for (var l = 0; l <= pass.L; l++)
            yield return new MarkerTrace([.. Enumerable.Repeat((double)l, units[l])], [.. Enumerable.Range(0, units[l]).Select(i => Height(l, i))])
            {
                Color = moment.Lit != l ? Resting : moment.IsBackward ? Backward : Forward,
                Size = 58,
                InLegend = false,
            };
    }

    private IEnumerable<FigureMark> Marks(Moment moment)
    {
        for (var l = 1; l <= pass.L; l++)
        {
            if (units[l - 1] * units[l] > MostLabelledEdges)
                continue;
            var isGradient = moment.Gradients == l;
            var numbers = isGradient ? pass.dW[l] : pass.Layers[l - 1].W.Value;
            foreach (var (i, j) in Edges(l))
                yield return new TextMark(
                    l - 1 + LabelPlace, Height(l - 1, j) + LabelPlace * (Height(l, i) - Height(l - 1, j)), isGradient ? $"<b>{Text(numbers[i, j])}</b>" : Text(numbers[i, j], weight: true))
                {
                    Side = TextSide.Centre,
                    Size = 12,
                    Fill = "#ffffff",
                    Color = moment.Edges is not null && moment.Edges != l ? FigureColors.Grey : FigureColors.Ink,
                };
        }

        for (var l = 0; l <= pass.L; l++)
            for (var i = 0; i < units[l]; i++)
            {
                var (inside, bias) = Inside(moment, l, i);
                yield return new TextMark(l, Height(l, i), inside) { Side = TextSide.Centre, Size = 12 };
                if (bias is not null)
                    yield return new TextMark(l, Height(l, i) + 0.36, bias) { Side = TextSide.Centre, Size = 12, Color = FigureColors.Grey };
                if (l >= moment.ReachedDelta)
                    yield return new TextMark(l, Height(l, i) - 0.37, $"<b>\u03b4 {Text(pass.delta[l].Data[i])}</b>") { Side = TextSide.Centre, Size = 13, Color = "#a0447a", Fill = "#ffffff" };
            }
    }

    private (string Inside, string? Bias) Inside(Moment moment, int l, int i)
    {
        if (l == 0)
            return (moment.ReachedA >= 0 ? $"x<sub>{i + 1}</sub><br>{Text(pass.a[0].Data[i], weight: true)}" : $"x<sub>{i + 1}</sub>", null);
        var z = l <= moment.ReachedZ ? $"z {Text(pass.z[l].Data[i])}" : "";
        var a = l <= moment.ReachedA ? $"<br>a {Text(pass.a[l].Data[i])}" : "";
        return (z + a, $"b {Text(pass.Layers[l - 1].b.Value.Data[i], weight: true)}");
    }

    private IEnumerable<(int i, int j)> Edges(int l) =>
        from j in Enumerable.Range(0, units[l - 1])
        from i in Enumerable.Range(0, units[l])
        select (i, j);

    /// <summary>The first unit of a layer is on top.</summary>
    private double Height(int l, int i) => (units[l] - 1) / 2.0 - i;

    /// <summary>Weights as short as they are; what was computed to two decimals, or as many as show two figures.</summary>
    private static string Text(double number, bool weight = false)
    {
        var size = Math.Abs(number);
        var format = weight ? "0.##" : size is 0 or >= 0.0995 ? "0.00" : size >= 0.00095 ? "0.000" : "0.0e0";
        return number.ToString(format, CultureInfo.InvariantCulture).Replace('-', '\u2212');
    }

    /// <summary>How far the pass has come.</summary>
    private sealed record Moment(string Name, string Title)
    {
        /// <summary>Layers up to this one show their states.</summary>
        public int ReachedZ { get; init; }

        /// <summary>Layers up to this one show their activations.</summary>
        public int ReachedA { get; init; }

        /// <summary>Layers from this one on show their error terms.</summary>
        public int ReachedDelta { get; init; } = int.MaxValue;

        /// <summary>The layer whose edges are used, 0 for none; null shows all alike.</summary>
        public int? Edges { get; init; }

        /// <summary>The layer whose edges carry gradients instead of weights; 0 for none.</summary>
        public int Gradients { get; init; }

        /// <summary>The layer that is computed; -1 for none.</summary>
        public int Lit { get; init; } = -1;

        /// <summary>On the way back.</summary>
        public bool IsBackward { get; init; }
    }
}
