namespace CourseKit.Interactive;

/// <summary>
/// The course's colours: the same colour for the same thing in every chapter, told apart by people with any common colour blindness.
/// </summary>
/// <remarks>Source: M. Okabe and K. Ito, "Color universal design" (2008), their palette of eight.</remarks>
public static class FigureColors
{
    /// <summary>Class +1, the first curve, data.</summary>
    public const string Blue = "#0072B2";

    /// <summary>Class -1, the second curve, what a model makes.</summary>
    public const string Vermilion = "#D55E00";

    /// <summary>The third curve; whatever is right.</summary>
    public const string Green = "#009E73";

    /// <summary>The fourth curve.</summary>
    public const string Purple = "#CC79A7";

    /// <summary>The fifth curve; what is pointed at.</summary>
    public const string Orange = "#E69F00";

    /// <summary>The sixth curve.</summary>
    public const string SkyBlue = "#56B4E9";

    /// <summary>Decision lines, bounds, text.</summary>
    public const string Ink = "#222222";

    /// <summary>What is there for comparison only.</summary>
    public const string Grey = "#7A7A7A";

    /// <summary>The colours of curves, in turn.</summary>
    public static IReadOnlyList<string> Cycle { get; } = [Blue, Vermilion, Green, Purple, Orange, SkyBlue, Ink];

    /// <summary>The colour of the i-th curve, counted from 0; the palette begins anew after its end.</summary>
    public static string Of(int i) => Cycle[(int)((uint)i % (uint)Cycle.Count)];
}
