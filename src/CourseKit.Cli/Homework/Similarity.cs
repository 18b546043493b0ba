using System.Text;
using Microsoft.CodeAnalysis;
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
    private const int Length = 8, Window = 4;

    /// <summary>The hashes of a text's pieces.</summary>
    public static IReadOnlyList<uint> Pieces(string code)
    {
        var tokens = SyntaxFactory.ParseTokens(code, options: new CSharpParseOptions(LanguageVersion.CSharp14, kind: SourceCodeKind.Script))
            .Where(token => !token.IsKind(SyntaxKind.EndOfFileToken)).Select(token => token.IsKind(SyntaxKind.IdentifierToken) ? "a" : token.Text).ToArray();
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

    private static uint Hash(ReadOnlySpan<string> tokens)
    {
        var hash = 2166136261u; // FNV-1a
        foreach (var token in tokens)
            foreach (var b in Encoding.UTF8.GetBytes(token + "\n"))
                hash = (hash ^ b) * 16777619u;
        return hash;
    }
}
