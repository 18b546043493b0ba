namespace CourseKit.Interactive;

/// <summary>Asks a piece of code for its answers to inputs that are drawn from a seed.</summary>
public static class Probe
{
    /// <summary>How often inputs are drawn for one probe.</summary>
    public const int Draws = 4;

    /// <summary>The answers as plain data, in JSON; whatever goes wrong in the code is in them.</summary>
    /// <typeparam name="T">The inputs.</typeparam>
    /// <param name="seed">From which the inputs are drawn.</param>
    /// <param name="draw">Draws the inputs.</param>
    /// <param name="ask">Calls the code with them.</param>
    public static string Ask<T>(int seed, Func<RandomSource, T> draw, Func<T, object?> ask) => Answers(seed, draw, ask).ToJson();

    internal static Answer Answers<T>(int seed, Func<RandomSource, T> draw, Func<T, object?> ask)
    {
        ArgumentNullException.ThrowIfNull(draw);
        ArgumentNullException.ThrowIfNull(ask);
        var draws = new List<IReadOnlyList<NumberBlock>>();
        try
        {
            for (var n = 0; n < Draws; n++)
                draws.Add(NumberBlock.Of(ask(draw(new RandomSource(seed).Fork(n)))));
            return new Answer(draws, null);
        }
        catch (Exception error)
        {
            return new Answer(draws, Describe(error));
        }
    }

    internal static string Describe(Exception error) => error switch
    {
        NotImplementedException => "nothing is written here yet (it throws NotImplementedException)",
        AggregateException { InnerException: { } inner } => Describe(inner),
        ArgumentException { TargetSite.DeclaringType: var type } when type == typeof(NumberBlock) => Answer.Shorten(error.Message),
        IndexOutOfRangeException or ArgumentOutOfRangeException => $"an index is outside of its array ({error.GetType().Name}): does a loop go one too far?",
        ArgumentException => Answer.Shorten($"shapes or arguments do not fit ({error.GetType().Name}: {error.Message})"),
        InsufficientExecutionStackException => "a function calls itself without end",
        _ => Answer.Shorten($"it throws {error.GetType().Name}: {error.Message}"),
    };
}
