using System.Globalization;

namespace CourseKit;

/// <summary>Reads a cell as a finite number, the same in every language of the machine.</summary>
internal static class CsvNumber
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly NumberFormatInfo WithComma = new() { NumberDecimalSeparator = "," };

    /// <summary>The number, or null where the cell is none. With decimal commas a point is understood as well.</summary>
    public static double? Parse(string cell, bool decimalComma)
    {
        if (double.TryParse(cell, Style, NumberFormatInfo.InvariantInfo, out var number)
            || (decimalComma && double.TryParse(cell, Style, WithComma, out number)))
            return double.IsFinite(number) ? number : null;
        return null;
    }
}
