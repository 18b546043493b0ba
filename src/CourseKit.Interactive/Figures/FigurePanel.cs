namespace CourseKit.Interactive;

/// <summary>One pair of axes with what is drawn on it; most figures have one, figures side by side have several.</summary>
public sealed class FigurePanel
{
    /// <summary>The title above this panel, for figures of several.</summary>
    public string? Title { get; set; }

    /// <summary>The horizontal axis.</summary>
    public FigureAxis X { get; private init; } = new();

    /// <summary>The vertical axis.</summary>
    public FigureAxis Y { get; private init; } = new();

    /// <summary>Whether one unit is as long on both axes, so that a right angle looks like one.</summary>
    public bool HasEqualAspect { get; set; }

    /// <summary>What is drawn, the first at the bottom.</summary>
    public IList<FigureTrace> Traces { get; } = [];

    /// <summary>Text, arrows, rules and boxes.</summary>
    public IList<FigureMark> Marks { get; } = [];

    /// <summary>The same panel with lists and axes of its own; the traces and marks themselves never change and are shared.</summary>
    internal FigurePanel Clone()
    {
        var copy = new FigurePanel { Title = Title, X = X.Clone(), Y = Y.Clone(), HasEqualAspect = HasEqualAspect };
        foreach (var trace in Traces)
            copy.Traces.Add(trace);
        foreach (var mark in Marks)
            copy.Marks.Add(mark);
        return copy;
    }
}
