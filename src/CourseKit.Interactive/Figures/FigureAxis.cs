namespace CourseKit.Interactive;

/// <summary>One axis of a panel.</summary>
public sealed class FigureAxis
{
    /// <summary>What is on the axis, with its unit; null for none.</summary>
    public string? Title { get; set; }

    /// <summary>Where the axis begins, in data values; null leaves the choice to the plot.</summary>
    public double? From { get; set; }

    /// <summary>Where the axis ends, in data values; an end below the beginning turns the axis round.</summary>
    public double? To { get; set; }

    /// <summary>Whether the scale is logarithmic; ranges stay in data values.</summary>
    public bool IsLogarithmic { get; set; }

    /// <summary>Whether the axis, its numbers and its grid are drawn at all; pictures want none.</summary>
    public bool IsVisible { get; set; } = true;

    /// <summary>Where to put ticks, in data values; null leaves the choice to the plot.</summary>
    public IReadOnlyList<double>? Ticks { get; set; }

    /// <summary>What to write at <see cref="Ticks"/> instead of the numbers.</summary>
    public IReadOnlyList<string>? TickLabels { get; set; }

    internal FigureAxis Clone() => (FigureAxis)MemberwiseClone();
}
