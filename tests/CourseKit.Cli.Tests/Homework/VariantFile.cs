using CourseKit.Testing;

namespace CourseKit.Cli.Tests.Homework;

/// <summary>Another way to solve a task, or a way to get it wrong.</summary>
/// <param name="Solution">The cell that it stands in the place of.</param>
/// <param name="Name">What it is, for a failing test.</param>
/// <param name="Code">The cell's text.</param>
/// <param name="Hint">What the student must be told, a part of it; null where the answer is right.</param>
internal sealed record Variant(string Solution, string Name, string Code, string? Hint);

/// <summary>
/// Reads the tables in the folder Variants: <c>%% solution</c> names a cell; <c>== style</c> is followed by another correct one;
/// <c>-- old ~~> new | hint</c> is the instructor's own with every <c>old</c> replaced, and <c>== wrong: hint</c> is followed by a wrong one.
/// </summary>
internal static class VariantFile
{
    public static IReadOnlyList<Variant> Read(string path, IReadOnlyDictionary<string, string> reference)
    {
        var variants = new List<Variant>();
        string solution = "", header = "";
        var code = new List<string>();
        foreach (var line in File.ReadLines(path).Append("%% end"))
        {
            if (!line.StartsWith("%% ", StringComparison.Ordinal) && !line.StartsWith("== ", StringComparison.Ordinal) && !line.StartsWith("-- ", StringComparison.Ordinal))
            {
                code.Add(line);
                continue;
            }

            if (header.Length > 0)
                variants.Add(new Variant(solution, $"{solution}, {header}: {code[0]}", string.Join('\n', code), header.StartsWith("wrong: ", StringComparison.Ordinal) ? header[7..] : null));
            header = "";
            code.Clear();
            if (line.StartsWith("%% ", StringComparison.Ordinal))
                solution = line[3..].Trim();
            else if (line.StartsWith("== ", StringComparison.Ordinal))
                header = line[3..].Trim();
            else
                variants.Add(Replaced(solution, line[3..], reference[solution]));
        }

        return variants;
    }

    /// <summary>The tables.</summary>
    public static string Path(string homework) => System.IO.Path.Combine(RepositoryPaths.Root, "tests", "CourseKit.Cli.Tests", "Homework", "Variants", homework + ".txt");

    private static Variant Replaced(string solution, string rule, string reference)
    {
        var bar = rule.LastIndexOf(" | ", StringComparison.Ordinal);
        var arrow = rule.IndexOf(" ~~> ", StringComparison.Ordinal);
        var (old, with, hint) = (rule[..arrow], rule[(arrow + 5)..bar], rule[(bar + 3)..]);
        if (!reference.Contains(old, StringComparison.Ordinal))
            throw new InvalidOperationException($"The solution of {solution} has no \"{old}\".");
        return new Variant(solution, $"{solution}: {old} ~~> {with}", reference.Replace(old, with.Trim(), StringComparison.Ordinal), hint.Trim());
    }
}
