using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CourseKit.Interactive;

/// <summary>
/// Writes a figure as HTML that draws itself in any host: a place, the data, and a small script that waits until plotly.js is on the page.
/// </summary>
/// <remarks>
/// The first figure of a process brings plotly.js along, in one element that is marked <c>data-coursekit="plotly.js"</c>. Hosts run scripts
/// at different times (before the place is on the page, in another order, more than once), so the script looks for both until they are there.
/// </remarks>
internal static class FigureHtml
{
    private static readonly Lock Gate = new();
    private static bool libraryWritten;
    private static int written;

    public static string Write(Figure figure)
    {
        var renderer = FigureRenderer.Current;
        var json = ForScript(renderer.ToJson(figure));
        bool withLibrary;
        string id;
        lock (Gate)
        {
            withLibrary = figure.StandsAlone || !libraryWritten;
            libraryWritten = true;
            id = Id(json, written++);
        }

        // A page for narrow screens may say below which width a figure is not to shrink, but to scroll.
        var least = IsWide(figure) ? "var(--coursekit-wide-figure-least,0px)" : "var(--coursekit-figure-least,0px)";
        var width = figure.Width is { } pixels ? string.Create(CultureInfo.InvariantCulture, $"max-width:{pixels}px;min-width:min({pixels}px,{least});") : $"min-width:{least};";
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"coursekit-figure\" id=\"{id}\" role=\"img\" aria-label=\"{Attribute(figure.Title ?? "Figure")}\" ");
        html.Append(CultureInfo.InvariantCulture, $"style=\"width:100%;{width}height:{figure.TotalHeight}px;background:#fff\"></div>\n");
        if (withLibrary)
            html.Append("<script data-coursekit=\"plotly.js\">").Append(Library(renderer.PlotlyJavaScript)).Append("</script>\n");
        html.Append(CultureInfo.InvariantCulture, $"<script type=\"application/json\" id=\"{id}-data\">{json}</script>\n");
        html.Append("<script>").Append(DrawScript.Replace("ID", id, StringComparison.Ordinal)).Append("</script>");
        return html.ToString();
    }

    /// <summary>Lets the next figure bring plotly.js again; for tests.</summary>
    internal static void ForgetLibrary()
    {
        lock (Gate)
            (libraryWritten, written) = (false, 0);
    }

    /// <summary>Whether texts stand beside one another that keep their size while the figure shrinks: those of several panels, of a slider, of marks.</summary>
    private static bool IsWide(Figure figure) =>
        figure.Columns > 1 || figure.Frames.Count > 1 || figure.Panels.Any(panel => panel.Marks.OfType<TextMark>().Skip(2).Any());

    /// <summary>
    /// plotly.js inside a function where AMD's and CommonJS's names mean nothing: on a page with RequireJS (classic Notebook, nbconvert) it
    /// would register as a module and never become <c>window.Plotly</c>.
    /// </summary>
    private static string Library(string plotly) =>
        "(function(){if(window.Plotly&&window.Plotly.newPlot)return;var define,exports,module,require;\n" + plotly + "\n}).call(window);";

    /// <summary>No tag can begin inside: JSON allows any character as \u.</summary>
    private static string ForScript(string json) => json.Replace("<", "\\u003c", StringComparison.Ordinal).Replace("\u2028", "\\u2028").Replace("\u2029", "\\u2029");

    private static string Attribute(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    /// <summary>The same notebook run again gives the same ids, and two figures that share a page never share one by chance.</summary>
    private static string Id(string json, int number)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture) + json));
        return "ck-" + Convert.ToHexStringLower(hash.AsSpan(0, 6));
    }

    // Plain ES5. All elements with the id are drawn, for a host may show one output twice. A finger on a chart moves the page; it would
    // zoom the chart otherwise, and a reader could not get past it. Nothing being zoomed, the buttons over the title are of no use either.
    private const string DrawScript = """
        (function(){var id="ID",n=0;
        function draw(e,s){if(e.getAttribute("data-drawn"))return;e.setAttribute("data-drawn","1");e.textContent="";
        var f=JSON.parse(s.textContent),k;
        if(window.matchMedia&&window.matchMedia("(pointer: coarse)").matches){f.layout.dragmode=false;f.config.displayModeBar=false;for(k in f.layout)if(/^scene/.test(k))f.layout[k].dragmode="turntable";}
        window.Plotly.newPlot(e,f.data,f.layout,f.config).then(function(){if(f.frames)return window.Plotly.addFrames(e,f.frames);})
        .catch(function(x){e.textContent="This figure could not be drawn: "+x;});}
        function look(){var s=document.getElementById(id+"-data"),all=document.querySelectorAll('[id="'+id+'"]'),i;
        if(s&&all.length&&window.Plotly&&window.Plotly.newPlot){for(i=0;i<all.length;i++)draw(all[i],s);return;}
        if(++n===150)for(i=0;i<all.length;i++)all[i].textContent="This figure waits for plotly.js, which came with the first figure of the notebook. Restart the kernel and run all cells; to show this cell alone, set StandsAlone = true on its figure.";
        setTimeout(look,n<150?100:1000);}
        look();})();
        """;
}
