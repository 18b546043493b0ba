using System.Globalization;
using System.Runtime.Loader;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.Formatting;

namespace CourseKit.Interactive.Tests;

public class FigureHtmlTests
{
    private const string LibraryMark = "<script data-coursekit=\"plotly.js\">";

    [Fact]
    public void The_first_figure_brings_plotly_along_later_ones_do_not_and_one_that_is_asked_to_does()
    {
        FigureHtml.ForgetLibrary();
        var html = Enumerable.Range(0, 3).Select(i => FigureHtml.Write(Plot.Line([0, 1], [0, i]))).ToArray();

        Assert.Single(Regex.Matches(html[0], LibraryMark));
        Assert.DoesNotContain(LibraryMark, html[1]);
        Assert.DoesNotContain(LibraryMark, html[2]);
        Assert.Contains(LibraryMark, FigureHtml.Write(new Figure { StandsAlone = true }));
        Assert.True(html[1].Length < 4000);
    }

    [Fact]
    public void A_figure_is_a_place_its_data_and_a_script_and_fetches_nothing()
    {
        FigureHtml.ForgetLibrary();
        FigureHtml.Write(new Figure());
        var html = FigureHtml.Write(Plot.Line([0, 1], [0, 1]).WithSize(321, 654).WithTitle("a < b & \"c\""));

        var id = Regex.Match(html, "^<div class=\"coursekit-figure\" id=\"(ck-[0-9a-f]{12})\"").Groups[1].Value;
        Assert.NotEmpty(id);
        Assert.Contains("height:321px", html);
        Assert.Contains("max-width:654px;min-width:min(654px,var(--coursekit-figure-least,0px))", html); // a page for narrow screens may set the least
        Assert.Contains("(pointer: coarse)", html); // where a finger is to move the page
        Assert.Contains("a &lt; b &amp; &quot;c&quot;", html);
        var json = Regex.Match(html, $"<script type=\"application/json\" id=\"{id}-data\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
        using var data = JsonDocument.Parse(json);
        Assert.Equal("a < b & \"c\"", data.RootElement.GetProperty("layout").GetProperty("title").GetProperty("text").GetString());
        Assert.DoesNotContain("src=", html);
        Assert.DoesNotContain("http", html);
        Assert.DoesNotContain("require", html);
    }

    [Fact]
    public void A_figure_whose_texts_would_meet_has_a_least_width_of_its_own()
    {
        const string Own = "min-width:min(760px,var(--coursekit-wide-figure-least,0px))";
        Figure One() => Plot.Line([0, 1], [0, 1]);
        Assert.DoesNotContain(Own, FigureHtml.Write(One()));
        Assert.DoesNotContain(Own, FigureHtml.Write(One().AddText(0, 0, "a").AddText(1, 1, "b")));
        Assert.Contains(Own, FigureHtml.Write(One().AddText(0, 0, "a").AddText(1, 1, "b").AddText(0, 1, "c")));
        Assert.Contains(Own, FigureHtml.Write(One().Add(new FigureFrame("1")).Add(new FigureFrame("2"))));
        Assert.Contains("--coursekit-wide-figure-least", FigureHtml.Write(Figure.SideBySide(One(), One())));
    }

    [Fact]
    public void Text_of_the_figure_cannot_end_its_script()
    {
        FigureHtml.ForgetLibrary();
        FigureHtml.Write(new Figure());
        var html = FigureHtml.Write(new Figure().AddText(0, 0, "</script><!-- <b>x</b>"));

        Assert.Equal(2, Regex.Matches(html, "</script>").Count);
        Assert.DoesNotContain("<!--", html);
    }

    [Fact]
    public void Plotly_is_wrapped_so_that_RequireJS_does_not_see_it()
    {
        var html = FigureHtml.Write(new Figure { StandsAlone = true });

        var library = html[(html.IndexOf(LibraryMark, StringComparison.Ordinal) + LibraryMark.Length)..];
        Assert.StartsWith("(function(){if(window.Plotly&&window.Plotly.newPlot)return;var define,exports,module,require;", library);
    }

    [Fact]
    public void The_same_notebook_gives_the_same_html_under_every_locale()
    {
        string[] pages = [.. ((string[])["", "de-DE", "tr-TR"]).Select(Page)];

        Assert.Equal(pages[0], pages[1]);
        Assert.Equal(pages[0], pages[2]);

        static string Page(string culture)
        {
            var before = CultureInfo.CurrentCulture;
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            try
            {
                FigureHtml.ForgetLibrary();
                return FigureHtml.Write(new Figure()) + FigureHtml.Write(Plot.Line([0.5, 1.25], [0.125, 1e-7]).AddText(0.25, 0.75, "\u0130i"));
            }
            finally
            {
                CultureInfo.CurrentCulture = before;
            }
        }
    }

    [Fact]
    public void A_host_finds_the_formatters_by_name_and_gives_both_types()
    {
        var figure = Plot.Line([0, 1], [0, 1], "a line").WithTitle("Title");

        Assert.Equal(["text/html", "text/plain"], Formatter.GetPreferredMimeTypesFor(typeof(Figure)));
        Assert.StartsWith("<div class=\"coursekit-figure\"", figure.ToDisplayString("text/html"));
        Assert.Equal(figure.ToString(), figure.ToDisplayString("text/plain"));
        Assert.Contains("a line (line of 2 points)", figure.ToString());
    }

    [Fact]
    public void Plotly_NET_and_FSharp_stay_out_of_the_default_load_context()
    {
        FigureHtml.Write(new Figure());

        string[] kept = ["Plotly.NET", "FSharp.Core", "Giraffe.ViewEngine", "DynamicObj", "Newtonsoft.Json", "CourseKit.Plotly"];
        Assert.Empty(AssemblyLoadContext.Default.Assemblies.Select(assembly => assembly.GetName().Name).Intersect(["Plotly.NET", "Giraffe.ViewEngine", "DynamicObj", "CourseKit.Plotly"]));
        var own = Assert.Single(AssemblyLoadContext.All, context => context.Name == "CourseKit.Plotly");
        var inside = own.Assemblies.Select(assembly => assembly.GetName().Name).ToArray();
        Assert.Subset(inside.ToHashSet(), new HashSet<string?> { "Plotly.NET", "FSharp.Core", "CourseKit.Plotly" });
        Assert.DoesNotContain("CourseKit.Interactive", inside);
        Assert.DoesNotContain("CourseKit", inside);
        Assert.NotEmpty(kept.Intersect(inside));
    }

    [Fact]
    public void A_missing_plotly_folder_is_an_error_that_says_what_to_do()
    {
        var empty = Directory.CreateTempSubdirectory("coursekit-");
        try
        {
            var error = Assert.Throws<FileNotFoundException>(() => FigureRenderer.FindFolder(Path.Combine(empty.FullName, "CourseKit.Interactive.dll")));

            Assert.Contains(Path.Combine(empty.FullName, "plotly"), error.Message);
            Assert.Contains("dotnet build", error.Message);
        }
        finally
        {
            empty.Delete(recursive: true);
        }
    }
}
