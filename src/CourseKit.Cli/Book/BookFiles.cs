using CourseKit.Kernel;

namespace CourseKit.Cli;

/// <summary>Makes all pages of one book.</summary>
/// <param name="results">The runs, in the book's order.</param>
/// <param name="folder">The book's folder.</param>
/// <param name="course">What the book of the course has beside the notebooks; null for a book of one's own notebooks.</param>
/// <param name="plotly">Takes plotly.js out of the outputs.</param>
/// <param name="slides">Whether to make full-screen pages too.</param>
internal sealed class BookFiles(IReadOnlyList<RunResult> results, string folder, CourseSources? course, PlotlyScript plotly, bool slides)
{
    private readonly Dictionary<string, string> _addresses = Addresses(results);

    /// <summary>The pages and the search's data: address and text.</summary>
    /// <exception cref="BookException">A cell cannot be shown, or the course lacks what its data promises.</exception>
    public IReadOnlyList<(string Address, string Text)> Make()
    {
        var notebooks = results.Select(Notebook).ToArray();
        Edition[] editions = [.. Edition.All.Where(edition => notebooks.Any(page => page.Edition == edition))];
        BookPage[] pages = [.. notebooks, .. editions.SelectMany(Texts)];
        var generated = new List<(Edition Edition, string Address, string Title, string Html)>();
        foreach (var edition in editions)
            generated.AddRange(Generated(edition, notebooks));
        var site = new BookSite(pages, [.. generated.Select(page => (page.Edition, page.Address, page.Title))], slides);
        var writer = new PageWriter(site);

        var files = new List<(string, string)>();
        files.AddRange(pages.Select(page => (page.Address, writer.Page(page))));
        files.AddRange(generated.Select(page => (page.Address, writer.Plain(page.Edition, page.Address, page.Title, page.Html))));
        if (slides)
            files.AddRange(notebooks.Select(page => (BookSite.Slides(page.Address), writer.Lecture(page))));
        foreach (var edition in editions)
        {
            files.Add((edition.Folder + "index.html", writer.Index(edition)));
            files.Add((edition.Folder + "search.html", writer.Search(edition)));
            files.Add(($"assets/search-{edition.Language}.js", SearchIndex.Script(Sections(edition, pages))));
        }
        // A book in Chinese alone still opens with its index.html.
        if (!editions.Contains(Edition.English))
            files.Add(("index.html", $"<!DOCTYPE html><meta charset=\"utf-8\"><title>CourseKit</title><meta http-equiv=\"refresh\" content=\"0; url={editions.FirstOrDefault(Edition.English).Folder}index.html\">\n"));
        if (course is not null)
            files.AddRange(course.Pages.Pages().Select(page => (page.Address, writer.Plain(Edition.English, page.Address, page.Title, page.Html))));
        return files;
    }

    private BookPage Notebook(RunResult result)
    {
        var path = Path.GetFullPath(result.NotebookPath);
        var edition = Edition.Of(path);
        var address = _addresses[path];
        var own = course is null ? null : new PageLinks(course, edition, address);
        return BookPage.Render(result, edition, address, Links(path, address, own), plotly, own, course?.Names(result.Executed!));
    }

    private IEnumerable<BookPage> Texts(Edition edition) => (course?.Texts(edition) ?? []).Select(file =>
    {
        var address = edition.Folder + Path.GetFileNameWithoutExtension(file) + ".html";
        var own = new PageLinks(course!, edition, address);
        return BookPage.RenderText(file, edition, address, Links(file, address, own), own);
    });

    private BookLinks Links(string file, string address, PageLinks? own) => new(Path.GetDirectoryName(Path.GetFullPath(file))!, folder, _addresses, address, own);

    private IEnumerable<(Edition, string, string, string)> Generated(Edition edition, IReadOnlyList<BookPage> notebooks)
    {
        // The English code is the course's; the Chinese edition has the same cells.
        var chapters = results.GroupBy(r => Path.GetFileNameWithoutExtension(r.NotebookPath)).ToDictionary(group => group.Key, group => group.First().Executed!);
        var pages = notebooks.Where(page => page.Edition == edition).ToDictionary(page => Path.GetFileNameWithoutExtension(page.Address));
        if (course?.Map is { } map)
        {
            var address = edition.Folder + "where.html";
            var items = map.Check(chapters, course.Library, course.Tests).Where(item => pages.ContainsKey(item.Chapter)).ToList();
            var links = new PageLinks(course, edition, address) { Title = edition.Say("Where the lecture's formula lives", "讲义的公式在哪里") };
            yield return (edition, address, links.Title, LectureMap.Page(items, edition, address, chapter => (pages[chapter].Title, pages[chapter].Address),
                (kind, name) => links.Source((kind == "type" ? course.Library : course.Tests).Find(name)!.Value, items.First(i => i.Types.Contains(name) || i.Tests.Contains(name)).Chapter)));
        }
        if (course?.Glossary is { } glossary)
        {
            var address = edition.Folder + "glossary.html";
            yield return (edition, address, edition.Say("Glossary", "术语表"), glossary.Page(edition, address, term => Explained(term, chapters, pages)));
        }
    }

    private static (string, string, string)? Explained(GlossaryTerm term, Dictionary<string, Notebook> chapters, Dictionary<string, BookPage> pages)
    {
        var (chapter, cell) = term.Where.Split('#') is [var name, var id] ? (name, id) : (term.Where, "");
        if (!pages.TryGetValue(chapter, out var page))
            return null;
        if (cell.Length > 0 && !chapters[chapter].Cells.Any(c => c.Id == cell))
            throw new BookException($"data/glossary.csv: {term.English}: {chapter} has no cell {cell}");
        return (page.Address, cell.Length > 0 ? "cell-" + cell : "content", page.Title);
    }

    private static IEnumerable<SearchIndex.Section> Sections(Edition edition, IEnumerable<BookPage> pages) => pages.Where(page => page.Edition == edition)
        .SelectMany(page => page.Sections.Where(section => section.Heading.Length > 0 || section.Text.Length > 0)
            .Select(section => new SearchIndex.Section(PageAddress.Href(edition.Folder + "search.html", page.Address), page.Title, section.Heading, section.Anchor, section.Text.ToString().Trim())));

    private static Dictionary<string, string> Addresses(IReadOnlyList<RunResult> results)
    {
        var addresses = new Dictionary<string, string>();
        foreach (var result in results)
        {
            var path = Path.GetFullPath(result.NotebookPath);
            var edition = Edition.Of(path);
            var stem = Path.GetFileNameWithoutExtension(path);
            // Two folders may hold notebooks of one name, and no page may take the book's own.
            if (addresses.ContainsValue($"{edition.Folder}{stem}.html") || stem is "index" or "search" or "glossary" or "where")
                stem = $"{Path.GetFileName(Path.GetDirectoryName(path))}-{stem}";
            if (addresses.ContainsValue($"{edition.Folder}{stem}.html") || !addresses.TryAdd(path, $"{edition.Folder}{stem}.html"))
                throw new BookException($"{path}: another notebook of the book has this name already");
        }
        return addresses;
    }
}
