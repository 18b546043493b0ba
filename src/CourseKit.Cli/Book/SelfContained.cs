using System.Text.RegularExpressions;

namespace CourseKit.Cli;

/// <summary>Holds the book to its word that no page needs a network.</summary>
internal static partial class SelfContained
{
    /// <summary>Looks for scripts, styles, pictures, fonts and frames that would be fetched from elsewhere; links that a reader clicks are free.</summary>
    /// <exception cref="BookException">There is one; the message shows it.</exception>
    public static void Check(string html, CellPlace place)
    {
        // What a script or a JSON block says is not markup.
        var markup = ScriptBody().Replace(html, "$1");
        if (Loaded().Match(markup) is { Success: true } loaded)
            throw place.Error($"this would need the network: {loaded.Value}");
    }

    [GeneratedRegex(@"(<script\b[^>]*>)[\s\S]*?</script>", RegexOptions.IgnoreCase)]
    private static partial Regex ScriptBody();

    [GeneratedRegex("""<(?:script|link|img|iframe|frame|source|video|audio|track|embed|object|image|use|input)\b[^>]*?\b(?:src|srcset|href|data|poster)\s*=\s*["']?\s*(?:https?:)?//[^\s"'>]*|@import\s+(?:url\()?["']?(?:https?:)?//[^\s"')]*|url\(\s*["']?(?:https?:)?//[^\s"')]*""", RegexOptions.IgnoreCase)]
    private static partial Regex Loaded();
}
