using System.Text;

namespace CourseKit.Cli;

/// <summary>The parts of a cell that nbgrader's delimiters enclose, in C#'s form: <c>// BEGIN SOLUTION</c> … <c>// END SOLUTION</c>.</summary>
internal static class Regions
{
    public const string Solution = "SOLUTION", HiddenTests = "HIDDEN TESTS";

    /// <summary>What stands in a released cell in the place of a solution.</summary>
    public const string Stub = "throw new System.NotImplementedException();";

    /// <summary>Whether a text has a delimiter of any kind.</summary>
    public static bool HasDelimiter(string source) =>
        source.Contains("BEGIN " + Solution, StringComparison.Ordinal) || source.Contains("END " + Solution, StringComparison.Ordinal)
        || source.Contains("BEGIN " + HiddenTests, StringComparison.Ordinal) || source.Contains("END " + HiddenTests, StringComparison.Ordinal);

    /// <summary>Takes the regions out of a cell.</summary>
    /// <param name="source">The cell.</param>
    /// <param name="kind">Which regions.</param>
    /// <param name="replacement">The lines that stand in each one's place, at its indent.</param>
    /// <returns>The cell without them, and what was in them.</returns>
    /// <exception cref="CommandException">A delimiter lacks its partner.</exception>
    public static (string Kept, string Taken) Take(string source, string kind, params string[] replacement)
    {
        var (rest, taken, inside) = (new List<string>(), new StringBuilder(), false);
        foreach (var line in source.Split('\n'))
        {
            if (line.Contains("BEGIN " + kind, StringComparison.Ordinal))
            {
                if (inside)
                    throw new CommandException($"BEGIN {kind} stands inside of another one.");
                inside = true;
                var indent = line[..(line.Length - line.TrimStart().Length)];
                rest.AddRange(replacement.Select(text => indent + text));
            }
            else if (line.Contains("END " + kind, StringComparison.Ordinal))
            {
                if (!inside)
                    throw new CommandException($"END {kind} has no BEGIN {kind} before it.");
                inside = false;
            }
            else if (inside)
                taken.Append(line).Append('\n');
            else
                rest.Add(line);
        }

        return inside ? throw new CommandException($"BEGIN {kind} has no END {kind} behind it.") : (string.Join('\n', rest).TrimEnd('\n'), taken.ToString());
    }
}
