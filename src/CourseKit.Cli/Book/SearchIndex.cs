using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace CourseKit.Cli;

/// <summary>What the search page looks in: a script that holds the text of every section, for pages opened from disk may load scripts and nothing else.</summary>
internal static class SearchIndex
{
    private static readonly JsonSerializerOptions Layout = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>A section of a page.</summary>
    /// <param name="Page">The page's address, as the search page sees it.</param>
    /// <param name="Title">The page's title.</param>
    /// <param name="Heading">The section's heading.</param>
    /// <param name="Anchor">The section's place on the page.</param>
    /// <param name="Text">Its text.</param>
    public sealed record Section(
        [property: JsonPropertyName("p")] string Page, [property: JsonPropertyName("t")] string Title, [property: JsonPropertyName("h")] string Heading,
        [property: JsonPropertyName("a")] string Anchor, [property: JsonPropertyName("x")] string Text);

    /// <summary>The script.</summary>
    public static string Script(IEnumerable<Section> sections) =>
        $"window.courseKitSections = {JsonSerializer.Serialize(sections, Layout)};\n";
}
