namespace CourseKit.Interactive;

/// <summary>
/// A chart: data, titles and axes, nothing drawn yet. A notebook that gives one as a cell's result shows it; everything can be changed
/// before and after, and the methods return the figure so that changes can be chained.
/// </summary>
/// <remarks><see cref="Plot"/> makes the course's figures. The drawing is done by plotly.js, with no network.</remarks>
[TypeFormatterSource(typeof(FigureFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed partial class Figure
{
    private readonly List<FigurePanel> panels;

    /// <summary>Makes an empty figure of one panel.</summary>
    public Figure()
        : this([new FigurePanel()], 1)
    {
    }

    private Figure(IEnumerable<FigurePanel> panels, int columns)
    {
        this.panels = [.. panels];
        Columns = columns;
    }

    /// <summary>The title above the whole figure; null for none.</summary>
    public string? Title { get; set; }

    /// <summary>The height in pixels, without the slider of an animation.</summary>
    public int Height { get; set; } = 420;

    /// <summary>The height in pixels that the figure takes on the page: <see cref="Height"/>, and the slider of an animation below.</summary>
    public int TotalHeight => Height + (Frames.Count > 1 ? 88 : 0);

    /// <summary>The width in pixels, at most; null takes the width that the page gives.</summary>
    public int? Width { get; set; } = 760;

    /// <summary>Whether there is a legend; null draws one where two or more named traces have no label of their own.</summary>
    public bool? ShowLegend { get; set; }

    /// <summary>The panels, row by row.</summary>
    public IReadOnlyList<FigurePanel> Panels => panels;

    /// <summary>How many panels stand side by side in a row.</summary>
    public int Columns { get; }

    /// <summary>The moments of an animation, in order; with two or more there is a slider and a play button. Until it is played, the figure shows the first.</summary>
    public IList<FigureFrame> Frames { get; } = [];

    /// <summary>What the slider counts, written before the frame's name: <c>k = </c>.</summary>
    public string FramePrefix { get; set; } = "";

    /// <summary>How long a moment is shown while the animation plays, in milliseconds.</summary>
    public int FrameMilliseconds { get; set; } = 300;

    /// <summary>
    /// Whether the figure brings plotly.js with it even though an earlier figure of this process already did: about 3.6 MB, for a cell
    /// whose output is to stand alone.
    /// </summary>
    public bool StandsAlone { get; set; }

    /// <summary>The first panel's horizontal axis.</summary>
    public FigureAxis X => panels[0].X;

    /// <summary>The first panel's vertical axis.</summary>
    public FigureAxis Y => panels[0].Y;

    /// <summary>The first panel's traces.</summary>
    public IList<FigureTrace> Traces => panels[0].Traces;

    /// <summary>The first panel's marks.</summary>
    public IList<FigureMark> Marks => panels[0].Marks;

    /// <summary>Puts figures side by side in one row; each one's title goes above its panel.</summary>
    /// <exception cref="ArgumentException">No figure is given, or one of them is animated.</exception>
    public static Figure SideBySide(params IReadOnlyList<Figure> figures) => Grid(figures.Count, figures);

    /// <summary>Puts figures into a grid, row by row; each one's title goes above its panel. Later changes to them do not show.</summary>
    /// <exception cref="ArgumentException">No figure is given, or one of them is animated.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is less than 1.</exception>
    public static Figure Grid(int columns, params IReadOnlyList<Figure> figures)
    {
        if (figures.Count == 0)
            throw new ArgumentException("No figure given; at least one is expected.", nameof(figures));
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (figures.Any(figure => figure.Frames.Count > 0))
            throw new ArgumentException("An animated figure cannot stand beside others: add the frames to the grid itself.", nameof(figures));
        var panels = figures.SelectMany(figure => figure.panels.Select((panel, i) =>
        {
            var copy = panel.Clone();
            copy.Title ??= i == 0 ? figure.Title : null;
            return copy;
        }));
        columns = Math.Min(columns, figures.Sum(figure => figure.panels.Count));
        var grid = new Figure(panels, columns);
        var rows = (grid.panels.Count + columns - 1) / columns;
        grid.Height = rows == 1 ? figures.Max(figure => figure.Height) : rows * 300;
        grid.Width = columns == 1 ? 760 : 980;
        return grid;
    }

    /// <summary>Sets the title above the figure.</summary>
    public Figure WithTitle(string? title)
    {
        Title = title;
        return this;
    }

    /// <summary>Sets height and, where given, width, in pixels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 80 pixels.</exception>
    public Figure WithSize(int height, int? width = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 80);
        ArgumentOutOfRangeException.ThrowIfLessThan(width ?? 80, 80, nameof(width));
        Height = height;
        Width = width ?? Width;
        return this;
    }

    /// <summary>Changes the horizontal axis of every panel; what is not given stays.</summary>
    public Figure WithXAxis(string? title = null, double? from = null, double? to = null, bool? logarithmic = null)
    {
        foreach (var panel in panels)
            Change(panel.X, title, from, to, logarithmic);
        return this;
    }

    /// <summary>Changes the vertical axis of every panel; what is not given stays.</summary>
    public Figure WithYAxis(string? title = null, double? from = null, double? to = null, bool? logarithmic = null)
    {
        foreach (var panel in panels)
            Change(panel.Y, title, from, to, logarithmic);
        return this;
    }

    /// <summary>Makes one unit as long on both axes, in every panel.</summary>
    public Figure WithEqualAspect(bool equal = true)
    {
        foreach (var panel in panels)
            panel.HasEqualAspect = equal;
        return this;
    }

    /// <summary>Asks for a legend, or for none.</summary>
    public Figure WithLegend(bool show = true)
    {
        ShowLegend = show;
        return this;
    }

    /// <summary>The panels as they are at a moment of the animation: copies with the frame's traces and marks put in.</summary>
    public IReadOnlyList<FigurePanel> PanelsAt(FigureFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        FigurePanel[] moment = [.. panels.Select(panel => panel.Clone())];
        foreach (var panel in moment)
            for (var k = 0; k < panel.Traces.Count; k++)
                foreach (var (original, now) in frame.Replacements)
                    if (ReferenceEquals(panel.Traces[k], original))
                    {
                        panel.Traces[k] = now;
                        break;
                    }

        if (frame.Marks is { } marks)
        {
            moment[0].Marks.Clear();
            foreach (var mark in marks)
                moment[0].Marks.Add(mark);
        }

        return moment;
    }

    /// <summary>What the figure shows, in words: for a terminal, and for those who cannot see it.</summary>
    public override string ToString() => FigureText.Describe(this);

    private static void Change(FigureAxis axis, string? title, double? from, double? to, bool? logarithmic)
    {
        axis.Title = title ?? axis.Title;
        axis.From = from ?? axis.From;
        axis.To = to ?? axis.To;
        axis.IsLogarithmic = logarithmic ?? axis.IsLogarithmic;
    }
}
