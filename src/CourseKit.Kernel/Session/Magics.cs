using System.Text.RegularExpressions;

namespace CourseKit.Kernel;

/// <summary>The lines of a cell that begin with <c>#!</c>, as people's own notebooks have them from .NET Interactive.</summary>
internal static partial class Magics
{
    /// <summary>What is understood, each with what it does.</summary>
    public static IReadOnlyDictionary<string, string> Known { get; } = new Dictionary<string, string>
    {
        ["#!csharp"] = "what follows is C#, as without it",
        ["#!markdown"] = "what follows is shown as Markdown",
        ["#!html"] = "what follows is shown as HTML",
        ["#!time"] = "tells how long the rest of the cell took",
        ["#!who"] = "names the variables",
        ["#!whos"] = "shows the variables with their types and values",
        ["#!about"] = "tells which kernel this is",
        ["#!import"] = "runs a .cs, .csx or .ipynb file",
    };

    /// <summary>Whether a cell has such lines.</summary>
    public static bool AreIn(string code) => code.Contains("#!", StringComparison.Ordinal) && Line().IsMatch(code);

    /// <summary>Takes a cell apart. Every part keeps its place: what comes before it is blank lines.</summary>
    /// <exception cref="MagicException">A line is not understood.</exception>
    public static IReadOnlyList<Part> Split(string code)
    {
        var parts = new List<Part>();
        var lines = code.Split('\n');
        var (first, language) = (0, "#!csharp");
        for (var i = 0; i < lines.Length; i++)
        {
            if (Line().Match(lines[i]) is not { Success: true } line)
                continue;
            var (name, argument) = (line.Groups["name"].Value.ToLowerInvariant(), line.Groups["argument"].Value.Trim());
            name = name is "#!c#" ? "#!csharp" : name;
            if (!Known.ContainsKey(name))
                throw new MagicException($"line {i + 1}: {name} is not known here; these are: {string.Join(", ", Known.Keys)}, and #r and #i for packages");
            Close(i);
            first = i + 1;
            if (name is "#!csharp" or "#!markdown" or "#!html")
            {
                language = name;
                continue;
            }

            language = "#!csharp";
            parts.Add(new Part(name, argument, i + 1));
        }

        Close(lines.Length);
        return parts;

        void Close(int end)
        {
            var text = string.Join('\n', lines[first..end]);
            if (!string.IsNullOrWhiteSpace(text))
                parts.Add(new Part(language, language == "#!csharp" ? new string('\n', first) + text : text, first + 1));
        }
    }

    /// <summary>The cell's C#, with everything else blank, so that positions stay.</summary>
    public static string Blank(string code)
    {
        if (!AreIn(code))
            return code;
        var lines = code.Split('\n');
        var isCSharp = true;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = Line().Match(lines[i]);
            if (line.Success)
                isCSharp = line.Groups["name"].Value.ToLowerInvariant() is not ("#!markdown" or "#!html");
            if (line.Success || !isCSharp)
                lines[i] = new string(' ', lines[i].Length);
        }

        return string.Join('\n', lines);
    }

    /// <summary>What could stand in such a line, if the place is in one.</summary>
    public static Completions? Complete(string code, int position)
    {
        var start = code.LastIndexOf('\n', Math.Max(0, position - 1), Math.Max(0, position)) + 1;
        var typed = code[start..position];
        if (!typed.StartsWith("#!", StringComparison.Ordinal) || typed.Contains(' '))
            return null;
        return new Completions(start, position, [.. Known.Keys.Where(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Select(name => (name, "magic"))]);
    }

    [GeneratedRegex(@"^(?<name>#!(?![0-9/])[\w#-]+)[ \t]*(?<argument>[^\r\n]*)", RegexOptions.Multiline)]
    private static partial Regex Line();

    /// <summary>A part of a cell.</summary>
    /// <param name="Name">The magic: for text, the language it is in.</param>
    /// <param name="Text">The text, or what stands behind the magic's name.</param>
    /// <param name="Line">Where it begins, counted from 1.</param>
    public sealed record Part(string Name, string Text, int Line);
}

/// <summary>A line that begins with <c>#!</c> asks for what cannot be done.</summary>
/// <param name="message">Its place, and what is expected.</param>
internal sealed class MagicException(string message) : Exception(message);
