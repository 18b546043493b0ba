using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CourseKit.Cli;

/// <summary>One call of <c>Check.Hidden</c>: what the student's process is asked, and what usual mistakes would answer.</summary>
/// <param name="What">What is probed, for the feedback.</param>
/// <param name="Draw">A lambda from the random source to the inputs.</param>
/// <param name="Ask">A lambda from the inputs to the answer.</param>
/// <param name="Mistakes">Hints, each with the lambda of its mistake; only the instructor's process sees them.</param>
public sealed record ProbeCode(string What, string Draw, string Ask, IReadOnlyList<(string Hint, string Ask)> Mistakes);

/// <summary>Reads the hidden tests of a cell.</summary>
internal static class HiddenTests
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.CSharp14, kind: SourceCodeKind.Script);

    /// <summary>The probes of a hidden region, and the code beside them that mistakes use.</summary>
    /// <exception cref="CommandException">A call of Check.Hidden is not written as the grader reads it.</exception>
    public static (IReadOnlyList<ProbeCode> Probes, string Helpers) Read(string region)
    {
        var root = CSharpSyntaxTree.ParseText(region, Script).GetCompilationUnitRoot();
        if (root.GetDiagnostics().FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) is { } fault)
            throw new CommandException($"The hidden tests do not parse: {fault.GetMessage(CultureInfo.InvariantCulture)}");
        var probes = new List<ProbeCode>();
        var helpers = new List<string>();
        foreach (var member in root.Members)
            if (member is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } } && call.Expression.ToString().EndsWith("Check.Hidden", StringComparison.Ordinal))
                probes.Add(Probe(call.ArgumentList.Arguments));
            else
                helpers.Add(member.ToFullString());
        return (probes, string.Concat(helpers));
    }

    private static ProbeCode Probe(SeparatedSyntaxList<ArgumentSyntax> arguments)
    {
        if (arguments.Count < 4 || Text(arguments[0].Expression) is not { } what || arguments[1].Expression is not LambdaExpressionSyntax draw || arguments[2].Expression is not LambdaExpressionSyntax ask)
            throw new CommandException("Check.Hidden needs a text, two lambdas and a fingerprint, as in Check.Hidden(\"F\", random => Draw.Number(random), x => F(x), 0.25).");
        var mistakes = arguments.Skip(4).Select(argument =>
            argument.Expression is TupleExpressionSyntax { Arguments: [var hint, { Expression: LambdaExpressionSyntax wrong }] } && Text(hint.Expression) is { } said
                ? (said, wrong.ToString())
                : throw new CommandException($"A mistake of Check.Hidden(\"{what}\") is not a pair of a text and a lambda."));
        return new ProbeCode(what, draw.ToString(), ask.ToString(), [.. mistakes]);
    }

    private static string? Text(ExpressionSyntax expression) => expression is LiteralExpressionSyntax { Token.Value: string text } ? text : null;
}
