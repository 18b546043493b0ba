namespace CourseKit.Interactive;

/// <summary>A console: what changes is written below what was, and what stays the same is not written again.</summary>
internal sealed class ConsoleDisplay : ILiveDisplay
{
    private readonly TextWriter console;
    private string? written;

    public ConsoleDisplay(object value, TextWriter console)
    {
        this.console = console;
        Update(value);
    }

    /// <inheritdoc/>
    public void Update(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var text = FormattableString.Invariant($"{value}");
        if (text == written)
            return;
        written = text;
        console.WriteLine(text);
    }
}
