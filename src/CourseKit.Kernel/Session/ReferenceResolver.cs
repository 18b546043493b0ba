using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace CourseKit.Kernel;

/// <summary>Finds what a cell's <c>#r</c> names: a file relative to the notebook's folder, or an assembly of the framework.</summary>
/// <param name="folder">The notebook's folder.</param>
/// <param name="context">Is told what was found, so that it can be loaded.</param>
internal sealed class ReferenceResolver(string folder, SessionLoadContext context) : MetadataReferenceResolver
{
    private readonly Dictionary<string, PortableExecutableReference> known = [];

    /// <inheritdoc/>
    public override bool ResolveMissingAssemblies => true;

    /// <summary>The reference to a file; the same one every time, so that types are the same in all cells.</summary>
    public PortableExecutableReference Reference(string path)
    {
        if (!known.TryGetValue(path, out var reference))
            known[path] = reference = MetadataReference.CreateFromFile(path);
        return reference;
    }

    /// <inheritdoc/>
    public override ImmutableArray<PortableExecutableReference> ResolveReference(string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        var path = Path.GetFullPath(reference.Replace('\\', '/'), folder);
        if (File.Exists(path))
        {
            context.Know(path);
            return [Reference(path)];
        }

        return KernelAssemblies.Find(Path.GetFileNameWithoutExtension(reference)) is { } own ? [Reference(own)] : [];
    }

    /// <inheritdoc/>
    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity) =>
        (KernelAssemblies.Find(referenceIdentity.Name) ?? context.Find(referenceIdentity.Name)) is { } path ? Reference(path) : null;

    /// <inheritdoc/>
    public override bool Equals(object? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
