namespace CourseKit.Cli;

/// <summary>All pages of a book, so that each can lead to the others.</summary>
/// <param name="Pages">Notebooks and texts, in the book's order, all editions.</param>
/// <param name="Generated">Pages that the book makes of data: address and title, all editions.</param>
/// <param name="HasSlides">Whether every notebook has full-screen pages too.</param>
internal sealed record BookSite(IReadOnlyList<BookPage> Pages, IReadOnlyList<(Edition Edition, string Address, string Title)> Generated, bool HasSlides)
{
    /// <summary>The editions that have notebooks.</summary>
    public IReadOnlyList<Edition> Editions { get; } = [.. Edition.All.Where(edition => Pages.Any(page => page.Edition == edition))];

    /// <summary>An edition's notebooks, in order.</summary>
    public IReadOnlyList<BookPage> Notebooks(Edition edition) => [.. Pages.Where(page => page.Edition == edition && page.IsNotebook)];

    /// <summary>The pages of an edition that are no notebooks: texts first, then what is made of data.</summary>
    public IEnumerable<(string Address, string Title)> More(Edition edition) =>
        Pages.Where(page => page.Edition == edition && !page.IsNotebook).Select(page => (page.Address, page.Title))
            .Concat(Generated.Where(page => page.Edition == edition).Select(page => (page.Address, page.Title)));

    /// <summary>The same page in another edition; that edition's contents where it has no such page, null where there is no such edition.</summary>
    /// <param name="edition">The page's edition.</param>
    /// <param name="address">The page's address.</param>
    /// <param name="other">The other edition.</param>
    public string? In(Edition edition, string address, Edition other)
    {
        if (!Editions.Contains(other))
            return null;
        var there = other.Folder + address[edition.Folder.Length..];
        var name = there[other.Folder.Length..];
        return name is "index.html" or "search.html" || More(other).Any(page => page.Address == there) || Pages.Any(page => page.Address == there) || IsSlides(name, other) ? there : other.Folder + "index.html";
    }

    /// <summary>The full-screen page of a notebook's page.</summary>
    public static string Slides(string address) => address[..^".html".Length] + ".lecture.html";

    private bool IsSlides(string name, Edition edition) =>
        HasSlides && name.EndsWith(".lecture.html", StringComparison.Ordinal) && Notebooks(edition).Any(page => Slides(page.Address) == edition.Folder + name);
}
