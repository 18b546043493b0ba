using MathNet.Numerics.LinearAlgebra;

namespace CourseKit.Interactive;

public static partial class Plot
{
    /// <summary>
    /// The decision line of the perceptron as it learns, correction by correction, with a slider; the sample that was just corrected is
    /// ringed, and the title says how many samples are still answered wrongly.
    /// </summary>
    /// <param name="run">A run that kept its trace.</param>
    /// <param name="X">The samples it learned from, N x 2.</param>
    /// <param name="y">Their labels, each +1 or -1.</param>
    /// <param name="moments">At most this many moments; of a longer run, every so many-th is shown, and always the last.</param>
    /// <exception cref="ArgumentException">X has not two columns, or does not fit y or the run.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="moments"/> is less than 2.</exception>
    public static Figure PerceptronLearning(PerceptronRun run, Matrix<double> X, IReadOnlyList<int> y, int moments = 100)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentOutOfRangeException.ThrowIfLessThan(moments, 2);
        var figure = Scatter(X, y);
        if (run.w.Count != 3)
            throw new ArgumentException($"A run with {run.w.Count - 1} inputs given; the samples have 2.", nameof(run));
        var line = Line(run.Trace[0]);
        var ring = Ring(run.Trace[0]);
        figure.WithTitle(Title(run.Trace[0])).Add(line).Add(ring);
        figure.FramePrefix = "k = ";
        foreach (var step in Thin(run.Trace, moments))
            figure.Add(new FigureFrame(FormattableString.Invariant($"{step.k}"))
            {
                Title = Title(step),
                Replacements = [(line, Line(step)), (ring, Ring(step))],
            });
        return figure;

        LineTrace Line(PerceptronStep step)
        {
            var (px, py) = DecisionLine.Within(step.Perceptron, figure.X.From!.Value, figure.X.To!.Value, figure.Y.From!.Value, figure.Y.To!.Value);
            return new LineTrace(px, py) { Name = "\u03c9\u2032x + b = 0", Color = FigureColors.Ink, LabelAtEnd = false };
        }

        MarkerTrace Ring(PerceptronStep step)
        {
            double[] At(int column) => step.Sample < 0 ? [] : [X[step.Sample, column]];
            return new MarkerTrace(At(0), At(1)) { Name = "just corrected", Color = FigureColors.Orange, Shape = MarkerShape.Ring, Size = 20 };
        }

        string Title(PerceptronStep step)
        {
            var wrong = step.Perceptron.CountErrors(X, y);
            return step.k == 0
                ? FormattableString.Invariant($"Start, before any correction: {wrong} of {y.Count} answered wrongly")
                : FormattableString.Invariant($"After {step.k} correction{(step.k == 1 ? "" : "s")} (epoch {step.Epoch}): {wrong} of {y.Count} answered wrongly");
        }
    }

    /// <summary>
    /// Mistakes K against Novikoff's bound R\u00b2/gamma\u00b2, one point a training set, on logarithmic axes; no point may lie above the diagonal.
    /// </summary>
    /// <param name="bounds">The bound of each set.</param>
    /// <param name="mistakes">The mistakes that the perceptron made on it.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a number is not positive and finite (a logarithmic axis has no place for it).</exception>
    public static Figure MistakesAgainstBound<TB, TM>(IEnumerable<TB> bounds, IEnumerable<TM> mistakes)
        where TB : System.Numerics.INumber<TB>
        where TM : System.Numerics.INumber<TM>
    {
        var (x, y) = Numbers.Pair(bounds, mistakes);
        if (x.Length == 0)
            throw new ArgumentException("No training set given; at least one is expected.", nameof(bounds));
        foreach (var value in x.Concat(y))
            if (!(value > 0 && double.IsFinite(value)))
                throw new ArgumentException(FormattableString.Invariant($"{value} given; a logarithmic axis shows positive finite numbers only."));
        var low = Math.Pow(10, Math.Floor(Math.Log10(Math.Min(x.Min(), y.Min()))));
        var high = Math.Pow(10, Math.Ceiling(Math.Log10(Math.Max(x.Max(), y.Max()) * 1.01)));
        var middle = Math.Sqrt(low * high);
        return new Figure { Height = 460 }
            .WithXAxis("bound R\u00b2/\u03b3\u00b2", low, high, logarithmic: true)
            .WithYAxis("mistakes K", low, high, logarithmic: true)
            .Add(new LineTrace([low, high], [low, high]) { Name = "K = R\u00b2/\u03b3\u00b2", Color = FigureColors.Ink, Dash = LineDash.Dash, LabelAtEnd = true })
            .Add(new MarkerTrace(x, y) { Name = "a training set", Color = FigureColors.Blue, Size = x.Length > 300 ? 5 : 7, Opacity = 0.6, InLegend = false })
            .Add(new TextMark(low * Math.Pow(high / low, 0.04), high / Math.Pow(high / low, 0.08), "no set can lie up here (Novikoff)") { Color = FigureColors.Grey });
    }

    /// <summary>Mistakes K against Novikoff's bound, from pairs.</summary>
    /// <inheritdoc cref="MistakesAgainstBound{TB, TM}(IEnumerable{TB}, IEnumerable{TM})"/>
    public static Figure MistakesAgainstBound(IEnumerable<(double Bound, int Mistakes)> sets)
    {
        (double Bound, int Mistakes)[] all = [.. sets];
        return MistakesAgainstBound(all.Select(set => set.Bound), all.Select(set => set.Mistakes));
    }

    /// <summary>Corrections in each epoch of a run.</summary>
    public static Figure TrainingCurve(PerceptronRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return WithWholeTicks(new Figure(), run.Epochs).AddLine(Enumerable.Range(1, run.Epochs), run.MistakesPerEpoch, markers: true)
            .WithXAxis("epoch t").WithYAxis("corrections in the epoch", from: 0, to: 1.08 * Math.Max(1, run.MistakesPerEpoch.Max()))
            .WithTitle(FormattableString.Invariant($"{run.K} corrections in {run.Epochs} epochs: {(run.Converged ? "the last one found nothing to correct" : "stopped by the limit")}"));
    }

    /// <summary>Curves over epochs 1, 2, 3, ..., each named at its right end.</summary>
    /// <param name="yTitle">What the curves are, such as <c>loss</c> or <c>error in %</c>.</param>
    /// <param name="curves">The curves, which may differ in length.</param>
    /// <exception cref="ArgumentException">No curve is given.</exception>
    public static Figure TrainingCurve(string yTitle, params IReadOnlyList<(string Name, IEnumerable<double> Y)> curves)
    {
        if (curves.Count == 0)
            throw new ArgumentException("No curve given; at least one is expected.", nameof(curves));
        var figure = new Figure().WithXAxis("epoch").WithYAxis(yTitle);
        foreach (var (name, y) in curves)
        {
            var values = Numbers.List(y);
            figure.AddLine(Enumerable.Range(1, values.Length), values, name, markers: values.Length <= 12);
        }

        return WithWholeTicks(figure, curves.Max(curve => curve.Y.Count()));
    }

    /// <summary>A short axis of epochs has no tick at one and a half.</summary>
    private static Figure WithWholeTicks(Figure figure, int epochs)
    {
        if (epochs <= 15)
            figure.X.Ticks = [.. Enumerable.Range(1, epochs).Select(epoch => (double)epoch)];
        return figure;
    }

    private static IEnumerable<T> Thin<T>(IReadOnlyList<T> items, int most)
    {
        var count = Math.Min(most, items.Count);
        for (var i = 0; i < count; i++)
            yield return items[count == 1 ? 0 : (int)((long)i * (items.Count - 1) / (count - 1))];
    }
}
