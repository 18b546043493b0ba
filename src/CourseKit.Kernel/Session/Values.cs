using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;

namespace CourseKit.Kernel;

/// <summary>Turns a value into what a front end can show: MIME types with their texts.</summary>
internal static class Values
{
    private const string Html = "text/html", Plain = "text/plain";

    /// <summary>Formats a value in the forms asked for, or else in those its type prefers; always as plain text too.</summary>
    /// <remarks>A formatter that throws must not lose the cell's value: its error is shown in the value's place.</remarks>
    public static JsonObject Format(object? value, IReadOnlyCollection<string>? mimeTypes = null)
    {
        var data = new JsonObject();
        if (value is null)
        {
            data[Plain] = Formatter.NullString;
            return data;
        }

        try
        {
            if (mimeTypes is not { Count: > 0 } && GenericChartHtml(value) is { } chart)
            {
                data[Html] = chart;
                data[Plain] = value.GetType().FullName;
                return data;
            }

            if (mimeTypes is not { Count: > 0 } && IsSimple(value.GetType()))
                mimeTypes = [Plain]; // a number needs no markup
            // What is too deep must show in a writer of ours: HTML's trees write summaries into one of their own. Therefore plain text first.
            if (value is System.Collections.IEnumerable and not string)
                Written(value, PlainTextSummaryFormatter.MimeType);
            var wanted = mimeTypes is { Count: > 0 } ? mimeTypes : [.. Formatter.GetPreferredMimeTypesFor(value.GetType()), Plain];
            foreach (var mimeType in wanted.Distinct().OrderBy(mimeType => mimeType != Plain))
                data[mimeType] = Written(value, mimeType);
        }
        catch (Exception error)
        {
            while (error is TargetInvocationException { InnerException: { } inner })
                error = inner;
            data[Plain] ??= $"{OwnText(value)} (showing it failed: {error.GetType().Name}: {error.Message})";
        }

        return data;
    }

    private static string Written(object value, string mimeType)
    {
        using var writer = new ShallowWriter();
        using (var context = new FormatContext(writer))
            Formatter.FormatTo(value, context, mimeType);
        return writer.ToString();
    }

    /// <summary>What a value says of itself; its type where it says nothing, or fails in that, too.</summary>
    private static string OwnText(object value)
    {
        try
        {
            return value.ToString() ?? value.GetType().ToString();
        }
        catch (Exception)
        {
            return value.GetType().ToString();
        }
    }

    private static bool IsSimple(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type == typeof(DateTime) || type == typeof(TimeSpan);

    /// <summary>
    /// A chart that a cell drew with Plotly.NET by itself, found by its type's name: the kernel has no reference to that library. Its page
    /// is framed, because Plotly.NET's own script asks for plotly.js in a way that other scripts on the page can break.
    /// </summary>
    private static string? GenericChartHtml(object value)
    {
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            if (type.FullName != "Plotly.NET.GenericChart")
                continue;
            var method = type.GetMethod("toEmbeddedHTML", BindingFlags.Public | BindingFlags.Static)
                ?? type.Assembly.GetType("Plotly.NET.GenericChartModule")?.GetMethod("toEmbeddedHTML", BindingFlags.Public | BindingFlags.Static)
                ?? throw new MissingMethodException(type.FullName, "toEmbeddedHTML");
            var page = WithEmbeddedPlotly((string)method.Invoke(null, [value])!, type.Assembly);
            return $"""<iframe style="width:100%;height:520px;border:0" srcdoc="{System.Net.WebUtility.HtmlEncode(page)}"></iframe>""";
        }

        return null;
    }

    /// <summary>The page with the plotly.js that lies in Plotly.NET's assembly in place of the one it would fetch from the network.</summary>
    private static string WithEmbeddedPlotly(string page, Assembly plotly)
    {
        var resource = Array.Find(plotly.GetManifestResourceNames(), name => name.Contains("plotly-", StringComparison.Ordinal) && name.EndsWith(".js", StringComparison.Ordinal));
        if (resource is null)
            return page;
        using var reader = new StreamReader(plotly.GetManifestResourceStream(resource)!);
        var script = $"<script>{reader.ReadToEnd()}</script>";
        var replaced = System.Text.RegularExpressions.Regex.Replace(
            page, """<script src="https://cdn\.plot\.ly/plotly[^"]*"[^>]*></script>""", _ => script);
        return replaced == page ? page.Replace("<head>", "<head>" + script, StringComparison.Ordinal) : replaced;
    }
}
