using System.Text.RegularExpressions;
using CourseKit.Kernel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CourseKit.Cli;

/// <summary>A name in a cell of code that the course's library declares.</summary>
/// <param name="Start">Where it begins in the cell's text.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Place">Its declaration.</param>
internal readonly record struct CodeName(int Start, int Length, SourcePlace Place);

/// <summary>Finds which names of a notebook's cells mean something of the library. The compiler says it, as it binds the cells one after the other.</summary>
/// <param name="catalogue">Where the library declares its types and members.</param>
internal sealed partial class CodeNames(SourceCatalogue catalogue)
{
    private static readonly string[] Assemblies = ["CourseKit", "CourseKit.Interactive"];
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp14, kind: SourceCodeKind.Script);

    // What the kernel imports without being asked; a notebook's first cell names the rest.
    private static readonly CSharpCompilationOptions Options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true)
        .WithUsings("System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq");

    // The command itself is built on the library, so that its own list of assemblies holds all that a cell may name.
    private static readonly Lazy<MetadataReference[]> References = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(File.Exists).Select(path => MetadataReference.CreateFromFile(path))]);

    /// <summary>The names, by cell; cells without any are left out.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<CodeName>> Of(Notebook notebook)
    {
        var found = new Dictionary<string, IReadOnlyList<CodeName>>();
        CSharpCompilation? previous = null;
        foreach (var cell in notebook.Cells.Where(cell => cell.Kind == NotebookCellKind.Code))
        {
            // What a cell would load is referenced already; blanks keep every place where it was.
            var tree = CSharpSyntaxTree.ParseText(LoadLine().Replace(cell.Source, line => new string(' ', line.Length)), Parsing);
            previous = Compile(tree, previous);
            var model = previous.GetSemanticModel(tree);
            var names = tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Where(name => !name.IsVar)
                .Select(name => (name.Identifier.Span, Place: Declared(model.GetSymbolInfo(name))))
                .Where(name => name.Place is not null)
                .Select(name => new CodeName(name.Span.Start, name.Span.Length, name.Place!.Value))
                .DistinctBy(name => name.Start).OrderBy(name => name.Start).ToList();
            if (names.Count > 0)
                found[cell.Id] = names;
        }
        return found;
    }

    private static CSharpCompilation Compile(SyntaxTree tree, CSharpCompilation? previous)
    {
        while (true)
            try
            {
                return CSharpCompilation.CreateScriptCompilation("cell", tree, References.Value, Options, previous);
            }
            catch (InvalidOperationException) when (previous is not null)
            {
                // Nothing can follow a cell that does not compile, such as one that shows a mistake: it is left out of the chain.
                previous = (CSharpCompilation?)previous.ScriptCompilationInfo?.PreviousScriptCompilation;
            }
    }

    private SourcePlace? Declared(SymbolInfo info)
    {
        var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        if (symbol?.ContainingAssembly is not { } assembly || !Assemblies.Contains(assembly.Name))
            return null;
        return symbol switch
        {
            INamedTypeSymbol type => catalogue.Type(Name(type)),
            IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => catalogue.Type(Name(constructor.ContainingType)),
            IMethodSymbol or IPropertySymbol or IFieldSymbol => catalogue.Member(Name(symbol.ContainingType), symbol.Name),
            _ => null,
        };
    }

    private static string Name(INamedTypeSymbol type) => type.ContainingType is { } outer ? $"{Name(outer)}.{type.Name}" : type.Name;

    [GeneratedRegex("(?m)^[ \\t]*#(?:r|i|load)\\b.*$")]
    private static partial Regex LoadLine();
}
