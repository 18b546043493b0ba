using System.Text.RegularExpressions;

namespace CourseKit.Kernel;

/// <summary>A cell that asks what something is instead of running: <c>Math.Sqrt?</c> or <c>?Math.Sqrt</c>, as people know it from IPython.</summary>
internal static partial class HelpCell
{
    private const string Name = @"(?<name>[\p{L}_][\w.]*(<[\w.,<> ]+>)?(\.[\p{L}_]\w*)?)";

    /// <summary>The name that a cell asks about; null where it is no such cell. No C# program has this form.</summary>
    public static string? Subject(string code) => code.Contains('?') && Form().Match(code) is { Success: true } match ? match.Groups["name"].Value : null;

    [GeneratedRegex(@"^\s*(\?{1,2}\s*" + Name + @"|" + Name + @"\s*\?{1,2})\s*$")]
    private static partial Regex Form();
}
