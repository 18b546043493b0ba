using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace CourseKit.Kernel;

/// <summary>Finds what a cell's <c>#r</c> names: a file relative to the notebook's folder, or an assembly of the framework.</summary>
/// <param name="folder">The notebook's folder.</param>
/// <param name="context">Is told what was found, so that it can be loaded.</param>
internal sealed class ReferenceResolver(string folder, SessionLoadContext context) : MetadataReferenceResolver
{
    private readonly ConcurrentDictionary<string, PortableExecutableReference> known = new(); // completion asks from threads of its own

    /// <inheritdoc/>
    public override bool ResolveMissingAssemblies => true;

    /// <summary>The reference to a file; the same one every time, so that types are the same in all cells.</summary>
    public PortableExecutableReference Reference(string path) => known.GetOrAdd(path, Metadata);

    /// <summary>Reads the metadata of a file and not its code, of which the framework has many megabytes and the compiler needs none.</summary>
    private static PortableExecutableReference Metadata(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return AssemblyMetadata.Create(ModuleMetadata.CreateFromStream(file, PEStreamOptions.PrefetchMetadata)).GetReference(new Documentation(path), filePath: path);
        }
        catch (Exception error) when (error is BadImageFormatException or IOException)
        {
            return MetadataReference.CreateFromFile(path); // the compiler reports what is wrong with it, at the place that names it
        }
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

    /// <summary>What an assembly of a package or a file refers to.</summary>
    /// <remarks>
    /// Not what the framework's own refer to: through <c>netstandard</c>, which is every type's address, that is all of it, and each cell
    /// would be bound to eighty assemblies of which it uses ten. A cell that does need one is compiled again with all of them.
    /// </remarks>
    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity) =>
        IsOfFramework(definition) ? null
        : (KernelAssemblies.Find(referenceIdentity.Name) ?? context.Find(referenceIdentity.Name)) is { } path ? Reference(path)
        : null;

    private static bool IsOfFramework(MetadataReference assembly) => KernelAssemblies.Has(Path.GetFileNameWithoutExtension(assembly.Display ?? ""));

    /// <inheritdoc/>
    public override bool Equals(object? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
