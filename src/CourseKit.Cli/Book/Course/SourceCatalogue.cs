using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CourseKit.Cli;

/// <summary>Where a type or a member is declared.</summary>
/// <param name="File">The file, seen from the repository, with forward slashes.</param>
/// <param name="Line">Its line, counted from 1.</param>
internal readonly record struct SourcePlace(string File, int Line);

/// <summary>The types and members that C# files declare, by name; read from the text, nothing is compiled.</summary>
internal sealed class SourceCatalogue
{
    private readonly Dictionary<string, SourcePlace> _types = [];
    private readonly Dictionary<(string Type, string Member), SourcePlace> _members = [];
    private readonly Dictionary<string, string?> _files = [];

    /// <summary>Reads all C# files below the folders.</summary>
    /// <param name="root">The repository.</param>
    /// <param name="folders">Folders seen from it; one that is not there holds nothing.</param>
    public static SourceCatalogue Read(string root, params IEnumerable<string> folders)
    {
        var catalogue = new SourceCatalogue();
        var files = folders.Select(folder => Path.Combine(root, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).ToArray();
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14);
        var trees = files.AsParallel().AsOrdered().Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(root, file)), options)).ToArray();
        for (var i = 0; i < files.Length; i++)
            catalogue.Add(files[i], trees[i].GetCompilationUnitRoot());
        return catalogue;
    }

    /// <summary>Where a type is declared; null for one that is not ours.</summary>
    public SourcePlace? Type(string name) => _types.TryGetValue(name, out var place) ? place : null;

    /// <summary>Where a member is declared, the first of its overloads; null for one that is not ours.</summary>
    public SourcePlace? Member(string type, string member) => _members.TryGetValue((type, member), out var place) ? place : null;

    /// <summary>What a name in prose means: a type, a type with a member (<c>Perceptron.Train</c>), or a file (<c>Perceptron.cs</c>).</summary>
    public SourcePlace? Find(string name)
    {
        if (name.EndsWith(".cs", StringComparison.Ordinal))
            return _files.GetValueOrDefault(name) is { } file ? new SourcePlace(file, 1) : null;
        var plain = name.Split('(')[0].Trim();
        plain = plain.StartsWith("new ", StringComparison.Ordinal) ? plain[4..] : plain;
        var parts = plain.Split('.');
        return parts.Length switch
        {
            1 => Type(parts[0]),
            2 => Member(parts[0], parts[1]) ?? Type($"{parts[0]}.{parts[1]}"),
            _ => null,
        };
    }

    private void Add(string file, CompilationUnitSyntax unit)
    {
        // Two files of one name have no place of their own in prose.
        if (!_files.TryAdd(Path.GetFileName(file), file))
            _files[Path.GetFileName(file)] = null;
        foreach (var type in unit.DescendantNodes().OfType<BaseTypeDeclarationSyntax>())
        {
            var name = string.Join('.', type.AncestorsAndSelf().OfType<BaseTypeDeclarationSyntax>().Reverse().Select(t => t.Identifier.ValueText));
            var place = Place(file, type.Identifier);
            // A partial type lives in the file that has its name.
            if (!_types.ContainsKey(name) || Path.GetFileName(file) == type.Identifier.ValueText + ".cs")
                _types[name] = place;
            if (type is EnumDeclarationSyntax enumeration)
                foreach (var value in enumeration.Members)
                    _members.TryAdd((name, value.Identifier.ValueText), Place(file, value.Identifier));
            if (type is not TypeDeclarationSyntax declaration)
                continue;
            foreach (var parameter in (declaration as RecordDeclarationSyntax)?.ParameterList?.Parameters ?? [])
                _members.TryAdd((name, parameter.Identifier.ValueText), Place(file, parameter.Identifier));
            foreach (var member in declaration.Members)
                foreach (var identifier in Identifiers(member))
                    _members.TryAdd((name, identifier.ValueText), Place(file, identifier));
        }
    }

    private static IEnumerable<Microsoft.CodeAnalysis.SyntaxToken> Identifiers(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => [method.Identifier],
        PropertyDeclarationSyntax property => [property.Identifier],
        DelegateDeclarationSyntax type => [type.Identifier],
        BaseFieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Identifier),
        _ => [],
    };

    private static SourcePlace Place(string file, Microsoft.CodeAnalysis.SyntaxToken identifier) =>
        new(file, identifier.GetLocation().GetLineSpan().StartLinePosition.Line + 1);
}
