using System.Composition.Hosting;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis.Host.Mef;

namespace CourseKit.Kernel;

/// <summary>Roslyn's editor services, as far as completion and quick info need them.</summary>
/// <remarks>
/// <see cref="MefHostServices.DefaultHost"/> would look at each of ten thousand types for attributes, and compose a hundred code fixes and
/// refactorings. Here the assemblies' metadata says which types are exported, and only those are loaded that an answer can come from.
/// </remarks>
internal static class EditorServices
{
    /// <summary>The kinds of parts that are taken; what else Roslyn exports (fixes, refactorings, highlighters, ...) nobody asks for here.</summary>
    private static readonly HashSet<string> Kinds =
    [
        "ExportAttribute", "ExportWorkspaceServiceAttribute", "ExportWorkspaceServiceFactoryAttribute", "ExportLanguageServiceAttribute",
        "ExportLanguageServiceFactoryAttribute", "ExportCompletionProviderAttribute", "ExportQuickInfoProviderAttribute",
    ];

    /// <summary>Providers of completions that change other places of the text, which Jupyter cannot do, or that belong to no cell.</summary>
    private static readonly string[] Useless = ["Import", "Snippet", "AppDirective", "InternalsVisibleTo"];

    /// <summary>Composes them anew.</summary>
    public static MefHostServices Compose()
    {
        var parts = MefHostServices.DefaultAssemblies.SelectMany(assembly => Exported(assembly).Select(name => assembly.GetType(name)).OfType<Type>());
        return MefHostServices.Create(new ContainerConfiguration().WithParts(parts).CreateContainer());
    }

    private static List<string> Exported(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        return
        [
            .. metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
                .Where(type => type.GetCustomAttributes().Any(attribute => Kinds.Contains(Name(metadata, attribute))))
                .Select(type => FullName(metadata, type))
                .Where(type => !(type.EndsWith("CompletionProvider", StringComparison.Ordinal) && Useless.Any(type.Contains))),
        ];
    }

    private static string FullName(MetadataReader metadata, TypeDefinition type) => type.IsNested
        ? $"{FullName(metadata, metadata.GetTypeDefinition(type.GetDeclaringType()))}+{metadata.GetString(type.Name)}"
        : $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";

    private static string Name(MetadataReader metadata, CustomAttributeHandle attribute)
    {
        var constructor = metadata.GetCustomAttribute(attribute).Constructor;
        var type = constructor.Kind == HandleKind.MethodDefinition
            ? metadata.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType()
            : metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent;
        return type.Kind switch
        {
            HandleKind.TypeDefinition => metadata.GetString(metadata.GetTypeDefinition((TypeDefinitionHandle)type).Name),
            HandleKind.TypeReference => metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name),
            _ => "",
        };
    }
}
