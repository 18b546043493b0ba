using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CourseKit.Kernel;

/// <summary>Writes guards into a cell's loops and functions, so that an endless loop can be interrupted and an endless recursion is an exception.</summary>
/// <remarks>No line is added or removed: an error is still reported in the line where it is.</remarks>
internal sealed class GuardRewriter : CSharpSyntaxRewriter
{
    private static readonly StatementSyntax LoopGuard = SyntaxFactory.ParseStatement("global::CourseKit.Kernel.Dialect.Guard.Loop();");
    private static readonly StatementSyntax StackGuard = SyntaxFactory.ParseStatement("global::CourseKit.Kernel.Dialect.Guard.Stack();");
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
