namespace CourseKit.Interactive;

/// <summary>The public checks of the homework: each says at once whether an answer is right, and where to look if it is not.</summary>
/// <remarks>They are for the student. Marks come from another process (<c>coursekit homework grade</c>), which does not run them.</remarks>
public static class Check
{
    /// <summary>Compares an answer with the example that the task works out.</summary>
    /// <param name="what">What is asked, as the student would write the call.</param>
    /// <param name="answer">The call.</param>
    /// <param name="expected">The example's numbers; six digits are enough.</param>
    /// <param name="mistakes">What usual mistakes give for this example, each with its hint.</param>
    /// <exception cref="CheckFailedException">The answer is another one.</exception>
    public static void Value(string what, Func<object?> answer, object expected, params (string Hint, object Value)[] mistakes)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(mistakes);
        Answer given;
        try
        {
            given = new Answer([NumberBlock.Of(answer())], null);
        }
        catch (Exception error)
        {
            given = new Answer([], Probe.Describe(error));
        }

        Tell(what, Diagnosis.Of(
            new Answer([NumberBlock.Of(expected)], null), given,
            [.. mistakes.Select(mistake => (mistake.Hint, new Answer([NumberBlock.Of(mistake.Value)], null)))]));
    }

    /// <summary>Looks whether something holds that must.</summary>
    /// <param name="what">What must hold.</param>
    /// <param name="condition">Whether it does.</param>
    /// <param name="hint">Where to look if it does not.</param>
    /// <exception cref="CheckFailedException">It does not, or looking failed.</exception>
    public static void That(string what, Func<bool> condition, string hint)
    {
        ArgumentNullException.ThrowIfNull(condition);
        string? fault;
        try
        {
            fault = condition() ? null : hint;
        }
        catch (Exception error)
        {
            fault = Probe.Describe(error);
        }

        Tell(what, fault);
    }

    /// <summary>
    /// A hidden test: stands between <c>// BEGIN HIDDEN TESTS</c> and <c>// END HIDDEN TESTS</c>. The grader asks the student's process, with
    /// inputs from a seed of its own, and compares with the instructor's solution in another. Run as a cell, as nbgrader does, it draws from
    /// seed 1 and compares one number that stands for all of them.
    /// </summary>
    /// <typeparam name="T">The inputs.</typeparam>
    /// <param name="what">What is asked, for the feedback.</param>
    /// <param name="draw">Draws the inputs; it may use nothing of a solution.</param>
    /// <param name="ask">Calls the student's code with them.</param>
    /// <param name="fingerprint">What <see cref="Fingerprint"/> gives for the right solution.</param>
    /// <param name="mistakes">What usual mistakes make of the inputs, each with its hint.</param>
    /// <exception cref="CheckFailedException">The answer is another one.</exception>
    public static void Hidden<T>(string what, Func<RandomSource, T> draw, Func<T, object?> ask, double fingerprint, params (string Hint, Func<T, object?> Wrong)[] mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        var given = Probe.Answers(1, draw, ask);
        var number = Fingerprint(draw, ask);
        if (given.Fault is null && Math.Abs(number - fingerprint) <= 1e-5 * (1 + Math.Abs(fingerprint)))
            Tell(what, null);
        else
            Tell(what, given.Fault ?? Array.Find(mistakes, mistake => Diagnosis.Of(Probe.Answers(1, draw, mistake.Wrong), given, []) is null).Hint ?? "the answer is not right");
    }

    /// <summary>One number that stands for all answers at seed 1: the sum of the numbers, each times the cosine of its place.</summary>
    public static double Fingerprint<T>(Func<RandomSource, T> draw, Func<T, object?> ask) =>
        Probe.Answers(1, draw, ask).Draws.SelectMany(blocks => blocks).SelectMany(block => block.Values).Select((value, place) => value * Math.Cos(place)).Sum();

    private static void Tell(string what, string? fault)
    {
        if (fault is not null)
            throw new CheckFailedException($"{what}: {fault}");
        Console.WriteLine($"passed: {what}");
    }
}
