namespace CourseKit.Testing;

/// <summary>Whether the long tests run as well: <c>.ci/run</c> asks for them, a plain <c>dotnet test</c> is to end within five minutes.</summary>
internal static class LongTests
{
    /// <summary>The variable that asks for them, by the value <c>all</c>.</summary>
    public const string Variable = "COURSEKIT_TESTS";

    /// <summary>Why they do not run; null where they do.</summary>
    public static string? SkipReason { get; } = Find();

    /// <summary>Whether they run.</summary>
    public static bool Run => SkipReason is null;

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) == "all")
            return null;
        // The console runner shows a skipped test without its reason.
        Console.WriteLine($"Long tests are skipped; {Variable}=all runs them, as .ci/run does.");
        return $"It takes long: {Variable}=all runs it, as .ci/run does.";
    }
}

/// <summary>A test of many seconds.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute() => Skip = LongTests.SkipReason;
}

/// <summary>Tests of many seconds.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LongTheoryAttribute : TheoryAttribute
{
    public LongTheoryAttribute() => Skip = LongTests.SkipReason;
}
