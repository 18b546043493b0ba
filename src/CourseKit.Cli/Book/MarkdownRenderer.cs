using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CourseKit.Cli;

/// <summary>One page's Markdown cells as HTML: formulas as MathML, headings with anchors, links and pictures that work from the book's folder.</summary>
/// <param name="links">Where a notebook's links and pictures lead from the book.</param>
/// <param name="course">The links that the book makes by itself; null in a book of one's own notebooks.</param>
internal sealed partial class MarkdownRenderer(BookLinks links, PageLinks? course = null)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseGridTables().UseEmphasisExtras().UseTaskLists().UseFootnotes().UseAutoLinks().UseDefinitionLists().Build();

    private readonly HashSet<string> _anchors = [];
    private readonly List<Heading> _headings = [];
    private readonly List<Section> _sections = [new("", "", new())];
    private int _cells;

    /// <summary>What stands under a heading, for the search.</summary>
    /// <param name="Anchor">The heading's place; empty before the first one.</param>
    /// <param name="Heading">The heading as plain text.</param>
    /// <param name="Text">The text below it.</param>
    public sealed record Section(string Anchor, string Heading, StringBuilder Text);

    /// <summary>The text of all cells rendered so far, heading by heading.</summary>
    public IReadOnlyList<Section> Sections => _sections;

    /// <summary>A heading of the page, in order.</summary>
    /// <param name="Level">1 to 6.</param>
    /// <param name="Anchor">The id in the page.</param>
    /// <param name="Html">Its text, formulas rendered, without links.</param>
    public sealed record Heading(int Level, string Anchor, string Html);

    /// <summary>The headings of all cells rendered so far.</summary>
    public IReadOnlyList<Heading> Headings => _headings;

    /// <summary>The text of the first paragraph that is prose, formulas and marks dropped; null before there was one.</summary>
    public string? FirstParagraph { get; private set; }

    /// <summary>The page's first heading as plain text; null before there was one.</summary>
    public string? Title { get; private set; }

    /// <summary>Renders one cell.</summary>
    /// <param name="markdown">Its source.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <exception cref="BookException">A formula does not convert, or a picture is missing or lies on the network.</exception>
    public string Render(string markdown, CellPlace place)
    {
        var (text, extracted) = FormulaExtractor.Extract(markdown);
        var formulas = extracted.Select(f => Convert(f, place)).ToArray();
        var document = Markdown.Parse(text, Pipeline);
        foreach (var link in document.Descendants<LinkInline>())
            link.Url = link.IsImage ? links.Picture(link.Url ?? "", place) : links.Link(link.Url ?? "", place);
        foreach (var block in document)
            if (block is not HeadingBlock)
                _sections[^1].Text.Append(Plain(ToHtml(block), extracted)).Append('\n');
            else
                Register((HeadingBlock)block, formulas);
        foreach (var heading in document.Descendants<HeadingBlock>().Where(heading => heading.Parent is not MarkdownDocument))
            Register(heading, formulas);
        FirstParagraph ??= document.OfType<ParagraphBlock>().Select(p => Plain(ToHtml(p), extracted)).FirstOrDefault(p => p.Length > 0);
        _cells++;
        // Footnotes are numbered cell by cell: their anchors carry the cell's number so that a page has each id once.
        var html = FootnoteAnchor().Replace(ToHtml(document), m => $"{m.Groups[1].Value}{_cells}-{m.Groups[2].Value}");
        // A long line of code scrolls in its box: by the keys, too.
        html = html.Replace("<pre><code", "<pre tabindex=\"0\"><code", StringComparison.Ordinal);
        html = html.Replace("<table>", "<div class=\"wide\" tabindex=\"0\"><table>", StringComparison.Ordinal).Replace("</table>", "</table></div>", StringComparison.Ordinal);
        SelfContained.Check(html, place);
        html = course?.Prose(html, "cell-" + place.CellId) ?? html;
        return FormulaExtractor.Restore(html, i => formulas[i]);
    }

    private void Register(HeadingBlock heading, string[] formulas)
    {
        var inner = Links().Replace(HeadingTags().Replace(ToHtml(heading), ""), "").Trim();
        var plain = WebUtility.HtmlDecode(Tags().Replace(FormulaExtractor.Restore(inner, _ => ""), "")).Trim();
        Title ??= plain;
        if (course is not null)
            (course.Title, course.Section) = (Title, plain);
        var stem = NotWord().Replace(plain.ToLowerInvariant(), "-").Trim('-');
        stem = stem.Length == 0 ? "section" : stem;
        var anchor = stem;
        for (var n = 2; !_anchors.Add(anchor); n++)
            anchor = $"{stem}-{n}";
        heading.GetAttributes().Id = anchor;
        _sections.Add(new Section(anchor, plain, new()));
        _headings.Add(new Heading(heading.Level, anchor, FormulaExtractor.Restore(inner, i => formulas[i])));
        if (heading.Level > 1)
            heading.Inline?.AppendChild(new HtmlInline($" <a class=\"anchor\" href=\"#{anchor}\" aria-label=\"link to this section\">#</a>"));
    }

    private static string Convert(FormulaExtractor.Extracted extracted, CellPlace place)
    {
        Formula formula;
        try
        {
            formula = Formula.FromTex(extracted.Tex, extracted.Display);
        }
        catch (TexException e)
        {
            throw place.Error($"formula ${extracted.Tex.Trim()}$, column {e.Column}: {e.Message}");
        }
        if (!extracted.Display)
            return formula.MathMl;
        // A span, because Markdown puts a formula inside a paragraph and a div would end it.
        return formula.Tag is { } tag
            ? $"<span class=\"formula\" id=\"eq-{WebUtility.HtmlEncode(tag)}\"><span class=\"scroll\" tabindex=\"0\">{formula.MathMl}</span><a class=\"number\" href=\"#eq-{WebUtility.HtmlEncode(tag)}\">({WebUtility.HtmlEncode(tag)})</a></span>"
            : $"<span class=\"formula\"><span class=\"scroll\" tabindex=\"0\">{formula.MathMl}</span></span>";
    }

    private static string ToHtml(MarkdownObject block)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.Render(block);
        return writer.ToString();
    }

    private static string Plain(string html, IReadOnlyList<FormulaExtractor.Extracted> formulas) =>
        Blank().Replace(WebUtility.HtmlDecode(Tags().Replace(FormulaExtractor.Restore(html, i => formulas[i].Display ? "" : formulas[i].Tex), "")), " ").Trim();

    [GeneratedRegex("</?h[1-6][^>]*>")]
    private static partial Regex HeadingTags();

    [GeneratedRegex("</?a[^>]*>")]
    private static partial Regex Links();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"[^\p{L}\p{Nd}]+")]
    private static partial Regex NotWord();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    [GeneratedRegex("((?:id=\"|href=\"#)fn(?:ref)?:)(\\d+)")]
    private static partial Regex FootnoteAnchor();
}
