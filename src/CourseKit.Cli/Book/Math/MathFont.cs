using System.Globalization;
using System.Text;

namespace CourseKit.Cli;

/// <summary>A letter style of LaTeX.</summary>
internal enum MathFont { Normal, Roman, Bold, BoldItalic, Italic, DoubleStruck, Script, Fraktur, SansSerif, Monospace }

/// <summary>
/// The styled letters. MathML Core has no attribute for them any more: a bold x is the character U+1D431, from Unicode's block of
/// mathematical letters.
/// </summary>
internal static class MathFonts
{
    // Styled letters that Unicode had before the block was made, and which the block therefore leaves out.
    private static readonly Dictionary<(MathFont, char), string> Exceptions = new()
    {
        [(MathFont.DoubleStruck, 'C')] = "ℂ", [(MathFont.DoubleStruck, 'H')] = "ℍ", [(MathFont.DoubleStruck, 'N')] = "ℕ",
        [(MathFont.DoubleStruck, 'P')] = "ℙ", [(MathFont.DoubleStruck, 'Q')] = "ℚ", [(MathFont.DoubleStruck, 'R')] = "ℝ",
        [(MathFont.DoubleStruck, 'Z')] = "ℤ",
        [(MathFont.Script, 'B')] = "ℬ", [(MathFont.Script, 'E')] = "ℰ", [(MathFont.Script, 'F')] = "ℱ", [(MathFont.Script, 'H')] = "ℋ",
        [(MathFont.Script, 'I')] = "ℐ", [(MathFont.Script, 'L')] = "ℒ", [(MathFont.Script, 'M')] = "ℳ", [(MathFont.Script, 'R')] = "ℛ",
        [(MathFont.Script, 'e')] = "ℯ", [(MathFont.Script, 'g')] = "ℊ", [(MathFont.Script, 'o')] = "ℴ",
        [(MathFont.Fraktur, 'C')] = "ℭ", [(MathFont.Fraktur, 'H')] = "ℌ", [(MathFont.Fraktur, 'I')] = "ℑ", [(MathFont.Fraktur, 'R')] = "ℜ",
        [(MathFont.Fraktur, 'Z')] = "ℨ",
        [(MathFont.Italic, 'h')] = "ℎ",
    };

    /// <summary>One character in a style; itself where Unicode has no such letter.</summary>
    public static string Style(char c, MathFont font)
    {
        if (Exceptions.TryGetValue((font, c), out var exception))
            return exception;
        var (upper, digit) = font switch
        {
            MathFont.Bold => (0x1D400, 0x1D7CE),
            MathFont.Italic => (0x1D434, 0),
            MathFont.BoldItalic => (0x1D468, 0x1D7CE),
            MathFont.Script => (0x1D49C, 0),
            MathFont.Fraktur => (0x1D504, 0),
            MathFont.DoubleStruck => (0x1D538, 0x1D7D8),
            MathFont.SansSerif => (0x1D5A0, 0x1D7E2),
            MathFont.Monospace => (0x1D670, 0x1D7F6),
            _ => (0, 0),
        };
        var greek = font switch { MathFont.Bold => 0x1D6A8, MathFont.Italic => 0x1D6E2, MathFont.BoldItalic => 0x1D71C, _ => 0 };
        return c switch
        {
            >= 'A' and <= 'Z' when upper != 0 => char.ConvertFromUtf32(upper + (c - 'A')),
            >= 'a' and <= 'z' when upper != 0 => char.ConvertFromUtf32(upper + 26 + (c - 'a')),
            >= '0' and <= '9' when digit != 0 => char.ConvertFromUtf32(digit + (c - '0')),
            >= 'Α' and <= 'Ω' when greek != 0 => char.ConvertFromUtf32(greek + (c - 'Α')),
            '∇' when greek != 0 => char.ConvertFromUtf32(greek + 25),
            >= 'α' and <= 'ω' when greek != 0 => char.ConvertFromUtf32(greek + 26 + (c - 'α')),
            '∂' when greek != 0 => char.ConvertFromUtf32(greek + 51),
            'ϵ' when greek != 0 => char.ConvertFromUtf32(greek + 52),
            'ϑ' when greek != 0 => char.ConvertFromUtf32(greek + 53),
            'ϕ' when greek != 0 => char.ConvertFromUtf32(greek + 55),
            _ => c.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Every character of a text in a style.</summary>
    public static string Style(string text, MathFont font)
    {
        var result = new StringBuilder();
        foreach (var c in text)
            result.Append(Style(c, font));
        return result.ToString();
    }
}
