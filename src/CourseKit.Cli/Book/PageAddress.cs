namespace CourseKit.Cli;

/// <summary>Addresses inside the book, all seen from its folder, with forward slashes.</summary>
internal static class PageAddress
{
    /// <summary>What a page writes to lead to another.</summary>
    /// <param name="from">The page that holds the link, such as <c>zh/01-history.html</c>.</param>
    /// <param name="to">The page or file that it leads to.</param>
    public static string Href(string from, string to)
    {
        var (here, there) = (from.Split('/')[..^1], to.Split('/'));
        var common = 0;
        while (common < here.Length && common < there.Length - 1 && here[common] == there[common])
            common++;
        return string.Concat(Enumerable.Repeat("../", here.Length - common)) + string.Join('/', there[common..].Select(Uri.EscapeDataString));
    }
}
