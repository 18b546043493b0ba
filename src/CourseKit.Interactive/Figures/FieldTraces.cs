namespace CourseKit.Interactive;

/// <summary>Numbers on a rectangular grid, the first row lowest (unless the axis is turned round).</summary>
/// <param name="Z">The numbers, row by row.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Columns">How many columns.</param>
public abstract record FieldTrace(IReadOnlyList<double> Z, int Rows, int Columns) : FigureTrace
{
    /// <summary>The columns' places; null for 0, 1, 2, ...</summary>
    public IReadOnlyList<double>? X { get; init; }

    /// <summary>The rows' places; null for 0, 1, 2, ...</summary>
    public IReadOnlyList<double>? Y { get; init; }

    /// <summary>How numbers become colours.</summary>
    public ColorScale Scale { get; init; } = ColorScale.LightToDark;

    /// <summary>The number at the lower end of the scale; null for the smallest.</summary>
    public double? Low { get; init; }

    /// <summary>The number at the upper end of the scale; null for the largest.</summary>
    public double? High { get; init; }

    /// <summary>Whether the scale is drawn beside the panel.</summary>
    public bool ShowScale { get; init; } = true;
}

/// <summary>A field as coloured cells.</summary>
/// <inheritdoc cref="FieldTrace"/>
public sealed record HeatmapTrace(IReadOnlyList<double> Z, int Rows, int Columns) : FieldTrace(Z, Rows, Columns)
{
    /// <summary>Whether colours run between the cells; a picture of pixels wants none of that.</summary>
    public bool Smooth { get; init; }

    /// <summary>Whether each cell's number is written in it.</summary>
    public bool ShowValues { get; init; }
}

/// <summary>A field as lines of equal height.</summary>
/// <inheritdoc cref="FieldTrace"/>
public sealed record ContourTrace(IReadOnlyList<double> Z, int Rows, int Columns) : FieldTrace(Z, Rows, Columns)
{
    /// <summary>Whether the ground is coloured: in bands between the lines, or, where there is one <see cref="Level"/> only, smoothly.</summary>
    public bool Filled { get; init; }

    /// <summary>The only height at which a line is drawn; null for some fifteen between Low and High.</summary>
    public double? Level { get; init; }

    /// <summary>The width of the lines in pixels.</summary>
    public double Width { get; init; } = 1;
}

/// <summary>A field as a surface in space, to be turned with the mouse. A panel with a surface shows nothing that is flat.</summary>
/// <inheritdoc cref="FieldTrace"/>
public sealed record SurfaceTrace(IReadOnlyList<double> Z, int Rows, int Columns) : FieldTrace(Z, Rows, Columns);

/// <summary>A line in space, such as an optimiser's path over a <see cref="SurfaceTrace"/>.</summary>
/// <param name="X">The points' first coordinates.</param>
/// <param name="Y">The points' second coordinates, as many.</param>
/// <param name="Z">The points' heights, as many.</param>
public sealed record SpaceLineTrace(IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<double> Z) : FigureTrace;

/// <summary>A picture, one byte a pixel, its first row on top; pixels stay square and sharp.</summary>
/// <param name="Pixels">The pixels, row by row.</param>
/// <param name="Rows">The height.</param>
/// <param name="Columns">The width.</param>
public sealed record PictureTrace(byte[] Pixels, int Rows, int Columns) : FigureTrace
{
    /// <summary>What byte 0 and byte 255 look like.</summary>
    public ColorScale Scale { get; init; } = ColorScale.Grey;
}

/// <summary>How numbers become colours.</summary>
public enum ColorScale
{
    /// <summary>White to dark blue, for amounts.</summary>
    LightToDark,

    /// <summary>Vermilion through white to blue, for numbers with a sign; keep Low = -High.</summary>
    Diverging,

    /// <summary>The same in light tints, for the ground under points.</summary>
    DivergingLight,

    /// <summary>Black to white.</summary>
    Grey,

    /// <summary>White to black, as ink on paper.</summary>
    GreyReversed,
}
