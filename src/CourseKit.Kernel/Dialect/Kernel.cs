using System.Text.Json.Nodes;

namespace CourseKit.Kernel.Dialect;

/// <summary>The functions that a cell can call without a <c>using</c>, named as on .NET Interactive.</summary>
public static class Kernel
{
    /// <summary>Shows a value in the running cell's output.</summary>
    /// <param name="value">Any value; null is shown as such.</param>
    /// <param name="mimeTypes">In which forms; the type's preferred ones where left out.</param>
    /// <returns>A handle by which what is shown can be changed.</returns>
    public static DisplayedValue display(object? value, params string[] mimeTypes)
    {
        Guard.Loop(); // a library that shows how far it is can be interrupted there
        var shown = new DisplayedValue(Guid.NewGuid().ToString("N"), mimeTypes);
        CellContext.Output.Display(Values.Format(value, mimeTypes), shown.DisplayId);
        return shown;
    }

    /// <summary>Shows a value in the running cell's output.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="mimeTypes">In which forms; the type's preferred ones where left out.</param>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) => display(value, mimeTypes);

    /// <summary>Shows a text as what it says it is: <c>"&lt;b&gt;x&lt;/b&gt;".DisplayAs("text/html")</c>.</summary>
    /// <param name="value">The text.</param>
    /// <param name="mimeType">What the text is.</param>
    public static DisplayedValue DisplayAs(this string value, string mimeType)
    {
        var shown = new DisplayedValue(Guid.NewGuid().ToString("N"), [mimeType]);
        CellContext.Output.Display(new JsonObject { [mimeType] = value }, shown.DisplayId);
        return shown;
    }

    /// <summary>A text that is HTML already and is shown as such.</summary>
    public static Microsoft.AspNetCore.Html.IHtmlContent HTML(string content) => new Microsoft.AspNetCore.Html.HtmlString(content);

    /// <summary>Takes away what the running cell has shown so far.</summary>
    /// <param name="wait">Not before the next output comes, so that nothing flickers.</param>
    public static void clear_output(bool wait = false) => CellContext.Output.Clear(wait);

    /// <summary>Asks the person for a line of text.</summary>
    /// <param name="prompt">The question.</param>
    /// <exception cref="InvalidOperationException">Nobody can be asked, as when notebooks run by themselves.</exception>
    public static string input(string prompt = "") => CellContext.Output.Ask(prompt, password: false);

    /// <summary>Asks the person for a text that is not shown while it is typed.</summary>
    /// <param name="prompt">The question.</param>
    /// <exception cref="InvalidOperationException">Nobody can be asked, as when notebooks run by themselves.</exception>
    public static string password(string prompt = "") => CellContext.Output.Ask(prompt, password: true);
}

/// <summary>Something that a cell has shown and can change.</summary>
public sealed class DisplayedValue
{
    private readonly string[] mimeTypes;

    internal DisplayedValue(string displayId, string[] mimeTypes)
    {
        DisplayId = displayId;
        this.mimeTypes = mimeTypes;
    }

    /// <summary>The id by which front ends know it.</summary>
    public string DisplayId { get; }

    /// <summary>Shows another value in its place.</summary>
    public void Update(object? value)
    {
        Guard.Loop();
        var data = mimeTypes is [var only] && value is string text ? new JsonObject { [only] = text } : Values.Format(value, mimeTypes);
        CellContext.Output.Update(data, DisplayId);
    }
}
