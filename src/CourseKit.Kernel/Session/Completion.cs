using Microsoft.CodeAnalysis;

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
            return (draft ??= new Draft(options)).Complete(Directives.Blank(Magics.Blank(code)), position, previous, References());
    }

    /// <inheritdoc/>
    public string? Inspect(string code, int position)
    {
        position = Math.Clamp(position, 0, code.Length);
        lock (drafting)
            return (draft ??= new Draft(options)).Inspect(Directives.Blank(Magics.Blank(code)), position, previous, References());
    }

    /// <summary>What the next cell can refer to: all of the framework, since nobody knows yet what it will need.</summary>
    private IEnumerable<MetadataReference> References() => references.Union(KernelAssemblies.All.Select(resolver.Reference));
}
