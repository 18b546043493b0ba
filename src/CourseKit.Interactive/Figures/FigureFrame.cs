namespace CourseKit.Interactive;

/// <summary>One moment of an animated figure: what differs from the figure as it was made.</summary>
/// <param name="Name">What the slider shows for this moment, such as the value of k; unique in a figure.</param>
public sealed record FigureFrame(string Name)
{
    /// <summary>The figure's title at this moment; null leaves it.</summary>
    public string? Title { get; init; }

    /// <summary>What takes a trace's place at this moment; both must be of the same kind. Every frame should replace the same traces.</summary>
    public IReadOnlyList<(FigureTrace Original, FigureTrace Now)> Replacements { get; init; } = [];

    /// <summary>The marks of the first panel at this moment, in place of the figure's; null leaves them.</summary>
    public IReadOnlyList<FigureMark>? Marks { get; init; }
}
