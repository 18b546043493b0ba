using System.Xml.Linq;

namespace CourseKit.Cli;

/// <summary>A formula turned from LaTeX into MathML Core, the part of MathML that browsers draw by themselves.</summary>
/// <param name="MathMl">The whole <c>math</c> element.</param>
/// <param name="Tag">The number given by <c>\tag</c>, without parentheses; null where there is none or where every row has its own.</param>
public sealed record Formula(string MathMl, string? Tag)
{
    /// <summary>Converts one formula.</summary>
    /// <param name="tex">The text between the dollars.</param>
    /// <param name="display">Whether the formula stands on a line of its own.</param>
    /// <exception cref="TexException">The text holds an unknown command or is not balanced; names the column.</exception>
    public static Formula FromTex(string tex, bool display)
    {
        var parser = new TexParser(tex, display);
        var row = parser.ParseAll();
        var math = new XElement("math", row);
        if (display)
            math.SetAttributeValue("display", "block");
        return new Formula(math.ToString(SaveOptions.DisableFormatting), parser.Tag);
    }
}
