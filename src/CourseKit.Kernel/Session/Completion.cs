namespace CourseKit.Kernel;

internal sealed partial class CSharpSession
{
    /// <inheritdoc/>
    public Completions Complete(string code, int position) => new(position, position, []);

    /// <inheritdoc/>
    public string? Inspect(string code, int position) => null;
}
