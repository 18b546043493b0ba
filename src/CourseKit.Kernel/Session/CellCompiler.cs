using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;

namespace CourseKit.Kernel;

/// <summary>Compiles cells, each of which sees what those before it defined.</summary>
/// <remarks>
/// Cells are Roslyn's script submissions, but emitted here and not by its Script class: guards are written into the code before it is
/// compiled (<see cref="GuardRewriter"/>), and symbols carry the cell's number.
/// </remarks>
internal sealed class CellCompiler
{
    /// <summary>What is imported without being named: the same as on .NET Interactive, no more.</summary>
    private static readonly string[] Imports =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
    ];

    private static readonly EmitOptions Emission = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    private readonly ReferenceResolver resolver;
    private MetadataReference[] references; // replaced and never changed: completion may read it at any time
    private MetadataReference[] inherited = []; // those of the cells up to Previous
    private bool seesAll; // whether all of the framework is among them
    private readonly Dictionary<CSharpCompilation, CSharpCompilation> seeing = []; // cells as they were bound, and as if to all of the framework

    /// <summary>Starts with no cell.</summary>
    /// <param name="folder">The notebook's folder, from which relative paths start.</param>
    /// <param name="context">Is told which assemblies cells refer to.</param>
    public CellCompiler(string folder, SessionLoadContext context)
    {
        resolver = new ReferenceResolver(folder, context);
        references = [.. KernelAssemblies.AtFirst.Select(resolver.Reference)];

        // The Script class knows options that are not public (references supersede lower versions); its compilation hands them over.
        var script = CSharpScript.Create("", ScriptOptions.Default.WithReferences(Array.Empty<MetadataReference>()).WithMetadataResolver(resolver));
        Options = ((CSharpCompilationOptions)script.GetCompilation().Options)
            .WithUsings((string[])[.. Imports, typeof(Dialect.Kernel).FullName!])
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithMetadataReferenceResolver(resolver)
            .WithSourceReferenceResolver(new SourceFileResolver([], folder))
            .WithConcurrentBuild(false)
            .WithAllowUnsafe(true)
            .WithSpecificDiagnosticOptions(
            [
                new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress), // versions of assemblies: nothing a reader can change
                new("CS7021", ReportDiagnostic.Error),
            ]);
    }

    /// <summary>How a cell is read: as a script, in C# 14.</summary>
    public static CSharpParseOptions Parsing { get; } = new(LanguageVersion.CSharp14, kind: SourceCodeKind.Script);

    /// <summary>How cells are compiled.</summary>
    public CSharpCompilationOptions Options { get; }

    /// <summary>The latest cell that counts; null before the first.</summary>
    public CSharpCompilation? Previous { get; private set; }

    /// <summary>What a cell that is being written can refer to: all of the framework, since nobody knows yet what it will need.</summary>
    public IEnumerable<MetadataReference> PossibleReferences => references.Union(KernelAssemblies.All.Select(resolver.Reference));

    /// <summary>Lets cells from now on refer to files.</summary>
    public void AddReferences(IEnumerable<string> paths) => references = [.. references, .. paths.Select(resolver.Reference)];

    /// <summary>Compiles a cell, with guards in its loops and functions.</summary>
    /// <param name="code">Its text, without directives to the session.</param>
    /// <param name="place">What errors and symbols call it (<see cref="Tracebacks.CellPath"/>).</param>
    public CompiledCell Compile(string code, string place)
    {
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), Parsing, place);
        CompiledCell? few = null;
        if (seesAll || !BringsReferences(tree))
        {
            few = CompileGuarded(tree, references, Previous, seesAll);
            if (seesAll || few.Errors.Count == 0)
                return few;
            if (CompiledCell.Of(tree.GetDiagnostics(), DiagnosticSeverity.Error) is { Count: > 0 } misspelt)
                return few with { Errors = misspelt }; // what else is wrong is seen when it can be read
        }

        // It may need more of the framework than cells get at first. Where that does not help, the next cell is none the slower for it.
        MetadataReference[] all = [.. PossibleReferences];
        var history = History(all);
        if (history is not null && CompiledCell.Of(history.GetDiagnostics(), DiagnosticSeverity.Error).Count > 0)
            return few ?? CompileGuarded(tree, references, Previous, isAll: false); // seeing more, it means something else
        var cell = CompileGuarded(tree, all, history, isAll: true);
        return few is null || cell.Errors.All(error => few.Errors.Any(other => other.Id == error.Id && other.Location == error.Location)) ? cell : few;
    }

    /// <summary>Makes a cell one that those after it see.</summary>
    public void Accept(CompiledCell cell)
    {
        (Previous, references, inherited, seesAll) = (cell.Compilation, cell.References, cell.References, cell.SeesAll);
        if (seesAll)
            seeing.Clear();
    }

    /// <summary>Whether a cell behind others names assemblies: with them, those that are bound already may see more of the framework than before.</summary>
    private bool BringsReferences(SyntaxTree tree) =>
        Previous is not null && (references.Length > inherited.Length || tree.GetCompilationUnitRoot() is var root && root.GetReferenceDirectives().Count + root.GetLoadDirectives().Count > 0);

    /// <summary>The cells so far, bound to all of the framework.</summary>
    /// <remarks>
    /// To the compiler an assembly of which it sees other references is another assembly, so what a cell bound to few left behind could not
    /// be given to a method that is seen by a cell bound to all. The text is the same and so are all names, so the code that runs already fits.
    /// </remarks>
    private CSharpCompilation? History(MetadataReference[] all)
    {
        if (references.Length > inherited.Length)
            seeing.Clear(); // they are to be bound to what has come, too
        var cells = new Stack<CSharpCompilation>();
        CSharpCompilation? previous = null;
        for (var cell = Previous; cell is not null && !seeing.TryGetValue(cell, out previous); cell = cell.ScriptCompilationInfo!.PreviousScriptCompilation)
            cells.Push(cell);
        foreach (var cell in cells)
            seeing[cell] = previous = cell.WithScriptCompilationInfo(cell.ScriptCompilationInfo!.WithPreviousScriptCompilation(previous)).WithReferences(previous is null ? all : []);
        return previous;
    }

    private CompiledCell CompileGuarded(SyntaxTree tree, MetadataReference[] with, CSharpCompilation? previous, bool isAll)
    {
        var model = GuardRewriter.NeedsModel(tree) ? Create(tree).GetSemanticModel(tree) : null;
        var cell = Emit(Guarded(new GuardRewriter(model)));
        if (cell.IsEmitted && ShowsGuards(cell.Assembly))
            cell = Emit(Guarded(new GuardRewriter(null, entersLambdas: false)));
        if (!cell.IsEmitted)
        {
            // Errors are reported as the person wrote the code. Where it has none, a guard was what does not compile: fewer of them, then.
            var plain = Emit(tree);
            cell = plain;
            if (plain.IsEmitted && model is not null)
                cell = Emit(Guarded(new GuardRewriter(null)));
            if (plain.IsEmitted && (model is null || !cell.IsEmitted))
                cell = Emit(Guarded(new GuardRewriter(null, entersArrows: false)));
            if (!cell.IsEmitted)
                cell = plain;
        }

        return cell.Warnings.Count == 0 || cell.Errors.Count > 0
            ? cell
            : cell with { Warnings = CompiledCell.Of(Create(tree).GetDiagnostics(), DiagnosticSeverity.Warning) }; // guards have moved the columns

        SyntaxTree Guarded(GuardRewriter rewriter) =>
            CSharpSyntaxTree.Create((CSharpSyntaxNode)rewriter.Visit(tree.GetRoot(CancellationToken.None)), Parsing, tree.FilePath, Encoding.UTF8);

        CompiledCell Emit(SyntaxTree code)
        {
            var compilation = Create(code);
            var (assembly, symbols) = (new MemoryStream(), new MemoryStream());
            var emitted = compilation.Emit(assembly, symbols, options: Emission, cancellationToken: CancellationToken.None);
            return new CompiledCell(
                compilation, with, isAll, emitted.Success, assembly, symbols,
                CompiledCell.Of(emitted.Diagnostics, DiagnosticSeverity.Error), CompiledCell.Of(emitted.Diagnostics, DiagnosticSeverity.Warning));
        }

        // [CallerArgumentExpression] makes a text of what stands in a call: the person is to see what he wrote.
        static bool ShowsGuards(MemoryStream assembly) =>
            assembly.GetBuffer().AsSpan(0, (int)assembly.Length).IndexOf(System.Runtime.InteropServices.MemoryMarshal.AsBytes("CourseKit.Kernel.Dialect.Guard.".AsSpan())) >= 0;

        // A cell takes over all references of those before it; naming them again would make every cell's list longer by as many.
        CSharpCompilation Create(SyntaxTree code) => CSharpCompilation.CreateScriptCompilation(
            $"cell#{Guid.NewGuid():N}", code, previous == Previous ? with.Except(inherited) : [], Options, previous, typeof(object));
    }
}

/// <summary>A cell, compiled.</summary>
/// <param name="Compilation">What the compiler knows of it.</param>
/// <param name="References">The assemblies it could refer to.</param>
/// <param name="SeesAll">Whether all of the framework is among them.</param>
/// <param name="IsEmitted">Whether there is something to run: not where there are errors, or nothing but usings.</param>
/// <param name="Assembly">Its code, if emitted.</param>
/// <param name="Symbols">Its lines, if emitted.</param>
/// <param name="Errors">Why it does not compile.</param>
/// <param name="Warnings">What the compiler warns of.</param>
internal sealed record CompiledCell(
    CSharpCompilation Compilation, MetadataReference[] References, bool SeesAll, bool IsEmitted, MemoryStream Assembly, MemoryStream Symbols,
    IReadOnlyList<Diagnostic> Errors, IReadOnlyList<Diagnostic> Warnings)
{
    /// <summary>The diagnostics of one severity that count.</summary>
    public static IReadOnlyList<Diagnostic> Of(IEnumerable<Diagnostic> diagnostics, DiagnosticSeverity severity) =>
        [.. diagnostics.Where(diagnostic => diagnostic.Severity == severity && !diagnostic.IsSuppressed)];

    /// <summary>Loads it.</summary>
    /// <returns>Runs it, given the state of the cells before it.</returns>
    public Func<object?[], Task<object?>> Load(SessionLoadContext context)
    {
        Assembly.Position = Symbols.Position = 0;
        return context.LoadCell(Compilation.AssemblyName!, Assembly, Symbols)
            .GetType(Compilation.ScriptClass!.MetadataName, throwOnError: true)!
            .GetMethod("<Factory>", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            .CreateDelegate<Func<object?[], Task<object?>>>();
    }
}
