namespace CourseKit.Interactive;

public static partial class Plot
{
    /// <summary>
    /// A game's course: on the left V with -log 4, where D is a half everywhere; on the right the mean D(x) and D(G(z)). Each point is the mean of
    /// a stretch of iterations, since a single minibatch says little.
    /// </summary>
    /// <param name="history">The history, of at least one iteration.</param>
    /// <param name="points">At most this many points.</param>
    /// <exception cref="ArgumentException">There is no iteration.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="points"/> is less than 2.</exception>
    public static Figure AdversarialHistory(AdversarialHistory history, int points = 100)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        if (history.Steps.Count == 0)
            throw new ArgumentException("A history without an iteration given; train first.", nameof(history));
        var stretches = history.Steps.Chunk((history.Steps.Count + points - 1) / points).ToArray();
        var iterations = stretches.Select(stretch => stretch[^1].Iteration).ToArray();
        double[] Means(Func<AdversarialStep, double> what) => [.. stretches.Select(stretch => stretch.Average(what))];
        var value = new Figure { Title = "value of the game" }.AddLine(iterations, Means(step => step.V), color: FigureColors.Purple)
            .AddHorizontal(-Math.Log(4), "\u2212log 4").WithYAxis("V, nats");
        var answers = new Figure { Title = "what D says" }
            .AddLine(iterations, Means(step => step.DOnData), "of data", FigureColors.Blue)
            .AddLine(iterations, Means(step => step.DOnSamples), "of samples", FigureColors.Vermilion)
            .AddHorizontal(0.5).WithYAxis("mean of D", 0, 1);
        answers.Y.Ticks = [0, 0.25, 0.5, 0.75, 1];
        return Figure.SideBySide(value, answers).WithXAxis("iteration").WithSize(340);
    }
}
