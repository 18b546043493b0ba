using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CourseKit.Cli;

/// <summary>A cell's outputs as HTML, in their order; what nbformat allows: streams, results, displays, errors.</summary>
/// <param name="plotly">Where plotly.js goes that a figure carries with it.</param>
/// <param name="markdown">Renders Markdown and formulas among the outputs.</param>
internal sealed partial class OutputRenderer(PlotlyScript plotly, MarkdownRenderer markdown)
{
    /// <summary>How many figures were met.</summary>
    public int Figures { get; private set; }

    /// <summary>Renders all outputs of one cell; empty text where there are none.</summary>
    /// <exception cref="BookException">An output would need the network.</exception>
    public string Render(JsonArray outputs, CellPlace place) =>
        string.Concat(outputs.OfType<JsonObject>().Select(output => Render(output, place)).Where(html => html.Length > 0).Select(html => html + "\n"));

    private string Render(JsonObject output, CellPlace place) => (string?)output["output_type"] switch
    {
        "stream" => Stream(output),
        "error" => Error(output),
        "execute_result" or "display_data" => output["data"] is JsonObject data ? Data(data, place) : "",
        _ => "",
    };

    private static string Stream(JsonObject output)
    {
        var text = Text(output["text"]);
        var name = (string?)output["name"] == "stderr" ? "stderr" : "stdout";
        return text.Trim().Length == 0 ? "" : $"<pre class=\"output {name}\" tabindex=\"0\">{WebUtility.HtmlEncode(Ansi().Replace(text, "").TrimEnd())}</pre>";
    }

    private static string Error(JsonObject output)
    {
        var head = $"{(string?)output["ename"]}: {(string?)output["evalue"]}";
        var trace = output["traceback"] is JsonArray lines ? string.Join('\n', lines.Select(l => (string?)l)) : "";
        trace = Ansi().Replace(trace, "").TrimEnd();
        // Most kernels repeat name and message in the traceback.
        var text = trace.Length == 0 ? head : trace.Contains((string?)output["evalue"] ?? "\0", StringComparison.Ordinal) ? trace : $"{head}\n{trace}";
        return $"<pre class=\"output error\" tabindex=\"0\">{WebUtility.HtmlEncode(text)}</pre>";
    }

    private string Data(JsonObject data, CellPlace place)
    {
        if (data.ContainsKey("text/html"))
            return Html(Text(data["text/html"]), place);
        if (data.ContainsKey("image/svg+xml"))
        {
            var svg = Text(data["image/svg+xml"]);
            SelfContained.Check(svg, place);
            Figures++;
            return $"<div class=\"output picture\">{svg[Math.Max(0, svg.IndexOf("<svg", StringComparison.Ordinal))..]}</div>";
        }
        foreach (var type in (string[])["image/png", "image/jpeg", "image/gif"])
            if (data.ContainsKey(type))
            {
                Figures++;
                return $"<div class=\"output picture\"><img alt=\"{WebUtility.HtmlEncode(Text(data["text/plain"]).Trim())}\" src=\"data:{type};base64,{WhiteSpace().Replace(Text(data[type]), "")}\"></div>";
            }
        if (data.ContainsKey("text/markdown"))
            return $"<div class=\"output prose\">{markdown.Render(Text(data["text/markdown"]), place)}</div>";
        if (data.ContainsKey("text/latex"))
            return $"<div class=\"output prose\">{markdown.Render(Text(data["text/latex"]), place)}</div>";
        var plain = Text(data["text/plain"]);
        return plain.Length == 0 ? "" : $"<pre class=\"output plain\" tabindex=\"0\">{WebUtility.HtmlEncode(Ansi().Replace(plain, "").TrimEnd())}</pre>";
    }

    private string Html(string html, CellPlace place)
    {
        html = plotly.TakeFrom(html);
        if (html.Trim().Length == 0)
            return "";
        SelfContained.Check(html, place);
        var figures = Figure().Count(html);
        Figures += figures;
        return figures > 0 ? $"<div class=\"output figure\" tabindex=\"0\">{html}</div>" : $"<div class=\"output html\" tabindex=\"0\">{html}</div>";
    }

    /// <summary>nbformat writes a text as one string or as a list of lines.</summary>
    private static string Text(JsonNode? node) => node switch
    {
        JsonArray lines => string.Concat(lines.Select(l => (string?)l)),
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        null => "",
        _ => node.ToJsonString(),
    };

    [GeneratedRegex(@"\x1B\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Ansi();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex("""<div\b[^>]*class\s*=\s*["'][^"']*\bcoursekit-figure\b""")]
    private static partial Regex Figure();
}
