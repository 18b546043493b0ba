using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.QuickInfo;
using Microsoft.CodeAnalysis.Text;

namespace CourseKit.Kernel;

/// <summary>A cell that is being written, in the terms of Roslyn's editor services: a script project behind a project for every cell that ran.</summary>
/// <remarks>
/// Made when somebody first asks; a session that is only run never pays for it. The projects of cells that ran stay, and the draft's
/// own keeps its references, so that a second question costs little more than reading the text again.
/// </remarks>
/// <param name="options">The session's compilation options.</param>
internal sealed class Draft(CSharpCompilationOptions options)
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp14, DocumentationMode.Parse, SourceCodeKind.Script);

    /// <summary>Composed while the references are read.</summary>
    private readonly Task<AdhocWorkspace> composing = Task.Run(() => new AdhocWorkspace(EditorServices.Compose()));
    private readonly Dictionary<CSharpCompilation, ProjectId> cells = [];
    private Solution? solution;
    private DocumentId? document;
    private CSharpCompilation? last;
    private int referenceCount;

    /// <summary>What could stand at a place.</summary>
    public Completions Complete(string code, int position, CSharpCompilation? previous, IEnumerable<MetadataReference> references)
    {
        var written = Write(code, previous, references);
        var service = CompletionService.GetService(written)!;
        var list = service.GetCompletionsAsync(written, position).GetAwaiter().GetResult();
        var start = list.ItemsList.Count > 0 ? Math.Min(list.Span.Start, position) : position;
        var typed = code[start..position];
        var items = list.ItemsList.Where(item => !item.IsComplexTextEdit).ToList();
        var begins = items.Where(item => item.FilterText.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).ToList();
        var found = begins.Count > 0 ? begins : items.Where(item => item.FilterText.Contains(typed, StringComparison.OrdinalIgnoreCase));
        return new Completions(start, Math.Max(list.Span.End, position),
        [
            .. found.OrderByDescending(item => item.FilterText.StartsWith(typed, StringComparison.Ordinal))
                .Select(item => (Text: item.Properties.GetValueOrDefault("InsertionText", item.DisplayText), Kind: Kind(item)))
                .DistinctBy(match => match.Text),
        ]);
    }

    /// <summary>What stands at a place: its signature, and what its documentation says in short.</summary>
    public string? Inspect(string code, int position, CSharpCompilation? previous, IEnumerable<MetadataReference> references)
    {
        var written = Write(code, previous, references);
        var service = QuickInfoService.GetService(written)!;
        var info = OnName(written, position) ? Ask(position) : null;
        if (info is null && Called(written, position) is { } called)
            info = Ask(called);
        info ??= Ask(position);
        return info is null ? null : string.Join("\n\n", info.Sections.Select(section => section.Text.Trim()).Where(text => text.Length > 0));

        QuickInfoItem? Ask(int at) => service.GetQuickInfoAsync(written, at).GetAwaiter().GetResult();
    }

    /// <summary>Whether the place touches a name or keyword; a number among a call's arguments says less than the call.</summary>
    private static bool OnName(Document written, int position)
    {
        var root = written.GetSyntaxRootAsync().GetAwaiter().GetResult()!;
        return ((int[])[position, position - 1]).Any(at => at >= 0 && root.FindToken(at) is var token && token.Span.Contains(at)
            && (token.IsKind(SyntaxKind.IdentifierToken) || token.IsKeyword()));
    }

    /// <summary>The method whose arguments the place lies in: Jupyter asks from between the parentheses.</summary>
    private static int? Called(Document written, int position)
    {
        var root = written.GetSyntaxRootAsync().GetAwaiter().GetResult()!;
        for (var node = root.FindToken(Math.Max(0, position - 1)).Parent; node is not null; node = node.Parent)
        {
            if (node is not ArgumentListSyntax arguments || arguments.OpenParenToken.Span.End > position)
                continue;
            return node.Parent switch
            {
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } => member.Name.SpanStart,
                InvocationExpressionSyntax invocation => invocation.Expression.SpanStart,
                BaseObjectCreationExpressionSyntax creation => creation.NewKeyword.SpanStart,
                _ => null,
            };
        }

        return null;
    }

    private Document Write(string code, CSharpCompilation? previous, IEnumerable<MetadataReference> references)
    {
        var given = references.ToList();
        if (solution is null || document is null || last != previous || referenceCount != given.Count)
        {
            var workspace = composing.GetAwaiter().GetResult();
            var history = workspace.CurrentSolution;
            var before = AddCells(ref history, previous, given);
            workspace.TryApplyChanges(history);
            history = workspace.CurrentSolution;
            if (before is not null) // what is bound now is bound for every draft behind it
                history.GetProject(before)!.GetCompilationAsync().GetAwaiter().GetResult();
            var project = ProjectId.CreateNewId();
            document = DocumentId.CreateNewId(project);
            solution = Add(history, project, document, "draft", before, given, SourceText.From(""));
            (last, referenceCount) = (previous, given.Count);
        }

        solution = solution.WithDocumentText(document, SourceText.From(code));
        return solution.GetDocument(document)!;
    }

    /// <summary>Adds the cells that ran since the last time, the earliest first, which hands all references down to the others.</summary>
    private ProjectId? AddCells(ref Solution history, CSharpCompilation? newest, List<MetadataReference> references)
    {
        var missing = new Stack<CSharpCompilation>();
        var known = newest;
        for (; known is not null && !cells.ContainsKey(known); known = known.ScriptCompilationInfo?.PreviousScriptCompilation)
            missing.Push(known);
        if (known is null && cells.Count > 0) // they have been bound anew
        {
            history = cells.Values.Aggregate(history, (left, project) => left.RemoveProject(project));
            cells.Clear();
        }

        var before = known is null ? null : cells[known];
        foreach (var cell in missing)
        {
            var project = ProjectId.CreateNewId();
            history = Add(history, project, DocumentId.CreateNewId(project), cell.AssemblyName!, before, before is null ? references : cell.ExternalReferences, cell.SyntaxTrees[^1].GetText()); // behind those that it loads
            cells[cell] = before = project;
        }

        return before;
    }

    private Solution Add(Solution to, ProjectId project, DocumentId file, string name, ProjectId? before, IEnumerable<MetadataReference> references, SourceText text) =>
        to.AddProject(ProjectInfo.Create(
                project, VersionStamp.Create(), name, name, LanguageNames.CSharp, compilationOptions: options, parseOptions: Parsing,
                projectReferences: before is null ? [] : [new ProjectReference(before)], metadataReferences: references, isSubmission: true))
            .AddDocument(DocumentInfo.Create(file, name, sourceCodeKind: SourceCodeKind.Script, loader: TextLoader.From(TextAndVersion.Create(text, VersionStamp.Create()))));

    private static string Kind(CompletionItem item) => item.Tags is [var first, ..]
        ? first switch
        {
            "ExtensionMethod" => "method",
            "Local" or "Parameter" or "RangeVariable" => "variable",
            "EnumMember" => "enum member",
            "TypeParameter" => "type parameter",
            "Structure" => "struct",
            _ => first.ToLowerInvariant(),
        }
        : "text";
}
