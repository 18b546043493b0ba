namespace CourseKit.Kernel.Jupyter;

/// <summary>The protocol counts a cell's characters in Unicode code points, .NET in UTF-16 units; an emoji is 1 there and 2 here.</summary>
internal static class CodePoints
{
    /// <summary>The position in UTF-16 units; one outside of the text is moved to its nearest end.</summary>
    public static int ToUtf16(string text, int position)
    {
        var unit = 0;
        for (var point = 0; point < position && unit < text.Length; point++)
            unit += unit + 1 < text.Length && char.IsSurrogatePair(text, unit) ? 2 : 1;
        return unit;
    }

    /// <summary>The position in code points.</summary>
    public static int FromUtf16(string text, int position)
    {
        var points = 0;
        for (var unit = 0; unit < Math.Min(position, text.Length); points++)
            unit += unit + 1 < text.Length && char.IsSurrogatePair(text, unit) ? 2 : 1;
        return points;
    }
}
