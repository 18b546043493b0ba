namespace CourseKit.Cli;

/// <summary>Translates what a notebook points at into what its page points at.</summary>
/// <param name="notebookFolder">The folder that the notebook's relative addresses start from.</param>
/// <param name="bookFolder">The folder that the pages will stand in.</param>
/// <param name="pages">The page of every notebook of the book, by the notebook's full path.</param>
/// <param name="address">The page that the links stand on.</param>
/// <param name="course">Knows the pages of source files; null where the book has none.</param>
internal sealed class BookLinks(string notebookFolder, string bookFolder, IReadOnlyDictionary<string, string> pages, string address = "page.html", PageLinks? course = null)
{
    /// <summary>A link: a notebook of the book leads to its page, another file to that file as seen from the book.</summary>
    /// <exception cref="BookException">The link names a file that is not there.</exception>
    public string Link(string url, CellPlace place)
    {
        if (url.Length == 0 || url[0] == '#' || HasScheme(url))
            return url;
        var (path, fragment) = url.IndexOf('#') is var hash and >= 0 ? (url[..hash], url[hash..]) : (url, "");
        var target = Path.GetFullPath(Path.Combine(notebookFolder, Uri.UnescapeDataString(path)));
        if (pages.TryGetValue(target, out var page))
            return PageAddress.Href(address, page) + fragment;
        if (!Path.Exists(target))
            throw place.Error($"the link {url} leads to {target}, which is not there");
        if (course?.SourceFile(target, "cell-" + place.CellId) is { } source)
            return source + fragment;
        return Address(Path.GetRelativePath(Path.GetDirectoryName(Path.Combine(bookFolder, address))!, target)) + fragment;
    }

    /// <summary>A picture, as a data URI: the page needs no other file.</summary>
    /// <exception cref="BookException">The picture is missing or would come from the network.</exception>
    public string Picture(string url, CellPlace place)
    {
        if (url.StartsWith("data:", StringComparison.Ordinal))
            return url;
        if (url.StartsWith("attachment:", StringComparison.Ordinal))
            throw place.Error($"the picture {url} is pasted into the cell: save it as a file beside the notebook");
        if (HasScheme(url) || url.StartsWith("//", StringComparison.Ordinal))
            throw place.Error($"the picture {url} would need the network: put it beside the notebook");
        var file = Path.Combine(notebookFolder, Uri.UnescapeDataString(url));
        if (!File.Exists(file))
            throw place.Error($"the picture {url} is not there");
        var type = Path.GetExtension(file).ToLowerInvariant() switch
        {
            ".png" => "image/png",
            ".jpg" or ".jpeg" => "image/jpeg",
            ".gif" => "image/gif",
            ".svg" => "image/svg+xml",
            ".webp" => "image/webp",
            var other => throw place.Error($"the picture {url} is of a kind ({other}) that a page cannot show"),
        };
        return $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(file))}";
    }

    private static bool HasScheme(string url)
    {
        var colon = url.IndexOf(':');
        return colon > 1 && url[..colon].All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.');
    }

    private static string Address(string path) =>
        string.Join('/', path.Split(Path.DirectorySeparatorChar).Select(part => part is ".." or "." ? part : Uri.EscapeDataString(part)));
}
