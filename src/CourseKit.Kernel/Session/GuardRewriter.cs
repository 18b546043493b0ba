using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace CourseKit.Kernel;

/// <summary>Writes guards into a cell's loops and functions, so that an endless loop can be interrupted and an endless recursion is an exception.</summary>
/// <remarks>No line is added or removed: an error is still reported in the line where it is.</remarks>
/// <param name="inLambdas">
/// Whether lambdas that are one expression get one too, as is good for those that a library calls without end. Not all of them compile with
/// it: an expression tree does not, nor a lambda that calls what returns nothing.
/// </param>
internal sealed class GuardRewriter(bool inLambdas) : CSharpSyntaxRewriter
{
    private static readonly StatementSyntax LoopGuard = ParseStatement("global::CourseKit.Kernel.Dialect.Guard.Loop();");
    private static readonly StatementSyntax StackGuard = ParseStatement("global::CourseKit.Kernel.Dialect.Guard.Stack();");
    private static readonly StatementSyntax AsyncStackGuard = ParseStatement("global::CourseKit.Kernel.Dialect.Guard.AsyncStack();");
    private static readonly StatementSyntax LambdaGuard = ParseStatement("global::CourseKit.Kernel.Dialect.Guard.Lambda();");
    private static readonly StatementSyntax AsyncLambdaGuard = ParseStatement("global::CourseKit.Kernel.Dialect.Guard.AsyncLambda();");
    private static readonly ExpressionSyntax StackCondition = ParseExpression("global::CourseKit.Kernel.Dialect.Guard.Stack()");
    private static readonly ExpressionSyntax LambdaCondition = ParseExpression("global::CourseKit.Kernel.Dialect.Guard.Lambda()");
    private static readonly ExpressionSyntax AsyncLambdaCondition = ParseExpression("global::CourseKit.Kernel.Dialect.Guard.AsyncLambda()");
    private static readonly ExpressionSyntax Never = ParseExpression("throw null!");

    /// <summary>Whether a lambda got a guard that it may not compile with.</summary>
    public bool GuardedLambdas { get; private set; }

    // ---- loops

    /// <inheritdoc/>
    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node) => node.WithCondition(Seen(node.Condition)).WithStatement(Looping(node.Statement));

    /// <inheritdoc/>
    public override SyntaxNode? VisitDoStatement(DoStatementSyntax node) => node.WithCondition(Seen(node.Condition)).WithStatement(Looping(node.Statement));

    /// <inheritdoc/>
    public override SyntaxNode? VisitForStatement(ForStatementSyntax node)
    {
        var body = Looping(node.Statement);
        return ((ForStatementSyntax)base.VisitForStatement(node.WithStatement(EmptyStatement()))!).WithStatement(body);
    }

    /// <inheritdoc/>
    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node) => node.WithExpression(Seen(node.Expression)).WithStatement(Looping(node.Statement));

    /// <inheritdoc/>
    public override SyntaxNode? VisitForEachVariableStatement(ForEachVariableStatementSyntax node) => node.WithExpression(Seen(node.Expression)).WithStatement(Looping(node.Statement));

    /// <inheritdoc/>
    public override SyntaxNode? VisitGotoStatement(GotoStatementSyntax node) =>
        Block(LoopGuard, node.WithoutLeadingTrivia()).WithLeadingTrivia(node.GetLeadingTrivia());

    // ---- functions

    /// <inheritdoc/>
    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        var seen = (MethodDeclarationSyntax)base.VisitMethodDeclaration(node)!;
        if (seen.Body is not null)
            return seen.WithBody(Guarded(seen.Body, IsAsync(seen.Modifiers)));
        return IsGuarded(seen.ExpressionBody)
            ? seen.WithExpressionBody(null).WithSemicolonToken(default).WithBody(Guarded(seen.ExpressionBody!, seen.SemicolonToken, IsVoid(seen.ReturnType, seen.Modifiers), IsAsync(seen.Modifiers)))
            : seen;
    }

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
    public override SyntaxNode? VisitOperatorDeclaration(OperatorDeclarationSyntax node)
    {
        var seen = (OperatorDeclarationSyntax)base.VisitOperatorDeclaration(node)!;
        if (seen.Body is not null)
            return seen.WithBody(Guarded(seen.Body));
        return IsGuarded(seen.ExpressionBody)
            ? seen.WithExpressionBody(null).WithSemicolonToken(default).WithBody(Guarded(seen.ExpressionBody!, seen.SemicolonToken, IsVoid(seen.ReturnType, seen.Modifiers)))
            : seen;
    }

    /// <inheritdoc/>
    public override SyntaxNode? VisitConversionOperatorDeclaration(ConversionOperatorDeclarationSyntax node)
    {
        var seen = (ConversionOperatorDeclarationSyntax)base.VisitConversionOperatorDeclaration(node)!;
        if (seen.Body is not null)
            return seen.WithBody(Guarded(seen.Body));
        return IsGuarded(seen.ExpressionBody)
            ? seen.WithExpressionBody(null).WithSemicolonToken(default).WithBody(Guarded(seen.ExpressionBody!, seen.SemicolonToken, isVoid: false))
            : seen;
    }

    /// <inheritdoc/>
    public override SyntaxNode? VisitConstructorDeclaration(ConstructorDeclarationSyntax node)
    {
        var seen = (ConstructorDeclarationSyntax)base.VisitConstructorDeclaration(node)!;
        if (seen.Body is not null)
            return seen.WithBody(Guarded(seen.Body));
        return IsGuarded(seen.ExpressionBody)
            ? seen.WithExpressionBody(null).WithSemicolonToken(default).WithBody(Guarded(seen.ExpressionBody!, seen.SemicolonToken, isVoid: true))
            : seen;
    }

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
    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => Guarded((SimpleLambdaExpressionSyntax)base.VisitSimpleLambdaExpression(node)!);

    /// <inheritdoc/>
    public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) =>
        Guarded((ParenthesizedLambdaExpressionSyntax)base.VisitParenthesizedLambdaExpression(node)!);

    /// <inheritdoc/>
    public override SyntaxNode? VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node)
    {
        var seen = (AnonymousMethodExpressionSyntax)base.VisitAnonymousMethodExpression(node)!;
        return seen.WithBlock(seen.Block.WithStatements(seen.Block.Statements.Insert(0, seen.AsyncKeyword == default ? LambdaGuard : AsyncLambdaGuard)));
    }

    private LambdaExpressionSyntax Guarded(LambdaExpressionSyntax lambda)
    {
        if (lambda.Block is { } block)
            return lambda.WithBlock(block.WithStatements(block.Statements.Insert(0, lambda.AsyncKeyword == default ? LambdaGuard : AsyncLambdaGuard)));
        if (!inLambdas || lambda.ExpressionBody is not { } body)
            return lambda;
        if (lambda.AsyncKeyword == default)
            return HasType(body) ? lambda.WithExpressionBody(Conditional(LambdaCondition, body)) : lambda;

        // What is awaited may yield nothing, but is something itself.
        return body is AwaitExpressionSyntax awaits && HasType(awaits.Expression)
            ? lambda.WithExpressionBody(awaits.WithExpression(ParenthesizedExpression(Conditional(AsyncLambdaCondition, awaits.Expression))))
            : lambda;
    }

    /// <summary>Whether an expression has a type of its own: a guard would take the type that the others get from where they stand.</summary>
    private bool HasType(ExpressionSyntax expression)
    {
        var has = expression is BinaryExpressionSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax
            or ElementAccessExpressionSyntax or IdentifierNameSyntax or PrefixUnaryExpressionSyntax or ParenthesizedExpressionSyntax or CastExpressionSyntax;
        GuardedLambdas |= has;
        return has;
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

    private static bool IsGuarded(ArrowExpressionClauseSyntax? body) => body is not (null or { Expression: ThrowExpressionSyntax });

    private static BlockSyntax Guarded(BlockSyntax body, bool isAsync = false) => body.WithStatements(body.Statements.Insert(0, isAsync ? AsyncStackGuard : StackGuard));

    /// <summary>The block that an expression behind an arrow is short for: in it the expression means the same, whatever its type.</summary>
    private static BlockSyntax Guarded(ArrowExpressionClauseSyntax arrow, SyntaxToken semicolon, bool isVoid, bool isAsync = false)
    {
        var end = semicolon.WithTrailingTrivia();
        StatementSyntax statement = isVoid
            ? ExpressionStatement(arrow.Expression, end)
            : ReturnStatement(Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(Space), arrow.Expression, end);
        return Block(
            Token(SyntaxKind.OpenBraceToken).WithLeadingTrivia(arrow.ArrowToken.LeadingTrivia),
            List([(isAsync ? AsyncStackGuard : StackGuard).WithTrailingTrivia(arrow.ArrowToken.TrailingTrivia), statement]),
            Token(SyntaxKind.CloseBraceToken).WithTrailingTrivia(semicolon.TrailingTrivia));
    }

    private static AccessorListSyntax Getter(ArrowExpressionClauseSyntax arrow, SyntaxToken semicolon) =>
        AccessorList(SingletonList(AccessorDeclaration(SyntaxKind.GetAccessorDeclaration, Guarded(arrow, semicolon, isVoid: false))));

    /// <summary>What a field starts with: where that is an object that has such a field itself, it has no end.</summary>
    private static EqualsValueClauseSyntax Guarded(EqualsValueClauseSyntax start) =>
        start.Value is not InitializerExpressionSyntax && start.Value.DescendantNodesAndSelf(node => node is not AnonymousFunctionExpressionSyntax).Any(node => node is BaseObjectCreationExpressionSyntax)
            ? start.WithValue(Conditional(StackCondition, start.Value))
            : start;

    private static ConditionalExpressionSyntax Conditional(ExpressionSyntax guard, ExpressionSyntax expression) =>
        ConditionalExpression(guard, ParenthesizedExpression(expression), Never);

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
