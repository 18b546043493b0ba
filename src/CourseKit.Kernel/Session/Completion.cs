namespace CourseKit.Kernel;

internal sealed partial class CSharpSession
{
    private readonly Lock drafting = new();
    private Draft? draft;

    /// <inheritdoc/>
    public Completions Complete(string code, int position)
    {
        position = Math.Clamp(position, 0, code.Length);
        if (Magics.Complete(code, position) is { } magics)
            return magics;
        lock (drafting)
            return (draft ??= new Draft(Compiler.Options)).Complete(Directives.Blank(Magics.Blank(code)), position, Compiler.Previous, Compiler.PossibleReferences);
    }

    /// <inheritdoc/>
    public string? Inspect(string code, int position)
    {
        position = Math.Clamp(position, 0, code.Length);
        lock (drafting)
            return (draft ??= new Draft(Compiler.Options)).Inspect(Directives.Blank(Magics.Blank(code)), position, Compiler.Previous, Compiler.PossibleReferences);
    }
}
