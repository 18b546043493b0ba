using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace CourseKit.Cli;

/// <summary>Two submissions that look alike.</summary>
/// <param name="First">A student.</param>
/// <param name="Second">Another one.</param>
/// <param name="Share">The share of the smaller one's pieces that the other has too, of those that few have.</param>
/// <param name="Pieces">How many such pieces they share.</param>
public sealed record AlikePair(string First, string Second, double Share, int Pieces);

/// <summary>
/// Finds submissions that look alike, whatever their names and comments: sequences of tokens, with names left out, are hashed and thinned by
/// winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003, as in MOSS). Pieces that many share, such as the given code, do not count.
/// </summary>
internal static class Similarity
{
    private const int Length = 8, Window = 4, Longest = 200_000;

    /// <summary>Comments, texts, characters, names, numbers, and anything else by itself.</summary>
    /// <remarks>
    /// Flat, because it runs in the grader's own process: the compiler's lexer recurses into the holes of texts and the conditions of <c>#if</c>,
    /// and a stack overflow cannot be caught. No choice reads far ahead in vain, so that no text takes more than linear time. The generator of
    /// regular expressions does not know <see cref="RegexOptions.NonBacktracking"/>.
    /// </remarks>
    private static readonly Regex Token = new(
        """//[^\n]*|/\*[\s\S]*?(?:\*/|\z)|[$@]{0,4}"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|@?[\p{L}_][\p{L}\p{N}_]*|\d[\w.]*|\S""",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>The hashes of a text's pieces, of no more than its first 200,000 characters.</summary>
    public static IReadOnlyList<uint> Pieces(string code)
    {
        var tokens = Token.Matches(code.Length > Longest ? code[..Longest] : code).Select(match => match.Value)
            .Where(text => !text.StartsWith("//", StringComparison.Ordinal) && !text.StartsWith("/*", StringComparison.Ordinal)).Select(Folded).ToArray();
        var hashes = Enumerable.Range(0, Math.Max(0, tokens.Length - Length + 1)).Select(i => Hash(tokens.AsSpan(i, Length))).ToArray();
        var kept = new SortedSet<uint>();
        for (var i = 0; i + Window <= hashes.Length; i++)
            kept.Add(hashes.AsSpan(i, Window).ToArray().Min());
        return [.. kept];
    }

    /// <summary>The pairs that share at least half of what is their own, the most alike first.</summary>
    public static IReadOnlyList<AlikePair> Pairs(IReadOnlyList<Grade> grades)
    {
        var holders = grades.SelectMany(grade => grade.Pieces).GroupBy(piece => piece).ToDictionary(group => group.Key, group => group.Count());
        var common = Math.Max(3, grades.Count / 10);
        var own = grades.Select(grade => grade.Pieces.Where(piece => holders[piece] <= common).ToHashSet()).ToArray();
        var pairs = new List<AlikePair>();
        for (var i = 0; i < grades.Count; i++)
            for (var j = i + 1; j < grades.Count; j++)
            {
                var (few, many) = own[i].Count < own[j].Count ? (own[i], own[j]) : (own[j], own[i]);
                if (few.Count < 5)
                    continue;
                var shared = few.Count(many.Contains);
                if (shared >= 0.5 * few.Count)
                    pairs.Add(new AlikePair(grades[i].Student, grades[j].Student, (double)shared / few.Count, shared));
            }

        return [.. pairs.OrderByDescending(pair => pair.Share).ThenByDescending(pair => pair.Pieces).ThenBy(pair => pair.First, StringComparer.Ordinal)];
    }

    private static string Folded(string text) =>
        (char.IsLetter(text[0]) || text[0] is '_' || (text is ['@', var second, ..] && second != '"')) && SyntaxFacts.GetKeywordKind(text) == SyntaxKind.None ? "a" : text;

    private static uint Hash(ReadOnlySpan<string> tokens)
    {
        var hash = 2166136261u; // FNV-1a
        foreach (var token in tokens)
            foreach (var b in Encoding.UTF8.GetBytes(token + "\n"))
                hash = (hash ^ b) * 16777619u;
        return hash;
    }
}
