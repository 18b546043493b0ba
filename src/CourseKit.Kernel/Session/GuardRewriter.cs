using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CourseKit.Kernel;

/// <summary>Writes guards into a cell's loops and functions, so that an endless loop can be interrupted and an endless recursion is an exception.</summary>
/// <remarks>No line is added or removed: an error is still reported in the line where it is.</remarks>
/// <param name="inLambdas">
/// Whether lambdas that are one expression get one too, as is good for those that a library calls without end. Not all of them compile with
/// it: an expression tree does not, nor a lambda that calls what returns nothing.
/// </param>
internal sealed class GuardRewriter(bool inLambdas) : CSharpSyntaxRewriter
{
    private static readonly StatementSyntax LoopGuard = SyntaxFactory.ParseStatement("global::CourseKit.Kernel.Dialect.Guard.Loop();");
    private static readonly StatementSyntax StackGuard = SyntaxFactory.ParseStatement("global::CourseKit.Kernel.Dialect.Guard.Stack();");
    private static readonly ExpressionSyntax LoopCondition = SyntaxFactory.ParseExpression("global::CourseKit.Kernel.Dialect.Guard.Lambda()");
    private static readonly ExpressionSyntax StackCondition = SyntaxFactory.ParseExpression("global::CourseKit.Kernel.Dialect.Guard.Stack()");
    private static readonly ExpressionSyntax Never = SyntaxFactory.ParseExpression("throw null!");

    /// <inheritdoc/>
    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node) => node.WithStatement(Guarded(node.Statement));

    /// <inheritdoc/>
    public override SyntaxNode? VisitDoStatement(DoStatementSyntax node) => node.WithStatement(Guarded(node.Statement));

    /// <inheritdoc/>
    public override SyntaxNode? VisitForStatement(ForStatementSyntax node) => node.WithStatement(Guarded(node.Statement));

    /// <inheritdoc/>
    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node) => node.WithStatement(Guarded(node.Statement));

    /// <inheritdoc/>
    public override SyntaxNode? VisitForEachVariableStatement(ForEachVariableStatementSyntax node) => node.WithStatement(Guarded(node.Statement));

    /// <inheritdoc/>
    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        var visited = (MethodDeclarationSyntax)base.VisitMethodDeclaration(node)!;
        if (visited.Body is not null)
            return visited.WithBody(Guarded(visited.Body));
        return visited.ExpressionBody is null || IsVoid(visited.ReturnType) ? visited : visited.WithExpressionBody(Guarded(visited.ExpressionBody));
    }

    /// <inheritdoc/>
    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        var visited = (LocalFunctionStatementSyntax)base.VisitLocalFunctionStatement(node)!;
        if (visited.Body is not null)
            return visited.WithBody(Guarded(visited.Body));
        return visited.ExpressionBody is null || IsVoid(visited.ReturnType) ? visited : visited.WithExpressionBody(Guarded(visited.ExpressionBody));
    }

    /// <summary>Whether a lambda got a guard that it may not compile with.</summary>
    public bool GuardedLambdas { get; private set; }

    /// <inheritdoc/>
    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => Guarded((SimpleLambdaExpressionSyntax)base.VisitSimpleLambdaExpression(node)!);

    /// <inheritdoc/>
    public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) =>
        Guarded((ParenthesizedLambdaExpressionSyntax)base.VisitParenthesizedLambdaExpression(node)!);

    private LambdaExpressionSyntax Guarded(LambdaExpressionSyntax lambda)
    {
        if (lambda.Block is { } block)
            return lambda.WithBlock(block.WithStatements(block.Statements.Insert(0, LoopGuard)));

        // Only expressions that have a type of their own: a guard would take the type that the others get from where they stand.
        if (!inLambdas || lambda.AsyncKeyword != default || lambda.ExpressionBody is not (BinaryExpressionSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax
            or ElementAccessExpressionSyntax or IdentifierNameSyntax or PrefixUnaryExpressionSyntax or ParenthesizedExpressionSyntax or CastExpressionSyntax))
            return lambda;
        GuardedLambdas = true;
        return lambda.WithExpressionBody(SyntaxFactory.ConditionalExpression(LoopCondition, SyntaxFactory.ParenthesizedExpression(lambda.ExpressionBody), Never));
    }

    private static bool IsVoid(TypeSyntax type) =>
        type is PredefinedTypeSyntax predefined && predefined.Keyword.IsKind(SyntaxKind.VoidKeyword) || type is RefTypeSyntax
        || type is IdentifierNameSyntax { Identifier.Text: "Task" or "ValueTask" }; // an async one yields no value

    private StatementSyntax Guarded(StatementSyntax body)
    {
        var visited = (StatementSyntax)Visit(body)!;
        return visited is BlockSyntax block
            ? block.WithStatements(block.Statements.Insert(0, LoopGuard))
            : SyntaxFactory.Block(LoopGuard, visited.WithoutLeadingTrivia()).WithLeadingTrivia(visited.GetLeadingTrivia());
    }

    private static BlockSyntax Guarded(BlockSyntax body) => body.WithStatements(body.Statements.Insert(0, StackGuard));

    private static ArrowExpressionClauseSyntax Guarded(ArrowExpressionClauseSyntax body) =>
        body.Expression is RefExpressionSyntax or ThrowExpressionSyntax
            ? body
            : body.WithExpression(SyntaxFactory.ConditionalExpression(
                StackCondition, SyntaxFactory.ParenthesizedExpression(body.Expression), Never));
}
