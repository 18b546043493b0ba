namespace CourseKit.Interactive;

/// <summary>
/// Tells the formatter of a notebook host, which looks for an attribute of this NAME, who writes objects of the type. So the kit works in
/// hosts whose assemblies it does not reference.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; set; } = [];
}
