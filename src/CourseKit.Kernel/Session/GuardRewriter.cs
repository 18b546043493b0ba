using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace CourseKit.Kernel;

/// <summary>Writes guards into a cell's loops and functions, so that an endless loop can be interrupted and an endless recursion is an exception.</summary>
/// <remarks>No line is added or removed: an error is still reported in the line where it is.</remarks>
/// <param name="model">What the cell means without guards, by which lambdas that are one expression get one too; null for none in them.</param>
/// <param name="entersLambdas">Whether there are guards in lambdas at all.</param>
/// <param name="entersArrows">Whether there are guards in functions that are one expression: to write them, it is guessed which return nothing.</param>
internal sealed class GuardRewriter(SemanticModel? model, bool entersLambdas = true, bool entersArrows = true) : CSharpSyntaxRewriter
{
    private static readonly StatementSyntax LoopGuard = ParseStatement("global::CourseKit.Kernel.Dialect.Guard.Loop();");
    private static readonly StatementSyntax StackGuard = ParseStatement("global::CourseKit.Kernel.Dialect.Guard.Stack();");
    private static readonly StatementSyntax AsyncStackGuard = ParseStatement("global::CourseKit.Kernel.Dialect.Guard.AsyncStack();");
    private static readonly ExpressionSyntax StackCondition = ParseExpression("global::CourseKit.Kernel.Dialect.Guard.Stack()");
    private static readonly ExpressionSyntax Never = ParseExpression("throw null!");

    /// <summary>Whether a cell has lambdas of which only the compiler knows what they return.</summary>
    public static bool NeedsModel(SyntaxTree tree) => tree.GetRoot(CancellationToken.None).DescendantNodes().Any(node => node is LambdaExpressionSyntax { ExpressionBody: not null });

    // ---- the cell's own statements

    /// <inheritdoc/>
    /// <remarks>A cell that was left to itself in a library must not go on when that returns: there is a guard behind what may have taken long.</remarks>
    public override SyntaxNode? VisitCompilationUnit(CompilationUnitSyntax node)
    {
        var seen = (CompilationUnitSyntax)base.VisitCompilationUnit(node)!;
        var members = new List<MemberDeclarationSyntax>();
        var mayHaveTakenLong = false;
        foreach (var (member, guarded) in node.Members.Zip(seen.Members))
        {
            var isStatement = member is GlobalStatementSyntax or FieldDeclarationSyntax;
            if (isStatement && mayHaveTakenLong)
            {
                // Behind what stands before the statement: a directive has its line for itself.
                members.Add(GlobalStatement(LoopGuard.WithLeadingTrivia(guarded.GetLeadingTrivia())));
                members.Add(guarded.WithLeadingTrivia());
            }
            else
            {
                members.Add(guarded);
            }

            if (isStatement)
                mayHaveTakenLong = member.DescendantNodes().Any(inside => inside is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax);
        }

        return seen.WithMembers(List(members));
    }

    // ---- loops

    /// <inheritdoc/>
    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node) => node.WithCondition(Seen(node.Condition)).WithStatement(Looping(node.Statement));

    /// <inheritdoc/>
    public override SyntaxNode? VisitDoStatement(DoStatementSyntax node) => node.WithCondition(Seen(node.Condition)).WithStatement(Looping(node.Statement));

    /// <inheritdoc/>
    public override SyntaxNode? VisitForStatement(ForStatementSyntax node) => node
        .WithDeclaration((VariableDeclarationSyntax?)Visit(node.Declaration)).WithInitializers(VisitList(node.Initializers))
        .WithCondition((ExpressionSyntax?)Visit(node.Condition)).WithIncrementors(VisitList(node.Incrementors)).WithStatement(Looping(node.Statement));

    /// <inheritdoc/>
    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node) => node.WithExpression(Seen(node.Expression)).WithStatement(Looping(node.Statement));

    /// <inheritdoc/>
    public override SyntaxNode? VisitForEachVariableStatement(ForEachVariableStatementSyntax node) => node.WithExpression(Seen(node.Expression)).WithStatement(Looping(node.Statement));

    /// <inheritdoc/>
    public override SyntaxNode? VisitGotoStatement(GotoStatementSyntax node) =>
        Block(LoopGuard, node.WithoutLeadingTrivia()).WithLeadingTrivia(node.GetLeadingTrivia());

    // ---- functions

    /// <inheritdoc/>
    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node) =>
        Guarded((MethodDeclarationSyntax)base.VisitMethodDeclaration(node)!, IsVoid(node.ReturnType, node.Modifiers));

    /// <inheritdoc/>
    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        var seen = (LocalFunctionStatementSyntax)base.VisitLocalFunctionStatement(node)!;
        if (seen.Body is not null)
            return seen.WithBody(Guarded(seen.Body, IsAsync(seen.Modifiers)));
        return IsGuarded(seen.ExpressionBody)
            ? seen.WithExpressionBody(null).WithSemicolonToken(default).WithBody(Guarded(seen.ExpressionBody!, seen.SemicolonToken, IsVoid(seen.ReturnType, seen.Modifiers), IsAsync(seen.Modifiers)))
            : seen;
    }

    /// <inheritdoc/>
    public override SyntaxNode? VisitOperatorDeclaration(OperatorDeclarationSyntax node) =>
        Guarded((OperatorDeclarationSyntax)base.VisitOperatorDeclaration(node)!, IsVoid(node.ReturnType, node.Modifiers));

    /// <inheritdoc/>
    public override SyntaxNode? VisitConversionOperatorDeclaration(ConversionOperatorDeclarationSyntax node) =>
        Guarded((ConversionOperatorDeclarationSyntax)base.VisitConversionOperatorDeclaration(node)!, isVoid: false);

    /// <inheritdoc/>
    public override SyntaxNode? VisitConstructorDeclaration(ConstructorDeclarationSyntax node) =>
        Guarded((ConstructorDeclarationSyntax)base.VisitConstructorDeclaration(node)!, isVoid: true);

    /// <inheritdoc/>
    public override SyntaxNode? VisitAccessorDeclaration(AccessorDeclarationSyntax node)
    {
        var seen = (AccessorDeclarationSyntax)base.VisitAccessorDeclaration(node)!;
        if (seen.Body is not null)
            return seen.WithBody(Guarded(seen.Body));
        return IsGuarded(seen.ExpressionBody)
            ? seen.WithExpressionBody(null).WithSemicolonToken(default).WithBody(Guarded(seen.ExpressionBody!, seen.SemicolonToken, isVoid: !seen.IsKind(SyntaxKind.GetAccessorDeclaration)))
            : seen;
    }

    /// <inheritdoc/>
    public override SyntaxNode? VisitPropertyDeclaration(PropertyDeclarationSyntax node)
    {
        var seen = (PropertyDeclarationSyntax)base.VisitPropertyDeclaration(node)!;
        if (seen.Initializer is { } start && node.Parent is TypeDeclarationSyntax)
            seen = seen.WithInitializer(Guarded(start));
        return IsGuarded(seen.ExpressionBody) ? seen.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(Getter(seen.ExpressionBody!, seen.SemicolonToken)) : seen;
    }

    /// <inheritdoc/>
    public override SyntaxNode? VisitIndexerDeclaration(IndexerDeclarationSyntax node)
    {
        var seen = (IndexerDeclarationSyntax)base.VisitIndexerDeclaration(node)!;
        return IsGuarded(seen.ExpressionBody) ? seen.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(Getter(seen.ExpressionBody!, seen.SemicolonToken)) : seen;
    }

    /// <inheritdoc/>
    public override SyntaxNode? VisitFieldDeclaration(FieldDeclarationSyntax node)
    {
        var seen = (FieldDeclarationSyntax)base.VisitFieldDeclaration(node)!;
        return node.Parent is not TypeDeclarationSyntax || seen.Modifiers.Any(SyntaxKind.ConstKeyword)
            ? seen
            : seen.WithDeclaration(seen.Declaration.WithVariables(SeparatedList(
                seen.Declaration.Variables.Select(variable => variable.Initializer is { } start ? variable.WithInitializer(Guarded(start)) : variable),
                seen.Declaration.Variables.GetSeparators())));
    }

    // ---- lambdas

    /// <inheritdoc/>
    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) =>
        IsLeft(node) ? node : Guarded(node, (SimpleLambdaExpressionSyntax)base.VisitSimpleLambdaExpression(node)!);

    /// <inheritdoc/>
    public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) =>
        IsLeft(node) ? node : Guarded(node, (ParenthesizedLambdaExpressionSyntax)base.VisitParenthesizedLambdaExpression(node)!);

    /// <inheritdoc/>
    public override SyntaxNode? VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node)
    {
        if (!entersLambdas)
            return node;
        var seen = (AnonymousMethodExpressionSyntax)base.VisitAnonymousMethodExpression(node)!;
        return seen.WithBlock(seen.Block.WithStatements(seen.Block.Statements.Insert(0, seen.AsyncKeyword == default ? StackGuard : AsyncStackGuard)));
    }

    /// <summary>Whether nothing is written into a lambda: it may be no code but a tree of expressions.</summary>
    private bool IsLeft(LambdaExpressionSyntax lambda) =>
        !entersLambdas || lambda.Block is null && model is not null && model.GetTypeInfo(lambda).ConvertedType is not INamedTypeSymbol { DelegateInvokeMethod: not null };

    private LambdaExpressionSyntax Guarded(LambdaExpressionSyntax lambda, LambdaExpressionSyntax seen)
    {
        var isAsync = lambda.AsyncKeyword != default;
        var guard = isAsync ? AsyncStackGuard : StackGuard;
        if (seen.Block is { } block)
            return seen.WithBlock(block.WithStatements(block.Statements.Insert(0, guard)));
        if (seen.ExpressionBody is not { } body || body is ThrowExpressionSyntax || model?.GetSymbolInfo(lambda).Symbol is not IMethodSymbol method)
            return seen;
        return seen.WithExpressionBody(null).WithBlock(Block(
            Token(SyntaxKind.OpenBraceToken),
            List([guard, Statement(body, method.ReturnsVoid || isAsync && method.ReturnType is INamedTypeSymbol { Arity: 0 }, Token(SyntaxKind.SemicolonToken))]),
            Token(SyntaxKind.CloseBraceToken)));
    }

    // ---- guards

    private ExpressionSyntax Seen(ExpressionSyntax expression) => (ExpressionSyntax)Visit(expression)!;

    private StatementSyntax Looping(StatementSyntax body)
    {
        var seen = (StatementSyntax)Visit(body)!;
        return seen is BlockSyntax block
            ? block.WithStatements(block.Statements.Insert(0, LoopGuard))
            : Block(LoopGuard, seen.WithoutLeadingTrivia()).WithLeadingTrivia(seen.GetLeadingTrivia());
    }

    private bool IsGuarded(ArrowExpressionClauseSyntax? body) => entersArrows && body is not (null or { Expression: ThrowExpressionSyntax });

    private BaseMethodDeclarationSyntax Guarded(BaseMethodDeclarationSyntax seen, bool isVoid) =>
        seen.Body is { } body ? seen.WithBody(Guarded(body, IsAsync(seen.Modifiers)))
        : IsGuarded(seen.ExpressionBody) ? seen.WithExpressionBody(null).WithSemicolonToken(default).WithBody(Guarded(seen.ExpressionBody!, seen.SemicolonToken, isVoid, IsAsync(seen.Modifiers)))
        : seen;

    private static BlockSyntax Guarded(BlockSyntax body, bool isAsync = false) => body.WithStatements(body.Statements.Insert(0, isAsync ? AsyncStackGuard : StackGuard));

    /// <summary>The block that an expression behind an arrow is short for: in it the expression means the same, whatever its type.</summary>
    private static BlockSyntax Guarded(ArrowExpressionClauseSyntax arrow, SyntaxToken semicolon, bool isVoid, bool isAsync = false)
    {
        var guard = (isAsync ? AsyncStackGuard : StackGuard).WithTrailingTrivia(arrow.ArrowToken.TrailingTrivia);
        return Block(
            Token(SyntaxKind.OpenBraceToken).WithLeadingTrivia(arrow.ArrowToken.LeadingTrivia),
            List([guard, Statement(arrow.Expression, isVoid, semicolon.WithTrailingTrivia())]),
            Token(SyntaxKind.CloseBraceToken).WithTrailingTrivia(semicolon.TrailingTrivia));
    }

    private static StatementSyntax Statement(ExpressionSyntax expression, bool isVoid, SyntaxToken semicolon) => isVoid
        ? ExpressionStatement(expression, semicolon)
        : ReturnStatement(Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(Space), expression, semicolon);

    private static AccessorListSyntax Getter(ArrowExpressionClauseSyntax arrow, SyntaxToken semicolon) =>
        AccessorList(SingletonList(AccessorDeclaration(SyntaxKind.GetAccessorDeclaration, Guarded(arrow, semicolon, isVoid: false))));

    /// <summary>What a field starts with: where that is an object that has such a field itself, it has no end.</summary>
    private static EqualsValueClauseSyntax Guarded(EqualsValueClauseSyntax start) =>
        start.Value is not InitializerExpressionSyntax && start.Value.DescendantNodesAndSelf(node => node is not AnonymousFunctionExpressionSyntax).Any(node => node is BaseObjectCreationExpressionSyntax)
            ? start.WithValue(ConditionalExpression(StackCondition, ParenthesizedExpression(start.Value), Never))
            : start;

    private static bool IsVoid(TypeSyntax type, SyntaxTokenList modifiers) =>
        type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword }
        || IsAsync(modifiers) && Last(type) is IdentifierNameSyntax { Identifier.Text: "Task" or "ValueTask" }; // an async one returns no value

    private static bool IsAsync(SyntaxTokenList modifiers) => modifiers.Any(SyntaxKind.AsyncKeyword);

    private static NameSyntax? Last(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax name => name.Right,
        AliasQualifiedNameSyntax name => name.Name,
        _ => type as NameSyntax,
    };
}
