namespace CourseKit.Interactive;

/// <summary>Something drawn that is not data: a text, an arrow, a rule, a box. All places are in data values.</summary>
public abstract record FigureMark
{
    /// <summary>A CSS colour.</summary>
    public string Color { get; init; } = FigureColors.Ink;
}

/// <summary>A text at a point.</summary>
/// <param name="X">Where, on the horizontal axis.</param>
/// <param name="Y">Where, on the vertical axis.</param>
/// <param name="Text">The text; plain, or with the few HTML tags that Plotly knows (b, i, sub, sup, br).</param>
public sealed record TextMark(double X, double Y, string Text) : FigureMark
{
    /// <summary>On which side of the point the text stands.</summary>
    public TextSide Side { get; init; } = TextSide.Right;

    /// <summary>The size in pixels.</summary>
    public double Size { get; init; } = 14;

    /// <summary>A CSS colour behind the text, where lines would make it hard to read; null for none.</summary>
    public string? Fill { get; init; }
}

/// <summary>On which side of its point a text stands.</summary>
public enum TextSide
{
    /// <summary>On the point itself.</summary>
    Centre,

    /// <summary>To the right.</summary>
    Right,

    /// <summary>To the left.</summary>
    Left,

    /// <summary>Above.</summary>
    Above,

    /// <summary>Below.</summary>
    Below,
}

/// <summary>An arrow from one point to another.</summary>
/// <param name="X0">Where it begins, on the horizontal axis.</param>
/// <param name="Y0">Where it begins, on the vertical axis.</param>
/// <param name="X1">Where its head is, on the horizontal axis.</param>
/// <param name="Y1">Where its head is, on the vertical axis.</param>
public sealed record ArrowMark(double X0, double Y0, double X1, double Y1) : FigureMark
{
    /// <summary>The width in pixels.</summary>
    public double Width { get; init; } = 2;
}

/// <summary>A straight line across the whole panel: at a height, or at a place of the horizontal axis.</summary>
/// <param name="At">The height, or the place.</param>
/// <param name="IsVertical">Whether it stands.</param>
public sealed record RuleMark(double At, bool IsVertical) : FigureMark
{
    /// <summary>What is written beside it; null for nothing.</summary>
    public string? Text { get; init; }

    /// <summary>How the line is broken.</summary>
    public LineDash Dash { get; init; } = LineDash.Dash;
}

/// <summary>A rectangle or an ellipse between two corners.</summary>
/// <param name="X0">One side.</param>
/// <param name="Y0">One end.</param>
/// <param name="X1">The other side.</param>
/// <param name="Y1">The other end.</param>
public sealed record BoxMark(double X0, double Y0, double X1, double Y1) : FigureMark
{
    /// <summary>Whether the corners are rounded off to an ellipse.</summary>
    public bool IsEllipse { get; init; }

    /// <summary>A CSS colour for the inside; null for none.</summary>
    public string? Fill { get; init; }

    /// <summary>The width of the outline in pixels.</summary>
    public double Width { get; init; } = 2;

    /// <summary>Whether it lies under the data.</summary>
    public bool Behind { get; init; }
}
