namespace CourseKit.Interactive;

/// <summary>What a notebook host makes in order to write figures; it is found by the names of its members (no interface is shared).</summary>
internal sealed class FigureFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() =>
        [new FormatterByName("text/html", value => FigureHtml.Write((Figure)value)), new FormatterByName("text/plain", value => value.ToString()!)];
}

/// <summary>Writes a value as one MIME type; the host calls it by the names of its members.</summary>
internal sealed class FormatterByName(string mimeType, Func<object, string> write)
{
    public string MimeType { get; } = mimeType;

    public bool Format(object value, TextWriter writer)
    {
        writer.Write(write(value));
        return true;
    }
}
